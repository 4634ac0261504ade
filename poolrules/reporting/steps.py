"""One step of a settlement in words and figures: what it says, what bounded it, who was given what."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.base.money import format_money, format_money_full
from poolrules.base.shares import format_percent
from poolrules.engine.settlement import Allocation, Run, StepResult, To
from poolrules.reporting.account import Account
from poolrules.reporting.over_years import later_note
from poolrules.reporting.used_facts import depends_on
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    ByPartners,
    Cap,
    Decided,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    OfSpending,
    Sharing,
    Step,
    Trigger,
    Waterfall,
    Weights,
)
from poolrules.ruleset.words import listed, sharing_words, step_words

_GIVES = {
    To.RESERVE: ("{} gives", "{} is given"),
    To.UNDERSPEND: ("underspend of {}", "underspend of {}"),
    To.OUTSIDE: ("met from outside, by {}", "paid outside the partners, to {}"),
    To.CARRIED: ("carried forward for {}", "carried forward for {}"),
    To.RING_FENCE: ("stays in the fence of {}", "stays in the fence of {}"),
    To.UNDECIDED: ("UNDECIDED, left to {}", "UNDECIDED, left to {}"),
    To.UNALLOCATED: ("UNALLOCATED", "UNALLOCATED"),
}


def said_by_step(account: Account, step: StepResult) -> str:
    """What a step says, from its rule; a waterfall that ended too soon says nothing, and this says so."""
    known = account.steps.get(step.rule)
    if known is None:
        return "After the last step:"
    return said_by_rule(*known)


def said_by_rule(waterfall: Waterfall, rule: Step) -> str:
    """What a step of a waterfall says, as a sentence begins."""
    words = step_words(waterfall, rule)
    if rule.remainder:
        words = f"whatever remains: {words}"
    return words[:1].upper() + words[1:]


def allocation_words(one: Allocation, trigger: Trigger) -> str:
    """Who is given a sum, and which way it goes."""
    over = trigger is Trigger.OVERSPEND
    if one.to is To.PARTNER:
        pays = over is (one.pence >= 0)
        verb = "pays" if pays else "receives" if not over else "gets back, set against what others pay"
        return f"{one.name} {verb}{_share(one)}"
    return _GIVES[one.to][0 if over else 1].format(one.name)


def _share(one: Allocation) -> str:
    """A partner's share as a percentage; nothing where it takes the whole."""
    if one.weight is None or not one.weight_of or one.weight == one.weight_of:
        return ""
    return f", {format_percent(Fraction(one.weight, one.weight_of))}"


def notes_on_step(account: Account, run: Run, step: StepResult) -> Iterator[str]:
    """What a reader must know to follow a step: its bound, its basis, odd pennies, caps, gaps and what may come."""
    if not step.before:
        yield "not reached: nothing was left"
        return
    yield from _condition(account, step)
    yield from _bound(account, run, step)
    yield from _basis(account, step)
    odd = [one.name for one in step.allocations if one.odd_penny]
    if odd:
        yield f"rounded to the penny; {' and '.join(odd)} {'have' if len(odd) > 1 else 'has'} the odd one"
    for one in step.allocations:
        if one.turned_away:
            yield _turned_away(account, step, one)
        if one.gap:
            yield one.gap
    yield from _lifted(account, step)
    yield from later_note(account, run, step)
    yield from _failing_a_decision(step)
    for one in step.meanwhile:
        way = "pays" if run.trigger is Trigger.OVERSPEND else "holds"
        yield f"{one.name} {way} {format_money_full(one.pence)} until there is a decision"


def _condition(account: Account, step: StepResult) -> Iterator[str]:
    """Whether what a step depends on was so, and what shows it."""
    known = account.steps.get(step.rule)
    if known is None or known[1].condition is None:
        return
    fact = known[1].condition.fact
    said = next((one for one in account.facts.said if one.name == fact), None)
    if said is not None:
        shows = f" ({said.evidence})" if said.evidence else ""
        yield f"{fact}: {'yes' if said.holds else 'no'}{shows}"


