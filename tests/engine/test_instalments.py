"""Instalments: they make the contribution, and each falls due on its day."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poolrules.base.calendar import Calendar, MonthEnds, Nation, NoDay
from poolrules.base.dates import FinancialYear, format_day, read_day
from poolrules.base.mode import Mode
from poolrules.engine.instalments import Moves, Span, due_days, equal_parts, periods_of, planned, stated_parts
from poolrules.ruleset.ruleset import (
    CalendarRules,
    Change,
    Condition,
    ContributionRule,
    FundRules,
    PaidByPeriod,
    PaidOnDays,
    PaidRule,
    PartnerRule,
    PartPaid,
    PayDay,
    Retained,
    Ruleset,
    SchemeRule,
    YearFigures,
)

YEAR = FinancialYear(2026)
WHOLE = Span(YEAR.first_day, YEAR.last_day)
ENGLAND = Calendar(Nation.ENGLAND, MonthEnds.LAST_DAY)

# The improved Better Care Fund, paid monthly in 2024-25 (finance practice, N14): published sums, derived instalments.
GRANTS = {
    "Barking & Dagenham": (10_707_003_00, 892_250_25, 892_250_25),
    "Barnet": (9_621_518_00, 801_793_16, 801_793_24),
    "Bath & NES": (4_903_011_00, 408_584_25, 408_584_25),
    "Bexley": (6_616_137_00, 551_344_75, 551_344_75),
    "Birmingham": (67_918_344_00, 5_659_862_00, 5_659_862_00),
    "Bracknell": (1_524_876_00, 127_073_00, 127_073_00),
}


@pytest.mark.parametrize("council", GRANTS)
def test_the_published_grants_in_twelve_instalments(council: str) -> None:
    pence, each, last = GRANTS[council]
    assert equal_parts(pence, 12) == (*(each,) * 11, last)


@given(st.integers(0, 10**14), st.integers(1, 400))
def test_equal_parts_make_the_whole(pence: int, count: int) -> None:
    parts = equal_parts(pence, count)
    assert sum(parts) == pence
    assert len(set(parts[:-1])) <= 1
    assert 0 <= parts[-1] - parts[0] < count


@given(st.integers(0, 10**14), st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_stated_parts_make_the_whole_and_none_is_below_nought(pence: int, weights: list[int]) -> None:
    parts = stated_parts(pence, weights)
    assert sum(parts) == pence
    assert min(parts) >= 0
    whole = sum(weights)
    assert all(abs(part * whole - pence * weight) <= whole for part, weight in zip(parts, weights, strict=True))


def due(paid: PaidByPeriod | PaidOnDays, span: Span = WHOLE, calendar: Calendar = ENGLAND) -> list[str]:
    found = [day for day, _ in due_days(paid, YEAR, span, calendar)]
    return [day.why if isinstance(day, NoDay) else format_day(day) for day in found]


def period(count: int, unit: str = "month", *, advance: bool = True, on: PayDay | int | None = None) -> PaidByPeriod:
    day = on if isinstance(on, int) else None
    return PaidByPeriod("paid", count, unit, advance, on if isinstance(on, PayDay) else None, day)


@pytest.mark.parametrize(
    ("paid", "days"),
    [
        (period(3), "1 April 2026, 1 July 2026, 1 October 2026, 1 January 2027"),
        (period(3, advance=False), "1 July 2026, 1 October 2026, 1 January 2027, 1 April 2027"),
        (period(3, on=PayDay.FIRST), "1 April 2026, 1 July 2026, 1 October 2026, 4 January 2027"),
        (period(3, on=PayDay.LAST), "1 April 2026, 30 June 2026, 30 September 2026, 31 December 2026"),
        (period(3, advance=False, on=PayDay.FIRST), "1 July 2026, 1 October 2026, 4 January 2027, 1 April 2027"),
        (period(3, advance=False, on=PayDay.LAST), "30 June 2026, 30 September 2026, 31 December 2026, 31 March 2027"),
        (period(6, on=15), "15 April 2026, 15 October 2026"),
        (period(6, advance=False, on=15), "15 October 2026, 15 April 2027"),
        (period(6, on=31), "30 April 2026, 31 October 2026"),
        (period(12, advance=False), "1 April 2027"),
        (period(5), "1 April 2026, 1 September 2026"),
        (period(26, "week", on=10), "10 April 2026, 9 October 2026"),
        (period(300, "day"), "1 April 2026"),
        (period(366, "day", advance=False), "1 April 2027"),
    ],
)
def test_the_days_of_periods(paid: PaidByPeriod, days: str) -> None:
    assert due(paid) == days.split(", ")


def test_a_last_working_day_in_advance_before_the_year_falls_on_its_first_day() -> None:
    span = Span(datetime.date(2025, 4, 1), YEAR.last_day)
    assert due(period(12, on=PayDay.LAST), span) == ["31 March 2026"]
    assert due(period(12, on=PayDay.LAST)) == ["1 April 2026"]


@given(st.sampled_from([("month", 12), ("week", 52), ("day", 366)]), st.integers(1, 366), st.integers(2020, 2040))
def test_periods_follow_each_other_through_the_year(unit: tuple[str, int], count: int, start: int) -> None:
    year = FinancialYear(start)
    periods = periods_of(period(min(count, unit[1]), unit[0]), year)
    assert periods[0].first == year.first_day
    assert periods[-1].last == year.last_day
    gaps = [(after.first - before.last).days for before, after in pairwise(periods)]
    assert set(gaps) <= {1}


def test_a_contribution_for_a_part_of_the_year_has_the_periods_it_lies_in() -> None:
    span = Span(read_day("15 May 2026"), read_day("31 December 2026"))
    assert due(period(3), span) == ["15 May 2026", "1 July 2026", "1 October 2026"]


def test_stated_days_stand_in_their_financial_year() -> None:
    paid = PaidOnDays("paid", (PartPaid(4, 1, 3), PartPaid(1, 1, 5), PartPaid(2, 29, 2)))
    assert due(paid) == ["1 April 2026", "1 January 2027", "28 February 2027"]
    assert "29 February 2027" in due(paid, calendar=Calendar())[2]
    part = PaidOnDays("paid", (PartPaid(4, 1, 1), PartPaid(6, 1, 0), PartPaid(7, 1, 1)))
    assert due(part) == ["1 April 2026", "1 July 2026"]


# ---- plans -------------------------------------------------------------------------------------------


def line(number: int, partner: str, pence: int, **more: object) -> ContributionRule:
    return ContributionRule(f"line.{number}", partner, pence, **more)  # type: ignore[arg-type]


def plan(*lines: ContributionRule, paid: PaidRule | None = None) -> list[tuple[str, str, int, Moves]]:
    """Payer, payee, pence and whether it moves, of every instalment."""
    figures = YearFigures("2026/27", lines, ())
    aligned = SchemeRule("aligned", "Advice", "Advice", Mode.ALIGNED, "ICB")
    fund = FundRules("Pool", "Pool", "Pool", "Council", ("ICB", "Council"), (aligned,), (figures,), paid=paid)
    partners = tuple(PartnerRule(name, name, name, "") for name in ("ICB", "Council"))
    rules = Ruleset("T", "", partners, (fund,), calendar=CalendarRules("England"))
    found = planned(rules, fund, figures)
    assert found.no_days == ()
    return [(one.payer, one.payee, one.pence, one.moves) for one in found.instalments]


HALVES = period(6)


def test_each_line_has_a_plan_of_its_own() -> None:
    assert plan(line(1, "ICB", 101, source="A"), line(2, "ICB", 3), paid=HALVES) == [
        ("ICB", "Council", 50, Moves.DUE),
        ("ICB", "Council", 51, Moves.DUE),
        ("ICB", "Council", 1, Moves.DUE),
        ("ICB", "Council", 2, Moves.DUE),
    ]


def test_a_change_joins_the_line_that_it_changes() -> None:
    changed = (
        line(1, "ICB", 100, source="A"),
        line(2, "ICB", 60, source="B"),
        line(3, "ICB", -20, source="B", change=Change.EFFICIENCY),
        line(4, "ICB", -10, change=Change.SHIFT),
    )
    assert [pence for _, _, pence, _ in plan(*changed, paid=period(12))] == [90, 40]


def test_what_is_less_than_nothing_goes_back_to_the_partner() -> None:
    assert plan(line(1, "ICB", -10, change=Change.SHIFT), paid=period(12)) == [("Council", "ICB", 10, Moves.DUE)]


def test_what_does_not_move_and_why() -> None:
    lines = (
        line(1, "Council", 5),
        line(2, "ICB", 6, indicative=True),
        line(3, "ICB", 7, condition=Condition("TargetMet")),
        line(4, "ICB", 8, scheme="Advice"),
        line(5, "ICB", 9, in_kind=True),
        line(6, "ICB", 0),
    )
    assert plan(*lines, paid=HALVES) == [
        ("Council", "Council", 5, Moves.HOST),
        ("ICB", "Council", 6, Moves.INDICATIVE),
        ("ICB", "Council", 7, Moves.CONDITIONAL),
        ("ICB", "ICB", 8, Moves.NOT_POOLED),
    ]
    assert {moves for _, _, _, moves in plan(*lines, paid=Retained("paid"))} == {Moves.RETAINED}


def test_without_a_word_on_when_a_contribution_is_one_sum() -> None:
    assert plan(line(1, "ICB", 101)) == [("ICB", "Council", 101, Moves.DUE)]
