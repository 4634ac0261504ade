"""Every combination of some small overspend waterfalls: what stands first, in the middle and last, limits and caps."""

from collections.abc import Iterator
from itertools import product

from poolrules.ruleset.ruleset import (
    ByPartners,
    Cap,
    FromReserve,
    Part,
    ReserveRule,
    Ruleset,
    Silent,
    Step,
    Weights,
)
from tests.engine.build import facts, fund, over, reserve, ruleset, scheme
from tests.engine.oracle.makers import Case

NAMES = ("A", "B", "C")
AMOUNTS = range(41)

SHARES = ((1, 1, 0), (1, 2, 0), (0, 1, 0), (1, 1, 1), (1, 3, 3), (2, 3, 5), (3, 0, 1))
CAPS = ((None, None, None), (2, None, None), (None, 1, None), (3, 0, None))
YEARLY = ((None, None, None), (4, None, None), (None, 2, 3))
LIMITS = ((None, None), (3, None), (None, 6), (5, 4))
FIRSTS = (None, "reserve", "reserve, at most 2", "shared, until 5")
LASTS = (None, "left open", "shared")
RESERVES = ((0, 0), (5, 1))

Sums = tuple[int | None, ...]


def every() -> Iterator[tuple[tuple[int, ...], Sums, Sums, Sums, str | None, str | None, tuple[int, int]]]:
    """Every combination; the second reserve only where something draws on it."""
    for one in product(SHARES, CAPS, YEARLY, LIMITS, FIRSTS, LASTS, RESERVES):
        if one[6] == RESERVES[0] or (one[4] or "").startswith("reserve"):
            yield one


ALL = tuple(every())
RULESETS = len(ALL)


def enumerated(number: int, amounts: range = AMOUNTS) -> Iterator[Case]:
    """One of the waterfalls with every amount."""
    rules = compiled(number)
    for amount in amounts:
        yield Case(rules, (facts({"S": amount}),))


def compiled(number: int) -> Ruleset:
    """One of the waterfalls as a ruleset."""
    share, caps, yearly, (at_most, until), first, last, (opening, floor) = ALL[number]
    steps = {
        None: [],
        "reserve": [Step("first", FromReserve("R"))],
        "reserve, at most 2": [Step("first", FromReserve("R"), 2)],
        "shared, until 5": [Step("first", shared((1, 2, 2), "first", (None, 1, None)), None, 5)],
    }[first]
    steps += [Step("middle", shared(share, "middle", caps), at_most, until)]
    steps += {
        None: [],
        "left open": [Step("last", Silent("left open"))],
        "shared": [Step("last", shared((2, 1, 0), "last"))],
    }[last]
    pot: ReserveRule = reserve("R", opening, floor)
    return ruleset(
        fund({scheme("S"): 0}, over(["S"], *steps, caps=capped("all", yearly)), reserves=[pot], partners=NAMES)
    )


def shared(weights: tuple[int, ...], rule: str, caps: Sums = ()) -> ByPartners:
    """A sharing by weights within caps."""
    parts = tuple(Part(name, weight) for name, weight in zip(NAMES, weights, strict=True))
    return ByPartners(Weights(parts), capped(rule, caps))


def capped(rule: str, caps: Sums) -> tuple[Cap, ...]:
    """Caps of partners in order; nothing is no cap."""
    named = zip(NAMES, caps, strict=False)
    return tuple(Cap(f"{rule}.cap.{name}", name, pence) for name, pence in named if pence is not None)
