"""The diary of an agreement: every day and deadline that it sets, and every instalment, over the years of its term.

What is counted from a day of the agreement, or from the end of a period or year, gets its day. What is counted
from something that may happen on any day has none: it stands with what starts its clock. No clock is read.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.calendar import Calendar, NoDay, later
from poolrules.base.dates import FinancialYear, Length, Unit, format_day, year_of, years_between
from poolrules.base.money import format_money, format_money_full
from poolrules.engine.instalments import Instalment, Moves, Planned, calendar_from, periods_of
from poolrules.engine.revised import Earlier, planned_under
from poolrules.ruleset.ruleset import Duty, Event, FundRules, PaidByPeriod, Ruleset, YearFigures

_MONTHS: Final = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}


class Entry(Struct, frozen=True):
    """One line of a diary: `what` is to be done by `who`, on or by a `day` (ISO), or some time after something.

    `within` and `after` say how a deadline is counted; an entry without a day may have in `unknown` why it has none,
    and in `help` how that is mended.
    `occasion` tells one time that a duty comes round from another. `pence` is the sum of an instalment.
    """

    rule: str
    what: str
    who: str = ""
    day: str = ""
    within: str = ""
    after: str = ""
    unknown: str = ""
    help: str = ""
    occasion: str = ""
    pence: int | None = None

    @property
    def of_year(self) -> str:
        """The financial year of the occasion, which is a day, a year or an instalment of one."""
        return self.occasion[:7] if "/" in self.occasion else str(_year(self.occasion))


class Diary(Struct, frozen=True):
    """The entries with a day, in order, and those without one, in the order of the agreement.

    `year` is the financial year it was kept to, or empty.
    """

    title: str
    year: str
    dated: tuple[Entry, ...]
    undated: tuple[Entry, ...]


def diary(rules: Ruleset, year: str = "", earlier: Sequence[Earlier] = ()) -> Diary:
    """Write the diary of an agreement; with a year (such as `2026/27`) the days that fall in it.

    `earlier` are the rules before each deed of variation, oldest first.
    """
    calendar = calendar_from(rules.calendar)
    found = [*_duties(rules, calendar), *_instalments(rules, earlier)]
    dated = [one for one in found if one.day and (not year or str(_year(one.day)) == year)]
    undated = [one for one in found if not one.day and (not year or not one.occasion or one.of_year == year)]
    return Diary(rules.title, year, tuple(sorted(dated, key=lambda one: one.day)), tuple(undated))


def _year(day: str) -> FinancialYear:
    """The financial year that an ISO day falls in."""
    return year_of(datetime.date.fromisoformat(day))


def _years(rules: Ruleset) -> tuple[FinancialYear, ...]:
    """The financial years of the term, else those that there are figures for."""
    if rules.first_day and rules.last_day:
        return years_between(datetime.date.fromisoformat(rules.first_day), datetime.date.fromisoformat(rules.last_day))
    starts = {int(figures.year[:4]) for fund in rules.funds for figures in fund.years}
    return tuple(FinancialYear(start) for start in sorted(starts))


# ---- duties --------------------------------------------------------------------------------------------


_NOUNS: Final = {1: "a month", 3: "a quarter", 6: "a half-year", 12: "the financial year"}


def _duties(rules: Ruleset, calendar: Calendar) -> Iterator[Entry]:
    """The duties that are a day or a length of time; percentages alone are no matter for a diary."""
    for duty in rules.duties:
        if duty.day:
            yield Entry(duty.id, _what(duty), duty.who or "", duty.day)
        elif duty.count is not None and duty.unit:
            yield from _deadlines(rules, duty, Length(duty.count, Unit(duty.unit)), calendar)


def _what(duty: Duty) -> str:
    """What a duty is, with its threshold where it has one."""
    if duty.pence is not None:
        return f"{duty.what}, {format_money(duty.pence)}"
    return f"{duty.what}, {duty.percent} of their budget" if duty.percent is not None else duty.what


def _deadlines(rules: Ruleset, duty: Duty, length: Length, calendar: Calendar) -> Iterator[Entry]:
    """Each deadline of a duty, or the duty itself where what starts its clock has no day."""
    ends = _ends(rules, duty)
    if ends is None:
        unknown = f"the agreement does not say from which day {duty.every} is counted" if duty.every else ""
        after = duty.after.value if duty.after else ""
        yield Entry(duty.id, _what(duty), duty.who or "", within=str(length), after=after, unknown=unknown)
        return
    for end in ends:
        day = later(end, length, calendar)
        whole = Entry(
            duty.id, _what(duty), duty.who or "", within=str(length), after=_end(duty, end), occasion=end.isoformat()
        )
        if isinstance(day, NoDay):
            yield replace(whole, unknown=day.why, help=day.help)
        else:
            yield replace(whole, day=day.isoformat())


def _end(duty: Duty, end: datetime.date) -> str:
    """The day that a length of time is counted from, and what it is the end of."""
    months = 12 if duty.after is Event.YEAR_END else _MONTHS.get(duty.every or "", 0)
    return f"{format_day(end)}, the end of {_NOUNS.get(months, 'the agreement')}"


def _ends(rules: Ruleset, duty: Duty) -> tuple[datetime.date, ...] | None:
    """The days that start the clock of a duty, nothing where they are not known beforehand."""
    last = datetime.date.fromisoformat(rules.last_day) if rules.last_day else None
    match duty.after:
        case Event.YEAR_END:
            return tuple(year.last_day for year in _years(rules))
        case Event.PERIOD_END:
            months = _MONTHS.get(duty.every or "")
            return None if months is None else _period_ends(rules, months)
        case Event.END if duty.id == "exit.account" and last:
            return (last,)
        case _:
            return None


def _period_ends(rules: Ruleset, months: int) -> tuple[datetime.date, ...]:
    """The last days of the periods of so many months in which a day of the term lies."""
    first = datetime.date.fromisoformat(rules.first_day) if rules.first_day else datetime.date.min
    last = datetime.date.fromisoformat(rules.last_day) if rules.last_day else datetime.date.max
    every = PaidByPeriod("", months, "month", True)
    periods = (period for year in _years(rules) for period in periods_of(every, year))
    return tuple(period.last for period in periods if period.first <= last and period.last >= first)


# ---- instalments ---------------------------------------------------------------------------------------


def _instalments(rules: Ruleset, earlier: Sequence[Earlier]) -> Iterator[Entry]:
    """Every instalment that is due; a day that cannot be told is said once for each fund and year."""
    for fund in rules.funds:
        for figures in fund.years:
            within = [one for one in earlier if str(_year(one.from_day)) == figures.year]
            yield from _of_year(figures, fund, planned_under(rules, fund, figures, within))


def _of_year(figures: YearFigures, fund: FundRules, plan: Planned) -> Iterator[Entry]:
    """The instalments of one fund in one year."""
    for one in plan.instalments:
        if one.moves is Moves.DUE:
            yield _instalment(figures.year, one)
    for no_day in plan.no_days:
        what = f"contributions to {fund.name} for {figures.year} are paid"
        yield Entry(f"{fund.name}.paid", what, unknown=no_day.why, help=no_day.help, occasion=figures.year)


def _instalment(year: str, one: Instalment) -> Entry:
    """One instalment as an entry."""
    source = f" from {one.source}" if one.source else ""
    what = f"{one.payer} pays {one.payee} {format_money_full(one.pence)}{source}, instalment {one.number} of {year}"
    unknown = "" if one.due else "the agreement does not say when contributions are paid"
    occasion = f"{year}.{one.number}"
    return Entry(one.rule, what, one.payer, one.due, unknown=unknown, occasion=occasion, pence=one.pence)
