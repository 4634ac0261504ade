"""Contributions or a budget are given for a year outside the term.

Such figures are never used. Most often the term was extended in one place and not in the other.

Authority: none; good practice.

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
        contributions 2028/29
            ICB         £650,000
            Council     £430,000

Give figures for years of the term, or extend it:

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import BudgetYear, ContributionYear, PaymentYear
from poolrules.source.finding import Label


@check("MON015", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the year of each block with the years of the term; figures that go on may start before it."""
    agreement = subject.agreement
    if agreement.term is None:
        return
    years = agreement.years
    for fund in agreement.funds:
        blocks: tuple[ContributionYear | BudgetYear | PaymentYear, ...]
        blocks = (*fund.contributions, *fund.budgets, *fund.payments)
        for block in blocks:
            outside = next((year for year in (block.year, block.last) if year not in years), None)
            if outside and not (block.onwards and block.year < years[0]):
                yield Fault(
                    f"`{fund.name}` has figures for {outside}, a year outside the term",
                    (Label(block.span, "never used"), Label(agreement.term.span, "the term")),
                    "take them out, or change the term",
                )
