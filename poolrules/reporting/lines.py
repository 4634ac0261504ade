"""Lines of a statement within a width: tables whose amounts line up, and text that wraps."""

from collections.abc import Iterator, Sequence
from typing import Final

from poolrules.base.money import format_money_full
from poolrules.reporting.wide import cells, pad
from poolrules.source.text import visible

NARROWEST: Final = 60
"""Below this many cells a statement is not made any narrower."""

_GAP: Final = 2
"""The cells between two columns."""


def amount(pence: int) -> str:
    """Write pence as pounds for a column of pounds.

    >>> amount(39000000)
    '390,000.00'
    """
    return format_money_full(pence).replace("£", "")


def wrapped(text: str, width: int) -> list[str]:
    """Break a text between words so that each line fits; a word too long for any line is broken where it must be.

    A sum of money never stands without the word before it, which says whose or what it is.

    >>> wrapped("until the overspend", 10), wrapped("it took £5.00", 11)
    (['until the', 'overspend'], ['it', 'took £5.00'])
    """
    lines: list[str] = [""]
    for word in _together(visible(text).split(" "), width):
        for piece in _pieces(word, width):
            fits = cells(lines[-1]) + bool(lines[-1]) + cells(piece) <= width
            if fits:
                lines[-1] += f" {piece}" if lines[-1] else piece
            else:
                lines.append(piece)
    return lines


def _together(words: Sequence[str], width: int) -> Iterator[str]:
    """Put every sum of money together with the word before it, where a line can hold both."""
    before: str | None = None
    for word in words:
        if before is None:
            before = word
        elif word.lstrip("([").startswith("£") and cells(before) + 1 + cells(word) <= width:
            yield f"{before} {word}"
            before = None
        else:
            yield before
            before = word
    if before is not None:
        yield before


def _pieces(word: str, width: int) -> Iterator[str]:
    """Cut a word that no line can hold."""
    piece = ""
    for letter in word:
        if cells(piece + letter) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def hanging(first: str, text: str, width: int) -> list[str]:
    """Write a text beside what introduces it, its further lines below its first."""
    indent = cells(first)
    broken = wrapped(text, max(width - indent, 20))
    return [(first if place == 0 else " " * indent) + line for place, line in enumerate(broken)]


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, texts: int, indent: int = 2) -> list[str]:
    """Write a table whose first `texts` columns are words, which wrap, and whose others line up on the right.

    Where the others alone are too wide, each row is written below each other instead: no sum is ever broken.
    """
    every = [head, *rows]
    count = len(head)
    widths = [max(cells(visible(row[column])) for row in every) for column in range(count)]
    spare = width - indent - _GAP * (count - 1) - sum(widths[texts:])
    _narrow(widths, texts, spare)
    lines: list[str] = []
    if sum(widths[:texts]) > spare:
        return _below_each_other(head, rows, width, texts=texts, indent=indent)
    for row in every:
        broken = [wrapped(cell, max(widths[column], 1)) for column, cell in enumerate(row)]
        for line in range(max(len(cell) for cell in broken)):
            parts = [
                pad(cell[line] if line < len(cell) else "", widths[column], right=column >= texts)
                for column, cell in enumerate(broken)
            ]
            lines.append((" " * indent + (" " * _GAP).join(parts)).rstrip())
    return lines


def _narrow(widths: list[int], texts: int, spare: int) -> None:
    """Take cells from the widest columns of words until they fit."""
    while texts and sum(widths[:texts]) > spare and max(widths[:texts]) > 8:
        widest = max(range(texts), key=lambda column: widths[column])
        widths[widest] -= 1


def _below_each_other(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, texts: int, indent: int
) -> list[str]:
    """Write each row as its words and, below them, a line for each of its figures."""
    lines: list[str] = []
    inner = " " * (indent + _GAP)
    for row in rows:
        lines += hanging(" " * indent, ", ".join(cell for cell in row[:texts] if cell), width)
        figures = list(zip(head[texts:], row[texts:], strict=True))
        if figures and not figures[-1][0]:  # a column without a name says which way the one before it goes
            figures[-2:] = [(f"{figures[-2][0]} {figures[-1][1]}".strip(), figures[-2][1])]
        for name, figure in figures:
            if figure:
                room = max(width - len(inner) - cells(visible(name)), cells(figure) + _GAP)
                lines.append(inner + visible(name) + pad(visible(figure), room, right=True))
    return lines


def rule_off(title: str, width: int) -> list[str]:
    """Begin a section: its title, underlined."""
    return ["", title, "-" * min(cells(title), width)]
