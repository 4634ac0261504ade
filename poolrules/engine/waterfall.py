"""One run of one waterfall: its steps in order, each taking the least of its limits and what is left.

The same code settles a year (`poolrules.engine.stages`) and answers what an amount would do
(`poolrules.engine.reach`). All amounts are whole pence and never negative.
"""

from typing import assert_never

from poolrules.base.mode import Mode
from poolrules.engine.charging import Given, as_decided, charge, turned_away_for_good, unallocated
from poolrules.engine.course import Course, Pot
from poolrules.engine.settlement import Allocation, Run, StepResult, To
from poolrules.engine.working import SchemeLine
from poolrules.ruleset.ruleset import (
    ByPartners,
    CarryForward,
    Decided,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    Silent,
    Step,
    Waterfall,
)


def run_waterfall(course: Course, pot: Pot) -> Run:
    """Take a pot through the steps; what no step takes is one last unallocated line, under the waterfall's own id."""
    results = []
    for step in course.waterfall.steps:
        result = _take(course, pot, step)
        pot.left -= result.taken
        if step.cause is not None:
            pot.caused[step.cause] = pot.caused.get(step.cause, 0) - result.taken
        results.append(result)
    if pot.left:
        results.append(_without_a_step(course.waterfall, pot.left, results))
    rule = course.waterfall
    return Run(rule.id, course.fund.name, rule.trigger, pot.schemes, pot.amount, tuple(results))


def _take(course: Course, pot: Pot, step: Step) -> StepResult:
    """Take one step; what its partners' caps turn away is not taken and goes on to the next."""
    limit = _limit(course, pot, step)
    offered = pot.left if limit is None else min(limit, pot.left)
    if not offered:
        return StepResult(step.id, pot.left, 0, (), limit)
    allocations, provisional = _give(course, pot, step, offered)
    taken = sum(allocation.pence for allocation in allocations)
    return StepResult(step.id, pot.left, taken, allocations, limit, provisional)


def _limit(course: Course, pot: Pot, step: Step) -> int | None:
    """Find the most a step can take whatever is left, or nothing where nothing bounds it."""
    bounds = (
        step.at_most,
        None if step.until is None else step.until - (pot.amount - pot.left),
        None if step.cause is None else pot.caused.get(step.cause, 0),
        _available(course, pot, step),
    )
    bounding = [bound for bound in bounds if bound is not None]
    return max(0, min(bounding)) if bounding else None


def _available(course: Course, pot: Pot, step: Step) -> int | None:
    """Find what the source of a step has, or its reserve has room for; nothing where neither bounds it."""
    taker = step.taker
    if isinstance(taker, FromUnderspends):
        return sum(pence for _, pence in _lenders(course, pot, taker))
    if isinstance(taker, FromReserve):
        reserve = course.working.reserves.get(taker.reserve)
        return max(0, reserve.holding - reserve.rule.floor) if reserve and course.overspent else 0
    if isinstance(taker, IntoReserve):
        return _room_in_reserve(course, taker)
    return None


def _room_in_reserve(course: Course, taker: IntoReserve) -> int | None:
    """Find what a reserve may still be given, or nothing where it may hold any sum. An overspend never fills one."""
    reserve = course.working.reserves.get(taker.reserve)
    if reserve is None or course.overspent:
        return 0
    tops = [top for top in (taker.until_it_holds, reserve.rule.ceiling) if top is not None]
    return max(0, min(tops) - reserve.holding) if tops else None


def _lenders(course: Course, pot: Pot, taker: FromUnderspends) -> list[tuple[SchemeLine, int]]:
    """List the underspends a step may use, in the order named, each with what it can give this run.

    Nothing inside a fence or merely in view is ever lent, and an underspend never helps an underspend.
    """
    if not course.overspent:
        return []
    room, lenders = dict(pot.room), []
    for name in dict.fromkeys(taker.schemes):
        line = course.working.schemes.get(name)
        if line is None or line.variance >= 0 or line.rule.mode in (Mode.RING_FENCED, Mode.IN_VIEW):
            continue
        pence = min(line.open, room[line.rule.capital])
        room[line.rule.capital] -= pence
        lenders.append((line, pence))
    return lenders


def _give(course: Course, pot: Pot, step: Step, pence: int) -> Given:
    """Give a sum to a step's taker, writing to the books what it uses up."""
    taker = step.taker
    match taker:
        case FromUnderspends():
            return _use_underspends(course, pot, taker, pence), ()
        case FromReserve():
            course.working.reserves[taker.reserve].holding -= pence
            return (Allocation(To.RESERVE, taker.reserve, pence),), ()
        case IntoReserve():
            course.working.reserves[taker.reserve].holding += pence
            return (Allocation(To.RESERVE, taker.reserve, pence),), ()
        case CarryForward():
            return (Allocation(To.CARRIED, taker.scheme or course.fund.name, pence),), ()
        case ByPartners():
            return charge(course, taker.sharing, taker.caps, pence), ()
        case Decided():
            return as_decided(course, taker, pence)
        case Silent():
            return (unallocated(pence, taker.gap),), ()
    assert_never(taker)


def _use_underspends(course: Course, pot: Pot, taker: FromUnderspends, pence: int) -> tuple[Allocation, ...]:
    """Use other schemes' underspends in the order named until the sum is met."""
    allocations = []
    for line, able in _lenders(course, pot, taker):
        used = min(able, pence)
        if used:
            pence -= used
            line.open -= used
            line.lent += used
            pot.room[line.rule.capital] -= used
            allocations.append(Allocation(To.UNDERSPEND, line.rule.name, used))
    return tuple(allocations)


def _without_a_step(waterfall: Waterfall, left: int, results: list[StepResult]) -> StepResult:
    """Record what is left when a waterfall has ended."""
    capped = any(allocation.turned_away for result in results for allocation in result.allocations)
    gap = turned_away_for_good(left) if capped else "the agreement has no step for what is left"
    return StepResult(waterfall.id, left, left, (unallocated(left, gap),))
