"""Charging a sum to partners (or returning it to them), within their caps.

Sums are whole pence. A cap holds after rounding: each partner's part is rounded first and cut
then, and what the cap turns away belongs to the next step.
"""

from msgspec.structs import replace

from poolrules.base.money import format_money
from poolrules.base.pennies import part_of
from poolrules.engine.contributed import not_pooled
from poolrules.engine.course import Course
from poolrules.engine.settlement import Allocation, To
from poolrules.engine.sharing import divide, weights_of
from poolrules.ruleset.ruleset import ByContributions, ByKey, ByPartners, Cap, Moment, OfSpending, Sharing, Trigger


def charge(course: Course, taker: ByPartners, pence: int) -> tuple[Allocation, ...]:
    """Share a sum between partners, within their caps; where it cannot be shared, it is unallocated."""
    if isinstance(taker.sharing, ByContributions) and taker.sharing.moment is Moment.PAID:
        course.working.needs.append(taker.sharing)
    shares = _shares(course, taker.sharing, pence)
    if isinstance(shares, str):
        return (unallocated(pence, shares),)
    return tuple(_within_caps(course, taker.caps, share) for share in shares)


def _shares(course: Course, sharing: Sharing, pence: int) -> list[Allocation] | str:
    """Each partner's part of a sum before any cap, or the gap that keeps it from being shared."""
    weights = weights_of(course.working, course.fund, sharing)
    whole = sum(weights.values())
    if not whole:
        return _weightless(course, sharing)
    shared, sign, paid = pence, 1, dict[str, int]()
    if isinstance(sharing, OfSpending):
        towards = _paid_towards(course)
        if isinstance(towards, str):
            return towards
        if towards:
            sign, paid = (1 if course.overspent else -1), towards
            shared = budgets_of(course)[1] + sign * pence
    parts = divide(course.fund, weights, shared)
    return [
        Allocation(
            to=To.PARTNER,
            name=partner,
            pence=sign * (parts[partner] - paid.get(partner, 0)),
            weight=weight,
            weight_of=whole,
            odd_penny=abs(parts[partner]) > abs(shared) * weight // whole,
        )
        for partner, weight in weights.items()
        if weight or paid.get(partner)
    ]


def _weightless(course: Course, sharing: Sharing) -> str:
    """Name the gap that a sharing leaves where nobody has any weight."""
    year = course.working.facts.year
    if isinstance(sharing, ByKey):
        return f"it is shared by `{sharing.key}`, and no partner has any of it for {year}"
    return f"it is shared by contributions, and none that count were made for {year}"


def _paid_towards(course: Course) -> dict[str, int] | str:
    """What each partner has put in for the schemes of a waterfall, which must make their budgets; else what is open.

    What was put in counts once a year: where the spending of these schemes has been shared already, by an earlier
    step or run, only the sum itself is shared, and nobody has put in anything towards that.
    """
    working, fund, schemes = course.working, course.fund, course.waterfall.schemes
    if course.waterfall.trigger is Trigger.GAIN:
        return "total spending is shared, and a gain has none"
    if working.spending_shared.issuperset(schemes):
        return {}
    named = ", ".join(f"`{name}`" for name in schemes)
    if not working.spending_shared.isdisjoint(schemes):
        return f"total spending is shared, and that of part of {named} has been shared already"
    tied = [
        rule
        for rules in working.made.standing.values()
        for rule in rules
        if not rule.in_kind and rule.scheme in schemes
    ]
    paid = {name: sum(rule.pence for rule in tied if rule.partner == name) for name in fund.partners}
    if not tied:
        budgeted = {budget.scheme for budget in working.figures[fund.name].budgets} - not_pooled(fund)
        if not (budgeted <= set(schemes) <= {scheme.name for scheme in fund.schemes}):
            return f"total spending is shared, and no contribution is for {named} alone"
        paid = {name: working.cash_of(fund.name, name) for name in fund.partners}
    whole, budget = budgets_of(course)
    if sum(paid.values()) != whole or min(paid.values()) < 0:
        return f"total spending is shared, and the contributions to {named} do not make {format_money(whole)}"
    return divide(fund, paid, budget) if whole else paid


def budgets_of(course: Course) -> tuple[int, int]:
    """The budgets of the schemes of a waterfall, for the whole year and for the part of it that is settled."""
    lines = [line for name, line in course.working.schemes.items() if name in course.waterfall.schemes]
    return sum(line.whole for line in lines), sum(line.budget for line in lines)


def _within_caps(course: Course, caps: tuple[Cap, ...], share: Allocation) -> Allocation:
    """Cut one partner's part to what the tightest of its caps leaves; the rest is turned away."""
    used = course.working.used
    own = [cap for cap in (*caps, *course.waterfall.caps) if cap.partner == share.name and not _lifted(course, cap)]
    rooms = [max(0, most(course, cap) - used.get(cap.id, 0)) for cap in own]
    pence = min([share.pence, *rooms])
    if pence == share.pence:
        return share
    return replace(share, pence=pence, odd_penny=False, turned_away=share.pence - pence, cap=own[rooms.index(pence)].id)


def _lifted(course: Course, cap: Cap) -> bool:
    """Whether the fact that lifts a cap is said to hold; while nobody has said, the cap binds."""
    said = course.working.said.get(cap.unless) if cap.unless is not None else None
    return said is not None and said.holds is True


def most(course: Course, cap: Cap) -> int:
    """Find the most a cap lets its partner pay: a sum, or (a part of) its own cash contribution for the whole year."""
    if cap.pence is not None:
        return cap.pence
    working, fund = course.working, course.fund.name
    own = working.cash_of(fund, cap.partner)
    if cap.schemes:
        own = sum(
            rule.pence
            for rules in working.made.standing.values()
            for rule in rules
            if rule.partner == cap.partner and not rule.in_kind and rule.scheme in cap.schemes
        )
    return part_of(max(0, own), cap.numerator, cap.denominator)


def turned_away_for_good(course: Course, pence: int) -> str:
    """Name the gap that caps leave that no later step makes up for, and the facts that would lift them."""
    caps = [cap for step in course.waterfall.steps if isinstance(step.taker, ByPartners) for cap in step.taker.caps]
    lifting = [cap.unless for cap in (*caps, *course.waterfall.caps) if cap.unless and not _lifted(course, cap)]
    would = " and ".join(f"`{fact}`" for fact in dict.fromkeys(lifting))
    gap = f"caps turn away {format_money(pence)} that no later step takes"
    return f"{gap}; {would} would lift them" if would else gap


def unallocated(pence: int, gap: str) -> Allocation:
    """Name a sum that the agreement gives to nobody, and why."""
    return Allocation(To.UNALLOCATED, "", pence, gap=gap)
