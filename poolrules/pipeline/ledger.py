"""Reading ledgers: files with their mappings in, sums spent out; every row is used, set aside or reported."""

import datetime
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from poolrules.base.dates import FinancialYear
from poolrules.base.limits import MAX_LEDGER_BYTES
from poolrules.base.near import did_you_mean, which_of
from poolrules.base.unreadable import Unreadable
from poolrules.engine.settlement import Spending
from poolrules.pipeline.compile import fingerprint
from poolrules.pipeline.files import Unusable, read_bytes, shown_name
from poolrules.pipeline.ledger_codes import BAD_MAPPING, NOT_OUTTURN
from poolrules.pipeline.ledger_csv import CsvTable, csv_text, mark_name, other_mark
from poolrules.pipeline.ledger_doubts import doubts
from poolrules.pipeline.ledger_row_days import SettledDays
from poolrules.pipeline.ledger_row_names import Names
from poolrules.pipeline.ledger_rows import RowsRead, columns_by_name, read_rows
from poolrules.pipeline.ledger_table import Table, name_key
from poolrules.pipeline.load import showable
from poolrules.pipeline.mapping import LedgerMapping, misfits, read_mapping
from poolrules.pipeline.spending import SpendingRead
from poolrules.reporting.ledger_account import LedgerAccount, Tally
from poolrules.source.finding import Finding, Label, Severity, in_file_order
from poolrules.source.span import Span, line_span
from poolrules.source.text import SourceText, visible

_LOOKED_AT: Final = 30
"""How many rows are looked at for one that names the columns, where the header does not."""

_DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_MISSING_HELP: Final = "map a code of the ledger to it, or name it under `nothing spent` in the mapping"


class GivenLedger(Struct, frozen=True):
    """A ledger as somebody gives it: the paths of the file and of its mapping."""

    path: str
    mapping: str


def pair_up(ledgers: tuple[str, ...], mappings: tuple[str, ...]) -> tuple[GivenLedger, ...]:
    """Give every ledger its mapping: one for all, or one for each in order. Raises `Unusable`."""
    if not mappings:
        raise Unusable(
            "no mapping is given for the ledger", "say how to read it: --mapping FILE.yaml, see docs/language.md"
        )
    if len(mappings) not in (1, len(ledgers)):
        count = f"{len(ledgers)} ledger{'' if len(ledgers) == 1 else 's'} and {len(mappings)} mappings are given"
        raise Unusable(count, "give one mapping for all ledgers, or one for each in the same order")
    each = mappings if len(mappings) == len(ledgers) else mappings * len(ledgers)
    return tuple(GivenLedger(path, mapping) for path, mapping in zip(ledgers, each, strict=True))


def read_ledgers(
    given: tuple[GivenLedger, ...], year: FinancialYear, to: datetime.date, schemes: list[str], partners: list[str]
) -> SpendingRead:
    """Read ledgers for the days of a year up to `to`, inclusive. Raises `Unusable` for paths that cannot be read."""
    reader = _Reader(SettledDays(year, to), Names(frozenset(schemes), frozenset(partners)))
    for one in given:
        reader.add(one)
    return reader.spending()


class _Ledger(Struct):
    """A ledger that could be read as rows: what came of them, by which mapping, from which bytes."""

    file: str
    print: str
    mapping: LedgerMapping
    mapping_print: str
    read: RowsRead


