"""Stage: cash that no budget uses, and budgets that no cash pays for, in the whole year."""

from poolrules.base.money import format_money
from poolrules.engine.charging import unallocated
from poolrules.engine.dues import repaid_by, repaid_to
from poolrules.engine.settlement import Allocation
from poolrules.engine.stages.variances import brought_to_fund
from poolrules.engine.working import Working
from poolrules.ruleset.ruleset import FundRules


def compare_contributions(working: Working) -> None:
    """Compare what each fund has for the year with the budgets that are paid from it and the loans it repays."""
    for fund in working.funds:
        spare = spare_of(working, fund)
        if spare:
            working.unbudgeted.append((fund.name, _difference(spare, fund.name)))


def spare_of(working: Working, fund: FundRules) -> int:
    """Cash, money brought forward for no scheme and loans repaid to a fund, less budgets and loans that it repays."""
    pooled = {scheme.name for scheme in fund.schemes if scheme.pooled}
    figures = working.figures[fund.name]
    budgets = sum(budget.pence for budget in figures.budgets if budget.scheme in pooled)
    cash = sum(pence for (name, _), pence in working.made.cash.items() if name == fund.name)
    loans = repaid_to(working.dues, fund.name) - repaid_by(working.dues, fund.name)
    return cash + brought_to_fund(working.brought, fund.name) + loans - budgets


def _difference(pence: int, fund: str) -> Allocation:
    """Say which way contributions and budgets differ."""
    shown = format_money(abs(pence))
    spare = f"{shown} of the cash contributions to `{fund}` is in no budget, and the agreement does not say whose it is"
    short = f"{shown} of the budgets of `{fund}` is paid for by no cash contribution"
    return unallocated(abs(pence), spare if pence > 0 else short)
