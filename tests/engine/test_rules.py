"""Limits, conditions, facts, keys, total spending and caps, worked by hand."""

import pytest
from msgspec.structs import replace

from poolrules.base.mode import Mode
from poolrules.engine.inputs import InputFault, Missing
from poolrules.engine.settle import settle
from poolrules.engine.settlement import Counted, DecisionMade, Facts, FactSaid, Marked, Settlement, Spending, To
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    ByPartners,
    Cap,
    CarryForward,
    Change,
    Charges,
    Condition,
    ContributionRule,
    Decided,
    FactRule,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    KeyRule,
    KeyYear,
    Known,
    Limit,
    Moment,
    Of,
    OfSpending,
    Outside,
    Part,
    PartOf,
    Ruleset,
    SchemeRule,
    Silent,
    Step,
    TotalOf,
    Waterfall,
)
from tests.engine.build import (
    YEAR,
    by_name,
    cash,
    facts,
    fund,
    gain,
    limited,
    nets,
    over,
    reserve,
    ruleset,
    scheme,
    settled,
    step_of,
    under,
    weights,
)

A, B = ByPartners(weights(A=1)), ByPartners(weights(B=1))
FACTS = (
    FactRule("fact.Consent", "Consent", "Both agreed", found_by="The two chief finance officers"),
    FactRule("fact.Offer", "Offer", "What A offers", amount=True),
    FactRule("fact.Growth", "Growth", "Growth in rates", amount=True),
)
KEYS = (
    KeyRule("key.People", "People", "", (KeyYear("k", YEAR, (Part("A", 98), Part("B", 92))),)),
    KeyRule("key.Visits", "Visits", "", counted=True, found_by="Contracts team"),
    KeyRule("key.Floor", "Floor", "", (KeyYear("f", YEAR, (Part("A", 30), Part("B", 12))),), money=True),
)


def declared(rules: Ruleset) -> Ruleset:
    """An agreement with the facts and keys of these tests."""
    return replace(rules, keys=KEYS, facts=FACTS)


