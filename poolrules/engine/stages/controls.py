"""Stage: totals that must agree, found two ways. A settlement that does not add up is never returned."""

from collections.abc import Iterable, Iterator

from poolrules.engine.dues import later_of, owed_to_funds, repaid_by, repaid_to
from poolrules.engine.settlement import Allocation, Control, Position, Run, To
from poolrules.engine.stages.entries import flows_of
from poolrules.engine.stages.variances import brought_to_fund
from poolrules.engine.takers import in_effect
from poolrules.engine.working import ReserveLine, SchemeLine, Working
from poolrules.ruleset.ruleset import ByPartners, FundRules, OfSpending, Trigger


class DoesNotAddUp(Exception):
    """Our own fault, never the user's: a settlement failed one of its control totals."""


def prove(working: Working) -> None:
    """Write the control totals. Raises `DoesNotAddUp` where two of them differ or a reserve left its bounds."""
    working.controls.extend(_controls(working))
    faults = [f"{one.what}: {one.left} is not {one.right}" for one in working.controls if one.left != one.right]
    faults += [f"{line.rule.name} left its bounds" for line in working.reserves.values() if _out_of_bounds(line)]
    if faults:
        raise DoesNotAddUp("; ".join(faults))


def _controls(working: Working) -> Iterator[Control]:
    """Every pair of totals, in the order in which a reader would check them."""
    read = sum(row.pence for row in working.facts.spending)
    yield Control("spending read, and spending settled", read, sum(line.spent for line in working.schemes.values()))
    may_be_negative = _of_total_spending(working)
    for run in working.runs:
        of = f" of {', '.join(run.schemes)}" if run.schemes else ""
        what = f"{run.trigger.value}{of}, and what the steps of {run.rule} do with it"
        yield Control(what, run.amount, _handed_out(run, may_be_negative))
    for fund in working.funds:
        yield Control(f"money into {fund.name}, and out of it or kept", _into(working, fund), _out_of(working, fund))
    for reserve in working.reserve_results:
        moved = reserve.opening - reserve.drawn + reserve.added
        yield Control(f"{reserve.reserve}: opening less drawn plus added, and closing", moved, reserve.closing)
    moved = sum(transfer.pence for transfer in working.transfers)
    yield Control("what partners and funds owe each other, and what moves", _owed(working), moved)
    if _before(working).dues or working.closing.dues:
        what = "dues opened with and made, and dues settled and closed with"
        yield Control(what, _dues_made(working), _dues_met(working))
    what = "money opened with and come in, and money gone out and closed with"
    yield Control(what, _came(working), _went(working))


def _handed_out(run: Run, may_be_negative: set[str]) -> int:
    """Add up the allocations of a run, refusing a step that does not follow on from the one before.

    Only partners' parts of total spending may be negative, each set against a greater one.
    """
    left = run.amount
    for step in run.steps:
        follows_on = step.before == left and step.taken == _sum(step.allocations) <= left
        below = any(one.pence < 0 for one in step.allocations)
        if not follows_on or (below and step.rule not in may_be_negative):
            raise DoesNotAddUp(f"{step.rule} does not follow on: {left} was left")
        left -= step.taken
    return run.amount - left


def _of_total_spending(working: Working) -> set[str]:
    """The steps that share total spending, as written or as decided."""
    steps = [step for fund in working.funds for waterfall in fund.waterfalls for step in waterfall.steps]
    takers = {step.id: in_effect(working, step.taker) for step in steps}
    return {
        rule
        for rule, taker in takers.items()
        if isinstance(taker, ByPartners) and isinstance(taker.sharing, OfSpending)
    }


def _out_of_bounds(line: ReserveLine) -> bool:
    """Whether a reserve was drawn below its floor or filled above its ceiling; it may have opened outside them."""
    floor, ceiling = line.rule.floor, line.rule.ceiling
    too_low = line.holding < min(floor, line.opening)
    return too_low or (ceiling is not None and line.holding > max(ceiling, line.opening))


def _sum(allocations: Iterable[Allocation]) -> int:
    """Add up some allocations."""
    return sum(allocation.pence for allocation in allocations)


def _into(working: Working, fund: FundRules) -> int:
    """All money into a fund; what nobody has been given to pay counts too, since the host is out of pocket by it."""
    partners = [result for result in working.partners if result.fund == fund.name]
    return (
        sum(result.cash + result.pays for result in partners)
        + sum(one.pence for one in working.brought if one.fund == fund.name)
        + sum(run.amount for run in working.runs if run.fund == fund.name and run.trigger is Trigger.GAIN)
        + _sum(_by_steps(working, fund, over=True))
        + _sum(_outside_waterfalls(working, fund, over=True))
        + sum(flow.pence for flow in flows_of(working) if flow.owed.name == fund.name and not flow.kept)
        + repaid_to(working.dues, fund.name)
        + max(0, -_spare(working, fund))
    )


def _out_of(working: Working, fund: FundRules) -> int:
    """All money out of a fund, and all that stays in it at the end of the year."""
    return (
        sum(line.spent for line in _pooled_lines(working, fund))
        + sum(result.receives for result in working.partners if result.fund == fund.name)
        + _sum(_by_steps(working, fund, over=False))
        + _sum(_outside_waterfalls(working, fund, over=False))
        + sum(flow.pence for flow in flows_of(working) if flow.owing.name == fund.name and not flow.kept)
        + (sum(line.lent for line in _pooled_lines(working, fund)) - _sum(_lent_by(working, fund)))
        + repaid_by(working.dues, fund.name)
        + sum(one.pence for one in working.kept_on if one.fund == fund.name)
        + max(0, _spare(working, fund))
    )


