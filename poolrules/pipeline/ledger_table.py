"""A ledger cut into cells, whatever it was written as: what the reader of rows needs of it."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span


class NoValue(Struct, frozen=True):
    """What stands in a cell of a workbook that holds nothing to read: an error value, or a formula without a value."""

    what: str


Value: TypeAlias = "str | float | datetime.date | datetime.time | datetime.timedelta | NoValue"
"""What a cell holds: a text (all there is in CSV), or a number, truth, day or other thing of a workbook."""


class Table(Protocol):
    """One ledger as rows of cells; rows and columns count from 1 in places, columns from 0 as indexes."""

    file: str
    header: list[str]
    """The names of the columns as they are written, without spaces around them."""
    header_row: int
    shifts: bool
    """Whether a value too many means that the values after it stand in the wrong columns."""
    findings: list[Finding]
    """What is wrong with the file itself; grows while `rows` is read."""

    def rows(self) -> Iterator[tuple[int, Sequence[Value]]]:
        """Every row below the header that could be cut, with its number; an empty one has no cells.

        Empty rows at the end are left out.
        """
        ...

    def span(self, number: int, index: int | None) -> Span:
        """Where a cell stands, or (without an index) a row."""
        ...

    def cell(self, number: int, index: int | None) -> str:
        """What introduces a sentence about a cell whose place shows no text, such as `cell C2: `; else nothing."""
        ...

    def place(self, number: int, index: int) -> str:
        """The name of a place, short enough to keep for every row."""
        ...

    def span_of(self, place: str) -> Span | None:
        """Where a place is, if it is one of this file."""
        ...


def name_key(name: str) -> str:
    """What the name of a column is compared by: neither capital letters nor the number of spaces count.

    >>> name_key(" Amount  (£) ")
    'amount (£)'
    """
    return " ".join(name.split()).casefold()


def cell_text(cell: Value) -> str:
    """A cell as text: a code that a workbook holds as a number has no decimals."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, NoValue):
        return cell.what
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)


class Faults:
    """What is wrong with the rows of one ledger, each at its cell."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.findings: list[Finding] = []

    def at(
        self,
        code: str,
        message: str,
        number: int,
        index: int | None,
        help: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Gather one fault at a cell, or (without an index) at a row."""
        label = Label(self.table.span(number, index))
        self.findings.append(Finding(code, severity, f"{self.table.cell(number, index)}{message}", (label,), help))
