"""Days counted on from a day: working days by a nation's bank holidays, and months that lack a day.

Bank holidays come from the `holidays` library, always asked for one part of the United Kingdom by name, since
without one it leaves some of them out. They are those of the Banking and Financial Dealings Act 1971 with the
days that were proclaimed beside them. The library's data can be trusted from 1978, when May Day became one,
to 2028, the last year for which the governments had published theirs when that release was made. Later years, to 2100,
follow the standing rules: a day that is proclaimed for one year only cannot be among them yet. Days
outside 1978 to 2100 are not counted. Where councils of Scotland keep local holidays instead, these are
not bank holidays and not known here.

What cannot be counted is a value, `NoDay`, that says why and what the agreement has to say.
"""

import datetime
import functools
from enum import Enum
from typing import Final

from msgspec import Struct

from poolrules.base.dates import Length, Unit, format_day, month_name
from poolrules.base.limits import LAST_YEAR

FIRST_HOLIDAYS: Final = 1978
"""The first year whose bank holidays are known."""

PUBLISHED_TO: Final = 2028
"""The last year whose bank holidays had been published, and not only follow from the standing rules."""

LAST_HOLIDAYS: Final = 2100
"""The last year whose bank holidays are reckoned."""


class Nation(Enum):
    """Whose bank holidays count; England and Wales have the same."""

    ENGLAND_AND_WALES = "England and Wales"
    ENGLAND = "England"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


_SUBDIVISIONS: Final = {
    Nation.ENGLAND_AND_WALES: "ENG",
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


class MonthEnds(Enum):
    """Which day is meant by one that its month lacks, such as 31 January and a month, or 29 February and a year."""

    LAST_DAY = "kept to the last day"
    NEXT_DAY = "moved to the next day"


class Calendar(Struct, frozen=True):
    """What an agreement says about counting days; nothing where it says nothing."""

    nation: Nation | None = None
    month_ends: MonthEnds | None = None


class NoDay(Struct, frozen=True):
    """Why a day cannot be told, and what to say in the agreement so that it can."""

    why: str
    help: str


def nation_named(name: str | None) -> Nation | None:
    """The nation of that name, or nothing where none goes by it.

    >>> nation_named("Scotland"), nation_named("Cornwall")
    (<Nation.SCOTLAND: 'Scotland'>, None)
    """
    return next((nation for nation in Nation if nation.value == name), None)


@functools.cache
def _bank_holidays(subdivision: str, year: int) -> frozenset[datetime.date]:
    """The bank holidays of one part of the United Kingdom in one year."""
    import holidays  # takes longer to load than a whole check, and few commands count working days

    return frozenset(holidays.country_holidays("GB", subdiv=subdivision, years=year))


def is_working_day(day: datetime.date, nation: Nation) -> bool:
    """Whether a day is neither a Saturday, a Sunday nor a bank holiday of a nation.

    >>> is_working_day(datetime.date(2026, 8, 3), Nation.SCOTLAND)
    False
    """
    return day.weekday() < 5 and day not in _bank_holidays(_SUBDIVISIONS[nation], day.year)


def first_working_day(start: datetime.date, calendar: Calendar) -> datetime.date | NoDay:
    """The first working day from a day on, that day included.

    >>> first_working_day(datetime.date(2027, 1, 1), Calendar(Nation.SCOTLAND))
    datetime.date(2027, 1, 5)
    """
    return _working_day_from(start, calendar, 1)


def last_working_day(end: datetime.date, calendar: Calendar) -> datetime.date | NoDay:
    """The last working day up to a day, that day included.

    >>> last_working_day(datetime.date(2026, 5, 31), Calendar(Nation.ENGLAND))
    datetime.date(2026, 5, 29)
    """
    return _working_day_from(end, calendar, -1)


def _working_day_from(day: datetime.date, calendar: Calendar, step: int) -> datetime.date | NoDay:
    """The nearest working day from a day on, or (with a step of -1) back from it."""
    if (unknown := _uncountable(day, calendar)) is not None:
        return unknown
    assert calendar.nation is not None
    while not is_working_day(day, calendar.nation):
        day += datetime.timedelta(step)
    return day


def later(day: datetime.date, length: Length, calendar: Calendar) -> datetime.date | NoDay:
    """The day that stands a length of time after another, which itself is not counted.

    >>> later(datetime.date(2026, 4, 1), Length(3, Unit.WORKING_DAY), Calendar(Nation.ENGLAND))
    datetime.date(2026, 4, 8)
    >>> later(datetime.date(2026, 1, 31), Length(1, Unit.MONTH), Calendar(month_ends=MonthEnds.LAST_DAY))
    datetime.date(2026, 2, 28)
    """
    match length.unit:
        case Unit.WORKING_DAY:
            return _working_days_later(day, length.count, calendar)
        case Unit.DAY | Unit.WEEK:
            days = length.count * (7 if length.unit is Unit.WEEK else 1)
            return _out_of_reach(day) if day.year + days // 365 > LAST_YEAR else day + datetime.timedelta(days)
        case Unit.MONTH | Unit.YEAR:
            months = length.count * (12 if length.unit is Unit.YEAR else 1)
            year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
            if year > LAST_YEAR:
                return _out_of_reach(day)
            return day_in_month(year, month + 1, day.day, calendar)


def _working_days_later(day: datetime.date, count: int, calendar: Calendar) -> datetime.date | NoDay:
    """The working day that comes so many working days after a day."""
    for _ in range(count):
        following = _working_day_from(day + datetime.timedelta(1), calendar, 1)
        if isinstance(following, NoDay):
            return following
        day = following
    return day


def day_in_month(year: int, month: int, day: int, calendar: Calendar) -> datetime.date | NoDay:
    """A day of a month by its number; where the month lacks it, the day that the agreement puts in its place.

    >>> day_in_month(2027, 2, 29, Calendar(month_ends=MonthEnds.NEXT_DAY))
    datetime.date(2027, 3, 1)
    """
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    last = following - datetime.timedelta(1)
    if day <= last.day:
        return datetime.date(year, month, day)
    if calendar.month_ends is None:
        return NoDay(
            f"there is no {day} {month_name(month)} {year}, and the agreement does not say which day is meant then",
            "add to the agreement: month ends kept to the last day, or: month ends moved to the next day",
        )
    return last if calendar.month_ends is MonthEnds.LAST_DAY else following


def _uncountable(day: datetime.date, calendar: Calendar) -> NoDay | None:
    """Why no working day can be counted from a day."""
    if calendar.nation is None:
        return NoDay(
            "working days are counted by bank holidays, and the agreement does not say of which nation",
            "add to the agreement a line such as: working days of England and Wales",
        )
    if not FIRST_HOLIDAYS <= day.year < LAST_HOLIDAYS:
        return NoDay(
            f"the bank holidays of {day.year} are not known",
            f"working days are counted from {FIRST_HOLIDAYS} to {LAST_HOLIDAYS - 1}",
        )
    return None


def _out_of_reach(day: datetime.date) -> NoDay:
    """Say that a day lies too far away."""
    return NoDay(f"the day lies too far after {format_day(day)}", f"years run to {LAST_YEAR}")
