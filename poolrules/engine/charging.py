"""Charging a sum to partners (or returning it to them), within their caps.

Sums are whole pence. A cap holds after rounding: each partner's part is rounded first and cut
then, and what the cap turns away belongs to the next step.
"""

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.base.money import format_money
from poolrules.engine.course import Course
from poolrules.engine.settlement import Allocation, To
from poolrules.engine.sharing import divide, weights_of
from poolrules.ruleset.ruleset import ByContributions, Cap, Decided, Moment, Sharing

Given = tuple[tuple[Allocation, ...], tuple[Allocation, ...]]
"""The allocations of a step, and those that show who would bear it failing a decision."""


def charge(course: Course, sharing: Sharing, caps: tuple[Cap, ...], pence: int) -> tuple[Allocation, ...]:
    """Share a sum between partners; where nobody has any weight, it is unallocated."""
    if isinstance(sharing, ByContributions) and sharing.moment is Moment.PAID:
        course.working.as_paid.append(sharing)
    weights = weights_of(course.working, course.fund, sharing)
    whole = sum(weights.values())
    if not whole:
        year = course.working.facts.year
        return (unallocated(pence, f"it is shared by contributions, and none that count were made for {year}"),)
    parts = divide(course.fund, weights, pence)
    return tuple(
        _within_caps(course, caps, Allocation(To.PARTNER, partner, parts[partner], weight, whole), pence)
        for partner, weight in weights.items()
        if weight
    )


def _within_caps(course: Course, caps: tuple[Cap, ...], share: Allocation, shared: int) -> Allocation:
    """Cut one partner's part to what the tightest of its caps leaves, and count the rest against them all."""
    used = course.working.cap_used
    own = [cap for cap in (*caps, *course.waterfall.caps) if cap.partner == share.name]
    rooms = [max(0, _most(course, cap) - used.get(cap.id, 0)) for cap in own]
    pence = min([share.pence, *rooms])
    for cap in own:
        used[cap.id] = used.get(cap.id, 0) + pence
    weight, whole = share.weight or 0, share.weight_of or 1
    return Allocation(
        to=To.PARTNER,
        name=share.name,
        pence=pence,
        weight=share.weight,
        weight_of=share.weight_of,
        odd_penny=pence > shared * weight // whole,
        turned_away=share.pence - pence,
        cap=own[rooms.index(pence)].id if pence < share.pence else None,
    )


def _most(course: Course, cap: Cap) -> int:
    """Find the most a cap lets its partner pay in a year: a sum, or its own cash contribution."""
    return course.working.cash_of(course.fund.name, cap.partner) if cap.pence is None else cap.pence


def as_decided(course: Course, taker: Decided, pence: int) -> Given:
    """Share as the body decided; failing that, as the agreement says; before that, leave the sum undecided.

    Caps for the year bind what a body decides and what follows if it does not; what they turn away goes on.
    """
    decision = course.working.decisions.get(taker.body)
    if decision is None:
        gap = None if taker.failing else f"the agreement does not say what follows if {_undecided(taker.body)[0]}"
        undecided = Allocation(To.UNDECIDED, taker.body, pence, gap=gap)
        return (undecided,), _provisional(course, taker.failing, pence)
    sharing = decision.sharing or taker.failing
    if sharing is None:
        return (unallocated(pence, f"{_undecided(taker.body)[1]} and the agreement does not say what follows"),), ()
    return charge(course, sharing, (), pence), ()


def _undecided(body: str) -> tuple[str, str]:
    """Say of a body that it does not, and that it did not, decide."""
    if body == ALL_PARTNERS:
        return "the partners do not agree", "the partners did not agree"
    return f"`{body}` does not decide", f"`{body}` did not decide"


def _provisional(course: Course, failing: Sharing | None, pence: int) -> tuple[Allocation, ...]:
    """Show who would bear an undecided sum failing a decision, without using up anybody's cap."""
    if failing is None:
        return ()
    used = dict(course.working.cap_used)
    allocations = charge(course, failing, (), pence)
    course.working.cap_used = used
    over = pence - sum(allocation.pence for allocation in allocations)
    return (*allocations, unallocated(over, turned_away_for_good(over))) if over else allocations


def turned_away_for_good(pence: int) -> str:
    """Name the gap that caps leave where no later step takes what they turn away."""
    return f"caps turn away {format_money(pence)} that no later step takes"


def unallocated(pence: int, gap: str) -> Allocation:
    """Name a sum that the agreement gives to nobody, and why."""
    return Allocation(To.UNALLOCATED, "", pence, gap=gap)
