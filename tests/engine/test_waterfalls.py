"""Every taker, limit and sharing of a waterfall, worked by hand in pence."""

import pytest

from poolrules.base.mode import Mode
from poolrules.engine.settlement import DecisionMade, Spending, To
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
    Sharing,
    Silent,
    Step,
    Taker,
)
from tests.engine.build import (
    YEAR,
    by_name,
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
    step_of,
    under,
    weights,
)

HALVES = ByPartners(weights(A=1, B=1))


def taken(amount: int, *takers: Taker | Step, caps: tuple[Cap, ...] = ()) -> list[dict[str, int]]:
    """What each step of an overspend waterfall does with an amount."""
    rules = ruleset(
        fund({scheme("S"): 100}, over(["S"], *takers, caps=caps), reserves=[reserve("R", 50, floor=10, ceiling=80)])
    )
    return [by_name(step.allocations) for step in settled(rules, facts({"S": 100 + amount})).runs[0].steps]


@pytest.mark.parametrize(
    ("amount", "steps"),
    [
        (30, [{"R": 30}, {}]),
        (40, [{"R": 40}, {}]),
        (41, [{"R": 40}, {"A": 1, "B": 0}]),
    ],
)
def test_a_reserve_is_drawn_down_to_its_floor(amount: int, steps: list[dict[str, int]]) -> None:
    assert taken(amount, FromReserve("R"), HALVES) == steps


def test_at_most_limits_the_step_and_until_the_running_total() -> None:
    at_most = taken(100, limited(FromReserve("R"), at_most=20), limited(HALVES, at_most=50), Silent("gap"))
    until = taken(100, limited(FromReserve("R"), at_most=20), limited(HALVES, until=50), Silent("gap"))
    assert at_most == [{"R": 20}, {"A": 25, "B": 25}, {"": 30}]
    assert until == [{"R": 20}, {"A": 15, "B": 15}, {"": 50}]


def test_until_a_total_that_is_already_past_takes_nothing() -> None:
    assert taken(100, limited(HALVES, at_most=60), limited(FromReserve("R"), until=50), HALVES)[1] == {}


def test_what_a_cap_turns_away_goes_on_to_the_next_step() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 0}, over(["S"], ByPartners(weights(A=1, B=1), (Cap("c", "B", 10),)), ByPartners(weights(A=1)))
        )
    )
    first, second = settled(rules, facts({"S": 100})).runs[0].steps
    assert (first.taken, by_name(first.allocations)) == (60, {"A": 50, "B": 10})
    assert [(one.turned_away, one.cap) for one in first.allocations] == [(0, None), (40, "c")]
    assert (second.before, by_name(second.allocations)) == (40, {"A": 40})


def test_a_cap_of_the_waterfall_holds_over_all_its_steps() -> None:
    cap = Cap("w", "B", 30)
    steps = taken(100, limited(HALVES, at_most=40), ByPartners(weights(B=1)), ByPartners(weights(A=1)), caps=(cap,))
    assert steps == [{"A": 20, "B": 20}, {"B": 10}, {"A": 50}]


def test_the_tighter_of_two_caps_is_named() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 0},
            over(["S"], ByPartners(weights(B=1), (Cap("step", "B", 10),)), caps=(Cap("year", "B", 7),)),
        )
    )
    [step, left] = settled(rules, facts({"S": 100})).runs[0].steps
    assert [(one.pence, one.turned_away, one.cap) for one in step.allocations] == [(7, 93, "year")]
    assert [(one.to, one.pence, one.gap) for one in left.allocations] == [
        (To.UNALLOCATED, 93, "caps turn away £0.93 that no later step takes")
    ]


def test_a_cap_without_a_sum_is_the_partners_own_cash_contribution() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 100},
            over(["S"], ByPartners(weights(B=1), (Cap("c", "B", None),)), HALVES),
            contributions=[cash("A", 70), cash("B", 20), cash("B", 10), cash("B", 500, in_kind=True)],
        )
    )
    assert by_name(settled(rules, facts({"S": 200})).runs[0].steps[0].allocations) == {"B": 30}


def test_caps_hold_over_separate_runs() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 0, scheme("T"): 0, scheme("U"): 5},
            over(
                ["T", "S", "U"],
                limited(ByPartners(weights(B=1), (Cap("c", "B", 50),)), at_most=40),
                ByPartners(weights(A=1)),
                separately=True,
            ),
        )
    )
    settlement = settled(rules, facts({"S": 100, "T": 60, "U": 5}))
    assert [(run.schemes, run.amount) for run in settlement.runs] == [(("T",), 60), (("S",), 100)]
    assert [[by_name(step.allocations) for step in run.steps] for run in settlement.runs] == [
        [{"B": 40}, {"A": 20}],
        [{"B": 10}, {"A": 90}],
    ]


