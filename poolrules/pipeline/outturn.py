"""Reading a year's outturn: a CSV file with a row for each sum spent, `scheme,spent` or `scheme,spent,cause`.

The first row names the columns, in any order. An amount is pounds with at most two decimals, a
pound sign and (between quotation marks) commas if you like. Income has a minus, or stands between
brackets as accountants write it: `(1200.00)` is `-1200.00`. Spaces around a value do not count, and
columns on the right that are wholly empty are left out, as are empty rows at the end: spreadsheets
write both. Several rows of one scheme are added up, so a total must not be among them.

An outturn is a ledger whose mapping is fixed, and that has no dates; only its header is read here.
"""

from collections.abc import Collection
from typing import Final

from msgspec import Struct

from poolrules.base.near import did_you_mean
from poolrules.engine.settlement import Spending
from poolrules.pipeline.amounts import Unit
from poolrules.pipeline.ledger_codes import NOT_OUTTURN
from poolrules.pipeline.ledger_csv import EXCEL_TYPE, CsvTable, csv_text, mark_name, other_mark
from poolrules.pipeline.ledger_row_names import Names
from poolrules.pipeline.ledger_rows import read_rows
from poolrules.pipeline.mapping import LedgerMapping, Sign
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span
from poolrules.source.text import SourceText

_COLUMNS: Final = ("scheme", "spent", "cause")
_ROLES: Final = {"scheme": "scheme", "spent": "amount", "cause": "mark"}
_MENDS: Final = {
    "\t": f"save it as {EXCEL_TYPE}, not as text with tabs",
    ";": "put commas instead: Excel writes the list separator that the computer's settings name",
    "|": "put commas instead",
}
"""How to mend what else may stand between values."""

_SHOWN: Final = 24
_AS_AN_OUTTURN: Final = LedgerMapping("", {}, Sign.SPENDING_POSITIVE, Unit.POUNDS, dated=False)


class Outturn(Struct, frozen=True):
    """The rows of an outturn, what is wrong with the file, and the file itself as cells."""

    rows: tuple[Spending, ...]
    findings: tuple[Finding, ...]
    table: CsvTable


outturn_text = csv_text


def read_outturn(source: SourceText, schemes: Collection[str]) -> Outturn:
    """Read the rows of an outturn and everything that is wrong with them; `schemes` are the names that may be totals.

    No row is left out without a finding.
    """
    table = CsvTable(source)
    header = _Header(table)
    columns = header.columns()
    if columns is None:
        return Outturn((), tuple(header.findings or table.findings), table)
    read = read_rows(table, _AS_AN_OUTTURN, columns, None, Names(frozenset(schemes), checked=False))
    if len(table.lines) == 1:
        header.fault("the outturn has no rows", None, "add a row for each scheme")
    findings = (*header.findings, *read.findings)
    return Outturn(tuple(row.spending for row in read.rows), findings, table)


class _Header:
    """Reads the first line of an outturn, gathering what is wrong with it."""

    def __init__(self, table: CsvTable) -> None:
        self.table = table
        self.findings: list[Finding] = []

    def columns(self) -> dict[str, int] | None:
        """Where each column stands, or nothing where the rows below could not be understood."""
        table = self.table
        first = table.lines[0] if table.lines else ""
        if not first.strip():
            self._no_outturn("the file is empty" if not table.lines else "the first line is empty")
            return None
        if first.lstrip()[0] in "{[<":
            self._no_outturn("the file is not CSV")
            return None
        mark = other_mark(first, ",", lambda name: name.casefold() in _COLUMNS)
        if mark:
            self.fault(f"the values of the file are separated by {mark_name(mark)}", None, _MENDS[mark])
            return None
        if not table.named:
            return None
        names = [name.casefold() for name in table.header]
        while names and not names[-1]:
            names.pop()
        if not set(names) & set(_COLUMNS):
            self._no_outturn("the first line does not name the columns")
            return None
        self._check(names)
        return None if self.findings else {_ROLES[name]: index for index, name in enumerate(names)}

    def _check(self, names: list[str]) -> None:
        """Report columns that an outturn does not have, that are there twice, and that are missing."""
        for index, name in enumerate(names):
            if name not in _COLUMNS:
                mend = did_you_mean(name, _COLUMNS) if name else "delete the comma"
                self.fault(f"there is no column `{self.table.header[index][:_SHOWN]}` in an outturn", index, mend)
        for name in _COLUMNS:
            if names.count(name) > 1:
                again = names.index(name, names.index(name) + 1)
                self.fault(f"the column `{name}` is there twice", again, "keep one of them")
        for name in _COLUMNS[:2]:
            if name not in names:
                help = "an outturn has the columns scheme,spent or scheme,spent,cause"
                self.fault(f"the column `{name}` is missing", None, help)

    def _no_outturn(self, message: str) -> None:
        """Report a file that is something else."""
        self.fault(message, None, "begin with the line: scheme,spent")

    def fault(self, message: str, index: int | None, help: str) -> None:
        """Gather one fault of the first line."""
        span: Span = self.table.span(1, index)
        self.findings.append(Finding(NOT_OUTTURN, Severity.ERROR, message, (Label(span),), help))
