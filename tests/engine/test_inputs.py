"""Faults in the facts of a year: each is a sentence with a mend, and all come at once."""

import pytest

from poolrules.base.mode import Mode
from poolrules.engine.settle import settle
from poolrules.engine.settlement import DecisionMade, Facts, Settlement, Spending
from poolrules.ruleset.ruleset import ByContributions, ByPartners, Decided, FromReserve, Moment, Ruleset
from tests.engine.build import (
    YEAR,
    cash,
    facts,
    fund,
    limited,
    over,
    reserve,
    ruleset,
    scheme,
    weights,
)

LATER = "2027/28"
PAID = ByContributions(("F",), Moment.PAID)


def rules() -> Ruleset:
    """Two funds: F for two years with a board, a cause and a reserve; G for the first year only."""
    first = fund(
        {scheme("Equipment"): 100, scheme("Watch", Mode.IN_VIEW): 5},
        over(
            ["Equipment"],
            limited(ByPartners(weights(Council=1)), cause="mistake"),
            FromReserve("Contingency"),
            Decided("Board"),
        ),
        partners=("Council", "Trust"),
        host="Council",
        reserves=[reserve("Contingency", 50, floor=4, ceiling=70)],
        years=(YEAR, LATER),
    )
    return ruleset(first, fund({scheme("Homecare"): 7}, name="G", host="Trust", partners=("Trust",)))


ON_BUDGET = {"Equipment": 100, "Homecare": 7}


def faults(given: Facts, of: Ruleset | None = None) -> list[tuple[str, str, str]]:
    """What is wrong with some facts."""
    found = settle(of or rules(), given)
    assert not isinstance(found, Settlement), "nothing was found wrong"
    return [(fault.message, fault.help, fault.place) for fault in found]


def test_facts_without_faults_settle() -> None:
    assert isinstance(settle(rules(), facts(ON_BUDGET)), Settlement)


@pytest.mark.parametrize(
    ("given", "message", "help"),
    [
        (
            facts(ON_BUDGET, year="2030/31"),
            "the agreement has no figures for 2030/31",
            "it has figures for 2026/27, 2027/28",
        ),
        (facts({**ON_BUDGET, "Equipmint": 3}), "there is no scheme `Equipmint`", "did you mean `Equipment`?"),
        (
            facts({"Equipment": 100}),
            "no spending is given for `Homecare` in 2026/27",
            "add a row for it, even if it spent £0",
        ),
        (
            facts(ON_BUDGET, year=LATER, openings=(("Contingency", 5),)),
            "the fund `G` has no figures for 2027/28, so spending on `Homecare` cannot be settled",
            "give its contributions and budgets for that year in the agreement",
        ),
        (
            facts([Spending("Equipment", 100, ("mistke",)), Spending("Homecare", 7)]),
            "no step asks about the cause `mistke`",
            "did you mean `mistake`?",
        ),
        (
            facts(ON_BUDGET, decisions=(DecisionMade("Bord", None),)),
            "no step leaves anything to `Bord` to decide",
            "did you mean `Board`?",
        ),
        (
            facts(ON_BUDGET, decisions=(DecisionMade("Board", None), DecisionMade("Board", weights(Trust=1)))),
            "`Board` has 2 decisions in 2026/27",
            "give the one that stands",
        ),
        (
            facts(ON_BUDGET, decisions=(DecisionMade("Board", weights(Trsut=1)),)),
            "the decision of `Board` names `Trsut`, which is no partner of the fund `F`",
            "did you mean `Trust`?",
        ),
        (
            facts(ON_BUDGET, decisions=(DecisionMade("Board", weights(Trust=0)),)),
            "the decision of `Board` gives nobody a share",
            "give at least one partner a share",
        ),
        (
            facts(ON_BUDGET, decisions=(DecisionMade("Board", ByContributions(("H",), Moment.LAST_VARIED)),)),
            "the decision of `Board` names `H`, but there is no such fund",
            "the names here are `F`, `G`",
        ),
        (
            facts({"Equipment": 100}, year=LATER),
            "the opening balance of the reserve `Contingency` for 2027/28 is missing",
            "the agreement only says what it held when 2026/27 began: give its closing balance of the year before",
        ),
        (
            facts(ON_BUDGET, openings=(("Contingent", 5),)),
            "there is no reserve `Contingent`",
            "did you mean `Contingency`?",
        ),
        (
            facts(ON_BUDGET, openings=(("Contingency", 5), ("Contingency", 6))),
            "the reserve `Contingency` has 2 opening balances",
            "give it one",
        ),
        (
            facts(ON_BUDGET, openings=(("Contingency", -5),)),
            "the reserve `Contingency` opens with -£0.05",
            "a reserve never holds less than nothing",
        ),
        (
            facts(ON_BUDGET, openings=(("Contingency", 71),)),
            "the reserve `Contingency` opens with £0.71, more than the £0.70 that it may hold",
            "correct the opening balance, or the bound in the agreement",
        ),
        (
            facts(ON_BUDGET, openings=(("Contingency", 3),)),
            "the reserve `Contingency` opens with £0.03, less than the £0.04 that it must hold",
            "correct the opening balance, or the bound in the agreement",
        ),
        (
            facts(ON_BUDGET, paid=(("H", "Trust", 5),)),
            "money is said to be paid into `H`, which is no fund",
            "the names here are `F`, `G`",
        ),
        (
            facts(ON_BUDGET, paid=(("F", "Trusty", 5),)),
            "`Trusty`, which paid in, is no partner",
            "did you mean `Trust`?",
        ),
        (
            facts(ON_BUDGET, paid=(("F", "Trust", -5),)),
            "`Trust` is said to have paid -£0.05",
            "give what it paid in all",
        ),
        (
            facts(ON_BUDGET, paid=(("F", "Trust", 5), ("F", "Trust", 6))),
            "what `Trust` paid into `F` is given 2 times",
            "give it once, in all",
        ),
    ],
)
def test_one_fault(given: Facts, message: str, help: str) -> None:
    found = faults(given)
    assert [(said, mend) for said, mend, _ in found] == [(message, help)]


