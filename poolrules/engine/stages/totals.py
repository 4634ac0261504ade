"""Stage: each partner's year in each fund, each reserve's year, and the money that moves.

Everything here is read off the trace (the runs and the scheme lines), so that every total has its trail.
"""

from collections.abc import Iterator

from msgspec import Struct

from poolrules.base.mode import Mode
from poolrules.engine.settlement import PartnerResult, ReserveResult, To, Transfer
from poolrules.engine.working import Working
from poolrules.ruleset.ruleset import FundRules, Trigger


class _Entry(Struct, frozen=True):
    """What one rule makes a partner pay into a fund (positive) or gives it back (negative)."""

    fund: str
    partner: str
    pence: int
    rule: str


class _Flow(Struct, frozen=True):
    """Money that one fund owes another because a step of one used the underspend or the reserve of the other."""

    owing: FundRules
    owed: FundRules
    pence: int
    rule: str


def add_up(working: Working) -> None:
    """Write the results of partners and reserves, and the transfers that settle them."""
    entries = [*_from_schemes(working), *_from_runs(working)]
    open_funds = _with_open_sums(working)
    for fund in working.funds:
        own = [entry for entry in entries if entry.fund == fund.name]
        extra = sorted({entry.partner for entry in own} - set(fund.partners))
        for partner in (*fund.partners, *extra):
            mine = [entry for entry in own if entry.partner == partner]
            result = _partner(working, fund, partner, mine, fund.name in open_funds)
            working.partners.append(result)
            if result.net:
                working.transfers.append(_transfer(fund, result, mine))
    working.transfers.extend(_between_hosts(working))
    working.reserve_results.extend(_reserves(working))


def _from_schemes(working: Working) -> Iterator[_Entry]:
    """What bearers pay for or get back from their own schemes; nothing moves for schemes that are not pooled."""
    for line in working.schemes.values():
        for allocation in line.allocations:
            if allocation.to is To.PARTNER and line.rule.pooled:
                sign = 1 if line.variance > 0 else -1
                yield _Entry(line.fund.name, allocation.name, sign * allocation.pence, line.rule.id)


def _from_runs(working: Working) -> Iterator[_Entry]:
    """What waterfalls make partners pay or give back; the lead of an aligned scheme pays in what a step uses of it."""
    for run in working.runs:
        sign = 1 if run.trigger is Trigger.OVERSPEND else -1
        for step in run.steps:
            for allocation in step.allocations:
                if allocation.to is To.PARTNER:
                    yield _Entry(run.fund, allocation.name, sign * allocation.pence, step.rule)
                elif allocation.to is To.UNDERSPEND:
                    rule = working.schemes[allocation.name].rule
                    if rule.mode is Mode.ALIGNED and rule.bearer is not None:
                        yield _Entry(run.fund, rule.bearer, allocation.pence, step.rule)


def _with_open_sums(working: Working) -> set[str]:
    """The funds with a sum that is undecided or unallocated, which may still change their figures."""
    loose = (To.UNDECIDED, To.UNALLOCATED)
    in_runs = {run.fund for run in working.runs for step in run.steps for item in step.allocations if item.to in loose}
    in_schemes = {line.fund.name for line in working.schemes.values() for item in line.allocations if item.to in loose}
    return in_runs | in_schemes | {fund for fund, _ in working.unbudgeted}


def _partner(
    working: Working, fund: FundRules, partner: str, entries: list[_Entry], provisional: bool
) -> PartnerResult:
    """Add up one partner's year in one fund."""
    made = [rule for rule in working.figures[fund.name].contributions if rule.partner == partner]
    pays = sum(entry.pence for entry in entries if entry.pence > 0)
    receives = -sum(entry.pence for entry in entries if entry.pence < 0)
    return PartnerResult(
        fund=fund.name,
        partner=partner,
        cash=working.cash_of(fund.name, partner),
        in_kind=sum(rule.pence for rule in made if rule.in_kind),
        pays=pays,
        receives=receives,
        net=pays - receives,
        provisional=provisional,
        rules=tuple(dict.fromkeys([*(rule.id for rule in made), *_rules(entries)])),
    )


def _rules(entries: list[_Entry]) -> tuple[str, ...]:
    """The rules of some entries that moved money, each once."""
    return tuple(dict.fromkeys(entry.rule for entry in entries if entry.pence))


def _transfer(fund: FundRules, result: PartnerResult, entries: list[_Entry]) -> Transfer:
    """Pay a partner's net to the host or from it; where the partner is the host nothing moves."""
    payer, payee = (result.partner, fund.host) if result.net > 0 else (fund.host, result.partner)
    return Transfer(fund.name, payer, payee, abs(result.net), _rules(entries), result.partner == fund.host)


def _flows(working: Working) -> Iterator[_Flow]:
    """What funds owe each other."""
    for run in working.runs:
        home = next(fund for fund in working.funds if fund.name == run.fund)
        for step in run.steps:
            for item in step.allocations:
                if item.to is To.UNDERSPEND and working.schemes[item.name].rule.pooled:
                    yield _Flow(working.schemes[item.name].fund, home, item.pence, step.rule)
                elif item.to is To.RESERVE:
                    other = working.reserves[item.name].fund
                    drawn = run.trigger is Trigger.OVERSPEND
                    yield (
                        _Flow(other, home, item.pence, step.rule)
                        if drawn
                        else _Flow(home, other, item.pence, step.rule)
                    )


def _between_hosts(working: Working) -> Iterator[Transfer]:
    """One transfer for each pair of funds of different hosts where one owes the other."""
    owed: dict[tuple[str, str], list[_Flow]] = {}
    for flow in _flows(working):
        if flow.owing.host != flow.owed.host:
            owed.setdefault((flow.owing.name, flow.owed.name), []).append(flow)
    for flows in owed.values():
        first, rules = flows[0], tuple(dict.fromkeys(flow.rule for flow in flows))
        pence = sum(flow.pence for flow in flows)
        yield Transfer(first.owed.name, first.owing.host, first.owed.host, pence, rules)


def _reserves(working: Working) -> Iterator[ReserveResult]:
    """Each reserve's year: drawn and added are read off the runs, the closing balance from what it holds."""
    for line in working.reserves.values():
        moved = dict.fromkeys(Trigger, 0)
        for run in working.runs:
            for step in run.steps:
                moved[run.trigger] += sum(
                    item.pence for item in step.allocations if item.to is To.RESERVE and item.name == line.rule.name
                )
        yield ReserveResult(
            rule=line.rule.id,
            fund=line.fund.name,
            reserve=line.rule.name,
            opening=line.opening,
            drawn=moved[Trigger.OVERSPEND],
            added=moved[Trigger.UNDERSPEND],
            closing=line.holding,
        )
