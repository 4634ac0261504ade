"""The day that a row of a ledger counts for: read as the mapping states, and in the period that is settled or not."""

import datetime
import re
from calendar import monthrange
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from poolrules.base.dates import FinancialYear, format_day
from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.ledger_codes import BAD_DAY, OUTSIDE
from poolrules.pipeline.ledger_days import read_day_as
from poolrules.pipeline.ledger_table import Faults, Value, cell_text
from poolrules.pipeline.mapping import LedgerMapping

_PERIOD: Final = re.compile(r"[PpMm]?0?([1-9]|1[0-3])")
_ADJUSTMENTS: Final = 13
_OPEN_AFTER: Final = datetime.timedelta(days=183)
"""How long after its end a year may still be booked to: its accounts are audited within half a year."""

_SHOWN: Final = 24


class SettledDays(Struct, frozen=True):
    """The days that are settled: the financial year, and the last day of it that counts (inclusive)."""

    year: FinancialYear
    to: datetime.date


class DayReader:
    """Reads the days of the rows of one ledger."""

    def __init__(
        self, faults: Faults, mapping: LedgerMapping, columns: dict[str, int], period: SettledDays | None
    ) -> None:
        self.faults = faults
        self.mapping = mapping
        self.columns = columns
        self.period = period
        self.known: dict[str, datetime.date | Unreadable] = {}

    def day(self, number: int, cells: Sequence[Value]) -> tuple[datetime.date | None, str | None]:
        """The day that a row counts for, and why it is set aside if it is not of the period."""
        if not self.mapping.dated or self.period is None:
            return None, None
        date, period = self._date(number, cells), self._period(number, cells)
        if isinstance(date, Unreadable) or isinstance(period, Unreadable):
            return None, None
        if date is None and period is None:
            index = self.columns.get("date", self.columns.get("period"))
            self.faults.at(BAD_DAY, "the row has no date", number, index, "say when the sum was booked")
            return None, None
        year = self.period.year
        # What is booked after the year's end counts for it only in its last periods, and only while they are open.
        closes = year.last_day + _OPEN_AFTER if (period or 0) >= _ADJUSTMENTS - 1 else year.last_day
        if date is not None and not year.first_day <= date <= closes:
            return None, self._outside(number, date)
        day = _counted_for(year, date, period)
        if day > self.period.to:
            return None, f"after {format_day(self.period.to)}"
        return day, None

    def _outside(self, number: int, date: datetime.date) -> str | None:
        """A row of another year: set aside where the mapping says so, else reported."""
        year = self.period.year if self.period else None
        if self.mapping.outside is not None:
            return f"outside {year}"
        mend = "correct the date or take the row out, or say `outside the period: set aside` in the mapping"
        self.faults.at(OUTSIDE, f"{format_day(date)} is not in {year}", number, self.columns["date"], mend)
        return None

    def _date(self, number: int, cells: Sequence[Value]) -> datetime.date | Unreadable | None:
        """The date of a row, nothing where none is given, or the fault that has been reported."""
        index = self.columns.get("date")
        if index is None:
            return None
        cell = cells[index]
        if isinstance(cell, datetime.datetime):
            return cell.date()
        if isinstance(cell, datetime.date):
            return cell
        text = cell_text(cell)
        if not text:
            return None
        known = self.known.get(text)
        if known is None:
            known = self._read_date(text, is_text=isinstance(cell, str))
            self.known[text] = known
        if isinstance(known, Unreadable):
            self.faults.at(BAD_DAY, known.message, number, index, known.help)
        return known

    def _read_date(self, text: str, *, is_text: bool) -> datetime.date | Unreadable:
        """Read the text of a date."""
        if not is_text:
            return Unreadable(
                f"`{text[:_SHOWN]}` is not a date", "format the cell as a date, and save the workbook again"
            )
        if self.mapping.day_format is None:
            mend = "state how dates are written with `date format` in the mapping"
            return Unreadable(f"`{text[:_SHOWN]}` is a text, and the mapping says that dates are date cells", mend)
        try:
            return read_day_as(text, self.mapping.day_format)
        except Unreadable as fault:
            return fault

    def _period(self, number: int, cells: Sequence[Value]) -> int | Unreadable | None:
        """The period of a row, from 1 (April) to 13, nothing where none is given, or the fault that was reported."""
        index = self.columns.get("period")
        text = "" if index is None else cell_text(cells[index])
        if not text:
            return None
        found = _PERIOD.fullmatch(text)
        if found:
            return int(found[1])
        fault = Unreadable(f"`{text[:_SHOWN]}` is not a period", "write 1 (April) to 12 (March), or 13 for adjustments")
        self.faults.at(BAD_DAY, fault.message, number, index, fault.help)
        return fault


def _counted_for(year: FinancialYear, date: datetime.date | None, period: int | None) -> datetime.date:
    """The day that a row counts for: its date, unless its period is of another month, which then ends on that day."""
    if period is None:
        assert date is not None
        return date
    if period >= _ADJUSTMENTS:
        return year.last_day
    calendar_year, month = (year.start, period + 3) if period <= 9 else (year.start + 1, period - 9)
    if date is not None and (date.year, date.month) == (calendar_year, month):
        return date
    return datetime.date(calendar_year, month, monthrange(calendar_year, month)[1])