class _Reader:
    """Reads ledgers one by one, gathering sums, findings and the lines of files."""

    def __init__(self, period: SettledDays, names: Names) -> None:
        self.period = period
        self.names = names
        self.ledgers: list[_Ledger] = []
        self.findings: list[Finding] = []
        self.sources: dict[str, list[str]] = {}
        self.mappings: dict[str, tuple[LedgerMapping | None, str]] = {}
        self.prints: dict[str, str] = {}

    def add(self, given: GivenLedger) -> None:
        """Read one ledger by its mapping."""
        mapping, mapping_print = self._mapping(given.mapping)
        data = read_bytes(given.path, MAX_LEDGER_BYTES)
        file, print = shown_name(given.path), fingerprint(data)
        same = self.prints.setdefault(print, file)
        if same != file or any(one.file == file for one in self.ledgers):
            raise Unusable(f"`{same}` and `{file}` are the same ledger, byte for byte", "give it once")
        if mapping is None:
            return
        table = self._table(file, data, mapping)
        columns = None if table is None else self._columns(table, mapping)
        if table is None or columns is None:
            return
        read = read_rows(table, mapping, columns, self.period, self.names)
        self.findings += read.findings
        if not read.read.rows and not read.findings:
            self._fault(NOT_OUTTURN, "the ledger has no rows", table.span(table.header_row, None), "give its rows")
        self.ledgers.append(_Ledger(file, print, mapping, mapping_print, read))

    def _mapping(self, path: str) -> tuple[LedgerMapping | None, str]:
        """Read a mapping, once for all ledgers that share it."""
        if path not in self.mappings:
            file, data = shown_name(path), read_bytes(path)
            read = read_mapping(file, data)
            self.sources[file] = read.lines or showable(data)
            self.findings += read.findings
            if read.mapping is not None:
                self.findings += misfits(read.mapping, self.names.schemes, self.names.partners)
                self._check_days(read.mapping)
            self.mappings[path] = (None if read.findings else read.mapping, fingerprint(data))
        return self.mappings[path]

    def _check_days(self, mapping: LedgerMapping) -> None:
        """Report a ledger without dates of which a part of the year is asked for."""
        if not mapping.dated and self.period.to != self.period.year.last_day:
            what = "the mapping says that the ledger has no dates, so a part of the year cannot be told from the rest"
            self._fault(
                BAD_MAPPING, what, line_span(mapping.file, 1, 1, 1), "give a ledger with dates, or settle the year"
            )

    # ---- the file as cells -------------------------------------------------------------------------

    def _table(self, file: str, data: bytes, mapping: LedgerMapping) -> Table | None:
        """Read the bytes of a ledger as cells, or report why that cannot be done."""
        from poolrules.pipeline.ledger_xlsx import is_workbook, read_sheet

        if is_workbook(file, data):
            try:
                return read_sheet(file, data, mapping)
            except Unreadable as fault:
                self._fault(NOT_OUTTURN, fault.message, line_span(file, 1, 1, 1), fault.help)
                return None
        source = csv_text(file, data, MAX_LEDGER_BYTES)
        if not isinstance(source, SourceText):
            self.findings += source
            if not any(found.code == NOT_OUTTURN for found in source):
                self.sources[file] = showable(data)
            return None
        table = CsvTable(source, mapping.delimiter, mapping.header_row)
        self.sources[file] = table.lines
        return table if self._is_csv(table, mapping) else None

    def _is_csv(self, table: CsvTable, mapping: LedgerMapping) -> bool:
        """Whether a file is CSV with the mark between its values that the mapping says; if not, that is reported."""
        number = mapping.header_row
        top = table.lines[number - 1] if len(table.lines) >= number else ""
        begin = table.span(number, None) if top else line_span(table.file, 1, 1, 1)
        if not top.strip():
            what = "the file is empty" if not table.lines else f"line {number} is empty, which should name the columns"
            self._fault(NOT_OUTTURN, what, begin, "say which line names the columns: `header row: …` in the mapping")
            return False
        if top.lstrip()[0] in "{[<":
            self._fault(NOT_OUTTURN, "the file is not CSV", begin, "export the ledger as CSV or as an Excel workbook")
            return False
        wanted = {name_key(name.text) for name in mapping.columns.values()}
        mark = other_mark(top, mapping.delimiter, lambda name: name_key(name) in wanted)
        if mark:
            said = f"not by {mark_name(mapping.delimiter)}"
            mend = f"say so in the mapping: `delimiter: {_DELIMITERS[mark]}`"
            self._fault(NOT_OUTTURN, f"the values of the file are separated by {mark_name(mark)}, {said}", begin, mend)
            return False
        if mapping.dated and mapping.day_format is None and "date" in mapping.columns:
            where, mend = mapping.columns["date"].span, "state how they are written, such as `date format: dd/mm/yyyy`"
            self._fault(BAD_MAPPING, "a CSV file has no date cells, only dates written as text", where, mend)
            return False
        if not table.named:
            self.findings += table.findings
        return table.named

    # ---- the header --------------------------------------------------------------------------------

    def _columns(self, table: Table, mapping: LedgerMapping) -> dict[str, int] | None:
        """Find the columns that a mapping names, or report those that are not there, or twice."""
        missing: list[str] = []
        before = len(self.findings)

        def report(role: str, again: int | None) -> None:
            if again is None:
                missing.append(role)
                return
            what = f"{table.cell(table.header_row, again)}the column `{table.header[again]}` is there twice"
            self._fault(NOT_OUTTURN, what, table.span(table.header_row, again), "give one of them another name")

        wanted = {role: name.text for role, name in mapping.columns.items()}
        found = columns_by_name(table, wanted, mapping.optional, report)
        if missing and not found:
            self._no_header(table, mapping)
        else:
            for role in missing:
                self._missing(table, mapping, role)
        if "currency" not in found:  # nobody has to name this column for its sums not to be taken as pounds
            found |= columns_by_name(table, {"currency": "currency"}, ("currency",), report)
        return found if len(self.findings) == before else None

    def _no_header(self, table: Table, mapping: LedgerMapping) -> None:
        """Report a row that names no column at all, and offer one that does."""
        number = table.header_row
        names = ", ".join(f"`{name.text}`" for role, name in mapping.columns.items() if role not in mapping.optional)
        what = "the first line does not name the columns" if number == 1 else f"row {number} does not name the columns"
        other = _row_with_names(table, mapping)
        mend = (
            f"row {other} does: say `header row: {other}` in the mapping"
            if other
            else (
                f"the columns that the mapping names are {names}; if they stand further down, say `header row: …` there"
            )
        )
        self._fault(NOT_OUTTURN, f"{table.cell(number, None)}{what}", table.span(number, None), mend)

    def _missing(self, table: Table, mapping: LedgerMapping, role: str) -> None:
        """Report a column that the ledger does not have, where the mapping names it."""
        name = mapping.columns[role]
        names = [visible(one) for one in table.header if one]
        like = which_of(name.text, [(one,) for one in names])  # also `Net amount` for Net
        near = like if like.startswith("did you mean") else did_you_mean(name.text, names)
        labels = (Label(name.span), Label(table.span(table.header_row, None), "the columns there are"))
        what = f"the ledger has no column `{name.text}`, named for {role}"
        self.findings.append(Finding(BAD_MAPPING, Severity.ERROR, what, labels, near))

    # ---- the whole ---------------------------------------------------------------------------------

    def spending(self) -> SpendingRead:
        """All sums, findings and accounts of the ledgers read."""
        rows = [row.spending for one in self.ledgers for row in one.read.rows]
        nothing = list(self._nothing_spent({row.scheme for row in rows}))
        findings = list(self.findings)
        if not any(found.severity is Severity.ERROR for found in findings):
            read = tuple((one.read, one.mapping) for one in self.ledgers)
            findings += doubts(read, self.period)
        findings = in_file_order(findings)
        return SpendingRead(
            tuple(rows + nothing),
            tuple(findings),
            self.sources,
            tuple(one.read.table for one in self.ledgers),
            ledgers=tuple(_account(one, findings) for one in self.ledgers),
            nothing_spent=tuple(row.scheme for row in nothing),
            missing_help=_MISSING_HELP,
        )

    def _nothing_spent(self, with_rows: set[str]) -> Iterator[Spending]:
        """A sum of nought for each scheme that a mapping says nothing was spent on; one that has rows is reported."""
        said: dict[str, Span] = {}
        for mapping, _ in self.mappings.values():
            for scheme in mapping.nothing_spent if mapping else ():
                if scheme.text in with_rows:
                    what = f"nothing is said to be spent on `{scheme.text}`, and the ledger has rows for it"
                    self._fault(BAD_MAPPING, what, scheme.span, "take it from `nothing spent`")
                else:
                    said.setdefault(scheme.text, scheme.span)
        return (Spending(scheme, 0, place=str(span)) for scheme, span in said.items())

    def _fault(self, code: str, message: str, span: Span, help: str) -> None:
        """Gather one fault."""
        self.findings.append(Finding(code, Severity.ERROR, message, (Label(span),), help))


def _row_with_names(table: Table, mapping: LedgerMapping) -> int | None:
    """The first row below the header that has every name that the mapping needs."""
    wanted = {name_key(name.text) for role, name in mapping.columns.items() if role not in mapping.optional}
    rows = zip(range(_LOOKED_AT), table.rows(), strict=False)
    return next((number for _, (number, cells) in rows if wanted <= {name_key(str(cell)) for cell in cells}), None)


def _account(one: _Ledger, findings: list[Finding]) -> LedgerAccount:
    """What a statement says of a ledger."""
    used = Tally(len(one.read.rows), sum(row.spending.pence for row in one.read.rows))
    warnings = [found for found in findings if found.span and found.span.file == one.file]
    return LedgerAccount(
        one.file,
        one.print,
        one.mapping_print,
        one.read.read,
        used,
        tuple(sorted(one.read.aside.items())),
        tuple(one.read.unused),
        getattr(one.read.table, "sheet", ""),
        tuple(found for found in warnings if found.severity is Severity.WARNING),
    )
