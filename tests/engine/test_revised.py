"""Instalments across a deed of variation: what fell due stays, and the year comes to the contribution as varied."""

from hypothesis import given
from hypothesis import strategies as st

from poolrules.engine.instalments import Instalment
from poolrules.engine.revised import Earlier, planned_under
from poolrules.ruleset.ruleset import (
    ContributionRule,
    FundRules,
    PaidByPeriod,
    PaidOnDays,
    PaidRule,
    PartnerRule,
    PartPaid,
    Ruleset,
    YearFigures,
)

QUARTERLY = PaidByPeriod("paid", 3, "month", True)
PROFILE = PaidOnDays("paid", (PartPaid(4, 1, 1), PartPaid(10, 1, 1), PartPaid(1, 1, 2)))


def rules(paid: PaidRule | None, *lines: tuple[str, int]) -> Ruleset:
    made = tuple(ContributionRule(f"line.{n}", "ICB", pence, source) for n, (source, pence) in enumerate(lines))
    figures = YearFigures("2026/27", made, ())
    fund = FundRules("Pool", "Pool", "Pool", "Council", ("ICB", "Council"), (), (figures,), paid=paid)
    return Ruleset("T", "", tuple(PartnerRule(name, name, name, "") for name in fund.partners), (fund,))


def plan(now: Ruleset, *earlier: Earlier) -> list[tuple[int | None, str, int]]:
    """Number, day and pence of each instalment; what goes back to the partner is below nought."""
    fund = now.funds[0]
    found = planned_under(now, fund, fund.years[0], earlier).instalments
    return [(one.number, one.due, signed(one)) for one in found]


def signed(one: Instalment) -> int:
    return one.pence if one.payer == "ICB" else -one.pence


def test_what_follows_takes_up_the_difference() -> None:
    before = Earlier("2026-10-01", rules(QUARTERLY, ("", 400)))
    assert plan(rules(QUARTERLY, ("", 601)), before) == [
        (1, "2026-04-01", 100),
        (2, "2026-07-01", 100),
        (3, "2026-10-01", 200),
        (4, "2027-01-01", 201),
    ]


def test_stated_parts_take_it_up_in_their_proportions() -> None:
    before = Earlier("2026-05-01", rules(PROFILE, ("", 400)))
    assert [pence for _, _, pence in plan(rules(PROFILE, ("", 700)), before)] == [100, 200, 400]


def test_what_no_instalment_follows_falls_due_on_the_day_itself() -> None:
    before = Earlier("2027-02-01", rules(QUARTERLY, ("", 400)))
    assert plan(rules(QUARTERLY, ("", 450)), before)[-1] == (5, "2027-02-01", 50)


def test_what_was_called_beyond_the_contribution_goes_back() -> None:
    before = Earlier("2026-10-01", rules(QUARTERLY, ("", 400)))
    assert plan(rules(QUARTERLY, ("", 150)), before) == [
        (1, "2026-04-01", 100),
        (2, "2026-07-01", 100),
        (3, "2026-10-01", -50),
    ]


def test_a_source_that_is_no_longer_there_goes_back() -> None:
    before = Earlier("2026-10-01", rules(QUARTERLY, ("A", 400)))
    assert [pence for _, _, pence in plan(rules(QUARTERLY, ("B", 40)), before)] == [20, 20, 100, 100, -200]


def test_without_a_word_on_when_nothing_had_fallen_due() -> None:
    before = Earlier("2026-10-01", rules(None, ("", 400)))
    assert plan(rules(None, ("", 500)), before) == [(1, "", 500)]


DAYS = st.sampled_from(["2026-04-02", "2026-07-01", "2026-10-15", "2027-01-02", "2027-03-31"])


@given(
    st.sampled_from([QUARTERLY, PROFILE]),
    st.lists(st.integers(1, 10_000), min_size=2, max_size=5),
    st.lists(DAYS, min_size=4, max_size=4, unique=True).map(sorted),
)
def test_the_year_comes_to_the_contribution_as_varied(paid: PaidRule, sums: list[int], days: list[str]) -> None:
    versions = [rules(paid, ("A", pence)) for pence in sums]
    earlier = [Earlier(day, before) for day, before in zip(days, versions[:-1], strict=False)]
    found = plan(versions[-1], *earlier)
    assert sum(pence for _, _, pence in found) == sums[-1]
    assert [number for number, _, _ in found] == list(range(1, len(found) + 1))
