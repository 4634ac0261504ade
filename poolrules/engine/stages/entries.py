"""What every rule makes partners pay or gives them back, and what funds owe each other, read off the trace."""

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from poolrules.base.mode import Mode
from poolrules.engine.dues import later_of
from poolrules.engine.settlement import Allocation, Run, StepResult, To
from poolrules.engine.working import Working
from poolrules.ruleset.ruleset import FundRules, Retained, Trigger


class Kind(Enum):
    """Why a sum stands against a partner."""

    BORNE = "borne or returned this year"
    DEFERRED = "of it, paid or returned in later years"
    INTERIM = "paid or held until a decision"
    DUE = "due this year by a rule of an earlier one"
    RETAINED = "paid or kept with its own money, since nobody pays into the pool"


class Entry(Struct, frozen=True):
    """What one rule makes a partner pay into a fund (positive) or gives it back (negative)."""

    fund: str
    partner: str
    pence: int
    rule: str
    kind: Kind = Kind.BORNE


class Flow(Struct, frozen=True):
    """Money that one fund owes another, since it was used, kept or met by a rule of the other.

    `kept` marks what goes into or comes from a reserve, or is carried forward.
    """

    owing: FundRules
    owed: FundRules
    pence: int
    rule: str
    kept: bool = False


def entries_of(working: Working) -> list[Entry]:
    """Every entry of a year: from schemes, from runs, and from dues of earlier years."""
    return [*_from_schemes(working), *_from_runs(working), *_from_dues(working)]


def _from_schemes(working: Working) -> Iterator[Entry]:
    """What bearers pay for or get back from their own schemes.

    Nothing moves for schemes that are not pooled, nor in a notional pool, where each spends what it has retained.
    """
    for line in working.schemes.values():
        for allocation in line.allocations:
            if allocation.to is To.PARTNER and line.rule.pooled:
                sign = 1 if line.variance > 0 else -1
                pence, rule = sign * allocation.pence, line.rule.id
                yield Entry(line.fund.name, allocation.name, pence, rule)
                if isinstance(line.fund.paid, Retained):
                    yield Entry(line.fund.name, allocation.name, -pence, rule, Kind.RETAINED)


def _from_runs(working: Working) -> Iterator[Entry]:
    """What waterfalls make partners pay, give back, put off or lay out."""
    laters = later_of(working.ruleset)
    for run in working.runs:
        sign = 1 if run.trigger is Trigger.OVERSPEND else -1
        for step in run.steps:
            later = laters.get(step.rule)
            for one in step.allocations:
                yield from _of_step(working, run, step, one)
                if one.to is To.PARTNER and later and not later.pay_now:
                    yield Entry(run.fund, one.name, -sign * one.pence, step.rule, Kind.DEFERRED)
            for one in step.meanwhile:
                yield Entry(run.fund, one.name, sign * one.pence, step.rule, Kind.INTERIM)


def _of_step(working: Working, run: Run, step: StepResult, one: Allocation) -> Iterator[Entry]:
    """What one allocation moves; the lead of an aligned scheme pays in what a step uses of it."""
    if one.to is To.PARTNER:
        yield Entry(run.fund, one.name, one.pence if run.trigger is Trigger.OVERSPEND else -one.pence, step.rule)
    elif one.to is To.UNDERSPEND:
        rule = working.schemes[one.name].rule
        if rule.mode is Mode.ALIGNED and rule.bearer is not None:
            yield Entry(run.fund, rule.bearer, one.pence, step.rule)


def _from_dues(working: Working) -> Iterator[Entry]:
    """Both sides of what falls due; a fund has no entry of its own."""
    for due in working.dues:
        if due.payer is not None:
            yield Entry(due.fund, due.payer, due.pence, due.rule, Kind.DUE)
        if due.payee is not None:
            yield Entry(due.fund, due.payee, -due.pence, due.rule, Kind.DUE)


def flows_of(working: Working) -> Iterator[Flow]:
    """What funds owe each other: for underspends used, reserves, money carried, and schemes shared by another fund."""
    funds = {fund.name: fund for fund in working.funds}
    homes = {rule.name: fund for fund in working.funds for rule in fund.schemes}
    for run in working.runs:
        home, over = funds[run.fund], run.trigger is Trigger.OVERSPEND
        flows = [Flow(home, homes[name], pence, run.rule) for name, pence in zip(run.schemes, run.amounts, strict=True)]
        for step in run.steps:
            for one in step.allocations:
                if one.to is To.UNDERSPEND and working.schemes[one.name].rule.pooled:
                    flows.append(Flow(working.schemes[one.name].fund, home, one.pence, step.rule))
                elif one.to is To.RESERVE:
                    flows.append(Flow(working.reserves[one.name].fund, home, one.pence, step.rule, kept=True))
                elif one.to is To.CARRIED and one.name != home.name:
                    flows.append(Flow(homes.get(one.name, home), home, one.pence, step.rule, kept=True))
        for flow in flows:
            if flow.owing.name != flow.owed.name and flow.pence:
                yield flow if over else Flow(flow.owed, flow.owing, flow.pence, flow.rule, flow.kept)
