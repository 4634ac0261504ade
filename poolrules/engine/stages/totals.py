"""Stage: each partner's year in each fund, each reserve's year, and the money that moves.

Everything here is read off the trace (the runs, the scheme lines and what falls due), so that every total has its
trail.
"""

from collections.abc import Iterable, Iterator

from poolrules.engine.settlement import PartnerResult, ReserveResult, To, Transfer
from poolrules.engine.stages.entries import Entry, Kind, entries_of, flows_of
from poolrules.engine.working import Working
from poolrules.ruleset.ruleset import FundRules, Trigger


def add_up(working: Working) -> None:
    """Write the results of partners and reserves, and the transfers that settle them."""
    entries = entries_of(working)
    provisional = _with_open_sums(working)
    for fund in working.funds:
        own = [entry for entry in entries if entry.fund == fund.name]
        billed = _billed_to(working, fund)
        extra = sorted({*(entry.partner for entry in own), *billed} - set(fund.partners))
        for partner in (*fund.partners, *extra):
            mine = [entry for entry in own if entry.partner == partner]
            result = _partner(working, fund, partner, mine, billed.get(partner, 0), fund.name in provisional)
            working.partners.append(result)
            if result.call:
                working.transfers.append(_transfer(fund, result, mine))
    working.transfers.extend(_between_hosts(working))
    working.reserve_results.extend(_reserves(working))


def _billed_to(working: Working, fund: FundRules) -> dict[str, int]:
    """What earlier statements for the year have asked each partner to pay into a fund, or given back (negative)."""
    billed: dict[str, int] = {}
    for one in working.facts.billed:
        if one.fund == fund.name and one.to_fund is None:
            billed[one.partner] = billed.get(one.partner, 0) + one.pence
    return billed


def _with_open_sums(working: Working) -> set[str]:
    """The funds with a sum that is undecided, unallocated or only indicative, which may still change their figures."""
    loose = (To.UNDECIDED, To.UNALLOCATED)
    in_runs = {run.fund for run in working.runs for step in run.steps for item in step.allocations if item.to in loose}
    in_schemes = {line.fund.name for line in working.schemes.values() for item in line.allocations if item.to in loose}
    indicative = {name for name, rules in working.made.standing.items() if any(rule.indicative for rule in rules)}
    return in_runs | in_schemes | indicative | {fund for fund, _ in working.unbudgeted}


def _partner(
    working: Working, fund: FundRules, partner: str, entries: list[Entry], billed: int, provisional: bool
) -> PartnerResult:
    """Add up one partner's year in one fund."""
    made = [rule for rule in working.made.standing[fund.name] if rule.partner == partner]
    borne = [entry.pence for entry in entries if entry.kind is Kind.BORNE]
    deferred = -_of_kind(entries, Kind.DEFERRED)
    net = sum(entry.pence for entry in entries)
    return PartnerResult(
        fund=fund.name,
        partner=partner,
        cash=working.part_year(working.cash_of(fund.name, partner)),
        in_kind=sum(rule.pence for rule in made if rule.in_kind),
        pays=sum(pence for pence in borne if pence > 0),
        receives=-sum(pence for pence in borne if pence < 0),
        net=net,
        provisional=provisional,
        rules=tuple(dict.fromkeys([*(rule.id for rule in made), *_rules(entries)])),
        deferred=deferred,
        interim=_of_kind(entries, Kind.INTERIM),
        due=_of_kind(entries, Kind.DUE),
        retained=-_of_kind(entries, Kind.RETAINED),
        billed=billed,
        call=net - billed,
    )


def _of_kind(entries: Iterable[Entry], kind: Kind) -> int:
    """Add up the entries of one kind."""
    return sum(entry.pence for entry in entries if entry.kind is kind)


def _rules(entries: list[Entry]) -> tuple[str, ...]:
    """The rules of some entries that moved money, each once."""
    return tuple(dict.fromkeys(entry.rule for entry in entries if entry.pence))


def _transfer(fund: FundRules, result: PartnerResult, entries: list[Entry]) -> Transfer:
    """Pay what a partner is asked for to the host or from it; where the partner is the host nothing moves."""
    payer, payee = (result.partner, fund.host) if result.call > 0 else (fund.host, result.partner)
    own = result.partner == fund.host
    return Transfer(fund.name, payer, payee, abs(result.call), _rules(entries), own, bool(result.interim))


def owed_between_hosts(working: Working) -> dict[tuple[str, str], int]:
    """What each fund owes another of a different host for the year so far, by the names of the two."""
    owed: dict[tuple[str, str], int] = {}
    for flow in flows_of(working):
        if flow.owing.host != flow.owed.host:
            key = flow.owing.name, flow.owed.name
            owed[key] = owed.get(key, 0) + flow.pence
    return owed


def _between_hosts(working: Working) -> Iterator[Transfer]:
    """One transfer for each pair of funds of different hosts where one still owes the other."""
    owed, hosts = owed_between_hosts(working), {fund.name: fund.host for fund in working.funds}
    billed = {(one.fund, one.to_fund): one.pence for one in working.facts.billed if one.to_fund is not None}
    for owing, to in dict.fromkeys((*owed, *billed)):
        pence = owed.get((owing, to), 0) - billed.get((owing, to), 0)
        rules = tuple(
            dict.fromkeys(flow.rule for flow in flows_of(working) if (flow.owing.name, flow.owed.name) == (owing, to))
        )
        payer, payee = (hosts[owing], hosts[to]) if pence > 0 else (hosts[to], hosts[owing])
        if pence:
            yield Transfer(to, payer, payee, abs(pence), rules)


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
            added=moved[Trigger.UNDERSPEND] + moved[Trigger.GAIN],
            closing=line.holding,
        )
