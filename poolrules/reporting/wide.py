"""Texts in the cells of a terminal: wide letters take two, accents set on a letter none."""

from typing import Final

from msgspec import Struct

from poolrules.source.text import visible

_BEFORE: Final = 20
"""How many characters are kept before what is marked, where a line is cut."""


def cells(text: str) -> int:
    """How many cells a text takes.

    >>> cells("£5"), cells("資金")
    (2, 4)
    """
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # only a text beyond ASCII pays for this import

    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text with spaces to a width in cells, on its right or on its left.

    >>> pad("£5", 4, right=True)
    '  £5'
    """
    spaces = " " * (width - cells(text))
    return spaces + text if right else text + spaces


class Shown(Struct, frozen=True):
    """A line as it is shown: `first` is the character it begins with, `edge` the cells before that character."""

    text: str
    line: str
    first: int
    edge: int

    def cells_between(self, start: int, end: int) -> int:
        """How many cells lie between two characters of the whole line; from its start, the edge counts too."""
        window = visible(self.line[max(start, self.first) : max(end, self.first)])
        within = min(cells(window), cells(self.text))
        return within + (self.edge if start == 0 else 0)


def cut(line: str, start: int, width: int) -> Shown:
    """Show a line that may be long: where it is, only the part around the character `start`.

    >>> cut("a" * 50 + "here" + "b" * 50, 50, 30).text
    '…aaaaaaaaaaaaaaaaaaaahereb…'
    """
    if len(line) <= width and cells(visible(line)) <= width:
        return Shown(visible(line), line, 0, 0)
    first = 0 if start + _BEFORE < width else start - _BEFORE
    last = first + width - (5 if first else 1)
    edge = "…" if first else ""
    text = edge + visible(line[first:last]) + ("…" if last < len(line) else "")
    return Shown(text, line[:last], first, len(edge))