def _lifted(account: Account, step: StepResult) -> Iterator[str]:
    """The caps that bind nobody in a step since a fact lifts them."""
    known = account.steps.get(step.rule)
    if known is None or not step.taken:
        return
    paying = {one.name for one in step.allocations if one.to is To.PARTNER}
    own = known[1].taker.caps if isinstance(known[1].taker, ByPartners) else ()
    for cap in (*own, *known[0].caps):
        if cap.partner in paying and account.lifted(cap):
            shows = next((one.evidence for one in account.facts.said if one.name == cap.unless), None)
            evidence = f" ({shows})" if shows else ""
            yield f"{cap.partner}'s cap (clause {account.clause(cap.id)}) does not bind: {cap.unless} holds{evidence}"


def _bound(account: Account, run: Run, step: StepResult) -> Iterator[str]:
    """What kept a step from taking all that was left, where its own words do not say it."""
    known = account.steps.get(step.rule)
    if known is None:
        return
    rule = known[1]
    if step.stopped and rule.condition is not None:
        yield f"nothing taken: {rule.condition.fact} {'does not hold' if rule.condition.holds else 'holds'}"
        return
    if step.limit is None:
        return
    met = run.amount - step.before
    worked_out = depends_on(rule.at_most)
    if worked_out and step.at_most is not None:
        yield f"{worked_out}: at most {format_money_full(step.at_most)} here"
    if not step.limit:
        yield f"nothing taken: {_why_nothing(account, run, step, rule, met)}"
    elif step.limit < step.before and step.limit != step.at_most:
        yield _why_no_more(account, step, rule, met, step.limit)


def _why_no_more(account: Account, step: StepResult, rule: Step, met: int, limit: int) -> str:
    """What bounded a step to less than was left: the total it counts to, or what its source or reserve has."""
    most = format_money_full(limit)
    if step.until is not None and step.until == met + limit:
        return f"earlier steps have met {format_money_full(met)}: at most {most} here"
    if rule.over_term is not None and rule.over_term - _used_before(account, rule) == limit:
        return f"{most} is left of the {format_money(rule.over_term)} over the term"
    match rule.taker:
        case FromUnderspends():
            return f"{most} of underspend is there to use"
        case FromReserve(reserve):
            least = _least(account, reserve)
            return f"{reserve} has {most} to give{f' beyond the {least} that it must hold' if least else ''}"
        case IntoReserve(reserve):
            return f"{reserve} has room for {most}"
    return f"at most {most} here" if rule.cause is None else f"{most} of it is marked with that cause"


def _why_nothing(account: Account, run: Run, step: StepResult, rule: Step, met: int) -> str:
    """Why a step had no room: its own limit, the total it counts to, its cause, then what its source or reserve has."""
    if step.at_most == 0:
        return "its limit is nothing"
    if step.until is not None and step.until <= met:
        return "earlier steps have met as much"
    if rule.over_term is not None and rule.over_term <= _used_before(account, rule):
        return f"{format_money(rule.over_term)} over the term has been used up"
    if rule.cause is not None and not _marked(account, run, rule.cause):
        return "no spending is marked with that cause"
    match rule.taker:
        case FromUnderspends():
            return "there is no underspend to use"
        case FromReserve(reserve):
            least = _least(account, reserve)
            return f"{reserve} holds no more than the {least} that it must hold" if least else f"{reserve} is empty"
        case IntoReserve(reserve):
            return f"{reserve} has no room"
    return "earlier steps have met all that is marked with that cause"


def _used_before(account: Account, rule: Step) -> int:
    """What a step that is limited over the term had used when the year began."""
    position = account.facts.position
    return dict(position.taken).get(rule.id, 0) if position else 0


def _marked(account: Account, run: Run, cause: str) -> bool:
    """Whether the outturn, or what is said beside it, marks something of a run's schemes with a cause."""
    if any(one.mark == cause and one.scheme in run.schemes and one.pence for one in account.facts.marked):
        return True
    return any(cause in row.marks and row.pence and row.scheme in run.schemes for row in account.facts.spending)


def _least(account: Account, reserve: str) -> str:
    """What a reserve must hold at the least, as a sum; nothing where it may be emptied."""
    rules = (rule for fund in account.rules.funds for rule in fund.reserves if rule.name == reserve)
    floor = next((rule.floor for rule in rules), 0)
    return format_money(floor) if floor else ""


