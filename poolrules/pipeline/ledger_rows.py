"""From the rows of one ledger to sums spent: every row is used, set aside with a reason, or reported at its cell.

The outturn is read here too: it is a ledger whose mapping is fixed.
"""

import datetime
import re
from collections.abc import Callable, Collection, Sequence
from typing import Final, Literal

from msgspec import Struct, field

from poolrules.engine.settlement import Spending
from poolrules.pipeline.ledger_codes import BAD_ROW, HIDDEN, NOT_FOR_THE_POOL, TOTAL_LINE
from poolrules.pipeline.ledger_row_amounts import AmountReader
from poolrules.pipeline.ledger_row_days import DayReader, SettledDays
from poolrules.pipeline.ledger_row_names import NameReader, Names
from poolrules.pipeline.ledger_table import Faults, Table, Value, cell_text, name_key
from poolrules.pipeline.ledger_totals import TotalFinder
from poolrules.pipeline.mapping import Handling, LedgerMapping
from poolrules.reporting.ledger_account import Tally
from poolrules.source.finding import Finding, Severity

_SHOWN: Final = 24

_YES: Final = frozenset(("y", "yes", "true"))
_NOT_PERMITTED: Final = frozenset(("n", "no", "false", "query"))
_NO: Final = frozenset(("n", "no", "false", ""))

Flagged = Literal["prior year", "permitted"]


class Row(Struct, frozen=True, gc=False):
    """A row that is used: what it says to the engine, and what tells whether it is there twice."""

    spending: Spending
    number: int
    month: tuple[int, int] | None
    """The calendar year and month that it counts for, where rows have days."""
    day: datetime.date | None
    reference: str
    description: str


class RowsRead(Struct):
    """What came of the rows of one ledger."""

    table: Table
    rows: list[Row] = []
    aside: dict[str, Tally] = field(default_factory=dict)
    """By reason, what was set aside."""
    read: Tally = Tally(0, 0)
    findings: list[Finding] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    """The columns that the mapping does not name."""
    only_negative_income: str = ""
    """The name of a column of income in which every sum is negative."""


def read_rows(
    table: Table, mapping: LedgerMapping, columns: dict[str, int], period: SettledDays | None, names: Names
) -> RowsRead:
    """Read every row of a ledger whose columns stand where `columns` says, by role and index from 0."""
    reader = _RowReader(table, mapping, columns, period, names)
    return reader.read()


