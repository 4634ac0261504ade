"""Penny disputes: small sums over awkward weights, as an overspend and as an underspend of the same size."""

import pytest

from poolrules.engine.settlement import Settlement
from poolrules.ruleset.ruleset import ByPartners, Cap, Part, Weights
from tests.engine.build import facts, fund, nets, over, ruleset, scheme, settled, under

NAMES = ("A", "B", "C", "D", "E", "G")


def shared(pence: int, weights: tuple[int, ...], caps: tuple[Cap, ...] = (), order: int = 1) -> Settlement:
    """Share an overspend (positive) or an underspend by weights; A is the host."""
    names = NAMES[: len(weights)]
    taker = ByPartners(Weights(tuple(Part(*one) for one in list(zip(names, weights, strict=True))[::order])), caps)
    rules = ruleset(fund({scheme("S"): 10_000}, over(["S"], taker), under(["S"], taker), partners=names[::order]))
    return settled(rules, facts({"S": 10_000 + pence}))


DISPUTES = [
    (1, (33, 66), (0, 1)),
    (9999, (75, 25), (7499, 2500)),  # 7499.25 and 2499.75: the quarter penny goes to whoever lost most
    (1003, (49, 51), (491, 512)),  # 491.47 and 511.53
    (613, (98, 92, 98, 123, 102, 92), (99, 93, 99, 125, 104, 93)),
    (100, (1, 1, 1), (34, 33, 33)),  # all lost the same: the host first
]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(("pence", "weights", "expected"), DISPUTES)
def test_an_odd_penny_goes_where_the_rule_says(
    pence: int, weights: tuple[int, ...], expected: tuple[int, ...], sign: int, order: int
) -> None:
    found = nets(shared(sign * pence, weights, order=order))
    assert found == {name: sign * part for name, part in zip(NAMES, expected, strict=False)}


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("pence", "cap", "kept", "left"),
    [
        (100, 50, 50, 0),  # met exactly
        (100, 51, 50, 0),
        (100, 49, 49, 1),
        (101, 51, 51, 0),  # the odd penny is the host's, and counts
        (101, 50, 50, 1),
    ],
)
def test_a_cap_holds_to_the_penny(pence: int, cap: int, kept: int, left: int, sign: int) -> None:
    settlement = shared(sign * pence, (1, 1), (Cap("cap", "A", cap),))
    steps = settlement.runs[0].steps
    first = steps[0].allocations[0]
    assert (first.pence, first.turned_away, first.cap) == (kept, left, "cap" if left else None)
    assert sum(one.pence for step in steps[1:] for one in step.allocations) == left
