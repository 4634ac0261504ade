"""The budgets of a fund do not add up to the cash paid into it.

Cash that no budget uses belongs to nobody; a budget that no cash pays for is overspent on the
first day. Money in kind is not cash, and schemes that are aligned or only in view are not paid
from the fund. What waits for a condition is counted as if it held, and a year in which a contribution is still to be
set is left out. A penny a line is forgiven, since raising by a percentage rounds.

Authority: none; good practice.

    fund Pool "Westshire pooled fund"
        budget from 2026/27
            Equipment   £990,000

Make them meet:

    fund Pool "Westshire pooled fund"
        budget from 2026/27
            Equipment   £1,000,000
"""

from collections.abc import Iterator

from poolrules.base.money import format_money
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import Agreement
from poolrules.ruleset.build_up import expected
from poolrules.ruleset.ruleset import FundRules, YearFigures
from poolrules.source.finding import Label


@check("MON011", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the two in each year that has both; a difference that goes on is told once."""
    for fund in subject.rules.funds:
        told = 0
        for figures in fund.years:
            cash, budgets = _cash(fund, figures), _budgets(fund, figures)
            difference = cash - budgets
            forgiven = len(figures.contributions) + len(figures.budgets)
            if figures.unset or not figures.contributions or not figures.budgets or abs(difference) <= forgiven:
                continue
            if difference != told:
                yield _fault(subject.agreement, fund, figures.year, cash, budgets)
            told = difference


def _beside(fund: FundRules) -> set[str]:
    """The schemes that are not paid from a fund."""
    return {scheme.name for scheme in fund.schemes if not scheme.pooled}


def _cash(fund: FundRules, figures: YearFigures) -> int:
    """The cash that comes into a fund where every condition holds, in pence."""
    beside = _beside(fund)
    lines = [line for line in figures.contributions if not line.in_kind and expected(line)]
    return sum(line.pence for line in lines if line.scheme not in beside)


def _budgets(fund: FundRules, figures: YearFigures) -> int:
    """The budgets that are paid from a fund, in pence."""
    beside = _beside(fund)
    return sum(line.pence for line in figures.budgets if line.scheme not in beside)


def _fault(agreement: Agreement, rules: FundRules, year: str, cash: int, budgets: int) -> Fault:
    """Say by how much they differ, and which way."""
    fund = next(fund for fund in agreement.funds if fund.name.text == rules.name)
    apart, way = format_money(abs(cash - budgets)), "less" if budgets < cash else "more"
    blocks = [block for block in fund.contributions if str(block.year) <= year][-1:]
    budget_blocks = [block for block in fund.budgets if str(block.year) <= year][-1:]
    return Fault(
        f"the budgets of `{rules.name}` for {year} are {apart} {way} than the cash contributions",
        (
            *(Label(block.span, f"budgets of {format_money(budgets)}") for block in budget_blocks),
            *(Label(block.span, f"cash of {format_money(cash)}") for block in blocks),
        )
        or (Label(fund.span),),
        "correct one of them, or budget for what is left in a scheme of its own",
    )
