"""Stage: spending by scheme, and how far it is from the budget and what was brought forward."""

from collections import Counter

from msgspec.structs import replace

from poolrules.base.mode import Mode
from poolrules.base.pennies import share_out
from poolrules.engine.settlement import Carried
from poolrules.engine.working import ONE_OFF, SchemeLine, Working


def find_variances(working: Working) -> None:
    """Add up the rows of each scheme and open its variance; one merely in view is shown and nothing is opened."""
    spent, marks = Counter[str](), dict[str, Counter[str]]()
    for row in working.facts.spending:
        spent[row.scheme] += row.pence
        for mark in row.marks:
            marks.setdefault(row.scheme, Counter())[mark] += row.pence
    for fund in working.funds:
        budgets = Counter[str]()
        for budget in working.figures[fund.name].budgets:
            budgets[budget.scheme] += budget.pence
        for rule in fund.schemes:
            if rule.name in spent:
                whole, marked = budgets[rule.name], dict(marks.get(rule.name, {}))
                line = SchemeLine(fund, rule, working.part_year(whole), spent[rule.name], whole=whole, marks=marked)
                working.schemes[rule.name] = line
    _bring_forward(working)
    for line in working.schemes.values():
        line.open = 0 if line.rule.mode is Mode.IN_VIEW else abs(line.variance)


def _bring_forward(working: Working) -> None:
    """Bring forward what earlier years carried for schemes; what only one-off spending may use waits for such rows.

    What was carried for one-off spending in any scheme goes to those with such rows, in proportion to them.
    """
    rooms = {name: max(0, line.marks.get(ONE_OFF, 0)) for name, line in working.schemes.items() if line.rule.pooled}
    for carried in sorted(working.brought, key=lambda one: one.scheme is None):
        if not carried.one_off_only:
            if carried.scheme is not None:
                working.schemes[carried.scheme].brought += carried.pence
            continue
        names = [name for name in sorted(rooms) if rooms[name] and _may_use(working, carried, name)]
        able = min(carried.pence, sum(rooms[name] for name in names))
        parts = share_out(able, [rooms[name] for name in names], range(len(names))) if able else ()
        for name, part in zip(names, parts, strict=False):
            working.schemes[name].brought += part
            rooms[name] -= part
        if able < carried.pence:
            working.kept_on.append(replace(carried, pence=carried.pence - able))


def _may_use(working: Working, carried: Carried, scheme: str) -> bool:
    """Whether a scheme may use what was carried: its own, or that of its fund where it is for no one scheme."""
    own = carried.scheme is None and working.schemes[scheme].fund.name == carried.fund
    return own or carried.scheme == scheme


def brought_to_fund(brought: list[Carried], fund: str) -> int:
    """What earlier years carried forward for a fund and none of its schemes."""
    return sum(one.pence for one in brought if one.fund == fund and one.scheme is None and not one.one_off_only)