class _RowReader:
    """Reads the rows of one ledger."""

    def __init__(
        self, table: Table, mapping: LedgerMapping, columns: dict[str, int], period: SettledDays | None, names: Names
    ) -> None:
        self.table = table
        self.mapping = mapping
        self.columns = columns
        self.names = names
        self.width = len(table.header)
        named = [index for index, name in enumerate(table.header) if name]
        self.last = named[-1] + 1 if named else 0
        self.rows: list[Row] = []
        self.faults = Faults(table)
        self.read_rows = self.read_pence = 0
        self.aside: dict[str, list[int]] = {}
        self.amounts = AmountReader(self.faults, mapping, columns)
        self.days = DayReader(self.faults, mapping, columns, period)
        self.named = NameReader(self.faults, mapping, columns, names)
        self.totals = TotalFinder(columns, self.named.codes, strict=names.checked)
        self.first_text = columns.get("scheme", 0)
        self.reference, self.description = columns.get("reference"), columns.get("description")
        self.mark, self.evidence = columns.get("mark"), columns.get("evidence")

    def read(self) -> RowsRead:
        """Read every row, and look at the whole."""
        for number, cells in self.table.rows():
            if cells:
                self._row(number, cells)
            else:
                self._empty(number)
        self.named.report_unknown()
        aside = {why: Tally(rows, pence) for why, (rows, pence) in self.aside.items()}
        read = Tally(self.read_rows, self.read_pence)
        unused = self._unused()
        findings = [*self.table.findings, *self.faults.findings]
        return RowsRead(self.table, self.rows, aside, read, findings, unused, self.amounts.negative_income())

    # ---- one row ---------------------------------------------------------------------------------

    def _empty(self, number: int) -> None:
        """An empty row among the others: of an outturn something was deleted, in a ledger it only spaces."""
        if self.names.checked:
            self.read_rows += 1
            self._set_aside("empty rows", 0)
        else:
            self.faults.at(
                BAD_ROW, "there is an empty line among the rows", number, None, "delete it, or put the row back"
            )

    def _row(self, number: int, cells: Sequence[Value]) -> None:
        """Use one row, set it aside, or report what keeps it from either."""
        before = len(self.faults.findings)
        if not self._whole(number, cells):
            return
        total = self.totals.at(cells)
        if total is not None and self.mapping.total_lines is None:
            text = cell_text(cells[total])[:_SHOWN]
            is_scheme = total == self.columns.get("scheme")
            what = f"`{text}` {'is no scheme but' if is_scheme else 'says that the row is'} a total of other rows"
            self.faults.at(TOTAL_LINE, what, number, total, "delete the row, so that nothing counts twice")
            return
        pence = self.amounts.pence(number, cells, is_total=total is not None)
        self.amounts.check_currency(number, cells)
        if pence is None:
            if total is None:
                self.named.scheme(number, cells, 0)
            return
        self.read_rows += 1
        self.read_pence += pence
        if total is not None:
            self._set_aside("total lines", pence)
            return
        scheme, why = self.named.scheme(number, cells, pence)
        why = why or self._flagged(number, cells, "permitted") or self._flagged(number, cells, "prior year")
        if why is None:
            day, why = self.days.day(number, cells)
        else:
            day = None
        if why is not None and len(self.faults.findings) == before:
            self._set_aside(why, pence)
        elif why is None:
            self._use(number, cells, scheme, pence, day, before)

    def _use(
        self,
        number: int,
        cells: Sequence[Value],
        scheme: str | None,
        pence: int,
        day: datetime.date | None,
        before: int,
    ) -> None:
        """Make a sum spent of a row, unless something was found in it."""
        partner = self.named.partner(number, cells, pence)
        if len(self.faults.findings) != before or scheme is None:
            return
        spending = Spending(
            scheme,
            pence,
            self._marks(number, cells),
            self.table.place(number, self.first_text),
            day.isoformat() if day else "",
            partner,
            self._kept(number, cells, self.evidence) or None,
        )
        if len(self.faults.findings) != before:
            return
        month = (day.year, day.month) if day else None
        reference, description = _optional(cells, self.reference), _optional(cells, self.description)
        self.rows.append(Row(spending, number, month, day, reference, description))

    def _whole(self, number: int, cells: Sequence[Value]) -> bool:
        """Whether a row has a value for each column, and none that no column claims."""
        if not self.last <= len(cells) <= self.width:
            what = f"the row has {_values(len(cells))}, and the header {_values(self.last)}"
            self.faults.at(BAD_ROW, what, number, None, self._mend_row(cells))
            return False
        if self.table.shifts and len(cells) > self.last:
            for index in range(self.last, len(cells)):
                text = cell_text(cells[index])
                if text:
                    what = f"`{text[:_SHOWN]}` stands in a column that has no name"
                    self.faults.at(BAD_ROW, what, number, index, self._mend_row(cells))
                    return False
        return True

    def _mend_row(self, cells: Sequence[Value]) -> str:
        """Say what most likely went wrong with a row of the wrong length."""
        parts = [cell_text(cell) for cell in cells]
        if len(cells) > self.last and any(re.fullmatch(r"[0-9]{3}(\.[0-9]+)?", part) for part in parts[2:]):
            return "put an amount with commas between quotation marks"
        names = [name.casefold() if not self.names.checked else name for name in self.table.header[: self.last]]
        return f"give one value for each of {', '.join(names)}"

    # ---- what the row is for ------------------------------------------------------------------------

    def _flagged(self, number: int, cells: Sequence[Value], role: Flagged) -> str | None:
        """Why a row is set aside for what its flag says; a flag that the mapping does not deal with is reported."""
        index = self.columns.get(role)
        if index is None:
            return None
        cell = cells[index]
        said = ("yes" if cell else "no") if isinstance(cell, bool) else cell_text(cell).casefold()
        if role == "prior year":
            wrong, key, handling = said in _YES, "prior-year rows", self.mapping.prior_year
            what = "the row is marked as one of a year before"
        else:
            wrong, key, handling = said in _NOT_PERMITTED, "rows not permitted", self.mapping.not_permitted
            what = f"the row is marked as not permitted ({said})"
        if not wrong and said not in _YES | _NO:
            self.faults.at(BAD_ROW, f"`{said[:_SHOWN]}` is neither yes nor no", number, index, "write Y or N")
        elif wrong and handling is None:
            choice = f"`{key}: set aside`" + (f" or `{key}: use`" if role == "prior year" else "")
            self.faults.at(NOT_FOR_THE_POOL, what, number, index, f"correct it, or say {choice} in the mapping")
        elif wrong and handling is Handling.SET_ASIDE:
            return "rows of a year before" if role == "prior year" else "rows that are not permitted"
        return None

    def _marks(self, number: int, cells: Sequence[Value]) -> tuple[str, ...]:
        """The marks of a row, each once, in the order in which they are written."""
        said = self._kept(number, cells, self.mark)
        if not said:
            return ()
        return tuple(dict.fromkeys(mark for one in said.split(";") if (mark := one.strip())))

    def _kept(self, number: int, cells: Sequence[Value], index: int | None) -> str:
        """A text that goes on into the settlement, which may hold nothing that cannot be seen; a workbook's may."""
        text = _optional(cells, index)
        if text and not text.replace("\u00a0", " ").isprintable():
            what = "the text holds a line break, or a character that cannot be seen on a page"
            self.faults.at(BAD_ROW, what, number, index, "write it on one line, in plain letters")
        return text

    # ---- what is found ------------------------------------------------------------------------------

    def _set_aside(self, why: str, pence: int) -> None:
        """Count and total a row that is set aside."""
        tally = self.aside.setdefault(why, [0, 0])
        tally[0] += 1
        tally[1] += pence

    def _unused(self) -> list[str]:
        """The columns that are not used; one that is called as amounts are is reported."""
        used = set(self.columns.values())
        money = {"amount", "debit", "credit", "expenditure", "income", "net", "gross", "value"}
        unused = [(index, name) for index, name in enumerate(self.table.header) if name and index not in used]
        for index, name in unused:
            if self.names.checked and name_key(name).split(" (")[0] in money:
                what = f"the column `{name[:_SHOWN]}` may hold amounts, and the mapping does not use it"
                mend = "make sure that the column that is used holds all of each sum"
                self.faults.at(HIDDEN, what, self.table.header_row, index, mend, Severity.WARNING)
        return [name for _, name in unused]


def _optional(cells: Sequence[Value], index: int | None) -> str:
    """The text of a column that may not be there."""
    return "" if index is None else cell_text(cells[index])


def _values(count: int) -> str:
    """A number of values."""
    return f"{count} value{'' if count == 1 else 's'}"


def columns_by_name(
    table: Table, wanted: dict[str, str], optional: Collection[str], report: Callable[[str, int | None], None]
) -> dict[str, int]:
    """Find the columns of a header by the names that roles have; a name that is not there, or twice, is reported."""
    places: dict[str, list[int]] = {}
    for index, name in enumerate(table.header):
        places.setdefault(name_key(name), []).append(index)
    found = {}
    for role, name in wanted.items():
        at = places.get(name_key(name), [])
        if len(at) > 1:
            report(role, at[1])
        if at:
            found[role] = at[0]
        elif role not in optional:
            report(role, None)
    return found
