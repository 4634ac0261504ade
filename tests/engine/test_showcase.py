"""The showcase agreement of the README, and published figures, worked by hand."""

import pytest

from poolrules.base.mode import Mode
from poolrules.engine.settlement import DecisionMade, Facts, Settlement, To
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Cap,
    CarryForward,
    Decided,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    Moment,
    Ruleset,
)
from tests.engine.build import (
    by_name,
    cash,
    facts,
    fund,
    limited,
    nets,
    over,
    pounds,
    reserve,
    ruleset,
    scheme,
    settled,
    step_of,
    under,
    weights,
)

BY_CASH = ByContributions(("BCF",), Moment.LAST_VARIED)
BUDGETS = {"Equipment": pounds(9_000_000), "Homecare": pounds(21_632_300)}
COUNCIL_CAP = Cap("BCF.over.4.cap", "Council", pounds(750_000))


def showcase() -> Ruleset:
    """The Westshire fund without its capital grant."""
    schemes = [scheme("Equipment"), scheme("Homecare", Mode.OWN_RISK, "Council")]
    return ruleset(
        fund(
            {rule: BUDGETS[rule.name] for rule in schemes},
            over(
                ["Equipment"],
                FromUnderspends(("Equipment",)),
                limited(FromReserve("Contingency"), at_most=pounds(250_000)),
                limited(ByPartners(weights(ICB=60, Council=40)), until=pounds(1_000_000)),
                ByPartners(BY_CASH, (COUNCIL_CAP,)),
                Decided("Board", "30 days", weights(ICB=50, Council=50)),
                fund="BCF",
            ),
            under(
                ["Equipment"],
                IntoReserve("Contingency", pounds(600_000)),
                limited(CarryForward("Equipment"), at_most=pounds(200_000)),
                ByPartners(BY_CASH),
                fund="BCF",
            ),
            name="BCF",
            partners=("ICB", "Council"),
            host="Council",
            reserves=[reserve("Contingency", pounds(400_000), ceiling=pounds(600_000))],
            contributions=[cash("ICB", pounds(24_512_300)), cash("Council", pounds(6_120_000))],
        )
    )


def year(**off_budget: float) -> Facts:
    """All schemes on budget but for these pounds."""
    return facts({name: budget + pounds(off_budget.get(name, 0)) for name, budget in BUDGETS.items()})


def test_an_overspend_of_900_000() -> None:
    settlement = settled(showcase(), year(Equipment=900_000))
    assert by_name(step_of(settlement, "BCF.over.2").allocations) == {"Contingency": pounds(250_000)}
    assert by_name(step_of(settlement, "BCF.over.3").allocations) == {
        "ICB": pounds(390_000),
        "Council": pounds(260_000),
    }
    assert step_of(settlement, "BCF.over.3").limit == pounds(750_000)
    assert settlement.reserves[0].closing == pounds(150_000)
    assert [(one.payer, one.payee, one.pence, one.bears) for one in settlement.transfers] == [
        ("ICB", "Council", pounds(390_000), False),
        ("Council", "Council", pounds(260_000), True),
    ]
    assert settlement.transfers[0].rules == ("BCF.over.3",)
    assert not any(result.provisional for result in settlement.partners)
    assert settlement.unbudgeted == ()


def test_an_overspend_beyond_the_cap_is_left_to_the_board() -> None:
    settlement = settled(showcase(), year(Equipment=10_000_000))
    fourth, fifth = step_of(settlement, "BCF.over.4"), step_of(settlement, "BCF.over.5")
    assert fourth.before == pounds(9_000_000)
    icb, council = fourth.allocations
    # 9,000,000 x 245,123 / 306,323 = 7,201,897.996...: rounded to the penny; the rest is the council's, cut to its cap
    assert (icb.pence, icb.weight, icb.weight_of) == (720_189_800, pounds(24_512_300), pounds(30_632_300))
    assert (council.pence, council.turned_away) == (pounds(750_000), 900_000_000 - 720_189_800 - 75_000_000)
    assert council.cap == COUNCIL_CAP.id
    assert fourth.taken == icb.pence + council.pence
    [left] = fifth.allocations
    assert (left.to, left.name, left.pence) == (To.UNDECIDED, "Board", council.turned_away)
    half = left.pence // 2
    assert by_name(fifth.provisional) == {"ICB": half, "Council": left.pence - half}
    assert all(result.provisional for result in settlement.partners)


@pytest.mark.parametrize(
    ("decision", "icb"),
    [(DecisionMade("Board", weights(ICB=1)), 1), (DecisionMade("Board", weights(Council=1)), 0)],
)
def test_the_board_decides(decision: DecisionMade, icb: int) -> None:
    given = year(Equipment=10_000_000)
    rules = showcase()
    undecided = settled(rules, given)
    left = step_of(undecided, "BCF.over.5").taken
    decided = settled(rules, facts(given.spending, decisions=(decision,)))
    assert nets(decided)["ICB"] - nets(undecided)["ICB"] == left * icb
    assert not any(result.provisional for result in decided.partners)