def one_scheme(*falls: Waterfall, budget: int = 1000) -> Ruleset:
    """One shared scheme, 600 of its 1000 paid by A and the rest by B, and a reserve that holds 80."""
    made = [cash("A", budget * 6 // 10), cash("B", budget - budget * 6 // 10)]
    return declared(ruleset(fund({scheme("S"): budget}, *falls, contributions=made, reserves=[reserve("R", 80)])))


def said(given: Facts, **known: bool | int) -> Facts:
    """Facts with some facts of the agreement said."""
    found = tuple(
        FactSaid(name, holds=value) if isinstance(value, bool) else FactSaid(name, pence=value)
        for name, value in known.items()
    )
    return replace(given, said=found)


def lacking(rules: Ruleset, given: Facts) -> list[tuple[Missing | None, str]]:
    """What a settlement asks for."""
    found = settle(rules, given)
    assert not isinstance(found, Settlement), "nothing was asked for"
    assert all(isinstance(one, InputFault) for one in found)
    return [(one.missing, one.name) for one in found]


@pytest.mark.parametrize(
    ("limit", "taken"),
    [
        (PartOf(1, 3, Of.AMOUNT), 67),  # of 200: 66.67
        (PartOf(1, 8, Of.LEFT), 24),  # of 190: 23.75
        (PartOf(1, 4, Of.STEP_BEFORE), 3),  # of 10: 2.5, half a penny upwards
        (PartOf(2, 100, Of.BUDGET), 20),
        (PartOf(1, 100, Of.SPENDING), 12),
        (PartOf(1, 10, Of.CONTRIBUTIONS), 100),
        (PartOf(1, 10, Of.CONTRIBUTIONS, ("B",)), 40),
        (Known("Offer"), 55),
        (TotalOf("Floor"), 42),
        (7, 7),
    ],
)
def test_a_limit_is_a_sum_or_where_to_find_it(limit: Limit, taken: int) -> None:
    rules = one_scheme(over(["S"], limited(B, at_most=10), limited(A, at_most=limit), B))
    settlement = settled(rules, said(facts({"S": 1200}), Offer=55))
    result = step_of(settlement, "F.over.2")
    assert (result.taken, result.at_most) == (taken, taken)


@pytest.mark.parametrize(
    ("of", "separately", "taken"),
    [
        (Of.BUDGET, False, 40),  # 1% of 1000 and 3000, though S alone is overspent
        (Of.SPENDING, False, 39),  # of 1200 and 2700
        (Of.BUDGET, True, 10),
        (Of.SPENDING, True, 12),
    ],
)
def test_a_part_of_their_budget_is_of_all_schemes_that_the_block_names(of: Of, separately: bool, taken: int) -> None:
    fall = over(["S", "T"], limited(A, at_most=PartOf(1, 100, of)), B, separately=separately)
    made = [cash("A", 2000), cash("B", 2000)]
    rules = ruleset(fund({scheme("S"): 1000, scheme("T"): 3000}, fall, contributions=made))
    assert step_of(settled(rules, facts({"S": 1200, "T": 2700})), "F.over.1").taken == taken


def test_a_limit_on_the_running_total_may_be_a_part_too() -> None:
    rules = one_scheme(over(["S"], limited(B, at_most=10), limited(A, until=PartOf(1, 2, Of.AMOUNT)), B))
    result = step_of(settled(rules, facts({"S": 1200})), "F.over.2")
    assert (result.taken, result.until) == (90, 100)


def test_a_part_of_what_a_reserve_holds_is_of_what_it_holds_then() -> None:
    half = limited(FromReserve("R"), at_most=PartOf(1, 2, Of.HOLDING))
    settlement = settled(one_scheme(over(["S"], half, half, B)), facts({"S": 1200}))
    assert [step.taken for step in settlement.runs[0].steps] == [40, 20, 140]


@pytest.mark.parametrize(("holds", "taken"), [(True, (200, 0)), (False, (0, 200))])
def test_a_condition_opens_one_step_and_shuts_the_other(holds: bool, taken: tuple[int, int]) -> None:
    rules = one_scheme(
        over(
            ["S"],
            limited(A, condition=Condition("Consent")),
            limited(B, condition=Condition("Consent", holds=False)),
        )
    )
    run = settled(rules, said(facts({"S": 1200}), Consent=holds)).runs[0]
    assert tuple(step.taken for step in run.steps) == taken
    assert [step.stopped for step in run.steps] == [not holds, False]


def test_what_a_run_comes_to_is_asked_for_and_nothing_else() -> None:
    rules = one_scheme(
        over(
            ["S"],
            limited(A, cause="luck", condition=Condition("Consent")),
            limited(A, at_most=Known("Offer")),
            ByPartners(ByKey("Visits")),
        )
    )
    asked = [(Missing.AMOUNT, "Offer"), (Missing.COUNT, "Visits"), (Missing.COUNT, "Visits")]
    assert lacking(rules, facts({"S": 1200})) == asked
    marked = facts([Spending("S", 1200, ("luck",))])
    assert lacking(rules, marked) == [(Missing.FACT, "Consent"), *asked]
    assert lacking(rules, replace(said(facts({"S": 1200}), Offer=5), counts=(Counted("Visits", "A", 1),))) == asked[2:]
    assert isinstance(settle(rules, facts({"S": 1000})), Settlement)
    assert isinstance(settle(rules, said(facts({"S": 1200}), Offer=200)), Settlement)
    found = settle(rules, marked)
    assert not isinstance(found, Settlement)
    assert found[0].message == 'a rule asks of 2026/27 whether `Consent` holds, and nobody has said: "Both agreed"'
    assert found[0].help == "say yes or no; found by The two chief finance officers"
    assert found[2].help == "give the number, even if it is 0; found by Contracts team"


@pytest.mark.parametrize(
    ("given", "message", "help"),
    [
        (said(facts({"S": 1}), Consnt=True), "the agreement asks for no fact `Consnt`", "did you mean `Consent`?"),
        (said(facts({"S": 1}), Consent=5), "`Consent` is so or not so, and is not said like that", "say yes or no"),
        (said(facts({"S": 1}), Offer=True), "`Offer` is an amount, and is not given as one", "give it in pounds"),
        (said(facts({"S": 1}), Offer=-1), "`Offer` is given as -£0.01", "give an amount of at least £0"),
        (
            replace(facts({"S": 1}), said=(FactSaid("Offer", pence=1), FactSaid("Offer", pence=1))),
            "the fact `Offer` is given 2 times for 2026/27",
            "give it once",
        ),
        (
            replace(facts({"S": 1}), counts=(Counted("Visit", "A", 1),)),
            "no key `Visit` is counted each year",
            "did you mean `Visits`?",
        ),
        (
            replace(facts({"S": 1}), counts=(Counted("Visits", "Z", 1),)),
            "`Visits` is counted for `Z`, which is no partner",
            "the names here are `A`, `B`",
        ),
        (
            replace(facts({"S": 1}), counts=(Counted("Visits", "A", -1),)),
            "`Visits` of `A` is less than nothing",
            "give a number of at least 0",
        ),
        (
            replace(facts({"S": 1}), marked=(Marked("S", "lucky", 1),)),
            "no step asks about the cause `lucky`",
            "did you mean `luck`?",
        ),
        (
            replace(facts({"S": 1}), marked=(Marked("S", "luck", -1),)),
            "-£0.01 of `S` is marked `luck`",
            "give an amount of at least £0",
        ),
    ],
)
def test_what_is_said_must_be_asked_for(given: Facts, message: str, help: str) -> None:
    found = settle(one_scheme(over(["S"], limited(A, cause="luck"), B), budget=1), given)
    assert not isinstance(found, Settlement)
    assert [(one.message, one.help) for one in found] == [(message, help)]


def test_a_mark_that_no_row_shows_is_said_beside_the_ledger() -> None:
    rules = one_scheme(over(["S"], limited(A, cause="luck"), B), under(["S"], limited(A, cause="windfall"), B))
    given = replace(facts([Spending("S", 1170), Spending("S", 30, ("luck",))]), marked=(Marked("S", "luck", 20),))
    assert nets(settled(rules, given)) == {"A": 50, "B": 150}
    income = facts([Spending("S", 930), Spending("S", -30, ("windfall",))])
    assert nets(settled(rules, income)) == {"A": -30, "B": -70}
    assert nets(settled(rules, replace(income, marked=(Marked("S", "windfall", 25),)))) == {"A": -55, "B": -45}


def test_a_key_shares_by_its_values_for_the_year() -> None:
    rules = one_scheme(
        over(["S"], limited(ByPartners(ByKey("People")), at_most=190), ByPartners(ByKey("Visits", ("B",))))
    )
    given = replace(facts({"S": 1200}), counts=(Counted("Visits", "B", 3),))
    assert nets(settled(rules, given)) == {"A": 98, "B": 102}
    bare = replace(rules, keys=(replace(KEYS[0], years=()), *KEYS[1:]))
    assert lacking(bare, given) == [(Missing.VALUES, "People")]
    nobody = settled(rules, replace(given, counts=(Counted("Visits", "B", 0),)))
    assert (
        step_of(nobody, "F.over.2").allocations[0].gap
        == "it is shared by `Visits`, and no partner has any of it for 2026/27"
    )


def test_no_worse_off_first_then_two_tiers_in_a_ratio() -> None:
    """Business rates: each gets its floor, then five pence to a fund for every penny to the councils, up to a cap."""
    tiers = gain(
        limited(ByPartners(ByKey("Floor")), at_most=TotalOf("Floor")),
        limited(IntoReserve("R"), at_most=PartOf(5, 6, Of.LEFT), over_term=500),
        limited(ByPartners(weights(A=1, B=1)), at_most=PartOf(1, 5, Of.STEP_BEFORE)),
        Silent("what follows the cap is not said"),
    )
    settlement = settled(one_scheme(tiers), said(facts({"S": 1000}), Growth=1042))
    assert [step.taken for step in settlement.runs[0].steps] == [42, 500, 100, 400]
    assert nets(settlement) == {"A": -80, "B": -62}
    assert settlement.reserves[0].closing == 580
    assert lacking(one_scheme(tiers), facts({"S": 1000})) == [(Missing.AMOUNT, "Growth")]
    assert settled(one_scheme(tiers), said(facts({"S": 1000}), Growth=0)).runs == ()


def of_spending(*before: Step) -> Ruleset:
    """Total spending is shared equally, though A put in 600 of 1000."""
    shares = ByPartners(OfSpending((Part("A", 1), Part("B", 1))))
    return one_scheme(over(["S"], *before, shares), under(["S"], *before, shares))


@pytest.mark.parametrize(
    ("spent", "pays"),
    [
        (1100, {"A": -50, "B": 150}),
        (900, {"A": -150, "B": 50}),
        (1101, {"A": -49, "B": 150}),
        (1300, {"A": 50, "B": 250}),
    ],
)
def test_a_share_of_total_spending_may_give_money_back(spent: int, pays: dict[str, int]) -> None:
    settlement = settled(of_spending(), facts({"S": spent}))
    assert nets(settlement) == pays


def test_total_spending_is_what_earlier_steps_have_left_of_it() -> None:
    settlement = settled(of_spending(limited(FromReserve("R"), at_most=20)), facts({"S": 1100}))
    assert nets(settlement) == {"A": -60, "B": 140}


def test_total_spending_is_that_of_all_schemes_taken_together() -> None:
    """Equipment is £10,000 over, home care £4,000 under: what was put in counts once, whichever way each is off."""
    shares = ByPartners(OfSpending((Part("A", 1), Part("B", 1))))
    falls = (over(["S", "T"], limited(shares, at_most=6000), shares), under(["S", "T"], shares))
    rules = ruleset(
        fund({scheme("S"): 70_000, scheme("T"): 30_000}, *falls, contributions=[cash("A", 60_000), cash("B", 40_000)])
    )
    assert nets(settled(rules, facts({"S": 80_000, "T": 30_000}))) == {"A": -5000, "B": 15_000}
    assert nets(settled(rules, facts({"S": 80_000, "T": 26_000}))) == {"A": -7000, "B": 13_000}
    assert nets(settled(rules, facts({"S": 70_000, "T": 26_000}))) == {"A": -12_000, "B": 8000}


def test_total_spending_cannot_be_shared_where_nobody_knows_what_was_paid_towards_it() -> None:
    shares = ByPartners(OfSpending((Part("A", 1), Part("B", 1))))
    short = ruleset(fund({scheme("S"): 100}, over(["S"], shares), contributions=[cash("A", 99)]))
    apart = ruleset(fund({scheme("S"): 100, scheme("T"): 5}, over(["S"], shares)))
    gaps = [
        step_of(settled(short, facts({"S": 110})), "F.over.1").allocations[0].gap,
        step_of(settled(apart, facts({"S": 110, "T": 5})), "F.over.1").allocations[0].gap,
    ]
    assert gaps == [
        "total spending is shared, and the contributions to `S` do not make £1",
        "total spending is shared, and no contribution is for `S` alone",
    ]
    tied = [cash("A", 70, scheme="S"), cash("B", 30, scheme="S"), cash("A", 5)]
    known = ruleset(fund({scheme("S"): 100, scheme("T"): 5}, over(["S"], shares), contributions=tied))
    assert nets(settled(known, facts({"S": 110, "T": 5}))) == {"A": -15, "B": 25}


LINES = (
    ContributionRule("1", "A", 100, charges=20, gross=True),
    ContributionRule("2", "B", 100, charges=20),
    ContributionRule("3", "A", 50, condition=Condition("Consent")),
    ContributionRule("4", "A", -40, change=Change.SHIFT),
    ContributionRule("5", "B", -10, change=Change.EFFICIENCY),
)


@pytest.mark.parametrize(
    ("charges", "consent", "weighs"),
    [
        (None, False, {"A": 100, "B": 90}),
        (Charges.GROSS, False, {"A": 100, "B": 110}),
        (Charges.NET, True, {"A": 130, "B": 90}),
    ],
)
def test_what_counts_of_a_contribution(charges: Charges | None, consent: bool, weighs: dict[str, int]) -> None:
    sharing = ByContributions(("F",), Moment.LAST_VARIED, charges=charges)
    rules = declared(ruleset(fund({scheme("S"): 0}, over(["S"], ByPartners(sharing)), contributions=LINES)))
    settlement = settled(rules, said(facts({"S": 999}), Consent=consent))
    found = step_of(settlement, "F.over.1").allocations
    assert {one.name: one.weight for one in found} == weighs
    assert [one.cash for one in settlement.partners] == [110 if consent else 60, 90]
    assert lacking(rules, facts({"S": 0})) == [(Missing.FACT, "Consent")]


def test_contributions_as_first_agreed_are_those_before_any_variation() -> None:
    first = ByPartners(ByContributions(("F",), Moment.FIRST_AGREED))
    rules = one_scheme(over(["S"], first))
    varied = replace(rules.funds[0].years[0], first_agreed=(cash("A", 1), cash("B", 3)))
    changed = replace(rules, funds=(replace(rules.funds[0], years=(varied,)),))
    assert nets(settled(rules, facts({"S": 1200}))) == {"A": 120, "B": 80}
    assert nets(settled(changed, facts({"S": 1200}))) == {"A": 50, "B": 150}


@pytest.mark.parametrize(
    ("cap", "pays"),
    [
        (Cap("c", "B", None, 1, 10), 40),
        (Cap("c", "B", None, 1, 3), 133),  # of 400: 133.33
        (Cap("c", "B", None, schemes=("S",)), 0),  # nothing is tied to it
        (Cap("c", "B", 50, unless="Consent"), 50),
    ],
)
def test_a_cap_may_be_a_part_of_a_contribution(cap: Cap, pays: int) -> None:
    rules = one_scheme(over(["S"], ByPartners(weights(B=1), (cap,))))
    settlement = settled(rules, facts({"S": 1200}))
    assert nets(settlement)["B"] == pays
    gap = settlement.runs[0].steps[-1].allocations[0].gap or ""
    assert ("`Consent` would lift them" in gap) is (cap.unless is not None)
    if cap.unless:
        assert nets(settled(rules, said(facts({"S": 1200}), Consent=True)))["B"] == 200
        assert nets(settled(rules, said(facts({"S": 1200}), Consent=False)))["B"] == 50


def test_an_outside_funder_meets_its_part() -> None:
    settlement = settled(one_scheme(over(["S"], limited(Outside("Brokerage"), at_most=150), B)), facts({"S": 1200}))
    assert [(one.to, one.name, one.pence) for one in step_of(settlement, "F.over.1").allocations] == [
        (To.OUTSIDE, "Brokerage", 150)
    ]
    assert nets(settlement) == {"A": 0, "B": 50}


def test_what_follows_a_decision_that_is_not_made_may_be_a_reserve() -> None:
    rules = one_scheme(over(["S"], Decided("Board", failing=FromReserve("R")), B))
    open_yet = settled(rules, facts({"S": 1200}))
    result = step_of(open_yet, "F.over.1")
    assert [(one.to, one.pence) for one in result.allocations] == [(To.UNDECIDED, 200)]
    assert [(one.to, one.pence) for one in result.provisional] == [(To.RESERVE, 80), (To.UNALLOCATED, 120)]
    assert open_yet.reserves[0].closing == 80
    lapsed = settled(rules, facts({"S": 1200}, decisions=(DecisionMade("Board", None),)))
    assert lapsed.reserves[0].closing == 0
    assert nets(lapsed) == {"A": 0, "B": 120}


def test_somebody_pays_meanwhile_and_a_decision_trues_it_up() -> None:
    rules = one_scheme(over(["S"], Decided("Board", interim="B")))
    before = settled(rules, facts({"S": 1200}))
    assert [(one.name, one.pence) for one in step_of(before, "F.over.1").meanwhile] == [("B", 200)]
    [transfer] = before.transfers
    assert (transfer.payer, transfer.payee, transfer.pence, transfer.provisional) == ("B", "A", 200, True)
    [_, result] = before.partners
    assert (result.pays, result.interim, result.net, result.call) == (0, 200, 200, 200)
    decided = replace(
        facts({"S": 1200}, decisions=(DecisionMade("Board", weights(A=3, B=1)),)), billed=before.closing.billed
    )
    after = settled(rules, decided)
    assert [(one.partner, one.net, one.billed, one.call) for one in after.partners] == [
        ("A", 150, 0, 150),
        ("B", 50, 200, -150),
    ]
    held = settled(one_scheme(under(["S"], Decided("Board", interim="B"))), facts({"S": 900}))
    assert held.partners[1].interim == held.partners[1].net == -100


def test_a_bearer_of_overspends_only_leaves_an_underspend_to_be_shared() -> None:
    own = SchemeRule("scheme.O", "O", "", Mode.OWN_RISK, "B", over_only=True)
    rules = ruleset(fund({own: 100, scheme("S"): 50}, over(["S"], FromUnderspends(("O",)), B), under(["O", "S"], A)))
    assert nets(settled(rules, facts({"O": 130, "S": 50}))) == {"A": 0, "B": 30}
    assert nets(settled(rules, facts({"O": 80, "S": 50}))) == {"A": -20, "B": 0}
    lent = settled(rules, facts({"O": 80, "S": 65}))
    assert nets(lent) == {"A": -5, "B": 0}
    assert lent.schemes[0].lent == 15
    bare = settled(ruleset(fund({own: 100})), facts({"O": 80}))
    assert bare.schemes[0].allocations[0].gap == "the agreement does not say what happens to an underspend of `O`"


def test_one_waterfall_collects_for_the_schemes_of_another_fund() -> None:
    home = fund({scheme("S"): 100}, over(["S", "T"], ByPartners(weights(A=1, B=1))), under(["S", "T"], B))
    other = fund({scheme("T"): 100}, name="G", host="B")
    rules = ruleset(home, other)
    settlement = settled(rules, facts({"S": 110, "T": 130}))
    assert settlement.runs[0].amounts == (10, 30)
    moved = [(one.fund, one.payer, one.payee, one.pence, one.bears) for one in settlement.transfers]
    assert moved == [("F", "A", "A", 20, True), ("F", "B", "A", 20, False), ("G", "A", "B", 30, False)]
    back = settled(rules, facts({"S": 100, "T": 70}))
    assert [(one.fund, one.payer, one.payee, one.pence) for one in back.transfers] == [
        ("F", "A", "B", 30),
        ("F", "B", "A", 30),
    ]


def test_money_is_carried_forward_where_it_arose() -> None:
    fall = under(["S", "T"], limited(CarryForward(where_it_arose=True), at_most=10), B)
    rules = ruleset(fund({scheme("S"): 100, scheme("T"): 100}, fall))
    settlement = settled(rules, facts({"S": 80, "T": 90}))
    assert by_name(step_of(settlement, "F.under.1").allocations) == {"S": 7, "T": 3}
    assert {one.scheme: one.pence for one in settlement.closing.carried} == {"S": 7, "T": 3}


def test_nothing_is_settled_while_a_contribution_is_still_to_be_set() -> None:
    rules = one_scheme(over(["S"], B))
    waiting = replace(rules.funds[0].years[0], unset=("A", "B"))
    found = settle(replace(rules, funds=(replace(rules.funds[0], years=(waiting,)),)), facts({"S": 1}))
    assert not isinstance(found, Settlement)
    assert found[0].message == "the contributions of `A` and `B` to `F` for 2026/27 are still to be set"


def test_dated_spending_outside_the_days_of_a_scheme_is_refused() -> None:
    dated = SchemeRule("scheme.S", "S", "", Mode.SHARED, first_day="2026-05-01", last_day="2026-06-30")
    rules = ruleset(fund({dated: 1}, over(["S"], A)))
    rows = [
        Spending("S", 1, place="o.csv:2", day=day) for day in ("2026-04-30", "2026-05-01", "2026-06-30", "2026-07-01")
    ]
    found = settle(rules, facts(rows))
    assert not isinstance(found, Settlement)
    assert [one.message for one in found] == [
        "spending on `S` is dated 2026-04-30, and it begins on 2026-05-01",
        "spending on `S` is dated 2026-07-01, and it ends on 2026-06-30",
    ]
    late = settle(rules, replace(facts(rows[1:3]), to="2026-05-31", months=2))
    assert not isinstance(late, Settlement)
    assert [one.message for one in late] == ["spending on `S` is dated 2026-06-30, and it is settled up to 2026-05-31"]


def test_an_indicative_contribution_makes_the_figures_provisional() -> None:
    lines = [ContributionRule("1", "A", 1, indicative=True)]
    assert settled(ruleset(fund({scheme("S"): 1}, contributions=lines)), facts({"S": 1})).partners[0].provisional
