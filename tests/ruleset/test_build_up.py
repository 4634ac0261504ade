"""The parts of a contribution add up to it, whatever its lines are; so do totals, parts of years and shifts."""

import datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from poolrules.base.dates import FinancialYear
from poolrules.base.money import format_money
from poolrules.model.from_tree import build
from poolrules.ruleset.build_up import build_up, cash_of
from poolrules.ruleset.from_model import compile_rules
from poolrules.ruleset.ruleset import Change, Condition, ContributionRule, FundRules, YearFigures
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool

PARTNERS = ("Council", "District", "ICB")
PENCE = st.integers(0, 10**11)

LINES = st.builds(
    ContributionRule,
    id=st.just(""),
    partner=st.sampled_from(PARTNERS),
    pence=st.integers(-(10**9), 10**9),
    in_kind=st.booleans(),
    condition=st.none() | st.builds(Condition, st.just("Met"), st.booleans()),
    change=st.none() | st.sampled_from(Change),
    last_year=st.none() | st.integers(0, 10**9),
)


def compiled(lines: str, partners: str = "") -> FundRules:
    """The fund that some contributions make, hosted by the Council."""
    head = 'agreement "A"\npartner ICB "I"\npartner Council "C"\npartner District "D"\n'
    tree, misread = read_pool(SourceText("a.pool", f'{head}fund Pool "P"\n    host Council\n{partners}{lines}'))
    agreement, misfits = build(tree)
    assert misread + misfits == []
    return compile_rules(agreement).funds[0]


@given(st.lists(LINES, max_size=8))
def test_the_parts_of_a_contribution_add_up_to_it(lines: list[ContributionRule]) -> None:
    figures = YearFigures("2026/27", tuple(lines), ())
    rows = build_up(figures)
    for row in rows:
        parts = (row.last_year, row.stated, row.recurrent, row.uplift, row.planned, row.efficiency, row.shifted)
        assert sum(parts) == row.contribution
    assert sum(row.contribution for row in rows) == cash_of(figures)


@given(PENCE, st.permutations(PARTNERS), st.lists(st.integers(1, 99), min_size=3, max_size=3))
def test_a_total_is_kept_to_the_penny_in_any_order_of_partners(pence: int, names: list[str], parts: list[int]) -> None:
    weights = dict(zip(PARTNERS, parts, strict=True))

    def shared(order: list[str] | tuple[str, ...]) -> dict[str, int]:
        said = ", ".join(f"{name} {weights[name]} part{'' if weights[name] == 1 else 's'}" for name in order)
        block = f"    contributions 2026/27\n        total {format_money(pence)}: {said}\n"
        return {line.partner: line.pence for line in compiled(block).years[0].contributions}

    assert sum(shared(names).values()) == pence
    assert shared(names) == shared(PARTNERS)


@given(PENCE, st.dates(datetime.date(2027, 4, 1), datetime.date(2028, 3, 30)))
def test_two_parts_of_a_year_make_the_whole_to_within_a_penny(pence: int, last: datetime.date) -> None:
    year = FinancialYear(2027)
    after = last + datetime.timedelta(days=1)
    days = [f"{day.day} {day:%B} {day.year}" for day in (last, after)]
    sum_of = f"        ICB {format_money(pence)} a year"
    block = f"    contributions {year}\n{sum_of}, to {days[0]}, by days\n{sum_of}, from {days[1]}, by days\n"
    parts = [line.pence for line in compiled(block).years[0].contributions]
    assert abs(sum(parts) - pence) <= 1
    exact = Fraction(pence * ((last - year.first_day).days + 1), 366)
    assert abs(parts[0] - exact) <= Fraction(1, 2)


@given(PENCE)
def test_a_shift_changes_when_partners_pay_and_not_how_much(pence: int) -> None:
    shift = f"        shift {format_money(pence)} from ICB to Council, reversed in 2028/29\n"
    years = compiled(f"    contributions 2026/27\n{shift}").years
    assert [figures.year for figures in years] == ["2026/27", "2028/29"]
    lines = [line for figures in years for line in figures.contributions]
    assert all(sum(line.pence for line in figures.contributions) == 0 for figures in years)
    assert all(sum(line.pence for line in lines if line.partner == name) == 0 for name in PARTNERS)