def test_the_boards_time_runs_out() -> None:
    given = year(Equipment=10_000_000)
    lapsed = settled(showcase(), facts(given.spending, decisions=(DecisionMade("Board", None),)))
    fifth = step_of(lapsed, "BCF.over.5")
    assert {one.to for one in fifth.allocations} == {To.PARTNER}
    assert max(by_name(fifth.allocations).values()) - min(by_name(fifth.allocations).values()) <= 1


def test_an_underspend_fills_the_reserve_and_carries_forward_before_it_is_returned() -> None:
    settlement = settled(showcase(), year(Equipment=-1_000_000, Homecare=-300_000))
    run = settlement.runs[0]
    assert [step.taken for step in run.steps] == [pounds(200_000), pounds(200_000), pounds(600_000)]
    # 600,000 x 245,123 / 306,323 = 480,126.53 and less than half a penny: the odd one is the council's
    assert by_name(run.steps[2].allocations) == {"ICB": 48_012_653, "Council": 11_987_347}
    assert [one.odd_penny for one in run.steps[2].allocations] == [False, True]
    assert nets(settlement) == {"ICB": -48_012_653, "Council": -11_987_347 - pounds(300_000)}
    assert settlement.reserves[0].closing == pounds(600_000)


def fife(first: tuple[str, ...]) -> Settlement:
    """N02: an overspend of 10.12m beside an underspend of the health side's own of 3.61m; 72/28."""
    takers = [FromUnderspends(first)] if first else []
    rules = ruleset(
        fund(
            {scheme("Care"): pounds(500_000_000), scheme("Health", Mode.OWN_RISK, "NHS"): pounds(50_000_000)},
            over(["Care"], *takers, ByPartners(weights(NHS=72, Council=28))),
            partners=("NHS", "Council"),
            host="Council",
        )
    )
    return settled(rules, facts({"Care": pounds(510_120_000), "Health": pounds(46_390_000)}))


def test_fife_uses_the_health_sides_underspend_first() -> None:
    settlement = fife(("Health",))
    charged = by_name(settlement.runs[0].steps[1].allocations)
    lent = settlement.schemes[1].lent
    assert (charged["NHS"], charged["Council"], lent) == (468_720_000, 182_280_000, 361_000_000)
    assert charged["NHS"] + lent == pounds(8_297_200)  # published: 8.3m, in effect 82/18
    assert nets(settlement) == {"NHS": 468_720_000, "Council": 182_280_000}


def test_fife_without_netting_splits_the_whole() -> None:
    settlement = fife(())
    charged = by_name(settlement.runs[0].steps[0].allocations)
    assert charged == {"NHS": pounds(7_286_400), "Council": pounds(2_833_600)}
    assert nets(settlement)["NHS"] == pounds(7_286_400 - 3_610_000)


def test_borders_shares_a_forecast_in_proportion_to_contributions() -> None:
    rules = ruleset(
        fund(
            {scheme("All"): pounds(168_300_000)},
            over(["All"], ByPartners(ByContributions(("F",), Moment.FIRST_AGREED))),
            partners=("Council", "NHS"),
            host="Council",
            contributions=[cash("Council", pounds(45_800_000)), cash("NHS", pounds(122_500_000))],
        )
    )
    settlement = settled(rules, facts({"All": pounds(174_300_000)}))
    # 6m x 458/1683 = 1,632,798.5739..., 6m x 1225/1683 = 4,367,201.4260...
    assert nets(settlement) == {"Council": 163_279_857, "NHS": 436_720_143}


def test_rotherham_meets_an_overspend_from_the_other_pool_and_then_the_risk_pool() -> None:
    """N12: 0.8m over; a pool of the other host lends 0.3m, the risk pool gives 0.5m, nothing is left."""
    rules = ruleset(
        fund(
            {scheme("Acute"): pounds(13_245_000)},
            over(
                ["Acute"],
                FromUnderspends(("Reablement",)),
                FromReserve("Risk pool"),
                ByPartners(weights(ICB=1)),
            ),
            partners=("ICB", "Council"),
            host="ICB",
            reserves=[reserve("Risk pool", pounds(500_000))],
        ),
        fund({scheme("Reablement"): pounds(10_071_000)}, name="G", partners=("ICB", "Council"), host="Council"),
    )
    settlement = settled(rules, facts({"Acute": pounds(14_045_000), "Reablement": pounds(9_771_000)}))
    assert [step.taken for step in settlement.runs[0].steps] == [pounds(300_000), pounds(500_000), 0]
    [transfer] = settlement.transfers
    assert (transfer.fund, transfer.payer, transfer.payee, transfer.pence) == ("F", "Council", "ICB", pounds(300_000))
    assert transfer.rules == ("F.over.1",)
    assert nets(settlement) == {"ICB": 0, "Council": 0}
