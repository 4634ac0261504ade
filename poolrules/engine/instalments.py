"""Instalments of contributions: on which days they fall due, and how much on each.

Every contribution line has a plan of its own, so that the source of the money is kept. A change of a
contribution (an efficiency, a shift) joins the line that it changes. Sums are whole pence and always make
the contribution: equal ones are rounded down with the rest in the last, stated parts are rounded on their running
total, half a penny upwards.
"""

import datetime
from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.calendar import (
    Calendar,
    MonthEnds,
    NoDay,
    day_in_month,
    first_working_day,
    last_working_day,
    nation_named,
)
from poolrules.base.dates import FinancialYear
from poolrules.ruleset.ruleset import (
    CalendarRules,
    ContributionRule,
    FundRules,
    PaidByPeriod,
    PaidOnDays,
    PayDay,
    Retained,
    Ruleset,
    YearFigures,
)

_DAY = datetime.timedelta(1)


class Moves(Enum):
    """Whether the money of an instalment moves, and why not."""

    DUE = "due"
    HOST = "own contribution of the host: no money moves"
    RETAINED = "retained by the partner: no money moves"
    NOT_POOLED = "for a scheme whose money is not pooled: no money moves"
    INDICATIVE = "indicative: not due before the partner confirms it"
    CONDITIONAL = "due only on a condition"
    BETWEEN = "between partners, beside their contributions"


class Instalment(Struct, frozen=True):
    """One sum of a plan: whole pence, above nought, paid by `payer` to `payee`.

    `number` counts within the plan from 1, and `due` is an ISO day; a sum that is not due has neither.
    `rule` is the contribution line. `why` adds to `moves` what a condition is.
    """

    fund: str
    payer: str
    payee: str
    source: str
    pence: int
    rule: str
    moves: Moves
    number: int | None = None
    due: str = ""
    why: str = ""


class Planned(Struct, frozen=True):
    """The instalments of one fund in one year, the contributions that are no money, and days that cannot be told.

    Of days that are mended alike the first is named.
    """

    instalments: tuple[Instalment, ...]
    in_kind: tuple[ContributionRule, ...]
    no_days: tuple[NoDay, ...]


class Span(Struct, frozen=True):
    """The days that a contribution is for, both inclusive, within one financial year."""

    first: datetime.date
    last: datetime.date


def calendar_from(rules: CalendarRules) -> Calendar:
    """How days are counted under compiled rules."""
    ends = next((one for one in MonthEnds if one.value == rules.month_ends), None)
    return Calendar(nation_named(rules.nation), ends)


# ---- how much ----------------------------------------------------------------------------------------


def equal_parts(pence: int, count: int) -> tuple[int, ...]:
    """Divide a sum in equal parts, each rounded down to the penny; the last takes what remains.

    >>> equal_parts(1003, 4)
    (250, 250, 250, 253)
    """
    part = pence // count
    return (*(part,) * (count - 1), pence - part * (count - 1))