def _basis(account: Account, step: StepResult) -> Iterator[str]:
    """The contributions that a share was worked out from, where it was."""
    known = account.steps.get(step.rule)
    sharing = sharing_used(account, known[1].taker) if known else None
    partners = [one for one in (*step.allocations, *step.provisional) if one.to is To.PARTNER and one.weight_of]
    if isinstance(sharing, ByContributions) and partners:
        figures = " : ".join(f"{one.name} {format_money(one.weight or 0)}" for one in partners)
        yield f"shared as {figures}, of {format_money(partners[0].weight_of or 0)} in all"
    elif isinstance(sharing, ByKey) and partners:
        yield f"shared by {_values(account, sharing, partners)}"
    elif isinstance(sharing, OfSpending) and partners:
        yield "each partner's share of all that was spent, less what it put in for that"
    elif known and isinstance(known[1].taker, Decided) and sharing is not None and step.taken and not step.provisional:
        decided = any(one.body == known[1].taker.body and one.sharing for one in account.facts.decisions)
        body = known[1].taker.body
        yield f"{f'{body} decided' if decided else f'{did_not_decide(body)}, so'}: {sharing_words(sharing)}"


def _values(account: Account, sharing: ByKey, partners: Sequence[Allocation]) -> str:
    """The values of a key that a share was worked out from."""
    money = any(key.name == sharing.key and key.money for key in account.rules.keys)

    def written(number: int | None) -> str:
        return format_money(number or 0) if money else f"{number or 0:,}"

    values = " : ".join(f"{one.name} {written(one.weight)}" for one in partners)
    return f"{sharing.key}: {values}, of {written(partners[0].weight_of)} in all"


def sharing_used(account: Account, taker: object) -> Sharing | None:
    """The sharing that a step used, where it used one."""
    if isinstance(taker, ByPartners):
        return taker.sharing
    if isinstance(taker, Decided):
        decided = next((one.sharing for one in account.facts.decisions if one.body == taker.body), None)
        failing = taker.failing
        return decided or (failing if isinstance(failing, Weights | ByContributions | ByKey | OfSpending) else None)
    return None


def _turned_away(account: Account, step: StepResult, one: Allocation) -> str:
    """What a cap kept off a partner."""
    cap = account.caps.get(one.cap or "")
    most = _most(cap)
    clause = f" (clause {account.clause(cap.id)})" if cap else ""
    turned_away = format_money_full(one.turned_away)
    onward = "and no later step takes it" if _is_last(account, step) else "which goes on to the next step"
    would = f"; {cap.unless} would lift it" if cap and cap.unless else ""
    return f"{one.name}'s cap{most}{clause} turns away {turned_away}, {onward}{would}"


def _most(cap: Cap | None) -> str:
    """What a cap is: a sum, or its partner's contribution or a part of that."""
    if cap is None:
        return ""
    term = " over the term" if cap.over_term else ""
    if cap.pence is not None:
        return f" of {format_money(cap.pence)}{term}"
    part = "" if cap.numerator == cap.denominator else f"{format_percent(Fraction(cap.numerator, cap.denominator))} of "
    return f", {part}its own contribution{f' to {listed(cap.schemes)}' if cap.schemes else ''}{term}"


def _is_last(account: Account, step: StepResult) -> bool:
    """Whether a step is the last of its waterfall."""
    known = account.steps.get(step.rule)
    return known is None or known[0].steps[-1].id == step.rule


def left_words(run: Run, step: StepResult) -> str:
    """What to call the sum that a step leaves; what is left after the last step stands in a line of its own below."""
    if step.before == step.taken:
        return "left"
    following = run.steps[run.steps.index(step) + 1 :]
    return "left for the next step" if following and following[0].rule != run.rule else "left after the last step"


def still_to_decide(body: str) -> str:
    """Say that a body has not decided yet.

    >>> still_to_decide("Board"), still_to_decide("all partners")
    ('Board has still to decide', 'all partners have still to decide')
    """
    return f"{body} {'have' if body.endswith('s') else 'has'} still to decide"


def did_not_decide(body: str) -> str:
    """Say that a body let its time run out.

    >>> did_not_decide("Board"), did_not_decide("all partners")
    ('Board did not decide', 'the partners did not agree')
    """
    return "the partners did not agree" if body == ALL_PARTNERS else f"{body} did not decide"


def _failing_a_decision(step: StepResult) -> Iterator[str]:
    """Who would bear an undecided sum failing a decision."""
    if step.provisional:
        shares = ", ".join(f"{one.name or 'nobody'} {format_money_full(one.pence)}" for one in step.provisional)
        yield f"failing a decision: {shares}"
