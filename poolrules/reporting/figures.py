"""Finding the figures that somebody asks about: by name, by clause number, or by an amount as a statement prints it."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from poolrules.base.money import format_money_full
from poolrules.base.near import nearest
from poolrules.engine.settlement import PartnerResult, SchemeResult, To, Transfer
from poolrules.reporting.account import Account
from poolrules.reporting.lines import hanging
from poolrules.reporting.statement import transfer_words
from poolrules.reporting.steps import allocation_words
from poolrules.reporting.trail import figure_names, write_trail
from poolrules.ruleset.ruleset import FundRules

_PRINTED: Final = re.compile(r"[-−]?£?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.([0-9]{2}))?")


class Figure(Struct, frozen=True):
    """A sum that a statement prints: what it is, its pence, and the names whose trails show where it comes from."""

    what: str
    pence: int
    names: tuple[str, ...] = ()


def write_trails(account: Account, asked: str, width: int = 100) -> str | None:
    """Write the trails of all that is asked about, or nothing where no figure is called so.

    `asked` is a name that `figure_names` lists, a clause number such as `12.3(e)`, or an amount such as
    `110,030.02`; an amount that several figures have gives them all.
    """
    if asked in figure_names(account):
        return write_trail(account, asked, width)
    clause = asked.casefold().removeprefix("clause ").strip()
    by_clause = next((names for known, names in _names_by_clause(account).items() if known.casefold() == clause), None)
    if by_clause:
        return "\n".join(write_trail(account, name, width) for name in by_clause)
    pence = _pence(asked)
    found = list(dict.fromkeys(one for one in printed_figures(account) if abs(one.pence) == pence)) if pence else []
    if not found:
        return None
    lines = [f"{format_money_full(found[0].pence)} in the settlement of {account.settlement.year} is"]
    for one in found:
        lines += hanging("  - ", one.what, width)
    names = dict.fromkeys(name for one in found for name in one.names)
    return "\n".join(["\n".join(lines) + "\n", *(write_trail(account, name, width) for name in names)])


def figures_there_are(account: Account, asked: str) -> str:
    """Say what can be asked about: the nearest name to one that is not there, then every name and clause."""
    names = figure_names(account)
    near = nearest(asked, names)
    offer = f"did you mean `{near}`? " if near else ""
    return (
        f"{offer}Give an amount as the statement prints it; or a clause: {'; '.join(_names_by_clause(account))};"
        f" or a name: {', '.join(names)}"
    )


def _pence(asked: str) -> int | None:
    """The pence of an amount as a statement prints it, or nothing for other words."""
    found = _PRINTED.fullmatch(asked)
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0) if found else None


def _names_by_clause(account: Account) -> dict[str, list[str]]:
    """By clause number, in the order of the statement, the figures that its rules make."""
    found: dict[str, list[str]] = {}
    for rule, name in dict.fromkeys(_names_by_rule(account)):
        clause = account.rules.clauses.get(rule)
        if clause is not None and name not in found.setdefault(clause, []):
            found[clause].append(name)
    return found


def _names_by_rule(account: Account) -> Iterator[tuple[str, str]]:
    """Every rule that makes a figure, with the name of its trail."""
    for fund in account.funds:
        figures = account.figures(fund)
        if figures:
            yield from ((line.id, line.id) for line in figures.contributions)
            yield from ((budget.id, budget.scheme) for budget in figures.budgets)
    yield from ((line.rule, line.scheme) for line in account.settlement.schemes)
    for run, step in account.step_results():
        yield run.rule, run.rule
        yield step.rule, step.rule
        yield from ((one.cap, step.rule) for one in step.allocations if one.cap)
    yield from ((line.rule, line.reserve) for line in account.settlement.reserves)


# ---- what a statement prints -------------------------------------------------------------------------


def printed_figures(account: Account) -> Iterator[Figure]:
    """Every sum that a statement prints, in its order."""
    yield from (_transfer(account, one) for one in account.settlement.transfers)
    for _, one in account.open_sums():
        whose = f", left to {one.name}" if one.to is To.UNDECIDED else ""
        yield Figure(f"{one.to.value}{whose}", one.pence, (one.to.value,))
    for fund in account.funds:
        yield from _contributions(account, fund)
    for scheme in account.settlement.schemes:
        yield from _scheme(account, scheme)
    yield from _totals(account)
    yield from _steps(account)
    for result in account.settlement.partners:
        yield from _partner(result)
    for line in account.settlement.reserves:
        sums = (("opens with", line.opening), ("gives", line.drawn), ("is given", line.added), ("holds", line.closing))
        yield from (Figure(f"what the reserve {line.reserve} {verb}", pence, (line.reserve,)) for verb, pence in sums)
    for control in account.settlement.controls:
        yield Figure(f"a control total: {control.what}", control.left)


def _transfer(account: Account, one: Transfer) -> Figure:
    """What one partner pays another: the result of the one that is not the host, or what one fund owes another."""
    if account.between_hosts(one):
        return Figure(transfer_words(account, one), one.pence, one.rules)
    hosts = {fund.host for fund in account.rules.funds if fund.name == one.fund}
    partner = one.payee if one.payer in hosts else one.payer
    return Figure(transfer_words(account, one), one.pence, (partner,))


def _contributions(account: Account, fund: FundRules) -> Iterator[Figure]:
    """What partners put into a fund, and the totals."""
    lines = account.standing(fund)
    for line in lines:
        source = f", {line.source}" if line.source else ""
        yield Figure(f"a contribution of {line.partner} to {fund.name}{source}", abs(line.pence), (line.id,))
    for in_kind, words in ((False, "cash"), (True, "in kind")):
        own = [line for line in lines if line.in_kind is in_kind]
        names = tuple(line.id for line in own)
        yield Figure(f"all contributions to {fund.name}, {words}", sum(line.pence for line in own), names)


def _scheme(account: Account, line: SchemeResult) -> Iterator[Figure]:
    """A scheme's budget, spending and difference, and who bears that by its own terms."""
    name, clause = (line.scheme,), account.clause(line.rule)
    yield Figure(f"the budget of {line.scheme}", line.budget, name)
    if line.brought:
        yield Figure(f"what was carried forward for {line.scheme}", abs(line.brought), name)
    yield Figure(f"what {line.scheme} spent", line.spent, name)
    yield Figure(
        f"how far {line.scheme} is {'over' if line.variance > 0 else 'under'} budget", abs(line.variance), name
    )
    yield Figure(f"the underspend of {line.scheme} that met overspends", line.lent, name)
    for one in line.allocations:
        yield Figure(f"clause {clause}: the difference of {line.scheme}, by its own terms", one.pence, name)