def test_schemes_taken_together_add_up_gross() -> None:
    rules = ruleset(fund({scheme("S"): 10, scheme("T"): 10, scheme("U"): 90}, over(["S", "T", "U"], HALVES)))
    [run] = settled(rules, facts({"S": 30, "T": 50, "U": 0})).runs
    assert (run.schemes, run.amount) == (("S", "T"), 60)


@pytest.mark.parametrize(
    ("first_takes", "spent", "marked", "caused"),
    [
        (0, 1100, 30, 30),
        (50, 1100, 30, 30),  # the first step meets unmarked spending: 30 of the 50 left are marked
        (80, 1100, 30, 20),  # it has to meet 10 of the marked 30 as well
        (100, 1100, 30, 0),
        (50, 1100, 400, 50),  # marked spending counts also within the budget, up to what is left
    ],
)
def test_steps_before_one_for_a_cause_meet_unmarked_spending_first(
    first_takes: int, spent: int, marked: int, caused: int
) -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 1000},
            over(
                ["S"],
                limited(ByPartners(weights(A=1)), at_most=first_takes),
                limited(ByPartners(weights(B=1)), cause="mistake"),
                ByPartners(weights(A=1)),
            ),
        )
    )
    settlement = settled(rules, facts([Spending("S", spent - marked), Spending("S", marked, ("mistake",))]))
    assert [step_of(settlement, f"F.over.{number}").taken for number in (1, 2, 3)] == [
        first_takes,
        caused,
        100 - first_takes - caused,
    ]


def test_a_cause_limits_a_step_to_the_spending_marked_with_it() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 100, scheme("T"): 100},
            over(
                ["S", "T"],
                limited(ByPartners(weights(B=1)), cause="mistake", at_most=15),
                limited(ByPartners(weights(B=1)), cause="mistake"),
                ByPartners(weights(A=1)),
            ),
        )
    )
    rows = [
        Spending("S", 150),
        Spending("S", 30, ("mistake",)),
        Spending("S", -10, ("mistake",)),
        Spending("T", 50, ("mistake",)),  # T is not overspent: its mistakes do not count
    ]
    first, second, third = settled(rules, facts(rows)).runs[0].steps
    assert [(step.limit, step.taken) for step in (first, second, third)] == [(15, 15), (5, 5), (None, 50)]


def test_underspends_are_used_in_the_order_named() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 0, scheme("T"): 50, scheme("U", Mode.OWN_RISK, "B"): 50},
            over(["S"], FromUnderspends(("U", "T")), HALVES),
        )
    )
    settlement = settled(rules, facts({"S": 70, "T": 10, "U": 10}))
    assert [(one.to, one.name, one.pence) for one in settlement.runs[0].steps[0].allocations] == [
        (To.UNDERSPEND, "U", 40),
        (To.UNDERSPEND, "T", 30),
    ]
    assert [line.lent for line in settlement.schemes] == [0, 30, 40]
    assert nets(settlement) == {"A": 0, "B": 0}


def test_capital_never_helps_revenue_nor_the_reverse() -> None:
    rules = ruleset(
        fund(
            {
                scheme("Capital over", capital=True): 0,
                scheme("Revenue over"): 0,
                scheme("Capital under", capital=True): 100,
                scheme("Revenue under"): 100,
            },
            over(
                ["Capital over", "Revenue over"],
                FromUnderspends(("Capital under",)),
                FromUnderspends(("Revenue under", "Capital under")),
                Silent("gap"),
            ),
        )
    )
    spent = {"Capital over": 30, "Revenue over": 120, "Capital under": 0, "Revenue under": 0}
    first, second, third = settled(rules, facts(spent)).runs[0].steps
    assert [by_name(step.allocations) for step in (first, second, third)] == [
        {"Capital under": 30},
        {"Revenue under": 100},
        {"": 20},
    ]


def test_two_capital_underspends_together_help_no_more_than_the_capital_overspend() -> None:
    capital = {scheme(name, capital=True): pence for name, pence in (("K", 0), ("L", 100), ("M", 100))}
    rules = ruleset(fund({**capital, scheme("S"): 0}, over(["K", "S"], FromUnderspends(("L", "M")), HALVES)))
    first = settled(rules, facts({"K": 30, "L": 80, "M": 0, "S": 500})).runs[0].steps[0]
    assert (first.limit, by_name(first.allocations)) == (30, {"L": 20, "M": 10})


