"""What amounts do in a waterfall, compared with looking at every amount."""

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from poolrules.engine.reach import (
    NOTHING_HELPS,
    Supposed,
    helping,
    helping_all,
    run_supposed,
    runs_supposed,
    smallest_unallocated,
)
from poolrules.engine.settlement import Run, To
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Cap,
    CarryForward,
    Condition,
    FactRule,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    Known,
    Limit,
    Moment,
    Of,
    PartOf,
    Ruleset,
    Silent,
)
from tests.engine.build import YEAR, cash, fund, limited, over, reserve, ruleset, scheme, under, weights


def has_unallocated(run: Run) -> bool:
    """Whether anything of a run is unallocated."""
    return any(one.to is To.UNALLOCATED for step in run.steps for one in step.allocations)


@pytest.mark.parametrize("parts", [(1, 1, 0), (1, 3, 3), (2, 3, 5), (1, 11, 13), (7, 1, 90), (1, 97, 99)])
@pytest.mark.parametrize("cap", [0, 1, 2, 3])
@pytest.mark.parametrize("helps", [False, True])
def test_thresholds_are_exact_even_where_pennies_move_against_the_grain(
    parts: tuple[int, int, int], cap: int, helps: bool
) -> None:
    sharing = weights(A=parts[0], B=parts[1], C=parts[2])
    rules = ruleset(
        fund(
            {scheme("S"): 0},
            over(
                ["S"],
                limited(FromReserve("R"), at_most=9),
                limited(ByPartners(sharing, (Cap("c", "A", cap),)), until=150),
                limited(ByPartners(weights(B=1)), at_most=20),
                ByPartners(sharing, (Cap("d", "B", 20 * cap),)),
            ),
            partners=("A", "B", "C"),
            reserves=[reserve("R", 12, floor=2)],
        )
    )
    supposed = helping_all(rules.funds[0].waterfalls[0].steps) if helps else NOTHING_HELPS
    found = smallest_unallocated(rules, "F.over", YEAR, supposed)
    runs = (run_supposed(rules, "F.over", YEAR, pence, supposed) for pence in range(1, 400))
    plain = next((run.amount for run in runs if has_unallocated(run)), None)
    assert found == plain or (plain is None and found is not None and found >= 400)


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_all_that_some_amount_does_is_seen(chance: Random) -> None:
    """Running totals and caps for the year may let something happen for some amounts and not for larger ones."""
    rules = any_steps(chance)
    runs = [run_supposed(rules, "F.over", YEAR, pence) for pence in range(1, 400)]
    found = smallest_unallocated(rules, "F.over", YEAR)
    plain = next((run.amount for run in runs if has_unallocated(run)), None)
    assert found == plain or (plain is None and found is not None and found >= 400)
    seen = {one for run in runs_supposed(rules, "F.over", YEAR) for one in doings(run)}
    done = Counter(one for run in runs for one in doings(run))
    # What happens at a few amounts only, as pennies fall, is no matter.
    assert {one for one, count in done.items() if count > 5} <= seen


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_limits_that_grow_with_the_amount_are_followed(chance: Random) -> None:
    """Parts of the amount, of what is left and of the step before; conditions and amounts that nobody has said."""
    rules = declared(any_steps(chance, in_parts=True))
    facts = chance.choice(((), ("Consent",), ("Offer",), ("Consent", "Offer")))
    supposed = Supposed(facts=facts)
    runs = [run_supposed(rules, "F.over", YEAR, pence, supposed) for pence in range(1, 400)]
    found = smallest_unallocated(rules, "F.over", YEAR, supposed)
    plain = next((run.amount for run in runs if has_unallocated(run)), None)
    assert found == plain or (plain is None and found is not None and found >= 400)


def declared(rules: Ruleset) -> Ruleset:
    """An agreement that asks for a consent and an offer."""
    asked = (FactRule("fact.Consent", "Consent", ""), FactRule("fact.Offer", "Offer", "", amount=True))
    return replace(rules, facts=asked)


