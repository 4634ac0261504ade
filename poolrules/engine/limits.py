"""Finding the most that a step may take: its own limits, its cause, the term, and what its source or reserve has.

All amounts are whole pence and never negative. What nobody has said of a fact or a key is noted as needed.
"""

from typing import assert_never

from msgspec import Struct

from poolrules.base.mode import Mode
from poolrules.base.pennies import part_of
from poolrules.engine.course import Course, Pot
from poolrules.engine.sharing import values_of
from poolrules.engine.working import SchemeLine
from poolrules.ruleset.ruleset import (
    Decided,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    Known,
    Limit,
    Of,
    PartOf,
    Step,
    Taker,
    TotalOf,
)


class Bounds(Struct, frozen=True):
    """What bounds a step: what its written limits come to, and the least of all its bounds (nothing: unbounded)."""

    least: int | None
    at_most: int | None = None
    until: int | None = None


def able_at_all(course: Course, pot: Pot, step: Step, taker: Taker) -> int | None:
    """Find the most a step can take before its condition and written limits are looked at; none: unbounded.

    Where this is nothing, nobody needs to say whether its condition holds.
    """
    return _least(
        None if step.cause is None else pot.caused.get(step.cause, 0),
        None if step.over_term is None else step.over_term - course.working.used.get(step.id, 0),
        available(course, pot, taker),
    )


def bounds_of(course: Course, pot: Pot, step: Step, taker: Taker, able: int | None) -> Bounds:
    """Find what bounds a step that gives to `taker` and is able to take so much at all."""
    at_most = None if step.at_most is None else _sum_of(course, pot, taker, step.at_most)
    until = None if step.until is None else _sum_of(course, pot, taker, step.until)
    met = pot.amount - pot.left
    return Bounds(_least(able, at_most, None if until is None else until - met), at_most, until)


def _least(*bounds: int | None) -> int | None:
    """The least of some bounds, never less than nothing; none where nothing bounds."""
    bounding = [bound for bound in bounds if bound is not None]
    return max(0, min(bounding)) if bounding else None


def _sum_of(course: Course, pot: Pot, taker: Taker, limit: Limit) -> int:
    """What a limit comes to in pence."""
    match limit:
        case int():
            return limit
        case PartOf():
            return part_of(max(0, _base(course, pot, taker, limit)), limit.numerator, limit.denominator)
        case Known():
            return course.working.amount_of(limit.fact)
        case TotalOf():
            return sum(values_of(course.working, limit.key, course.fund.partners).values())
    assert_never(limit)


def _base(course: Course, pot: Pot, taker: Taker, part: PartOf) -> int:
    """What a part is of."""
    match part.of:
        case Of.AMOUNT:
            return pot.amount
        case Of.LEFT:
            return pot.left
        case Of.STEP_BEFORE:
            return pot.step_before
        case Of.BUDGET:
            return pot.budget
        case Of.SPENDING:
            return pot.spending
        case Of.HOLDING:
            return _holding(course, taker)
        case Of.CONTRIBUTIONS:
            fund = course.fund
            return sum(course.working.cash_of(fund.name, name) for name in part.partners or fund.partners)
    assert_never(part.of)


def _holding(course: Course, taker: Taker) -> int:
    """What the reserve of a step holds now."""
    named = taker.failing if isinstance(taker, Decided) else taker
    reserve = course.working.reserves.get(named.reserve) if isinstance(named, FromReserve | IntoReserve) else None
    return reserve.holding if reserve else 0


def available(course: Course, pot: Pot, taker: Taker) -> int | None:
    """Find what the source of a step has, or its reserve has room for; nothing where neither bounds it."""
    if isinstance(taker, FromUnderspends):
        return sum(pence for _, pence in lenders(course, pot, taker))
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


def lenders(course: Course, pot: Pot, taker: FromUnderspends) -> list[tuple[SchemeLine, int]]:
    """List the underspends a step may use, in the order named, each with what it can give this run.

    Nothing inside a fence or merely in view is ever lent, and an underspend never helps an underspend.
    """
    if not course.overspent:
        return []
    room, able = dict(pot.room), []
    for name in dict.fromkeys(taker.schemes):
        line = course.working.schemes.get(name)
        if line is None or line.variance >= 0 or line.rule.mode in (Mode.RING_FENCED, Mode.IN_VIEW):
            continue
        pence = min(line.open, room[line.rule.capital])
        room[line.rule.capital] -= pence
        able.append((line, pence))
    return able