@pytest.mark.parametrize("mode", [Mode.RING_FENCED, Mode.IN_VIEW])
def test_what_is_fenced_or_only_in_view_is_never_lent(mode: Mode) -> None:
    rules = ruleset(fund({scheme("S"): 0, scheme("T", mode): 50}, over(["S"], FromUnderspends(("T",)), HALVES)))
    first = settled(rules, facts({"S": 10, "T": 0})).runs[0].steps[0]
    assert (first.limit, first.taken) == (0, 0)


def test_the_lead_of_an_aligned_scheme_pays_in_what_a_step_uses_of_its_underspend() -> None:
    rules = ruleset(
        fund({scheme("S"): 0, scheme("T", Mode.ALIGNED, "B"): 50}, over(["S"], FromUnderspends(("T",)), HALVES))
    )
    settlement = settled(rules, facts({"S": 80, "T": 0}))
    assert nets(settlement) == {"A": 15, "B": 50 + 15}
    assert settlement.schemes[1].allocations == ()


def underspent(amount: int, *takers: Taker | Step, caps: tuple[Cap, ...] = ()) -> list[dict[str, int]]:
    """What each step of an underspend waterfall does with an amount."""
    rules = ruleset(fund({scheme("S"): 900}, under(["S"], *takers, caps=caps), reserves=[reserve("R", 50, ceiling=80)]))
    return [by_name(step.allocations) for step in settled(rules, facts({"S": 900 - amount})).runs[0].steps]


def test_a_reserve_is_filled_to_what_the_step_says_and_never_above_its_ceiling() -> None:
    assert underspent(100, IntoReserve("R", 70), HALVES)[0] == {"R": 20}
    assert underspent(100, IntoReserve("R", 200), HALVES)[0] == {"R": 30}
    assert underspent(100, IntoReserve("R"), HALVES)[0] == {"R": 30}


def test_carried_forward_for_a_scheme_or_for_the_fund() -> None:
    assert underspent(100, limited(CarryForward("S"), at_most=30), CarryForward()) == [{"S": 30}, {"F": 70}]


def test_partners_receive_an_underspend_within_their_caps() -> None:
    assert underspent(100, HALVES, Silent("gap"), caps=(Cap("c", "A", 5),)) == [{"A": 5, "B": 50}, {"": 45}]


def test_what_overspends_used_is_not_shared_again() -> None:
    rules = ruleset(
        fund({scheme("S"): 0, scheme("T"): 50}, over(["S"], FromUnderspends(("T",))), under(["S", "T"], HALVES))
    )
    settlement = settled(rules, facts({"S": 30, "T": 0}))
    assert [run.amount for run in settlement.runs] == [30, 20]
    assert nets(settlement) == {"A": -10, "B": -10}


def test_a_reserve_drawn_in_the_year_may_be_filled_again() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 0, scheme("T"): 50},
            over(["S"], FromReserve("R")),
            under(["T"], IntoReserve("R"), HALVES),
            reserves=[reserve("R", 40, ceiling=40)],
        )
    )
    [result] = settled(rules, facts({"S": 30, "T": 0})).reserves
    assert (result.opening, result.drawn, result.added, result.closing) == (40, 30, 30, 40)


def test_the_silence_of_an_agreement_is_named() -> None:
    [left] = settled(ruleset(fund({scheme("S"): 0}, over(["S"]))), facts({"S": 9})).runs[0].steps
    assert (left.rule, left.taken) == ("F.over", 9)
    assert left.allocations[0].gap == "the agreement has no step for what is left"


@pytest.mark.parametrize("lapsed", [False, True])
def test_a_body_that_does_not_decide_and_nothing_said_of_it(lapsed: bool) -> None:
    rules = ruleset(fund({scheme("S"): 0}, over(["S"], Decided("Board"))))
    decisions = (DecisionMade("Board", None),) if lapsed else ()
    settlement = settled(rules, facts({"S": 9}, decisions=decisions))
    [one] = settlement.runs[0].steps[0].allocations
    assert one.to is (To.UNALLOCATED if lapsed else To.UNDECIDED)
    assert one.gap == (
        "`Board` did not decide and the agreement does not say what follows"
        if lapsed
        else "the agreement does not say what follows if `Board` does not decide"
    )
    assert all(result.provisional for result in settlement.partners)


def test_a_decision_is_held_by_the_caps_of_the_waterfall_but_a_provisional_share_uses_up_none() -> None:
    waterfall = over(
        ["S"],
        limited(Decided("Board", failing=weights(B=1)), at_most=10),
        ByPartners(weights(B=1)),
        ByPartners(weights(A=1)),
        caps=(Cap("c", "B", 8),),
    )
    rules = ruleset(fund({scheme("S"): 0}, waterfall))
    undecided = settled(rules, facts({"S": 20})).runs[0].steps
    assert [by_name(step.allocations) for step in undecided] == [{"Board": 10}, {"B": 8}, {"A": 2}]
    assert [(one.to, one.pence) for one in undecided[0].provisional] == [(To.PARTNER, 8), (To.UNALLOCATED, 2)]
    decided = settled(rules, facts({"S": 20}, decisions=(DecisionMade("Board", weights(B=3)),))).runs[0].steps
    assert [by_name(step.allocations) for step in decided] == [{"B": 8}, {"B": 0}, {"A": 12}]


