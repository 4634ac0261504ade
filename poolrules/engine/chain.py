"""Settling years, and parts of years, one after another."""

from collections.abc import Iterable

from msgspec.structs import replace

from poolrules.engine.inputs import InputFault
from poolrules.engine.settle import settle
from poolrules.engine.settlement import Facts, Position, Settlement
from poolrules.ruleset.ruleset import Ruleset


def settle_years(years: Iterable[tuple[Ruleset, Facts]]) -> tuple[Settlement, ...] | tuple[InputFault, ...]:
    """Settle years in order, each from what the one before closed with, or list what is wrong with the first to fail.

    Facts of a year that was settled in part before start from the same opening position, and what those statements
    asked for counts as billed. A position or billed sums that the facts bring themselves are left as they are.
    """
    settled: list[Settlement] = []
    opened: Position | None = None
    for ruleset, facts in years:
        before = settled[-1].closing if settled else None
        if before is not None and before.year == facts.year:
            facts = replace(facts, billed=facts.billed or before.billed, position=facts.position or opened)
        elif before is not None:
            facts = replace(facts, position=facts.position or before)
        opened = facts.position
        found = settle(ruleset, facts)
        if not isinstance(found, Settlement):
            return found
        settled.append(found)
    return tuple(settled)
