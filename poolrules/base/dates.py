"""Days, lengths of time and financial years, read from and written as text. No clock is ever read."""

import datetime
import re
from enum import Enum
from typing import Final

from msgspec import Struct

from poolrules.base.limits import FIRST_YEAR, LAST_YEAR
from poolrules.base.unreadable import Unreadable

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY: Final = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})")
_LENGTH: Final = re.compile(r"([0-9]{1,4}) (working days?|days?|weeks?|months?|years?)")
_YEAR: Final = re.compile(r"([0-9]{4})/([0-9]{2})")
_DAY_OF_YEAR: Final = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]+)")
_A_LEAP_YEAR: Final = 2028


def read_day(text: str) -> datetime.date:
    """Read a day such as `1 April 2026`. Raises `Unreadable` for any other form and for days that do not exist.

    >>> read_day("29 February 2028")
    datetime.date(2028, 2, 29)
    """
    matched = _DAY.fullmatch(text)
    if matched is None or matched[2] not in _MONTHS:
        raise Unreadable(f"`{text[:32]}` is not a date", "write a date such as 1 April 2026")
    _check_year(text, int(matched[3]))
    month = _MONTHS.index(matched[2]) + 1
    try:
        return datetime.date(int(matched[3]), month, int(matched[1]))
    except ValueError:
        raise Unreadable(f"there is no such day as {text}", f"{matched[2]} {matched[3]} has fewer days") from None


def _check_year(text: str, year: int) -> None:
    """Refuse years that no agreement has, and that would leave the calendar once a term is counted on from them."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"`{text}` is out of reach", f"years run from {FIRST_YEAR} to {LAST_YEAR}")


def format_day(day: datetime.date) -> str:
    """Write a day as it is written in an agreement.

    >>> format_day(datetime.date(2026, 4, 1))
    '1 April 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_iso(day: str) -> str:
    """Write an ISO day as it is written in an agreement.

    >>> format_iso("2026-04-01")
    '1 April 2026'
    """
    return format_day(datetime.date.fromisoformat(day))


def format_short_day(day: datetime.date) -> str:
    """Write a day in as few letters as can be read with certainty, for the columns of a table.

    >>> format_short_day(datetime.date(2026, 9, 30))
    '30 Sep 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def month_name(month: int) -> str:
    """The name of a month by its number, 1 for January."""
    return _MONTHS[month - 1]


class DayOfYear(Struct, frozen=True, order=True):
    """A day that comes round every year, such as 1 April; 29 February comes in leap years only."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.day} {_MONTHS[self.month - 1]}"


def read_day_of_year(text: str) -> DayOfYear:
    """Read a day without a year such as `1 April`. Raises `Unreadable` for any other form and for days that never come.

    >>> str(read_day_of_year("29 February"))
    '29 February'
    """
    matched = _DAY_OF_YEAR.fullmatch(text)
    if matched is None or matched[2] not in _MONTHS:
        raise Unreadable(f"`{text[:32]}` is not a day of the year", "write a day and a month, such as 1 April")
    month = _MONTHS.index(matched[2]) + 1
    try:
        datetime.date(_A_LEAP_YEAR, month, int(matched[1]))
    except ValueError:
        raise Unreadable(f"there is no such day as {text}", f"{matched[2]} has fewer days") from None
    return DayOfYear(month, int(matched[1]))


class Unit(Enum):
    """The units in which agreements count time."""

    WORKING_DAY = "working day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Length(Struct, frozen=True):
    """A length of time as an agreement states it, such as 20 working days; `count` is never negative."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit.value}{'' if self.count == 1 else 's'}"


def read_length(text: str) -> Length:
    """Read a length of time such as `20 working days` or `6 months`. Raises `Unreadable` for anything else.

    >>> str(read_length("1 year"))
    '1 year'
    """
    matched = _LENGTH.fullmatch(text)
    if matched is None:
        raise Unreadable(
            f"`{text[:32]}` is not a length of time",
            "write a number and a unit: working days, days, weeks, months or years",
        )
    return Length(int(matched[1]), Unit(matched[2].removesuffix("s")))


class FinancialYear(Struct, frozen=True, order=True):
    """A financial year, 1 April to 31 March, both days inclusive, named by the calendar year in which it starts."""

    start: int

    @property
    def first_day(self) -> datetime.date:
        """The first day of the year, inclusive."""
        return datetime.date(self.start, 4, 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day of the year, inclusive."""
        return datetime.date(self.start + 1, 3, 31)

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"


def read_year(text: str) -> FinancialYear:
    """Read a financial year such as `2026/27`. Raises `Unreadable` where the two years do not follow each other.

    >>> read_year("1999/00").last_day
    datetime.date(2000, 3, 31)
    """
    matched = _YEAR.fullmatch(text)
    if matched is None:
        raise Unreadable(f"`{text[:24]}` is not a financial year", "write a financial year such as 2026/27")
    _check_year(text, int(matched[1]))
    year = FinancialYear(int(matched[1]))
    if str(year) != text:
        raise Unreadable(f"`{text}` is not a financial year", f"the year that starts in {matched[1]} is {year}")
    return year


def days_in(year: str) -> int:
    """How many days a financial year has.

    >>> days_in("2026/27"), days_in("2027/28")
    (365, 366)
    """
    found = read_year(year)
    return (found.last_day - found.first_day).days + 1


def year_of(day: datetime.date) -> FinancialYear:
    """Find the financial year that a day falls in.

    >>> str(year_of(datetime.date(2027, 3, 31)))
    '2026/27'
    """
    return FinancialYear(day.year if day.month >= 4 else day.year - 1)


def years_between(first: datetime.date, last: datetime.date) -> tuple[FinancialYear, ...]:
    """List the financial years that a period touches, both days inclusive."""
    return tuple(FinancialYear(start) for start in range(year_of(first).start, year_of(last).start + 1))
