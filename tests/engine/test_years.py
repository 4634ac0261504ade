"""Years one after another, and parts of a year, worked by hand."""

import pytest
from msgspec.structs import replace

from poolrules.base.mode import Mode
from poolrules.engine.chain import settle_years
from poolrules.engine.inputs import Missing
from poolrules.engine.settle import settle
from poolrules.engine.settlement import Billed, Carried, Due, Facts, Position, Settlement, Spending
from poolrules.engine.working import ONE_OFF
from poolrules.ruleset.ruleset import (
    ByPartners,
    Cap,
    CarryForward,
    Change,
    ContributionRule,
    FromReserve,
    IntoReserve,
    Later,
    OfSpending,
    Part,
    Ruleset,
    Taker,
    Waterfall,
)
from tests.engine.build import (
    YEAR,
    cash,
    facts,
    fund,
    limited,
    nets,
    over,
    reserve,
    ruleset,
    scheme,
    settled,
    under,
    weights,
)

SECOND, THIRD, FOURTH = "2027/28", "2028/29", "2029/30"
YEARS = (YEAR, SECOND, THIRD, FOURTH)
A, B = ByPartners(weights(A=1)), ByPartners(weights(B=1))


def lasting(*falls: Waterfall, budget: int = 1000, paid: int | None = None) -> Ruleset:
    """One shared scheme over four years, that A pays for, and a reserve."""
    made = [cash("A", budget if paid is None else paid)]
    whole = fund({scheme("S"): budget}, *falls, contributions=made, years=YEARS, reserves=[reserve("R", 80)])
    return ruleset(whole)


def chained(rules: Ruleset, *spent: int) -> list[Settlement]:
    """Settle years with so much spent on S in each."""
    found = settle_years((rules, facts({"S": pence}, year=year)) for pence, year in zip(spent, YEARS, strict=False))
    return [one for one in found if isinstance(one, Settlement)]


def test_a_reserve_opens_with_what_it_closed_with() -> None:
    rules = lasting(over(["S"], limited(FromReserve("R"), at_most=50), B), under(["S"], IntoReserve("R")))
    first, second, third = chained(rules, 1200, 950, 1200)
    assert [(one.opening, one.closing) for one in (*first.reserves, *second.reserves, *third.reserves)] == [
        (80, 30),
        (30, 80),
        (80, 30),
    ]
    assert first.closing == Position("Test", YEAR, "2027-03-31", (("R", 30),), billed=(Billed("F", "B", 150),))


def test_money_carried_for_a_scheme_adds_to_its_budget_next_year() -> None:
    rules = lasting(over(["S"], B), under(["S"], limited(CarryForward("S"), at_most=60), A))
    first, second, third = chained(rules, 900, 1070, 1000)
    assert first.closing.carried == (Carried("F", "S", 60, "F.under.1"),)
    assert (second.schemes[0].budget, second.schemes[0].brought, second.schemes[0].variance) == (1000, 60, 10)
    assert nets(second) == {"A": 0, "B": 10}
    assert third.schemes[0].brought == 0


def test_an_overspend_carried_forward_is_met_from_next_years_budget() -> None:
    rules = lasting(over(["S"], CarryForward("S")), under(["S"], A))
    first, second = chained(rules, 1100, 850)
    assert first.closing.carried == (Carried("F", "S", -100, "F.over.1"),)
    assert (second.schemes[0].brought, second.schemes[0].variance) == (-100, -50)


def test_money_carried_for_the_fund_is_cash_that_no_budget_uses_yet() -> None:
    rules = lasting(under(["S"], CarryForward()))
    first, second = chained(rules, 900, 1000)
    assert first.closing.carried == (Carried("F", None, 100, "F.under.1"),)
    assert [one.pence for _, one in second.unbudgeted] == [100]


