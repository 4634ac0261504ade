"""Giving what a step takes to its taker, and writing to the books what that uses up.

`give` only says who gets what, so that it can also show what would follow failing a decision; `book` is
the one place where a step changes the books. All amounts are whole pence.
"""

from typing import assert_never

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.base.money import format_money
from poolrules.base.pennies import share_out
from poolrules.engine.charging import charge, turned_away_for_good, unallocated
from poolrules.engine.course import Course, Pot
from poolrules.engine.limits import available, lenders
from poolrules.engine.settlement import Allocation, To
from poolrules.engine.working import Working, caps_of
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    ByPartners,
    CarryForward,
    Decided,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    OfSpending,
    Outside,
    Silent,
    Taker,
    Weights,
)


def follows(taker: Decided) -> Taker | None:
    """What a step gives to when its body lets its time run out, where the agreement says."""
    failing = taker.failing
    return ByPartners(failing) if isinstance(failing, Weights | ByContributions | ByKey | OfSpending) else failing


def in_effect(working: Working, taker: Taker) -> Taker:
    """What a step gives to as things stand: what was decided, or what follows; while it is undecided, the decision.

    Caps for the year bind what a body decides and what follows if it does not; what they turn away goes on.
    """
    if not isinstance(taker, Decided) or taker.body not in working.decisions:
        return taker
    decided = working.decisions[taker.body].sharing
    if decided is not None:
        return ByPartners(decided)
    gap = f"{_undecided(taker.body)[1]} and the agreement does not say what follows"
    return follows(taker) or Silent(gap)


def give(course: Course, pot: Pot, taker: Taker, pence: int) -> tuple[Allocation, ...]:
    """Say who gets a sum (never more than is available); nothing is written to the books."""
    match taker:
        case FromUnderspends():
            return _from_underspends(course, pot, taker, pence)
        case FromReserve() | IntoReserve():
            return (Allocation(To.RESERVE, taker.reserve, pence),)
        case Outside():
            return (Allocation(To.OUTSIDE, taker.funder, pence),)
        case CarryForward():
            return _carried(course, pot, taker, pence)
        case ByPartners():
            return charge(course, taker, pence)
        case Decided():
            gap = None if taker.failing else f"the agreement does not say what follows if {_undecided(taker.body)[0]}"
            return (Allocation(To.UNDECIDED, taker.body, pence, gap=gap),)
        case Silent():
            return (unallocated(pence, taker.gap),)
    assert_never(taker)


def book(course: Course, pot: Pot, taker: Taker, allocations: tuple[Allocation, ...]) -> None:
    """Write to the books what some allocations use up: reserves, other schemes' underspends and caps."""
    working = course.working
    if isinstance(taker, ByPartners) and isinstance(taker.sharing, OfSpending):
        working.spending_shared.update(
            course.waterfall.schemes if all(one.to is To.PARTNER for one in allocations) else ()
        )
    for one in allocations:
        if one.to is To.RESERVE:
            working.reserves[one.name].holding -= one.pence if isinstance(taker, FromReserve) else -one.pence
        elif one.to is To.UNDERSPEND:
            line = working.schemes[one.name]
            line.open -= one.pence
            line.lent += one.pence
            pot.room[line.rule.capital] -= one.pence
        elif one.to is To.PARTNER:
            for cap in (*caps_of(taker), *course.waterfall.caps):
                if cap.partner == one.name:
                    working.use(cap.id, max(0, one.pence))


def without_a_decision(
    course: Course, pot: Pot, taker: Taker, pence: int
) -> tuple[tuple[Allocation, ...], tuple[Allocation, ...]]:
    """Show who would bear an undecided sum failing a decision, and who pays or holds it meanwhile."""
    if not isinstance(taker, Decided):
        return (), ()
    meanwhile = (Allocation(To.PARTNER, taker.interim, pence),) if taker.interim is not None else ()
    after = follows(taker)
    if after is None:
        return (), meanwhile
    most = available(course, pot, after)
    allocations = () if most == 0 else give(course, pot, after, pence if most is None else min(most, pence))
    over = pence - sum(one.pence for one in allocations)
    if over:
        allocations = (*allocations, unallocated(over, _beyond(course, after, over)))
    return allocations, meanwhile


def _beyond(course: Course, taker: Taker, pence: int) -> str:
    """Name the gap that is left where what follows a decision cannot take all of it."""
    if isinstance(taker, FromReserve | IntoReserve):
        able = "give" if isinstance(taker, FromReserve) else "hold"
        return f"{format_money(pence)} is more than `{taker.reserve}` can {able}"
    return turned_away_for_good(course, pence)


def _from_underspends(course: Course, pot: Pot, taker: FromUnderspends, pence: int) -> tuple[Allocation, ...]:
    """Use other schemes' underspends in the order named until the sum is met."""
    allocations = []
    for line, able in lenders(course, pot, taker):
        used = min(able, pence)
        if used:
            pence -= used
            allocations.append(Allocation(To.UNDERSPEND, line.rule.name, used))
    return tuple(allocations)


def _carried(course: Course, pot: Pot, taker: CarryForward, pence: int) -> tuple[Allocation, ...]:
    """Carry a sum forward: for one scheme, for the fund, or for the schemes where it arose, by what each was off by."""
    if not taker.where_it_arose:
        return (Allocation(To.CARRIED, taker.scheme or course.fund.name, pence),)
    names = sorted(name for name, amount in pot.amounts.items() if amount)
    if not names:
        return (unallocated(pence, "it is carried forward where it arose, and it arose in no scheme"),)
    parts = share_out(pence, [pot.amounts[name] for name in names], range(len(names)))
    return tuple(Allocation(To.CARRIED, name, part) for name, part in zip(names, parts, strict=True) if part)


def _undecided(body: str) -> tuple[str, str]:
    """Say of a body that it does not, and that it did not, decide."""
    if body == ALL_PARTNERS:
        return "the partners do not agree", "the partners did not agree"
    return f"`{body}` does not decide", f"`{body}` did not decide"
