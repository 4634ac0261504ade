"""Counting pence: how many may go, how a sum is split, what a part of a sum is. Whole pence everywhere."""

from collections.abc import Callable
from fractions import Fraction
from math import floor

FEW = 100
"""Up to so many pence are counted one by one, and more by halving."""


def most(bound: int, may: Callable[[int], bool]) -> int:
    """The most pence up to `bound` that may go, where whoever may not have so many may not have more."""
    if bound <= FEW:
        pence = 0
        while pence < bound and may(pence + 1):
            pence += 1
        return pence
    low, high = 0, bound
    while low < high:
        middle = (low + high + 1) // 2
        if may(middle):
            low = middle
        else:
            high = middle - 1
    return low


def up_to(*bounds: int) -> Callable[[int], bool]:
    """Whether a sum is within every one of some bounds."""
    return lambda pence: all(pence <= bound for bound in bounds)


def part(pence: int, numerator: int, denominator: int) -> int:
    """A part of a sum to the nearest penny, half a penny upwards.

    >>> part(25, 1, 10)
    3
    """
    return floor(Fraction(pence * numerator, denominator) + Fraction(1, 2))


def split(pence: int, weights: dict[str, int], first: str = "", all_odd_to: str | None = None) -> dict[str, int]:
    """Split by weights: pence go to whoever has earned them whole, odd ones to whoever is nearest to earning one.

    Of two as near, `first` is before others, and then the earlier name. `all_odd_to`, if it has a share, takes every
    odd penny instead. A negative sum is split as a positive one.

    >>> split(4, {"A": 1, "B": 3, "C": 3})
    {'A': 0, 'B': 2, 'C': 2}
    """
    if pence < 0:
        return {name: -part for name, part in split(-pence, weights, first, all_odd_to).items()}
    whole = sum(weights.values())
    parts = {name: earned(pence, weight, whole) for name, weight in weights.items()}
    if all_odd_to is not None and weights.get(all_odd_to):
        parts[all_odd_to] += pence - sum(parts.values())
        return parts
    waiting = sorted(weights, key=lambda name: (name != first, name))
    while sum(parts.values()) < pence:
        short = {name: pence * weights[name] - parts[name] * whole for name in waiting}
        lucky = next(name for name in waiting if short[name] == max(short.values()))
        waiting.remove(lucky)
        parts[lucky] += 1
    return parts


def earned(pence: int, weight: int, whole: int) -> int:
    """How many whole pence of a sum a weight has earned."""
    return most(pence, lambda mine: mine * whole <= pence * weight)
