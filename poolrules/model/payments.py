"""Building when contributions are paid, and what a late payment bears."""

import re
from fractions import Fraction
from itertools import pairwise
from typing import Final

from poolrules.base.dates import DayOfYear, Length, Unit, read_day_of_year, read_length
from poolrules.base.shares import read_percent
from poolrules.base.unreadable import Unreadable
from poolrules.model.agreement import LateInterest, PaidByPeriod, PaidOnDays, PartPaid, Payment, Retained, Text
from poolrules.model.reader import Reader, flag, part, said, text
from poolrules.source.finding import Label
from poolrules.syntax.codes import BAD_VALUE
from poolrules.syntax.tree import Mapping, Node, Scalar, Sequence

_EVERY: Final = {
    "monthly": Length(1, Unit.MONTH),
    "quarterly": Length(3, Unit.MONTH),
    "half-yearly": Length(6, Unit.MONTH),
    "yearly": Length(1, Unit.YEAR),
}

_DAY: Final = re.compile("day ([0-9]+)")
_DAYS_OF_A_YEAR: Final = 366
_APRIL: Final = 4


def build_payment(reader: Reader, node: Mapping) -> Payment | None:
    """Build when the contributions to a fund are paid."""
    found = part(node, "paid")
    if found is None:
        return None
    if flag(found, "retained"):
        return Retained(found.span)
    if found.get("how often") is not None:
        return _by_period(reader, found)
    return _on_days(reader, found)


def _by_period(reader: Reader, found: Mapping) -> PaidByPeriod | None:
    """Build a payment period by period; a financial year must hold at least one, counted in days or months."""
    how_often = said(found, "how often")
    every = _interval(reader, how_often)
    if every is None:
        return None
    on = text(found, "on")
    if on is not None and (day := _DAY.fullmatch(on.text)) and not 1 <= int(day[1]) <= 31:
        reader.misfit(f"no month has a day {int(day[1])}", on.span, "write a day from 1 to 31")
        return None
    return PaidByPeriod(how_often, every, said(found, "when").text == "in advance", on, found.span)


def _interval(reader: Reader, how_often: Text) -> Length | None:
    """The length of the periods, reported where none of them fits into a financial year."""
    try:
        every = _EVERY.get(how_often.text) or read_length(how_often.text.removeprefix("every "))
    except Unreadable as fault:
        reader.fault(BAD_VALUE, fault.message, how_often.span, fault.help)
        return None
    if every.unit is Unit.WORKING_DAY:
        help = "write it in weeks or months, such as every 2 weeks"
        reader.misfit("no period of payment is counted in working days", how_often.span, help)
        return None
    longest = {Unit.DAY: _DAYS_OF_A_YEAR, Unit.WEEK: 52, Unit.MONTH: 12, Unit.YEAR: 1}[every.unit]
    if not 0 < every.count <= longest:
        message = f"contributions are for a financial year, and `{how_often}` is no part of one"
        reader.misfit(message, how_often.span, "write how often within a year, such as quarterly")
        return None
    return every


def _on_days(reader: Reader, found: Mapping) -> PaidOnDays | None:
    """Build a payment on stated days, which must stand in the order in which a financial year has them."""
    profile, equal = part(found, "profile"), found.get("in equal parts on")
    if profile is not None:
        parts = [_part(reader, entry.key, entry.value) for entry in profile]
    else:
        parts = [_part(reader, day, None) for day in (equal.items if isinstance(equal, Sequence) else ())]
    read = [one for one in parts if one is not None]
    if len(read) < len(parts) or not read:
        return None
    for before, after in pairwise(read):
        if _place(after.on) <= _place(before.on):
            same = after.on == before.on
            message = (
                f"{after.on} is named twice" if same else f"{after.on} comes before {before.on} in a financial year"
            )
            help = "name each day once" if same else "write the days in the order of a financial year, from 1 April"
            reader.misfit(message, after.span, help, also=(Label(before.span, "after this day"),))
            return None
    return PaidOnDays(tuple(read), profile is None, found.span)


def _place(day: DayOfYear) -> tuple[int, int]:
    """Where a day stands in a financial year."""
    return (day.month - _APRIL) % 12, day.day


def _part(reader: Reader, day: Node, share: Node | None) -> PartPaid | None:
    """Build one day of payment, and its share where it has one."""
    if not isinstance(day, Scalar):
        return None
    try:
        on = read_day_of_year(day.text)
    except Unreadable as fault:
        reader.fault(BAD_VALUE, fault.message, day.span, fault.help)
        return None
    if share is None:
        return PartPaid(on, None, day.span)
    if not isinstance(share, Scalar):
        return None
    try:
        return PartPaid(on, read_percent(share.text), share.span)
    except Unreadable as fault:
        reader.fault(BAD_VALUE, fault.message, share.span, fault.help)
        return None


def build_interest(reader: Reader, node: Mapping) -> LateInterest | None:
    """Build what a late payment bears: a rate for a year, or `none`."""
    rate = text(node, "late payment interest")
    if rate is None:
        return None
    if rate.text == "none":
        return LateInterest(Fraction(0), rate.span)
    try:
        return LateInterest(read_percent(rate.text.removesuffix(" a year")), rate.span)
    except Unreadable as fault:
        reader.fault(BAD_VALUE, fault.message, rate.span, fault.help)
        return None
