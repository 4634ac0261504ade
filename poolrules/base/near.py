"""The nearest name to a misspelt one."""

from collections.abc import Iterable
from typing import Final

from poolrules.base.limits import MAX_NAMES_COMPARED

_COMPARED: Final = 100
"""How many characters of each name count: comparing takes time that grows with the square of the length."""


def nearest(wrong: str, names: Iterable[str]) -> str | None:
    """Find the known name that a misspelt one most likely means, or nothing when none is close.

    >>> nearest("burough", ["trust", "borough"])
    'borough'
    """
    from difflib import get_close_matches  # only a reader with a misspelling pays for this import

    known = sorted(set(names))[:MAX_NAMES_COMPARED]
    folded = {name[:_COMPARED].casefold(): name for name in reversed(known)}
    found = get_close_matches(wrong[:_COMPARED].casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(wrong: str, names: Iterable[str]) -> str:
    """Offer the nearest name as a mend, else list the names there are (at most a dozen).

    >>> did_you_mean("burough", ["borough", "trust"])
    'did you mean `borough`?'
    """
    known = sorted(set(names))
    near = nearest(wrong, known)
    if near is not None:
        return f"did you mean `{near}`?"
    if not known:
        return ""
    listed = ", ".join(f"`{name}`" for name in known[:12])
    return f"the names here are {listed}{' and others' if len(known) > 12 else ''}"