@pytest.mark.parametrize(("own", "marked", "used"), [("S", 40, 40), ("S", 500, 100), (None, 40, 40), (None, -5, 0)])
def test_money_for_one_off_spending_waits_for_it(own: str | None, marked: int, used: int) -> None:
    rules = lasting(over(["S"], B), under(["S"], CarryForward(own, one_off_only=True)))
    first = settled(rules, facts({"S": 900}))
    rows = [Spending("S", 1000), Spending("S", marked, (ONE_OFF,))]
    second = settled(rules, replace(facts(rows, year=SECOND), position=first.closing))
    assert second.schemes[0].brought == used
    kept = [one for one in second.closing.carried if one.rule == "F.under.1"]
    assert sum(one.pence for one in kept) == 100 - used + (5 if marked < 0 else 0)


def test_an_underspend_stays_in_its_fence_from_year_to_year() -> None:
    fenced = scheme("S", Mode.RING_FENCED, "B")
    rules = ruleset(fund({fenced: 100}, years=YEARS))
    first, second, third = chained(rules, 90, 95, 120)
    assert first.closing.carried == (Carried("F", "S", 10, "scheme.S"),)
    assert second.closing.carried == (Carried("F", "S", 15, "scheme.S"),)
    assert nets(third) == {"A": 0, "B": 5}


def test_an_extra_payment_is_repaid_by_the_fund() -> None:
    """A pays 100 beyond its contribution; the fund repays it in three parts, covered by what B then pays in."""
    rules = lasting(over(["S"], ByPartners(weights(B=1), later=Later(3, pay_now=True))))
    first, second, third, fourth = chained(rules, 1100, 1000, 1000, 1000)
    assert nets(first)["B"] == 100
    assert first.closing.dues == tuple(
        Due("F", None, "B", year, pence, "F.over.1", loan=True)
        for year, pence in zip((SECOND, THIRD, FOURTH), (33, 33, 34), strict=True)
    )
    assert [nets(one)["B"] for one in (second, third, fourth)] == [-33, -33, -34]
    assert second.dues == first.closing.dues[:1]
    assert [one.gap for _, one in second.unbudgeted] == [
        "£0.33 of the budgets of `F` is paid for by no cash contribution"
    ]
    assert fourth.closing.dues == ()


def test_an_extra_payment_is_repaid_by_a_partner() -> None:
    rules = lasting(over(["S"], ByPartners(weights(A=1, B=1), later=Later(1, after=2, pay_now=True, by="A"))))
    first, second, third = chained(rules, 1100, 1000, 1000)
    assert first.closing.dues == (Due("F", "A", "B", THIRD, 50, "F.over.1", loan=True),)
    assert nets(second) == {"A": 0, "B": 0}
    assert nets(third) == {"A": 50, "B": -50}
    assert third.unbudgeted == ()


def test_a_charge_may_be_paid_in_later_years() -> None:
    rules = lasting(over(["S"], ByPartners(weights(B=1), later=Later(2))))
    first, second, third = chained(rules, 1101, 1000, 1000)
    [_, result] = first.partners
    assert (result.pays, result.deferred, result.net) == (101, 101, 0)
    assert first.transfers == ()
    assert [nets(one)["B"] for one in (second, third)] == [50, 51]
    assert second.partners[1].due == 50
    back = chained(lasting(under(["S"], ByPartners(weights(B=1), later=Later(1)))), 900, 1000)
    assert [nets(one)["B"] for one in back] == [0, -100]


@pytest.mark.parametrize("waterfall", [False, True])
def test_what_holds_over_the_term_is_used_up(waterfall: bool) -> None:
    cap = (Cap("cap", "B", 150, over_term=True),)
    charged = ByPartners(weights(B=1)) if waterfall else ByPartners(weights(B=1), cap)
    rules = lasting(over(["S"], limited(charged), A, caps=cap if waterfall else ()))
    settlements = chained(rules, 1100, 1100, 1100)
    assert [nets(one)["B"] for one in settlements] == [100, 50, 0]
    assert settlements[1].closing.taken == (("cap", 150),)
    steps = lasting(over(["S"], limited(B, over_term=150), A))
    assert [nets(one)["B"] for one in chained(steps, 1100, 1100, 1100)] == [100, 50, 0]


