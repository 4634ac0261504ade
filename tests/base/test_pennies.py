"""Sharing a sum in whole pence: the total is kept, and who gets an odd penny is fixed by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poolrules.base.pennies import share_out


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (9_999, (75, 25), (7_499, 2_500)),  # 74.9925 and 24.9975: the second lost more by rounding down
        (1_003, (49, 51), (491, 512)),  # 491.47 and 511.53
        (1, (33, 66), (0, 1)),
        (100, (1, 1, 1), (34, 33, 33)),
        (200, (1, 1, 1), (67, 67, 66)),
        (0, (3, 4), (0, 0)),
        (5, (1,), (5,)),
        (7, (0, 1, 0), (0, 7, 0)),
        (1, (0, 0, 1), (0, 0, 1)),
        (10**17 + 1, (10**9, 10**9), (5 * 10**16 + 1, 5 * 10**16)),  # beyond 64 bits while multiplying
    ],
)
def test_worked_figures(amount: int, weights: tuple[int, ...], parts: tuple[int, ...]) -> None:
    favour = range(len(weights))
    assert share_out(amount, weights, favour) == parts
    assert share_out(-amount, weights, favour) == tuple(-part for part in parts)


@pytest.mark.parametrize(
    ("amount", "parts"),
    [
        (613, (99, 93, 99, 125, 104, 93)),
        (614, (100, 93, 99, 125, 104, 93)),  # the two of 98 lost the same, and only one penny is left for them
    ],
)
def test_six_councils_get_the_same_in_any_order(amount: int, parts: tuple[int, ...]) -> None:
    weights = (98, 92, 98, 123, 102, 92)
    assert share_out(amount, weights, favour=range(6)) == parts
    order = (5, 3, 2, 4, 0, 1)
    favour = [order.index(place) for place in range(6)]
    shuffled = share_out(amount, [weights[place] for place in order], favour)
    assert shuffled == tuple(parts[place] for place in order)


@pytest.mark.parametrize("favour", [(0, 1, 2), (1, 2, 0), (2, 0, 1)])
def test_an_odd_penny_between_equals_goes_to_the_favoured(favour: tuple[int, ...]) -> None:
    parts = share_out(100, (1, 1, 1), favour)
    assert parts[favour[0]] == 34
    assert sum(parts) == 100


@pytest.mark.parametrize("weights", [(), (0, 0), (1, -1), (3, -1), (-1, -1)])
def test_weights_that_share_nothing_are_our_own_mistake(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"positive|empty"):
        share_out(100, weights, range(len(weights)))


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any), st.data())
def test_the_laws_of_sharing(amount: int, weights: list[int], data: st.DataObject) -> None:
    favour = data.draw(st.permutations(range(len(weights))))
    parts = share_out(amount, weights, favour)
    total = sum(weights)
    assert sum(parts) == amount
    assert all(abs(part * total - amount * weight) < total for part, weight in zip(parts, weights, strict=True))
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)
    assert share_out(-amount, weights, favour) == tuple(-part for part in parts)


@given(st.integers(0, 10**6), st.lists(st.integers(1, 99), min_size=1, max_size=8), st.data())
def test_the_order_of_listing_does_not_matter(amount: int, weights: list[int], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(weights))))
    written = share_out(amount, weights, range(len(weights)))
    favour = [order.index(place) for place in range(len(weights))]
    assert share_out(amount, [weights[place] for place in order], favour) == tuple(written[place] for place in order)
