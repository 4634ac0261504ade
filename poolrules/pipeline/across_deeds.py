"""A closing position carried across a deed of variation that came into force after it.

A position names rules by where they stand in the agreement, and a deed may put other steps there. What a step or cap
used over the term goes on to the one that does the same work under the deed, whatever its number and limit are now.
What was made by a rule that is there no more keeps its sum, and its clause as it was.
"""

import datetime
import json
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from poolrules.base.dates import format_day
from poolrules.engine.settlement import Position
from poolrules.engine.working import caps_of
from poolrules.pipeline.files import Unusable
from poolrules.ruleset.ruleset import Cap, Ruleset, Step, Waterfall

_LIMITS = ("at_most", "until", "over_term", "condition", "pence", "numerator", "denominator", "unless", "caps")
"""What a deed may change of a step or cap and leave it the same one: how far it goes and when."""


def first_day_after(rules: Ruleset, position: Position) -> str | None:
    """The ISO day of the first deed that came into force after a position, where there is one."""
    return min((one.from_day for one in rules.versions[1:] if one.from_day > position.to), default=None)


def refuse_unknown(position: Position) -> None:
    """Refuse to carry a position across a deed where the rules before it are not at hand. Raises `Unusable`."""
    if position.taken or position.dues:
        raise Unusable(
            f"a deed came into force after {format_day(datetime.date.fromisoformat(position.to))}, and a ruleset does "
            "not say what it replaced",
            "give the agreement, with each deed as --variation, in place of the ruleset",
        )


def carried_across(position: Position, before: Ruleset, after: Ruleset) -> Position:
    """A position made under one version of an agreement as a later version has to read it."""
    lasting = _renamed(_lasting(before), _lasting(after))
    making = _renamed(_making(before), _making(after))
    until = format_day(datetime.date.fromisoformat(position.to))

    def now(rule: str, found: dict[str, str | None]) -> str:
        """What a rule is called now; one that is there no more, by its clause as it was."""
        if rule not in found:
            return rule
        return found[rule] or f"{before.clauses.get(rule, rule)} as it was until {until}"

    return replace(
        position,
        title=after.title if position.title == before.title else position.title,
        carried=tuple(replace(one, rule=now(one.rule, making)) for one in position.carried),
        dues=tuple(replace(one, rule=now(one.rule, making)) for one in position.dues),
        taken=tuple((now(rule, lasting), pence) for rule, pence in position.taken),
    )


def _renamed(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> dict[str, str | None]:
    """Each rule with the one that is like it now, if any; of several that are alike, each with the next."""
    free = list(after)
    found: dict[str, str | None] = {}
    for rule, like in before:
        match = next((one for one in free if one == (rule, like)), None)
        match = match or next((one for one in free if one[1] == like), None)
        found[rule] = match[0] if match else None
        if match:
            free.remove(match)
    return found


def _making(rules: Ruleset) -> list[tuple[str, str]]:
    """The steps and schemes that make dues or carry money, each with all that it says beside its id."""
    found = [(step.id, _like(fall, step)) for fall, step in _steps(rules)]
    return found + [(scheme.id, scheme.id) for fund in rules.funds for scheme in fund.schemes]


def _lasting(rules: Ruleset) -> list[tuple[str, str]]:
    """The steps and caps that hold over the term, each with what it does whatever its limit is."""
    found: list[tuple[str, str]] = []
    for fall, step in _steps(rules):
        found += [(step.id, _like(fall, step, *_LIMITS))] if step.over_term is not None else []
        bare = _like(fall, step, *_LIMITS)
        found += [(cap.id, bare + _like(fall, cap, *_LIMITS)) for cap in caps_of(step.taker) if cap.over_term]
    for fund in rules.funds:
        for fall in fund.waterfalls:
            found += [(cap.id, _like(fall, cap, *_LIMITS)) for cap in fall.caps if cap.over_term]
    return found


def _steps(rules: Ruleset) -> Iterator[tuple[Waterfall, Step]]:
    """Every step with its waterfall."""
    for fund in rules.funds:
        for fall in fund.waterfalls:
            yield from ((fall, step) for step in fall.steps)


def _like(fall: Waterfall, rule: Step | Cap, *beside: str) -> str:
    """What a rule of a waterfall says, beside ids and some other keys, as a text to compare."""
    said = _without(msgspec.to_builtins(rule), ("id", *beside))
    return json.dumps([fall.fund, fall.trigger.value, fall.gain, said], sort_keys=True)


def _without(node: object, keys: tuple[str, ...]) -> object:
    """Plain data without some keys, at every depth."""
    if isinstance(node, dict):
        return {key: _without(value, keys) for key, value in node.items() if key not in keys}
    return [_without(item, keys) for item in node] if isinstance(node, list | tuple) else node
