"""Counting on from a day by a length of time, and how long a term lasts at the most."""

import calendar
import datetime

from poolrules.base.dates import Length, Unit
from poolrules.model.agreement import Term


def later(day: datetime.date, length: Length) -> datetime.date:
    """The day that lies a length of time after another; working days count five to the week, without holidays.

    >>> later(datetime.date(2027, 8, 31), Length(6, Unit.MONTH))
    datetime.date(2028, 2, 29)
    """
    if length.unit in (Unit.MONTH, Unit.YEAR):
        months = day.year * 12 + day.month - 1 + length.count * (12 if length.unit is Unit.YEAR else 1)
        year, month = divmod(months, 12)
        if year >= datetime.MAXYEAR:
            return datetime.date.max
        return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    days = {Unit.WEEK: length.count * 7, Unit.WORKING_DAY: length.count * 7 // 5}.get(length.unit, length.count)
    return day + datetime.timedelta(days=days)


def last_day(term: Term) -> datetime.date:
    """The last day of a term, extended as far as it may be."""
    return later(term.last.date, term.extendable_by.length) if term.extendable_by else term.last.date
