"""Reading what partners paid: a CSV file with the columns date, payer, fund, amount and reference.

Two more columns may be there: `instalment`, the number of the instalment that the sum is for, and `source`, its
source of funding. A date is written as in an agreement (1 April 2026) or as 2026-04-01, in no other way; an
amount is pounds above nought. Every row is read or reported.
"""

import datetime
import re
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.dates import read_day
from poolrules.base.near import did_you_mean
from poolrules.base.unreadable import Unreadable
from poolrules.engine.payments import PaymentMade
from poolrules.pipeline.amounts import read_amount
from poolrules.pipeline.ledger_csv import CsvTable, csv_text, mark_name, other_mark
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.text import SourceText

NOT_PAYMENTS: Final = "PAY001"
BAD_ROW: Final = "PAY002"
BAD_VALUE: Final = "PAY003"
UNFIT: Final = "PAY004"

PAGES: Final = {
    NOT_PAYMENTS: (
        "payments-not-readable",
        Severity.ERROR,
        """The file of payments is not one that can be read.

It is a CSV file: values between commas, one payment a line. Its first row names the columns:

    date,payer,fund,amount,reference
    1 April 2026,ICB,BCF,"6,128,075.00",BACS 20417

Two more columns may be there: `instalment`, the number of the instalment that the payment is for, and
`source`, its source of funding. Any other column is refused. In Excel save as
`CSV UTF-8 (Comma delimited)`.
""",
    ),
    BAD_ROW: (
        "payment-row-not-whole",
        Severity.ERROR,
        """A row of the payments has a value too many or too few, or lacks one that it needs.

Each payment has a date, a payer, a fund and an amount; its reference may be empty. A value with
commas in it stands between quotation marks.
""",
    ),
    BAD_VALUE: (
        "payment-not-readable",
        Severity.ERROR,
        """A date or an amount of the payments cannot be read with certainty.

Write dates as an agreement does, `1 April 2026`, or as `2026-04-01`: 01/04/2026 can be read as two
different days. Write amounts in pounds with at most two decimals, above nought. A payment that was
returned is left out together with its return.
""",
    ),
    UNFIT: (
        "payments-do-not-fit",
        Severity.ERROR,
        """The payments, or the year asked for, do not fit the agreement, or a day of payment cannot be told.

Every payment is made by a partner into a fund that it pays into, and an instalment that it names must
be there. Working days can be counted only where it is known whose bank holidays count, and a day that a
month lacks only where the agreement says which day is meant then.
""",
    ),
}
"""The name, weight and page of each code made here, for `poolrules explain`."""

_NEEDED: Final = ("date", "payer", "fund", "amount", "reference")
_MORE: Final = ("instalment", "source")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMBER: Final = re.compile("[1-9][0-9]{0,3}")
_SHOWN: Final = 24


class PaymentsRead(Struct, frozen=True):
    """The payments of a file, and what is wrong with it."""

    made: tuple[PaymentMade, ...]
    findings: tuple[Finding, ...]
    table: CsvTable | None
    lines: list[str]


def read_payments(file: str, data: bytes) -> PaymentsRead:
    """Read what partners paid, and everything that is wrong with the file."""
    source = csv_text(file, data)
    if not isinstance(source, SourceText):
        return PaymentsRead((), tuple(replace(one, code=NOT_PAYMENTS) for one in source), None, [])
    lines = list(source.lines)
    table = CsvTable(source)
    reader = _Reader(table)
    reader.read()
    faults = [replace(one, code=BAD_ROW) for one in table.findings]
    return PaymentsRead(tuple(reader.made), (*reader.findings, *faults), table, lines)


def read_payment_day(text: str) -> datetime.date:
    """Read a day as an agreement writes it, or as 2026-04-01. Raises `Unreadable`.

    >>> read_payment_day("2026-04-01") == read_payment_day("1 April 2026")
    True
    """
    found = _ISO.fullmatch(text)
    if found is None:
        try:
            return read_day(text)
        except Unreadable as fault:
            help = "write 1 April 2026 or 2026-04-01" if fault.message.endswith("is not a date") else fault.help
            raise Unreadable(fault.message, help) from None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Unreadable(f"there is no such day as {text}", "that month has fewer days") from None


