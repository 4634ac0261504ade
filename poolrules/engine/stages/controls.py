"""Stage: totals that must agree, found two ways. A settlement that does not add up is never returned."""

from collections.abc import Iterable, Iterator

from poolrules.engine.settlement import Allocation, Control, Run, To
from poolrules.engine.working import ReserveLine, SchemeLine, Working
from poolrules.ruleset.ruleset import FundRules, Trigger


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
    for run in working.runs:
        what = f"{run.trigger.value} of {', '.join(run.schemes)}, and what the steps of {run.rule} do with it"
        yield Control(what, run.amount, _handed_out(run))
    for fund in working.funds:
        yield Control(f"money into {fund.name}, and out of it or kept", _into(working, fund), _out_of(working, fund))
    for reserve in working.reserve_results:
        moved = reserve.opening - reserve.drawn + reserve.added
        yield Control(f"{reserve.reserve}: opening less drawn plus added, and closing", moved, reserve.closing)
    moved = sum(transfer.pence for transfer in working.transfers)
    yield Control("what partners and funds owe each other, and what moves", _owed(working), moved)


def _handed_out(run: Run) -> int:
    """Add up the allocations of a run, refusing a step that does not follow on from the one before."""
    left = run.amount
    for step in run.steps:
        follows_on = step.before == left and step.taken == _sum(step.allocations) <= left
        if not follows_on or any(allocation.pence < 0 for allocation in step.allocations):
            raise DoesNotAddUp(f"{step.rule} does not follow on: {left} was left")
        left -= step.taken
    return run.amount - left


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
        + _sum(_by_steps(working, fund, Trigger.OVERSPEND))
        + _sum(_outside_waterfalls(working, fund, over=True))
        + _sum(one for one in _used(working, fund) if _pooled(working, one) and not _at_home(working, fund, one))
        + max(0, -_spare(working, fund))
    )


def _out_of(working: Working, fund: FundRules) -> int:
    """All money out of a fund, and all that stays in it at the end of the year."""
    lent = sum(line.lent for line in _pooled_lines(working, fund))
    lent_at_home = _sum(one for one in _used(working, fund) if _pooled(working, one) and _at_home(working, fund, one))
    return (
        sum(line.spent for line in _pooled_lines(working, fund))
        + sum(result.receives for result in working.partners if result.fund == fund.name)
        + _sum(_by_steps(working, fund, Trigger.UNDERSPEND))
        + _sum(_outside_waterfalls(working, fund, over=False))
        + (lent - lent_at_home)
        + max(0, _spare(working, fund))
    )


def _pooled_lines(working: Working, fund: FundRules) -> list[SchemeLine]:
    """The schemes paid from a fund."""
    return [line for line in working.schemes.values() if line.fund.name == fund.name and line.rule.pooled]


def _by_steps(working: Working, fund: FundRules, trigger: Trigger) -> Iterator[Allocation]:
    """What the steps of a fund draw, keep or leave with nobody, beside partners' money and underspends."""
    for run in working.runs:
        if run.fund == fund.name and run.trigger is trigger:
            for step in run.steps:
                yield from (one for one in step.allocations if one.to not in (To.PARTNER, To.UNDERSPEND))


def _outside_waterfalls(working: Working, fund: FundRules, *, over: bool) -> Iterator[Allocation]:
    """What schemes leave in their fences or with nobody, outside any waterfall."""
    for line in _pooled_lines(working, fund):
        if (line.variance > 0) is over:
            yield from (one for one in line.allocations if one.to is not To.PARTNER)


def _used(working: Working, fund: FundRules) -> Iterator[Allocation]:
    """The underspends that the steps of a fund use."""
    for run in working.runs:
        if run.fund == fund.name:
            for step in run.steps:
                yield from (one for one in step.allocations if one.to is To.UNDERSPEND)


def _pooled(working: Working, used: Allocation) -> bool:
    """Whether an underspend that was used is a fund's money rather than its lead's own."""
    return working.schemes[used.name].rule.pooled


def _at_home(working: Working, fund: FundRules, used: Allocation) -> bool:
    """Whether an underspend that was used arose in the same fund."""
    return working.schemes[used.name].fund.name == fund.name


def _spare(working: Working, fund: FundRules) -> int:
    """Cash contributions less the budgets of the schemes paid from a fund."""
    cash = sum(result.cash for result in working.partners if result.fund == fund.name)
    return cash - sum(line.budget for line in _pooled_lines(working, fund))


def _owed(working: Working) -> int:
    """What partners owe their funds or are owed on balance, and what funds of different hosts owe each other."""
    owed = sum(abs(result.net) for result in working.partners)
    for fund in working.funds:
        for one in _used(working, fund):
            if _pooled(working, one) and working.schemes[one.name].fund.host != fund.host:
                owed += one.pence
        for trigger in Trigger:
            for one in _by_steps(working, fund, trigger):
                if one.to is To.RESERVE and working.reserves[one.name].fund.host != fund.host:
                    owed += one.pence
    return owed