def stated_parts(pence: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide a sum by weights, rounded on the running total, half a penny upwards, so that the whole is kept.

    >>> stated_parts(101, [1, 1, 2])
    (25, 26, 50)
    """
    whole, so_far, paid = sum(weights), 0, 0
    parts = []
    for weight in weights:
        so_far += weight
        reached = (2 * pence * so_far + whole) // (2 * whole)
        parts.append(reached - paid)
        paid = reached
    return tuple(parts)


# ---- when --------------------------------------------------------------------------------------------


class _Whole(Struct, frozen=True):
    """One period of payment, its first and last day inclusive."""

    first: datetime.date
    last: datetime.date


def periods_of(paid: PaidByPeriod, year: FinancialYear) -> tuple[_Whole, ...]:
    """The periods of a financial year; what is left after the last whole one belongs to it."""
    if paid.unit == "month":
        firsts = [_month(year, months) for months in range(0, 12 - paid.count + 1, paid.count)]
    else:
        days = paid.count * (7 if paid.unit == "week" else 1)
        length = (year.last_day - year.first_day).days + 1
        firsts = [year.first_day + datetime.timedelta(at) for at in range(0, length - days + 1, days)] or [
            year.first_day
        ]
    lasts = [*(first - _DAY for first in firsts[1:]), year.last_day]
    return tuple(_Whole(first, last) for first, last in zip(firsts, lasts, strict=True))


def _month(year: FinancialYear, months: int) -> datetime.date:
    """The first day of a month of a financial year, counted from April, which is 0; 12 is the next April."""
    return datetime.date(year.start + (3 + months) // 12, (3 + months) % 12 + 1, 1)


def pay_months(paid: PaidByPeriod, year: FinancialYear) -> tuple[int, ...]:
    """The months, 1 for January, in which a payment on a day of the month falls due; none for other periods."""
    if paid.unit != "month" or paid.day is None:
        return ()
    periods = periods_of(paid, year)
    return tuple((one.first if paid.in_advance else one.last + _DAY).month for one in periods)


def due_days(
    paid: PaidByPeriod | PaidOnDays, year: FinancialYear, span: Span, calendar: Calendar
) -> tuple[tuple[datetime.date | NoDay, int], ...]:
    """The days on which a contribution for some days of a year falls due, each with its weight.

    A period in which no day of the contribution lies has none; no day comes before its first.
    """
    if isinstance(paid, PaidOnDays):
        found = [(_in_year(part.month, part.day, year, calendar), part.weight) for part in paid.parts if part.weight]
    else:
        inside = (one for one in periods_of(paid, year) if one.first <= span.last and one.last >= span.first)
        found = [(_pay_day(paid, one, calendar), 1) for one in inside]
    return tuple((day if isinstance(day, NoDay) else max(day, span.first), weight) for day, weight in found)


def _in_year(month: int, day: int, year: FinancialYear, calendar: Calendar) -> datetime.date | NoDay:
    """A day of the year in a financial year."""
    return day_in_month(year.start if month >= 4 else year.start + 1, month, day, calendar)


def _pay_day(paid: PaidByPeriod, period: _Whole, calendar: Calendar) -> datetime.date | NoDay:
    """The day on which the instalment for a period falls due."""
    if paid.day is not None:
        begins = period.first if paid.in_advance else period.last + _DAY
        if paid.unit == "month":
            return day_in_month(begins.year, begins.month, paid.day, calendar)
        return begins + (paid.day - 1) * _DAY
    match paid.working_day, paid.in_advance:
        case PayDay.FIRST, True:
            return first_working_day(period.first, calendar)
        case PayDay.FIRST, False:
            return first_working_day(period.last + _DAY, calendar)
        case PayDay.LAST, True:
            return last_working_day(period.first - _DAY, calendar)
        case PayDay.LAST, False:
            return last_working_day(period.last, calendar)
        case _:
            return period.first if paid.in_advance else period.last + _DAY


# ---- plans -------------------------------------------------------------------------------------------


def planned(rules: Ruleset, fund: FundRules, figures: YearFigures) -> Planned:
    """The instalments of a fund's contributions for a year, in the order of its lines."""
    year = FinancialYear(int(figures.year[:4]))
    calendar = calendar_from(rules.calendar)
    instalments: list[Instalment] = []
    no_days: dict[str, NoDay] = {}
    for line in _with_changes([line for line in figures.contributions if not line.in_kind]):
        if not line.pence:
            continue
        whole = _whole(fund, line)
        if whole.moves is not Moves.DUE:
            instalments.append(whole)
            continue
        for one in _plan(whole, fund, year, _span(rules, line, year), calendar):
            if isinstance(one, NoDay):
                no_days.setdefault(one.help, one)
            else:
                instalments.append(one)
    in_kind = tuple(line for line in figures.contributions if line.in_kind and line.pence)
    return Planned(tuple(instalments), in_kind, tuple(no_days.values()))


def _with_changes(lines: Sequence[ContributionRule]) -> Iterator[ContributionRule]:
    """The lines, each with the sum of the changes that join it: those of its partner and source, else the first."""
    added: dict[str, int] = {}
    joined: set[str] = set()
    for change in (line for line in lines if line.change and not line.condition and not line.indicative):
        own = [line for line in lines if line.partner == change.partner and not line.change and not line.condition]
        own = [line for line in own if not line.indicative and line.capital == change.capital]
        alike = [line for line in own if (line.source, line.scheme) == (change.source, change.scheme)]
        if base := next(iter((*alike, *own)), None):
            added[base.id] = added.get(base.id, 0) + change.pence
            joined.add(change.id)
    for line in lines:
        if line.id not in joined:
            yield replace(line, pence=line.pence + added.get(line.id, 0))


def _whole(fund: FundRules, line: ContributionRule) -> Instalment:
    """A whole contribution as one sum, and whether it moves; what is less than nought goes back to the partner."""
    not_pooled = {scheme.name for scheme in fund.schemes if not scheme.pooled}
    moves, why = Moves.DUE, ""
    if isinstance(fund.paid, Retained):
        moves = Moves.RETAINED
    elif line.scheme in not_pooled:
        moves = Moves.NOT_POOLED
    elif line.partner == fund.host:
        moves = Moves.HOST
    elif line.indicative:
        moves = Moves.INDICATIVE
    elif line.condition:
        moves = Moves.CONDITIONAL
        why = f"{'if' if line.condition.holds else 'unless'} {line.condition.fact}"
    stays = moves in (Moves.RETAINED, Moves.NOT_POOLED)
    payer, payee = line.partner, line.partner if stays else fund.host
    if line.pence < 0:
        payer, payee = payee, payer
    return Instalment(fund.name, payer, payee, line.source or "", abs(line.pence), line.id, moves, why=why)


def _span(rules: Ruleset, line: ContributionRule, year: FinancialYear) -> Span:
    """The days of a year that a contribution is for: those of the term, and of its own part of the year."""
    firsts = [datetime.date.fromisoformat(day) for day in (rules.first_day, line.first_day) if day]
    lasts = [datetime.date.fromisoformat(day) for day in (rules.last_day, line.last_day) if day]
    return Span(max([year.first_day, *firsts]), min([year.last_day, *lasts]))


def _plan(
    whole: Instalment, fund: FundRules, year: FinancialYear, span: Span, calendar: Calendar
) -> Iterator[Instalment | NoDay]:
    """The instalments of one contribution; one without a day where the agreement does not say when it is paid."""
    paid = fund.paid
    days = due_days(paid, year, span, calendar) if isinstance(paid, PaidByPeriod | PaidOnDays) else ()
    if not days:
        yield replace(whole, number=1)
        return
    stated = isinstance(paid, PaidOnDays) and not paid.equal
    weights = [weight for _, weight in days]
    sums = stated_parts(whole.pence, weights) if stated else equal_parts(whole.pence, len(days))
    for number, ((day, _), pence) in enumerate(zip(days, sums, strict=True), 1):
        yield day if isinstance(day, NoDay) else replace(whole, number=number, due=day.isoformat(), pence=pence)
