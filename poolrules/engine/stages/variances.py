"""Stage: spending by scheme, and how far it is from the budget."""

from collections import Counter

from poolrules.base.mode import Mode
from poolrules.engine.working import SchemeLine, Working


def find_variances(working: Working) -> None:
    """Add up the rows of each scheme and open its variance; one merely in view is shown and nothing is opened."""
    spent = Counter[str]()
    for row in working.facts.spending:
        spent[row.scheme] += row.pence
    for fund in working.funds:
        budgets = Counter[str]()
        for budget in working.figures[fund.name].budgets:
            budgets[budget.scheme] += budget.pence
        for rule in fund.schemes:
            if rule.name in spent:
                line = SchemeLine(fund, rule, budgets[rule.name], spent[rule.name])
                line.open = 0 if rule.mode is Mode.IN_VIEW else abs(line.variance)
                working.schemes[rule.name] = line