def _pooled_lines(working: Working, fund: FundRules) -> list[SchemeLine]:
    """The schemes paid from a fund."""
    return [line for line in working.schemes.values() if line.fund.name == fund.name and line.rule.pooled]


def _lent_by(working: Working, fund: FundRules) -> Iterator[Allocation]:
    """The underspends of the schemes paid from a fund that steps of any fund use."""
    names = {line.rule.name for line in _pooled_lines(working, fund)}
    for run in working.runs:
        for step in run.steps:
            yield from (one for one in step.allocations if one.to is To.UNDERSPEND and one.name in names)


def _by_steps(working: Working, fund: FundRules, *, over: bool) -> Iterator[Allocation]:
    """What the steps of a fund draw, keep or leave with nobody, beside partners' money and underspends."""
    for run in working.runs:
        if run.fund == fund.name and (run.trigger is Trigger.OVERSPEND) is over:
            for step in run.steps:
                yield from (one for one in step.allocations if one.to not in (To.PARTNER, To.UNDERSPEND))


def _outside_waterfalls(working: Working, fund: FundRules, *, over: bool) -> Iterator[Allocation]:
    """What schemes leave in their fences or with nobody, outside any waterfall."""
    for line in _pooled_lines(working, fund):
        if (line.variance > 0) is over:
            yield from (one for one in line.allocations if one.to is not To.PARTNER)


def _spare(working: Working, fund: FundRules) -> int:
    """What a fund has for the part of the year settled, less the budgets paid from it and the loans it repays."""
    cash = sum(result.cash for result in working.partners if result.fund == fund.name)
    loans = repaid_to(working.dues, fund.name) - repaid_by(working.dues, fund.name)
    budgets = sum(line.budget for line in _pooled_lines(working, fund))
    return cash + brought_to_fund(working.brought, fund.name) + loans - budgets


def _owed(working: Working) -> int:
    """What partners owe their funds or are owed on balance, and what funds of different hosts owe each other."""
    billed = {(one.fund, one.to_fund): one.pence for one in working.facts.billed if one.to_fund is not None}
    pairs: dict[tuple[str, str | None], int] = {pair: -pence for pair, pence in billed.items()}
    for flow in flows_of(working):
        if flow.owing.host != flow.owed.host:
            pair = flow.owing.name, flow.owed.name
            pairs[pair] = pairs.get(pair, 0) + flow.pence
    return sum(abs(result.call) for result in working.partners) + sum(map(abs, pairs.values()))


def _dues_made(working: Working) -> int:
    """The dues that the year opened with, and what its steps leave for later years."""
    laters = later_of(working.ruleset)
    made = 0
    for run in working.runs:
        for step in run.steps:
            later = laters.get(step.rule)
            for one in step.allocations:
                if later and one.to is To.PARTNER and not (later.pay_now and later.by == one.name):
                    made += abs(one.pence)
    return made + sum(due.pence for due in _before(working).dues)


def _dues_met(working: Working) -> int:
    """The dues settled in the year, and those it closes with."""
    return sum(due.pence for due in (*working.dues, *working.closing.dues))


def _came(working: Working) -> int:
    """What is in hand when the year opens, and what comes in; an overspend that nobody bears is the host's outlay."""
    opened = {**dict(_before(working).reserves), **{name: line.opening for name, line in working.reserves.items()}}
    return (
        _in_hand(opened, _before(working))
        + sum(one.cash + one.net - one.interim + one.retained for one in working.partners)
        + sum(run.amount for run in working.runs if run.trigger is Trigger.GAIN)
        + sum(_sum(_for_good(working, fund, over=True)) + max(0, -_spare(working, fund)) for fund in working.funds)
    )


def _went(working: Working) -> int:
    """What goes out, what is left of an underspend with nobody, and what is in hand when the year closes."""
    return (
        sum(line.spent for fund in working.funds for line in _pooled_lines(working, fund))
        + sum(_sum(_for_good(working, fund, over=False)) + max(0, _spare(working, fund)) for fund in working.funds)
        + _in_hand(dict(working.closing.reserves), working.closing)
    )


def _for_good(working: Working, fund: FundRules, *, over: bool) -> Iterator[Allocation]:
    """What comes from or goes to somebody who is no partner, or to nobody: everything that is not kept in the funds."""
    kept = (To.RESERVE, To.CARRIED, To.RING_FENCE)
    for one in (*_by_steps(working, fund, over=over), *_outside_waterfalls(working, fund, over=over)):
        if one.to not in kept:
            yield one


def _in_hand(reserves: dict[str, int], position: Position) -> int:
    """The money behind a position: reserves and what is carried forward, less what partners still owe for them."""
    carried = sum(one.pence for one in position.carried)
    return sum(reserves.values()) + carried - owed_to_funds(position.dues)


def _before(working: Working) -> Position:
    """What the year before closed with; nothing where there is none."""
    return working.facts.position or Position("", "", "")
