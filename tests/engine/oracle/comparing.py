"""The engine and the oracle side by side.

One shape for both answers, where they differ, and the smallest case that shows it.
"""

import json
from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import msgspec

from poolrules.engine.inputs import InputFault
from poolrules.engine.settle import settle
from poolrules.engine.settlement import Allocation, Billed, Facts, Position, Settlement
from poolrules.engine.stages.controls import DoesNotAddUp
from poolrules.ruleset.codec import write_ruleset
from poolrules.ruleset.ruleset import Ruleset
from poolrules.ruleset.soundness import unsound
from tests.engine.oracle.agreement import Agreement, Plain, Refused
from tests.engine.oracle.makers import Case
from tests.engine.oracle.year import Answer, answer

FIGURES = ("pays", "receives", "deferred", "interim", "due", "retained", "net", "call", "cash")
"""What is compared of each partner in each fund; one for which all are nought is as good as not there."""

Name = TypeVar("Name", bound=Hashable)


class Difference(msgspec.Struct, frozen=True):
    """Where the two differ: which figure, what the engine says, and what the oracle says."""

    figure: str
    engine: Any
    oracle: Any

    def __str__(self) -> str:
        return f"{self.figure}\n    engine {self.engine}\n    oracle {self.oracle}"


class Found(NamedTuple):
    """What comparing one settlement showed: whether both settled, and the first difference."""

    settled: bool
    difference: Difference | None = None


class Least(NamedTuple):
    """The smallest case found, and its difference."""

    case: Case
    difference: Difference


def plain(rules: Ruleset) -> Agreement:
    """What the oracle reads of a ruleset: what is left of it in JSON."""
    return Agreement(json.loads(write_ruleset(rules)))


def differences(agreement: Agreement, case: Case) -> Iterator[Found]:
    """Compare each year of a case; a chain ends where something is asked for, or where the two differ."""
    before: tuple[Facts, Settlement] | None = None
    theirs: tuple[Plain, Answer] | None = None
    for facts in case.facts:
        given = follow(facts, before)
        asked = msgspec.to_builtins(facts) | {"eased": msgspec.to_builtins(given.eased)}
        if theirs is not None:
            asked |= follow_plain(asked["year"], *theirs)
        try:
            engine = settle(case.rules, given)
        except DoesNotAddUp as wrong:
            yield Found(False, Difference("does not add up", str(wrong), None))
            return
        try:
            oracle = answer(agreement, asked)
        except Refused as missing:
            named = not isinstance(engine, Settlement) and any(str(missing) in text for text in said(engine))
            alone = "the oracle alone asks for" if isinstance(engine, Settlement) else "the engine does not ask for"
            yield Found(False, None if named else Difference(f"{alone} {missing}", said(engine), str(missing)))
            return
        if not isinstance(engine, Settlement):
            yield Found(False, Difference(f"the engine asks/{said(engine)[0]}", said(engine), None))
            return
        found = first_difference("", told(engine), oracle.figures)
        yield Found(True, found)
        if found is not None:
            return
        before, theirs = (given, engine), (asked, oracle)


def said(engine: Settlement | tuple[InputFault, ...]) -> list[str]:
    """What the engine asks for."""
    return [] if isinstance(engine, Settlement) else [fault.message.replace("`", "") for fault in engine]


def follow(facts: Facts, before: tuple[Facts, Settlement] | None) -> Facts:
    """Facts that follow on from an earlier part of the year, or from the year before."""
    if before is None:
        return facts
    earlier, settlement = before
    if earlier.year == facts.year:
        return msgspec.structs.replace(
            facts, position=earlier.position, billed=settlement.closing.billed, eased=earlier.eased
        )
    lent = {due.rule: due.loan for due in settlement.closing.dues}
    eased = tuple(one for one in facts.eased if lent.get(one.rule) or (one.rule in lent and not one.written_off))
    return msgspec.structs.replace(facts, position=settlement.closing, eased=eased)


def follow_plain(year: str, asked: Plain, before: Answer) -> Plain:
    """The same for the oracle, from its own answer."""
    if before.position["year"] == year:
        return {"billed": before.position["billed"], "position": asked["position"]}
    return {"position": before.position}


def first_difference(where: str, engine: Any, oracle: Any) -> Difference | None:
    """The first figure in which two answers differ."""
    if engine == oracle:
        return None
    if isinstance(engine, dict) and isinstance(oracle, dict):
        for key in (*engine, *(key for key in oracle if key not in engine)):
            found = first_difference(f"{where}/{key}", engine.get(key), oracle.get(key))
            if found is not None:
                return found
    return Difference(where, engine, oracle)


def told(settlement: Settlement) -> dict[str, Any]:
    """A settlement in the shape of the oracle's answer."""
    return {
        "schemes": {
            one.scheme: (one.budget, one.spent, one.brought, one.variance, one.lent, gathered(one.allocations))
            for one in settlement.schemes
        },
        "runs": [
            (
                run.rule,
                tuple(run.schemes),
                run.amount,
                tuple(
                    (step.rule, step.taken, gathered(step.allocations), gathered(step.provisional), step.stopped)
                    for step in run.steps
                ),
            )
            for run in settlement.runs
        ],
        "partners": {
            (one.fund, one.partner): {name: getattr(one, name) for name in FIGURES}
            for one in settlement.partners
            if any(getattr(one, name) for name in FIGURES)
        },
        "reserves": {one.reserve: (one.opening, one.drawn, one.added, one.closing) for one in settlement.reserves},
        "provisional": {one.fund for one in settlement.partners if one.provisional},
        "unbudgeted": {fund: unbudgeted(one) for fund, one in settlement.unbudgeted},
        "moves": moves(settlement),
        "closing": closing(settlement.closing),
    }