def test_all_faults_come_at_once_with_the_place_of_their_row() -> None:
    given = facts(
        [Spending("Equipmint", 1, place="outturn.csv:4"), Spending("Homecare", 1, ("luck",), "outturn.csv:5")],
        decisions=(DecisionMade("Bord", None),),
        openings=(("Contingent", 1),),
    )
    assert [place for _, _, place in faults(given)] == ["outturn.csv:4", "", "outturn.csv:5", "", ""]


def test_a_scheme_without_a_budget_cannot_be_compared() -> None:
    bare = fund({scheme("S"): 1}, name="F")
    more = ruleset(
        type(bare)(bare.id, bare.name, bare.title, bare.host, bare.partners, (*bare.schemes, scheme("T")), bare.years)
    )
    assert [said for said, _, _ in faults(facts({"S": 1, "T": 0}), more)] == [
        "the agreement has no budget for `T` in 2026/27"
    ]
    assert isinstance(settle(more, facts({"S": 1})), Settlement)


def test_causes_may_be_marked_where_no_step_asks_about_any() -> None:
    assert isinstance(settle(ruleset(fund({scheme("S"): 1})), facts([Spending("S", 1, ("inflation",))])), Settlement)


@pytest.mark.parametrize("failing", [False, True])
def test_what_was_paid_is_asked_for_where_a_rule_shares_by_it(failing: bool) -> None:
    taker = Decided("Board", failing=PAID) if failing else ByPartners(PAID)
    paying = ruleset(
        fund(
            {scheme("S"): 3},
            over(["S"], taker),
            contributions=[cash("A", 2), cash("B", 1), cash("C", 1, in_kind=True)],
            partners=("A", "B", "C"),
        )
    )
    part = (("F", "A", 2),)
    decisions = (DecisionMade("Board", None),) if failing else ()
    assert [said for said, _, _ in faults(facts({"S": 4}, paid=part, decisions=decisions), paying)] == [
        "a rule shares by contributions as paid, and what `B` paid into `F` in 2026/27 is missing"
    ]
    # In a year on budget no run comes to the step, so nobody has to look up what was paid.
    assert isinstance(settle(paying, facts({"S": 3}, paid=part, decisions=decisions)), Settlement)


def test_what_was_paid_is_asked_for_where_an_open_decision_shows_who_would_bear_it() -> None:
    paying = ruleset(fund({scheme("S"): 3}, over(["S"], Decided("Board", failing=PAID))))
    assert [said for said, _, _ in faults(facts({"S": 4}), paying)] == [
        "a rule shares by contributions as paid, and what `A` paid into `F` in 2026/27 is missing"
    ]


def test_what_was_paid_is_asked_for_behind_another_step_that_lacks_it() -> None:
    other = ByContributions(("G",), Moment.PAID)
    steps = (limited(ByPartners(PAID), at_most=1), ByPartners(other))
    paying = ruleset(
        fund({scheme("S"): 3}, over(["S"], *steps)), fund({scheme("T"): 3}, name="G", contributions=[cash("B", 3)])
    )
    assert [said.partition(", and ")[2] for said, _, _ in faults(facts({"S": 5, "T": 3}), paying)] == [
        "what `A` paid into `F` in 2026/27 is missing",
        "what `B` paid into `G` in 2026/27 is missing",
    ]
    assert [said.partition(", and ")[2] for said, _, _ in faults(facts({"S": 4, "T": 3}), paying)] == [
        "what `A` paid into `F` in 2026/27 is missing"
    ]


def test_what_is_paid_is_not_split_by_scheme() -> None:
    sharing = ByContributions(("F",), Moment.PAID, recurrent_only=True)
    given = facts({"S": 4}, paid=(("F", "A", 3),))
    lines = [cash("A", 2), cash("A", 1, recurrent=False)]
    paying = ruleset(fund({scheme("S"): 3}, over(["S"], ByPartners(sharing)), contributions=lines))
    [(said, _, _)] = faults(given, paying)
    assert said.startswith("a rule shares by contributions as paid, but only revenue or recurrent ones")
    all_recurrent = ruleset(fund({scheme("S"): 3}, over(["S"], ByPartners(sharing))))
    assert isinstance(settle(all_recurrent, given), Settlement)


def test_an_opening_balance_given_for_the_first_year_wins_over_the_agreement() -> None:
    settlement = settle(rules(), facts(ON_BUDGET, openings=(("Contingency", 9),)))
    assert isinstance(settlement, Settlement)
    assert settlement.reserves[0].opening == 9
