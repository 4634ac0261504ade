"""Sharing a sum in whole pence, so that the parts always make the whole."""

from collections.abc import Sequence


def share_out(amount: int, weights: Sequence[int], favour: Sequence[int]) -> tuple[int, ...]:
    """Divide `amount` pence in proportion to `weights`, keeping the total exact.

    Each part is rounded down towards zero; the odd pennies go one each to the parts that lost
    most by that (the largest remainder), and where two lost the same, to the one that `favour`
    lists first. `favour` is a permutation of the places 0..n-1. The sign of the amount changes
    nothing but the sign of the parts, and a part of weight 0 never gets a penny.

    Raises `ValueError` when the weights are negative or add up to nothing: a caller must have
    said who pays before it asks how much.

    >>> share_out(100, [1, 1, 1], favour=[2, 0, 1])
    (33, 33, 34)
    >>> share_out(-100, [1, 1, 1], favour=[2, 0, 1])
    (-33, -33, -34)
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must be positive to share a sum")
    size, sign = abs(amount), -1 if amount < 0 else 1
    parts = [size * weight // total for weight in weights]
    odd = size - sum(parts)
    rank = {place: order for order, place in enumerate(favour)}
    losers = sorted(range(len(parts)), key=lambda place: (-(size * weights[place] % total), rank[place]))
    for place in losers[:odd]:
        parts[place] += 1
    return tuple(sign * part for part in parts)


def share_out_odd_to(amount: int, weights: Sequence[int], taker: int, favour: Sequence[int]) -> tuple[int, ...]:
    """Divide `amount` pence in proportion to `weights`, all odd pennies to the part at place `taker`.

    Every part is rounded down towards zero and `taker` gets what is left over. A taker of
    weight 0 has no share to round, so the pennies then fall as in `share_out`, which also says
    what `favour` means. Raises `ValueError` as `share_out` does.

    >>> share_out_odd_to(101, [1, 1, 1], taker=1, favour=[0, 1, 2])
    (33, 35, 33)
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must be positive to share a sum")
    if weights[taker] == 0:
        return share_out(amount, weights, favour)
    size, sign = abs(amount), -1 if amount < 0 else 1
    parts = [size * weight // total for weight in weights]
    parts[taker] += size - sum(parts)
    return tuple(sign * part for part in parts)
