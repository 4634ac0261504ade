"""Sharing a sum in whole pence, so that the parts always make the whole."""

from collections.abc import Mapping, Sequence


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


def share_by_name(pence: int, weights: Mapping[str, int], first: str | None, odd_to: str | None) -> dict[str, int]:
    """Divide a sum between partners by weights that are not all zero, in whole pence that make up the sum.

    `odd_to` takes all odd pennies. Where it names nobody, or somebody without a share, they go one each to
    those that lost most by rounding down; where two lost the same, to `first` (the host), and then by name, so
    that the order in which partners are listed changes nothing. Raises `ValueError` as `share_out` does.

    >>> share_by_name(100, {"Wychavon": 1, "Redditch": 1, "Bromsgrove": 1}, first="Redditch", odd_to=None)
    {'Redditch': 34, 'Bromsgrove': 33, 'Wychavon': 33}
    """
    names = sorted(weights, key=lambda name: (name != first, name))
    ordered, favour = [weights[name] for name in names], range(len(names))
    if odd_to is not None and odd_to in weights:
        parts = share_out_odd_to(pence, ordered, names.index(odd_to), favour)
    else:
        parts = share_out(pence, ordered, favour)
    return dict(zip(names, parts, strict=True))


def part_of(amount: int, numerator: int, denominator: int) -> int:
    """Take `numerator` over `denominator` of `amount` pence, to the nearest penny, half a penny upwards.

    The sign of the amount changes nothing but the sign of the part. Raises `ValueError` for a denominator
    that is not positive.

    >>> part_of(1003, 1, 2), part_of(-1003, 1, 2), part_of(100, 1, 3)
    (502, -502, 33)
    """
    if denominator <= 0:
        raise ValueError("a part must be of something")
    size = (2 * abs(amount) * numerator + denominator) // (2 * denominator)
    return -size if amount < 0 else size