def test_a_shift_moves_cash_and_no_proportion() -> None:
    lines = (
        ContributionRule("1", "A", 500),
        ContributionRule("2", "B", 500),
        ContributionRule("3", "A", -100, change=Change.SHIFT),
        ContributionRule("4", "B", 100, change=Change.SHIFT),
    )
    rules = ruleset(fund({scheme("S"): 1000}, contributions=lines))
    settlement = settled(rules, facts({"S": 1000}))
    assert [one.cash for one in settlement.partners] == [400, 600]
    assert settlement.unbudgeted == ()


MONTHS = lasting(over(["S"], FromReserve("R"), ByPartners(weights(A=1, B=2))), under(["S"], B), budget=1001)


def part(spent: int, months: int, **more: object) -> Facts:
    """So much of a year."""
    return replace(facts({"S": spent}), months=months, **more)


def test_part_of_a_year_is_asked_for_beyond_what_was_billed() -> None:
    first, second, year = settle_years([(MONTHS, part(400, 3)), (MONTHS, part(600, 9)), (MONTHS, part(1100, 12))])
    assert isinstance(first, Settlement)
    assert isinstance(second, Settlement)
    assert isinstance(year, Settlement)
    assert [one.schemes[0].budget for one in (first, second, year)] == [250, 751, 1001]  # 250.25 and 750.75
    assert [one.partners[0].cash for one in (first, second, year)] == [250, 751, 1001]
    assert [nets(one) for one in (first, second, year)] == [{"A": 23, "B": 47}, {"A": 0, "B": -151}, {"A": 6, "B": 13}]
    calls = [[partner.call for partner in one.partners] for one in (first, second, year)]
    assert calls == [[23, 47], [-23, -198], [6, 164]]
    assert [one.closing.to for one in (first, second, year)] == ["2026-06-30", "2026-12-31", "2027-03-31"]
    assert year.reserves == settled(MONTHS, part(1100, 12)).reserves


def test_total_spending_is_shared_in_part_of_a_year() -> None:
    shares = ByPartners(OfSpending((Part("A", 1), Part("B", 1))))
    lines = [cash("A", 601), cash("B", 400)]
    rules = ruleset(fund({scheme("S"): 1001}, over(["S"], shares), contributions=lines))
    # A quarter of the budget is 250: A has put in 150 of it and B 100.
    assert nets(settled(rules, part(300, 3))) == {"A": 0, "B": 50}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (part(1, 13), "13 months of 2026/27 are to be settled"),
        (part(1, 0), "0 months of 2026/27 are to be settled"),
        (part(1, 6, to="2027-04-01"), "2027-04-01 is not in 2026/27"),
        (part(1, 6, billed=(Billed("H", "A", 1),)), "a sum was billed for `H`, which is no fund"),
        (part(1, 6, billed=(Billed("F", "Z", 1),)), "`Z`, which was billed, is no partner"),
        (part(1, 6, billed=(Billed("F", "A", 1),) * 2), "what `A` was billed for `F` is given 2 times"),
    ],
)
def test_a_part_of_a_year_must_be_one(given: Facts, message: str) -> None:
    found = settle(MONTHS, given)
    assert not isinstance(found, Settlement)
    assert [one.message for one in found] == [message]


CLOSED = Position("Test", YEAR, "2027-03-31", (("R", 80),))


@pytest.mark.parametrize(
    ("position", "message"),
    [
        (replace(CLOSED, title="Other"), "the position is of `Other`, and the agreement is `Test`"),
        (
            replace(CLOSED, year=SECOND, to="2028-03-31"),
            "the position is what 2027/28 closed with, and 2027/28 starts from what 2026/27 closed with",
        ),
        (replace(CLOSED, to="2026-12-31"), "the position is up to 2026-12-31, and 2026/27 ends on 2027-03-31"),
        (replace(CLOSED, reserves=(("Q", 1),)), "the position has a reserve `Q`, which is not there"),
        (replace(CLOSED, reserves=(("R", -1),)), "the position has -£0.01 in `R`"),
        (
            replace(CLOSED, carried=(Carried("H", None, 1, "x"),)),
            "the position has money of a fund `H`, which is not there",
        ),
        (
            replace(CLOSED, dues=(Due("F", None, None, SECOND, 1, "x"),)),
            "the position has a due by `x` that nobody can owe",
        ),
    ],
)
def test_a_position_must_be_what_the_year_before_closed_with(position: Position, message: str) -> None:
    found = settle(MONTHS, replace(facts({"S": 1}, year=SECOND), position=position))
    assert not isinstance(found, Settlement)
    assert [one.message for one in found] == [message]


