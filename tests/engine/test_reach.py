"""The smallest amounts at which something happens, compared with looking at every amount."""

from collections.abc import Callable

import pytest

from poolrules.engine.reach import (
    NOTHING_HELPS,
    Supposed,
    everything_helps,
    helping,
    run_supposed,
    smallest_reaching,
    smallest_turned_away,
    smallest_unallocated,
)
from poolrules.engine.settlement import Run, To
from poolrules.ruleset.ruleset import (
    ByPartners,
    Cap,
    CarryForward,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    Ruleset,
    Silent,
)
from tests.engine.build import YEAR, fund, limited, over, reserve, ruleset, scheme, under, weights


def first(happens: Callable[[Run], bool], rules: Ruleset, waterfall: str, supposed: Supposed) -> int | None:
    """The plain way: look at one amount after another."""
    amounts = range(1, 400)
    return next((pence for pence in amounts if happens(run_supposed(rules, waterfall, YEAR, pence, supposed))), None)


def has_unallocated(run: Run) -> bool:
    """Whether anything of a run is unallocated."""
    return any(one.to is To.UNALLOCATED for step in run.steps for one in step.allocations)


def turned_away_by(cap: str) -> Callable[[Run], bool]:
    """Whether a cap turns anything of a run away."""
    return lambda run: any(one.cap == cap for step in run.steps for one in step.allocations)


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
    supposed = everything_helps(rules) if helps else NOTHING_HELPS
    for name in ("c", "d"):
        found = smallest_turned_away(rules, "F.over", YEAR, name, supposed)
        plain = first(turned_away_by(name), rules, "F.over", supposed)
        assert found == plain or (plain is None and found is not None and found >= 400)
    found, plain = (
        smallest_unallocated(rules, "F.over", YEAR, supposed),
        first(has_unallocated, rules, "F.over", supposed),
    )
    assert found == plain or (plain is None and found is not None and found >= 400)


def steps_reached(rules: Ruleset, waterfall: str) -> list[int | None]:
    """The smallest amount that reaches each step."""
    [rule] = [one for one in rules.funds[0].waterfalls if one.id == waterfall]
    return [smallest_reaching(rules, waterfall, YEAR, step.id) for step in rule.steps]


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
    assert steps_reached(rules, "F.over") == [None, None, 1, 1, 1, None, 101, None]
    assert steps_reached(rules, "F.under") == [1, 1, 6]
    assert smallest_unallocated(rules, "F.over", YEAR) is None  # the last step would, but it is never reached
    assert smallest_unallocated(rules, "F.under", YEAR) == 46


def test_a_reserve_without_a_ceiling_that_some_step_fills_may_hold_any_sum() -> None:
    filled = ruleset(
        fund(
            {scheme("S"): 0}, over(["S"], FromReserve("R")), under(["S"], IntoReserve("R")), reserves=[reserve("R", 0)]
        )
    )
    fixed = ruleset(fund({scheme("S"): 0}, over(["S"], FromReserve("R")), reserves=[reserve("R", 0)]))
    assert smallest_reaching(filled, "F.over", YEAR, "F.over.1") == 1
    assert smallest_reaching(fixed, "F.over", YEAR, "F.over.1") is None
    assert smallest_unallocated(fixed, "F.over", YEAR) == 1
    assert smallest_unallocated(filled, "F.under", YEAR) is None


def test_what_helps_a_step() -> None:
    rules = ruleset(
        fund({scheme("S"): 0}, over(["S"], limited(FromReserve("R"), cause="luck"), FromUnderspends(("S",))))
    )
    first_step, second_step = rules.funds[0].waterfalls[0].steps
    assert helping(first_step) == Supposed(reserves=("R",), causes=("luck",))
    assert helping(second_step) == Supposed(lenders=("S",))


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