CONTRIBUTIONS = [
    cash("A", 100),
    cash("A", 40, recurrent=False),
    cash("B", 60, scheme="S"),
    cash("B", 30, in_kind=True),
    cash("B", 5, capital=True),
]


@pytest.mark.parametrize(
    ("sharing", "expected"),
    [
        (ByContributions(("F",), Moment.LAST_VARIED), (140, 60)),
        (ByContributions(("F",), Moment.LAST_VARIED, in_kind=True), (140, 90)),
        (ByContributions(("F",), Moment.LAST_VARIED, capital=True), (140, 65)),
        (ByContributions(("F",), Moment.FIRST_AGREED, recurrent_only=True), (100, 60)),
        (ByContributions(("F",), Moment.LAST_VARIED, schemes=("S",)), (None, 60)),
        (ByContributions(("F",), Moment.LAST_VARIED, partners=("A",)), (140, None)),
        (ByContributions(("F",), Moment.PAID, capital=True), (7, 13)),
        (ByContributions(("F",), Moment.PAID, in_kind=True, capital=True), (7, 43)),
        (ByContributions(("F",), Moment.PAID, capital=True, partners=("B",)), (None, 13)),
    ],
)
def test_contributions_count_exactly_as_the_sharing_says(
    sharing: Sharing, expected: tuple[int | None, int | None]
) -> None:
    rules = ruleset(fund({scheme("S"): 200}, over(["S"], ByPartners(sharing)), contributions=CONTRIBUTIONS))
    settlement = settled(rules, facts({"S": 10_200}, paid=(("F", "A", 7), ("F", "B", 13))))
    found = {one.name: one.weight for one in settlement.runs[0].steps[0].allocations}
    assert (found.get("A"), found.get("B")) == expected
    assert {one.weight_of for one in settlement.runs[0].steps[0].allocations} == {sum(filter(None, expected))}


def test_contributions_that_do_not_exist_share_nothing() -> None:
    sharing = ByContributions(("F",), Moment.LAST_VARIED, schemes=("T",))
    rules = ruleset(fund({scheme("S"): 0, scheme("T"): 0}, over(["S"], ByPartners(sharing), HALVES)))
    first, second = settled(rules, facts({"S": 5, "T": 0})).runs[0].steps
    [one] = first.allocations
    assert (one.to, one.pence, second.taken) == (To.UNALLOCATED, 5, 0)
    assert one.gap == f"it is shared by contributions, and none that count were made for {YEAR}"


@pytest.mark.parametrize(
    ("rule", "amount", "parts"),
    [
        (None, 101, {"A": 34, "B": 33, "C": 34}),  # the host C first, then by name
        (None, 100, {"A": 33, "B": 33, "C": 34}),
        ("B", 101, {"A": 33, "B": 35, "C": 33}),
        ("D", 100, {"A": 33, "B": 33, "C": 34}),
    ],
)
def test_odd_pennies_fall_by_the_rule_of_the_fund(rule: str | None, amount: int, parts: dict[str, int]) -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 0},
            over(["S"], ByPartners(weights(B=1, A=1, C=1))),
            partners=("A", "B", "C", "D"),
            host="C",
            odd_pennies=rule,
        )
    )
    allocations = settled(rules, facts({"S": amount})).runs[0].steps[0].allocations
    assert by_name(allocations) == parts
    assert {one.name for one in allocations if one.odd_penny} == {name for name, part in parts.items() if part > 33}


def test_a_second_waterfall_does_not_deal_with_the_same_overspend_again() -> None:
    first, second = over(["S"], HALVES), over(["S", "T"], HALVES, fund="F")
    rules = ruleset(fund({scheme("S"): 0, scheme("T"): 0}, first, second))
    assert [run.schemes for run in settled(rules, facts({"S": 4, "T": 6})).runs] == [("S",), ("T",)]


def test_every_step_is_shown_even_when_nothing_is_left_for_it() -> None:
    settlement = settled(ruleset(fund({scheme("S"): 0}, over(["S"], HALVES, Silent("gap")))), facts({"S": 4}))
    last = step_of(settlement, "F.over.2")
    assert (last.before, last.taken, last.allocations) == (0, 0, ())