def some_part(chance: Random) -> Limit:
    """A limit that is a part of something, or an offer."""
    of = chance.choice((Of.AMOUNT, Of.LEFT, Of.STEP_BEFORE, Of.BUDGET, Of.SPENDING))
    whole = chance.randint(1, 6)
    return chance.choice((PartOf(chance.randint(1, whole), whole, of), Known("Offer")))


def test_a_step_behind_a_condition_is_reached_in_one_kind_of_year_only() -> None:
    only = Condition("Consent", holds=False)
    rules = declared(
        ruleset(
            fund(
                {scheme("S"): 0},
                over(["S"], limited(ByPartners(weights(A=1)), condition=only), ByPartners(weights(B=1))),
            )
        )
    )
    for facts, taken in (((), [True, False]), (("Consent",), [False, True])):
        run = run_supposed(rules, "F.over", YEAR, 100, Supposed(facts=facts))
        assert [bool(step.taken) for step in run.steps] == taken


def doings(run: Run) -> set[str]:
    """Which steps of a run take something, and which caps turn something away."""
    taking = {step.rule for step in run.steps if step.taken}
    return taking | {one.cap for step in run.steps for one in step.allocations if one.cap}


def taken_by(step: str) -> Callable[[Run], bool]:
    """Whether a step of a run takes anything."""
    return lambda run: any(one.rule == step and one.taken for one in run.steps)


def any_steps(chance: Random, *, in_parts: bool = False) -> Ruleset:
    """Some steps with limits of both kinds, their caps, and caps for the year."""
    takers = []
    for number in range(chance.randint(1, 5)):
        parts = {name: chance.choice((0, 1, 2, 3, 5, 7)) for name in "ABC"} | {chance.choice("ABC"): 4}
        caps = tuple(Cap(f"{number}{name}", name, chance.randint(0, 60)) for name in "ABC" if chance.random() < 0.3)
        at_most: Limit | None = chance.choice((None, None, chance.randint(1, 90)))
        until: Limit | None = chance.choice((None, chance.randint(1, 250)))
        if in_parts and chance.random() < 0.6:
            at_most, until = (some_part(chance), None) if chance.random() < 0.7 else (None, some_part(chance))
        condition = Condition("Consent", chance.random() < 0.5) if in_parts and chance.random() < 0.3 else None
        takers.append(limited(ByPartners(weights(**parts), caps), at_most=at_most, until=until, condition=condition))
    yearly = tuple(Cap(f"y{name}", name, chance.randint(0, 90)) for name in "ABC" if chance.random() < 0.5)
    return ruleset(fund({scheme("S"): 0}, over(["S"], *takers, caps=yearly), partners=("A", "B", "C")))


def test_a_step_is_reached_only_between_two_amounts() -> None:
    capped = ruleset(
        fund(
            {scheme("S"): 0},
            over(
                ["S"],
                ByPartners(weights(A=1, B=1)),
                limited(ByPartners(weights(A=1)), until=200),
                ByPartners(weights(A=1)),
                caps=(Cap("y", "B", 50),),
            ),
        )
    )
    taking = [pence for pence in range(1, 500) if taken_by("F.over.2")(run_supposed(capped, "F.over", YEAR, pence))]
    assert (taking[0], taking[-1]) == (102, 298)
    assert any(taken_by("F.over.2")(run) for run in runs_supposed(capped, "F.over", YEAR))


def test_the_walk_ends_though_pennies_flicker() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 0},
            over(
                ["S"],
                ByPartners(weights(A=1, B=1_000_003, C=999_983), (Cap("c", "A", 5),)),
                limited(ByPartners(weights(B=1)), until=9),
            ),
            partners=("A", "B", "C"),
        )
    )
    assert len(list(runs_supposed(rules, "F.over", YEAR))) < 3_000