def _totals(account: Account) -> Iterator[Figure]:
    """The last line of spending of each fund."""
    for fund in account.funds:
        own = [line for line in account.settlement.schemes if line.fund == fund.name]
        budget, spent = sum(line.budget for line in own), sum(line.spent for line in own)
        variance = sum(line.variance for line in own)
        names = tuple(line.scheme for line in own)
        yield Figure(f"the budgets of {fund.name} together", budget, names)
        yield Figure(f"the spending of {fund.name} together", spent, names)
        yield Figure(f"how far {fund.name} together is from its budgets", abs(variance), names)


def _steps(account: Account) -> Iterator[Figure]:
    """What each run deals with, and what its steps take, give and leave."""
    for run in account.settlement.runs:
        clause = account.clause(run.rule)
        yield Figure(f"clause {clause}: the {run.trigger.value} that it deals with", run.amount, (run.rule,))
        for step in run.steps:
            what, name = f"clause {account.clause(step.rule)}", (step.rule,)
            for one in step.allocations:
                yield Figure(f"{what}: {allocation_words(one, run.trigger)}", abs(one.pence), name)
                yield Figure(f"{what}: turned away from {one.name} by its cap", one.turned_away, name)
            for one in step.provisional:
                yield Figure(f"{what}: {one.name or 'nobody'}, failing a decision", one.pence, name)
            for one in step.meanwhile:
                yield Figure(f"{what}: {one.name}, until a decision", one.pence, name)
            yield Figure(f"{what}: the most that it could take", step.limit or 0, name)
            yield Figure(f"{what}: left after it", step.before - step.taken if step.taken else 0, name)


def _partner(result: PartnerResult) -> Iterator[Figure]:
    """What comes of the year for a partner."""
    whose = f"{result.partner} in {result.fund}"
    way = "pays" if result.net > 0 else "receives"
    for words, pence in (
        ("cash put in", result.cash),
        ("pays more", result.pays),
        ("gets back", result.receives),
        (f"{way} on balance", abs(result.net)),
        ("put off to later years", abs(result.deferred)),
        ("until a decision", abs(result.interim)),
        ("due by rules of earlier years", abs(result.due)),
        ("billed before in the year", abs(result.billed)),
        ("called for now", abs(result.call) if result.billed else 0),
    ):
        yield Figure(f"{whose}: {words}", pence, (result.partner,))