def unbudgeted(one: Allocation) -> int:
    """Cash that is in no budget, or (negative) budgets that no cash pays for."""
    return one.pence if one.gap is not None and "no budget" in one.gap else -one.pence


def gathered(allocations: tuple[Allocation, ...]) -> dict[tuple[str, str], int]:
    """What each gets in all, without noughts."""
    return total(((one.to.value, one.name), one.pence) for one in allocations)


def moves(settlement: Settlement) -> dict[str, int]:
    """What each partner pays over, less what it is paid."""
    moved = [one for one in settlement.transfers if not one.bears]
    return total([(one.payer, one.pence) for one in moved] + [(one.payee, -one.pence) for one in moved])


def closing(closed: Position) -> dict[str, Any]:
    """A closing position, without noughts."""
    return {
        "year": closed.year,
        "reserves": dict(closed.reserves),
        "carried": total(((one.fund, one.scheme, one.rule, one.one_off_only), one.pence) for one in closed.carried),
        "dues": total(
            ((one.fund, one.payer, one.payee, one.year, one.rule, one.loan), one.pence)
            for one in closed.dues
            if one.payer != one.payee
        ),
        "taken": total(closed.taken),
        "billed": total(billed(one) for one in closed.billed),
    }


def billed(one: Billed) -> tuple[tuple[str, str, str | None], int]:
    """What was asked of a partner, or between two funds: from the one whose name comes first."""
    if one.to_fund is None:
        return (one.fund, one.partner, None), one.pence
    first, second = sorted((one.fund, one.to_fund))
    return (first, "", second), one.pence if one.fund == first else -one.pence


def total(sums: Iterable[tuple[Name, int]]) -> dict[Name, int]:
    """Add up sums that go by the same names, without noughts."""
    found: dict[Name, int] = {}
    for name, pence in sums:
        found[name] = found.get(name, 0) + pence
    return {name: pence for name, pence in found.items() if pence}


def differs(case: Case) -> Difference | None:
    """The first difference of a case, if there is one."""
    return next((one.difference for one in differences(plain(case.rules), case) if one.difference is not None), None)


def smallest(case: Case) -> Least:
    """Leave out of a case whatever it needs not, as long as the two still differ in the same kind of figure."""
    first = differs(case)
    assert first is not None
    least, kind = Least(case, first), first.figure.split("/")[:2]
    tree: Any = json.loads(msgspec.json.encode(case._asdict()))
    tried, shrunk = 0, False
    while True:
        candidate = next(islice(smaller_trees(tree), tried, None), None)
        if candidate is None and not shrunk:
            return least
        if candidate is None:
            tried, shrunk = 0, False
            continue
        found = try_case(candidate)
        if found is not None and found.difference.figure.split("/")[:2] == kind:
            tree, least, shrunk = candidate, found, True
        else:
            tried += 1


def read_case(tree: Any) -> Case:
    """A case from plain data."""
    facts = tuple(msgspec.convert(one, Facts) for one in tree["facts"])
    return Case(msgspec.convert(tree["rules"], Ruleset), facts)


def try_case(tree: Any) -> Least | None:
    """A case and its difference; nothing where there is none, or something was left out that is needed."""
    try:
        case = read_case(tree)
        difference = None if unsound(case.rules) else differs(case)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, msgspec.MsgspecError):
        return None
    return None if difference is None else Least(case, difference)


def smaller_trees(tree: Any) -> Iterator[Any]:
    """The same data with one thing less: an item of a list, a value, a penny or half of them."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if isinstance(value, dict | int | str) and not isinstance(value, bool):
                yield {**tree, key: None}
            for less in smaller_trees(value):
                yield {**tree, key: less}
    elif isinstance(tree, list):
        for index in range(len(tree)):
            yield [*tree[:index], *tree[index + 1 :]]
        for index, value in enumerate(tree):
            for less in smaller_trees(value):
                yield [*tree[:index], less, *tree[index + 1 :]]
    elif isinstance(tree, bool):
        if tree:
            yield False
    elif isinstance(tree, int) and tree:
        yield 0
        if abs(tree) > 1:
            yield int(tree / 2)
            yield tree - 1 if tree > 0 else tree + 1


def shown(case: Case) -> str:
    """A case as JSON without what says nothing."""
    return json.dumps(spoken(msgspec.to_builtins(case._asdict())), separators=(",", ":"))


def spoken(tree: Any) -> Any:
    """Plain data without empty values."""
    if isinstance(tree, dict):
        return {key: spoken(value) for key, value in tree.items() if value not in (None, "", [], {}, (), False)}
    return [spoken(one) for one in tree] if isinstance(tree, list | tuple) else tree