def test_a_waterfall_for_each_scheme_goes_by_the_contributions_to_each() -> None:
    tied = ByContributions(("F",), Moment.LAST_VARIED, schemes=("S", "T"))
    lines = [cash("A", 1, scheme="S"), cash("B", 4, scheme="S"), cash("A", 4, scheme="T"), cash("B", 1, scheme="T")]
    caps = (
        Cap("c", "B", 40),
    )  # 80% of 50 where S is alone, half of 80 where both are together, or of 81 but for A's odd penny
    for separately, smallest in ((True, 51), (False, 82)):
        block = over(["S", "T"], ByPartners(tied, caps), separately=separately)
        rules = ruleset(fund({scheme("S"): 5, scheme("T"): 5}, block, contributions=lines))
        assert smallest_unallocated(rules, "F.over", YEAR) == smallest
        assert run_supposed(rules, "F.over", YEAR, 10).schemes == (("S",) if separately else ("S", "T"))


def steps_reached(rules: Ruleset, waterfall: str) -> list[bool]:
    """Whether some amount reaches each step, with the help it needs itself."""
    [rule] = [one for one in rules.funds[0].waterfalls if one.id == waterfall]
    return [
        any(taken_by(step.id)(run) for run in runs_supposed(rules, waterfall, YEAR, helping(step)))
        for step in rule.steps
    ]


def test_which_steps_are_ever_reached() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 10, scheme("T"): 10, scheme("K", capital=True): 10},
            over(
                ["S"],
                FromUnderspends(("S",)),  # only S can be overspent, so it never helps itself
                FromUnderspends(("K",)),  # capital never helps revenue
                FromUnderspends(("T",)),
                limited(ByPartners(weights(A=1)), cause="mistake"),
                limited(ByPartners(weights(A=1)), at_most=100),
                limited(ByPartners(weights(A=1)), until=90),  # the total is already past it
                ByPartners(weights(B=1)),
                Silent("never"),
            ),
            under(
                ["T"],
                IntoReserve("R", 30),
                limited(CarryForward(), at_most=5),
                ByPartners(weights(B=1), (Cap("c", "B", 40),)),
            ),
            reserves=[reserve("R", 10)],
        )
    )
    assert steps_reached(rules, "F.over") == [False, False, True, True, True, False, True, False]
    assert steps_reached(rules, "F.under") == [True, True, True]
    assert smallest_unallocated(rules, "F.over", YEAR) is None  # the last step would, but it is never reached
    assert smallest_unallocated(rules, "F.under", YEAR) == 46


def test_a_reserve_without_a_ceiling_that_some_step_fills_may_hold_any_sum() -> None:
    filled = ruleset(
        fund(
            {scheme("S"): 0}, over(["S"], FromReserve("R")), under(["S"], IntoReserve("R")), reserves=[reserve("R", 0)]
        )
    )
    fixed = ruleset(fund({scheme("S"): 0}, over(["S"], FromReserve("R")), reserves=[reserve("R", 0)]))
    assert steps_reached(filled, "F.over") == [True]
    assert steps_reached(fixed, "F.over") == [False]
    assert smallest_unallocated(fixed, "F.over", YEAR) == 1
    assert smallest_unallocated(filled, "F.under", YEAR) is None


def test_what_helps_a_step() -> None:
    rules = ruleset(
        fund({scheme("S"): 0}, over(["S"], limited(FromReserve("R"), cause="luck"), FromUnderspends(("S",))))
    )
    first_step, second_step = rules.funds[0].waterfalls[0].steps
    assert helping(first_step) == Supposed(reserves=("R",), causes=("luck",))
    assert helping(second_step) == Supposed(lenders=("S",))
    assert helping_all((first_step, second_step)) == Supposed(reserves=("R",), lenders=("S",), causes=("luck",))


def test_large_amounts_are_exact() -> None:
    rules = ruleset(
        fund({scheme("S"): 0}, over(["S"], limited(ByPartners(weights(A=1)), at_most=98_765_432_101), Silent("gap")))
    )
    assert smallest_unallocated(rules, "F.over", YEAR) == 98_765_432_102


def test_a_waterfall_or_a_year_that_does_not_exist_is_a_wrong_call() -> None:
    rules = ruleset(fund({scheme("S"): 0}, over(["S"])))
    with pytest.raises(KeyError, match="under"):
        run_supposed(rules, "F.under", YEAR, 1)
    with pytest.raises(KeyError, match="2031"):
        run_supposed(rules, "F.over", "2031/32", 1)
