"""Colour, for terminals that want it."""

from collections.abc import Callable
from typing import Final, TypeAlias

from poolrules.source.finding import Severity

Paint: TypeAlias = Callable[[str, Severity], str]
"""Gives a text the colour of a severity."""

_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def plain(text: str, severity: Severity) -> str:
    """Leave a text as it is."""
    return text


def coloured(text: str, severity: Severity) -> str:
    """Make a text bold and coloured for a terminal."""
    return f"\x1b[1;{_COLOURS[severity]}m{text}\x1b[0m"