def test_an_opening_balance_may_not_contradict_the_position() -> None:
    given = replace(facts({"S": 1}, year=SECOND, openings=(("R", 81),)), position=CLOSED)
    found = settle(MONTHS, given)
    assert not isinstance(found, Settlement)
    assert found[0].message == "the reserve `R` is said to open with £0.81, and the position closes with £0.80"
    assert isinstance(settle(MONTHS, replace(given, openings=(("R", 80),))), Settlement)


@pytest.mark.parametrize("taker", [CarryForward("S"), ByPartners(weights(B=1), later=Later(2))])
def test_the_position_is_asked_for_where_an_earlier_year_may_matter(taker: Taker) -> None:
    rules = ruleset(fund({scheme("S"): 100}, over(["S"], A), under(["S"], taker), years=YEARS))
    found = settle(rules, facts({"S": 1}, year=SECOND))
    assert not isinstance(found, Settlement)
    assert [(one.missing, one.name) for one in found] == [(Missing.POSITION, YEAR)]
    assert isinstance(settle(rules, replace(facts({"S": 1}, year=SECOND), afresh=True)), Settlement)
    assert isinstance(settle(rules, facts({"S": 1})), Settlement)
    plain = ruleset(fund({scheme("S"): 100}, over(["S"], A), under(["S"], A), years=YEARS))
    assert isinstance(settle(plain, facts({"S": 1}, year=SECOND)), Settlement)


def test_what_belongs_to_a_fund_without_figures_is_handed_on() -> None:
    ended = fund({scheme("T"): 5}, name="G", reserves=[reserve("Q", 7)])
    rules = ruleset(fund({scheme("S"): 100}, over(["S"], A), years=YEARS), ended)
    first = settled(rules, facts({"S": 100, "T": 5}))
    kept = replace(first.closing, carried=(Carried("G", None, 3, "x"),), dues=(Due("G", None, "A", SECOND, 2, "y"),))
    second = settled(rules, replace(facts({"S": 100}, year=SECOND), position=kept))
    assert second.closing.reserves == (("Q", 7),)
    assert (second.closing.carried, second.closing.dues) == (kept.carried, kept.dues)


def test_money_carried_for_a_scheme_of_another_fund_moves_there() -> None:
    home = fund({scheme("S"): 100}, under(["S"], CarryForward("T")), years=YEARS)
    rules = ruleset(home, fund({scheme("T"): 50}, name="G", host="B", years=YEARS))
    first = settled(rules, facts({"S": 90, "T": 50}))
    assert first.closing.carried == (Carried("G", "T", 10, "F.under.1"),)
    assert [(one.payer, one.payee, one.pence) for one in first.transfers] == [("A", "B", 10)]
    second = settled(rules, replace(facts({"S": 100, "T": 60}, year=SECOND), position=first.closing))
    assert (second.schemes[1].brought, second.schemes[1].variance) == (10, 0)


def test_a_scheme_without_a_budget_spends_what_was_carried_for_it() -> None:
    rules = lasting(under(["S"], CarryForward("S")))
    bare = replace(rules.funds[0].years[1], budgets=(), contributions=())
    changed = replace(rules, funds=(replace(rules.funds[0], years=(rules.funds[0].years[0], bare)),))
    first = settled(changed, facts({"S": 900}))
    given = replace(facts({"S": 100}, year=SECOND), position=first.closing)
    assert settled(changed, given).schemes[0].variance == 0
    found = settle(changed, replace(given, spending=()))
    assert not isinstance(found, Settlement)
    assert found[0].missing is Missing.SPENDING


def test_a_chain_stops_at_the_first_year_that_cannot_be_settled() -> None:
    found = settle_years([(MONTHS, facts({"S": 1})), (MONTHS, facts({}, year=SECOND)), (MONTHS, facts({}, year=THIRD))])
    assert [str(getattr(one, "message", "")) for one in found] == ["no spending is given for `S` in 2027/28"]
