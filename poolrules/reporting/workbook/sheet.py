"""A sheet as plain cells, before any library writes it: words, sums, numbers and formulas, each with its place.

Rows and columns count from 0, as in the library that writes them; a reference names a cell as a formula does.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final, TypeAlias

from msgspec import Struct, field

LONGEST_FORMULA: Final = 8_000
"""Excel allows 8,192 characters in a formula."""


class Look(Enum):
    """How a cell is shown; what somebody may change is shown as an input."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    """The names of columns."""
    SECTION = "section"
    """The name of a part of a sheet."""
    TOTAL = "total"
    INPUT = "input"
    CHECK = "check"
    NOTE = "note"
    PARAGRAPH = "paragraph"
    """A text that goes on below itself in its cell."""


class Words(Struct, frozen=True):
    """A text; it is never run, whatever it begins with."""

    text: str
    look: Look = Look.PLAIN


class Pounds(Struct, frozen=True):
    """A sum in whole pence, shown as pounds."""

    pence: int
    look: Look = Look.PLAIN


class Whole(Struct, frozen=True):
    """A whole number, such as a weight or a count."""

    number: int
    look: Look = Look.PLAIN


class Formula(Struct, frozen=True):
    """A formula without its equals sign; `pounds` shows its result as pounds and pence."""

    expression: str
    look: Look = Look.PLAIN
    pounds: bool = False


Cell: TypeAlias = Words | Pounds | Whole | Formula


class Sheet(Struct):
    """One sheet: its name, its cells by row and column, and the widths of its columns in characters.

    `header` is the row that stays in sight, if any, and `repeats` whether it is printed on every page.
    """

    name: str
    widths: tuple[int, ...]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    next_row: int = 0
    header: int | None = None

    def add(self, cells: Sequence[Cell | None]) -> int:
        """Add a row below the others, and give its number."""
        row = self.next_row
        for column, cell in enumerate(cells):
            if cell is not None:
                self.cells[row, column] = cell
        self.next_row = row + 1
        return row

    def gap(self) -> None:
        """Leave a row empty."""
        self.next_row += 1

    def ref(self, row: int, column: int) -> str:
        """Name a cell, from any sheet: `'Ledger rows'!$B$4`."""
        return f"'{self.name}'!{here(row, column)}"

    def column(self, column: int, first: int, last: int) -> str:
        """Name the cells of a column from one row to another, both inclusive, from any sheet."""
        return f"'{self.name}'!{here(first, column)}:{here(last, column)}"


def letter(column: int) -> str:
    """The letters of a column.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def here(row: int, column: int) -> str:
    """Name a cell of the same sheet.

    >>> here(3, 1)
    '$B$4'
    """
    return f"${letter(column)}${row + 1}"


def added(terms: Iterable[str]) -> str:
    """A formula that adds up some terms, or nothing at all.

    >>> added(["A1", "B2"]), added([])
    ('A1+B2', '0')
    """
    return "+".join(terms) or "0"
