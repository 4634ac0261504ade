"""Stage: cash that no budget uses, and budgets that no cash pays for."""

from poolrules.base.money import format_money
from poolrules.engine.charging import unallocated
from poolrules.engine.settlement import Allocation
from poolrules.engine.working import Working


def compare_contributions(working: Working) -> None:
    """Compare each fund's cash contributions with the budgets that are paid from it."""
    for fund in working.funds:
        figures = working.figures[fund.name]
        pooled = {scheme.name for scheme in fund.schemes if scheme.pooled}
        budgets = sum(budget.pence for budget in figures.budgets if budget.scheme in pooled)
        partners = {rule.partner for rule in figures.contributions}
        cash = sum(working.cash_of(fund.name, partner) for partner in partners)
        if cash != budgets:
            working.unbudgeted.append((fund.name, _difference(cash - budgets, fund.name)))


def _difference(pence: int, fund: str) -> Allocation:
    """Say which way contributions and budgets differ."""
    shown = format_money(abs(pence))
    spare = f"{shown} of the cash contributions to `{fund}` is in no budget, and the agreement does not say whose it is"
    short = f"{shown} of the budgets of `{fund}` is paid for by no cash contribution"
    return unallocated(abs(pence), spare if pence > 0 else short)
