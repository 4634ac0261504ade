"""Small CSV files of figures with fixed columns: a forecast, or what the other side's books say. Read strictly."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from poolrules.base.near import did_you_mean
from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.amounts import read_amount
from poolrules.pipeline.files import read_bytes, shown_name
from poolrules.pipeline.ledger_csv import CsvTable, csv_text
from poolrules.pipeline.load import showable
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span
from poolrules.source.text import SourceText

NOT_USABLE: Final = "FIG001"

PAGES: Final = {
    NOT_USABLE: (
        "figures-not-readable",
        Severity.ERROR,
        """A file of figures (a forecast, or what the other side's books say) cannot be read with certainty.

Both are CSV: values between commas, one row a line, the columns named in the first line. A forecast has the columns
`scheme` and `forecast`, and `reason` and `action` if you like:

    scheme,forecast,reason,action
    Equipment,9400000.00,More hospital beds at home,Review of every loan over a year

What the other side's books say has the columns `counterparty`, `nature` and `amount`. Amounts are pounds with at most
two decimals. Nothing is rounded, and no cell is taken as nought for being empty.
""",
    ),
}
"""The name, weight and page of each code made here, for `poolrules explain`."""

_SHOWN: Final = 24


class Row(Struct, frozen=True):
    """One row: its texts and its amounts in whole pence, by column, and where it stands."""

    texts: dict[str, str]
    amounts: dict[str, int]
    span: Span


class FiguresRead(Struct, frozen=True):
    """The rows of a file, everything that is wrong with it, its lines, and its bytes."""

    file: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    lines: list[str]
    data: bytes


def read_figures(
    path: str, columns: Sequence[str], amounts: Sequence[str], optional: Sequence[str] = ()
) -> FiguresRead:
    """Read a file whose first line names `columns`, `optional` ones among them. Raises `Unusable` for its path.

    `amounts` are the columns that hold sums of money. No row is left out without a finding.
    """
    file, data = shown_name(path), read_bytes(path)
    source = csv_text(file, data)
    if not isinstance(source, SourceText):
        told = tuple(Finding(NOT_USABLE, one.severity, one.message, one.labels, one.help) for one in source)
        return FiguresRead(file, (), told, showable(data), data)
    reader = _Reader(CsvTable(source), columns, amounts, optional)
    rows = reader.read()
    return FiguresRead(file, tuple(rows), tuple(reader.findings), source.lines, data)


class _Reader:
    """Reads one file, gathering what is wrong."""

    def __init__(
        self, table: CsvTable, columns: Sequence[str], amounts: Sequence[str], optional: Sequence[str]
    ) -> None:
        self.table = table
        self.columns = columns
        self.amounts = amounts
        self.optional = optional
        self.findings: list[Finding] = []

    def read(self) -> list[Row]:
        """Read the header, and below it every row."""
        names = self._header()
        if names is None:
            return []
        rows = []
        for number, cells in self.table.rows():
            row = self._row(number, cells, names)
            if row is not None:
                rows.append(row)
        self.findings += [
            Finding(NOT_USABLE, one.severity, one.message, one.labels, one.help) for one in self.table.findings
        ]
        if not rows and not self.findings:
            self._fault("the file has no rows", self.table.span(1, None), "add a row for each figure")
        return rows

    def _header(self) -> list[str] | None:
        """The names of the columns, or nothing where the rows below could not be understood."""
        table = self.table
        names = [" ".join(name.casefold().split()) for name in table.header]
        while names and not names[-1]:
            names.pop()
        begin = f"begin with the line: {','.join(self.columns)}"
        if not set(names) & set(self.columns):
            self._fault("the first line does not name the columns", table.span(1, None), begin)
            return None
        known = (*self.columns, *self.optional)
        for index, name in enumerate(names):
            if name not in known:
                mend = did_you_mean(name, known) if name else "delete the comma"
                self._fault(f"there is no column `{name[:_SHOWN]}` here", table.span(1, index), mend)
            elif names.index(name) != index:
                self._fault(f"the column `{name}` is there twice", table.span(1, index), "keep one of them")
        for name in self.columns:
            if name not in names:
                self._fault(f"the column `{name}` is missing", table.span(1, None), begin)
        return None if self.findings else names

    def _row(self, number: int, cells: Sequence[str], names: list[str]) -> Row | None:
        """Read one row, or report why that cannot be done."""
        span = self.table.span(number, None)
        given = [cell.strip() for cell in cells]
        if not any(given):
            self._fault("there is an empty line among the rows", span, "delete it, or put the row back")
            return None
        if len(given) < len(names) or any(given[len(names) :]):
            count = f"the row has {len(given)} values, and the first line names {len(names)}"
            self._fault(count, span, f"give one value for each of {', '.join(names)}")
            return None
        values = dict(zip(names, given, strict=False))
        sums: dict[str, int] = {}
        for index, name in enumerate(names):
            if name not in self.optional and not values[name]:
                self._fault(f"the row gives no {name}", self.table.span(number, index), "fill the cell in")
            elif name in self.amounts:
                try:
                    sums[name] = read_amount(values[name])
                except Unreadable as fault:
                    self._fault(fault.message, self.table.span(number, index), fault.help)
        texts = {name: value for name, value in values.items() if name not in self.amounts}
        return Row(texts, sums, span) if len(sums) == len(set(self.amounts) & set(names)) else None

    def _fault(self, message: str, span: Span, help: str) -> None:
        """Gather one fault."""
        self.findings.append(Finding(NOT_USABLE, Severity.ERROR, message, (Label(span),), help))