class _Reader:
    """Reads one file of payments, gathering its rows and what is wrong."""

    def __init__(self, table: CsvTable) -> None:
        self.table = table
        self.made: list[PaymentMade] = []
        self.findings: list[Finding] = []

    def fault(self, code: str, message: str, number: int, index: int | None, help: str) -> None:
        """Gather one fault at a value, or (without an index) at a row."""
        self.findings.append(Finding(code, Severity.ERROR, message, (Label(self.table.span(number, index)),), help))

    def read(self) -> None:
        """Read the header, and below it every row."""
        columns = self._columns()
        if columns is None:
            return
        for number, cells in self.table.rows():
            self._row(number, [cell.strip() for cell in cells], columns)

    def _columns(self) -> dict[str, int] | None:
        """Where each column stands, or nothing where the rows below could not be understood."""
        table, begin = self.table, f"begin with the line: {','.join(_NEEDED)}"
        first = table.lines[0] if table.lines else ""
        if not first.strip():
            self.fault(
                NOT_PAYMENTS, "the file is empty" if not table.lines else "the first line is empty", 1, None, begin
            )
            return None
        mark = other_mark(first, ",", lambda name: name.casefold() in _NEEDED)
        if mark:
            message = f"the values of the file are separated by {mark_name(mark)}"
            self.fault(NOT_PAYMENTS, message, 1, None, "put commas instead")
            return None
        if not table.named:
            return None
        names = [name.casefold() for name in table.header]
        while names and not names[-1]:
            names.pop()
        if not set(names) & set(_NEEDED):
            self.fault(NOT_PAYMENTS, "the first line does not name the columns", 1, None, begin)
            return None
        for index, name in enumerate(names):
            if name not in (*_NEEDED, *_MORE):
                help = did_you_mean(name, (*_NEEDED, *_MORE)) if name else "delete the comma"
                self.fault(NOT_PAYMENTS, f"there is no column `{table.header[index][:_SHOWN]}` here", 1, index, help)
            elif name in names[:index]:
                self.fault(NOT_PAYMENTS, f"the column `{name}` is there twice", 1, index, "keep one of them")
        for name in _NEEDED:
            if name not in names:
                self.fault(NOT_PAYMENTS, f"the column `{name}` is missing", 1, None, begin)
        return None if self.findings else {name: index for index, name in enumerate(names)}

    def _row(self, number: int, cells: list[str], columns: dict[str, int]) -> None:
        """Read one row into a payment, or report why it cannot be."""
        if not cells:
            self.fault(BAD_ROW, "there is an empty line among the rows", number, None, "delete it, or put the row back")
            return
        while len(cells) > len(columns) and not cells[-1]:
            cells.pop()
        if len(cells) != len(columns):
            message = f"the row has {len(cells)} values, and the header {len(columns)}"
            help = f"give one value for each of {', '.join(columns)}; one with commas between quotation marks"
            self.fault(BAD_ROW, message, number, None, help)
            return
        before = len(self.findings)
        said = {name: cells[index] for name, index in columns.items()}
        for name in ("date", "payer", "fund", "amount"):
            if not said[name]:
                self.fault(BAD_ROW, f"no {name} is given", number, columns[name], "every payment has one")
        day = self._day(number, columns["date"], said["date"])
        pence = self._amount(number, columns["amount"], said["amount"])
        instalment = self._instalment(number, columns.get("instalment", 0), said.get("instalment", ""))
        if day is None or pence is None or len(self.findings) > before:
            return
        place = self.table.place(number, columns["payer"])
        self.made.append(
            PaymentMade(
                day=day.isoformat(),
                payer=said["payer"],
                fund=said["fund"],
                pence=pence,
                reference=said["reference"],
                instalment=instalment,
                source=said.get("source") or None,
                place=place,
            )
        )

    def _day(self, number: int, index: int, text: str) -> datetime.date | None:
        """Read a date, or report it."""
        try:
            return read_payment_day(text) if text else None
        except Unreadable as fault:
            self.fault(BAD_VALUE, fault.message, number, index, fault.help)
            return None

    def _amount(self, number: int, index: int, text: str) -> int | None:
        """Read a sum above nought as whole pence, or report it."""
        if not text:
            return None
        try:
            pence = read_amount(text)
        except Unreadable as fault:
            self.fault(BAD_VALUE, fault.message, number, index, fault.help.replace("nothing was spent", "nothing was"))
            return None
        if pence > 0:
            return pence
        message = "a payment made is more than nought"
        help = "leave out a payment that was returned, together with its return"
        self.fault(BAD_VALUE, message, number, index, help)
        return None

    def _instalment(self, number: int, index: int, text: str) -> int | None:
        """Read the number of an instalment, or report it; nothing where none is given."""
        if not text:
            return None
        if _NUMBER.fullmatch(text):
            return int(text)
        self.fault(BAD_VALUE, f"`{text[:_SHOWN]}` is not the number of an instalment", number, index, "write 1, 2, …")
        return None
