"""A year of the term has no contributions, or no budget.

A year without figures cannot be settled: there is nothing to compare spending with, and nobody
has promised to pay. Figures "from" a year go on until others replace them.

Authority: SI 2000/617 reg 7(3)(b) for contributions; the budget is good practice.

    fund Pool "Westshire pooled fund"
        contributions 2026/27
            ICB         £600,000
            Council     £400,000

Give figures for each year, or a rule that makes them:

    fund Pool "Westshire pooled fund"
        contributions 2026/27
            ICB         £600,000
            Council     £400,000
        contributions 2027/28
            ICB, Council last year's lines
"""

from collections.abc import Iterator

from poolrules.base.dates import FinancialYear
from poolrules.checks.bases import NHS_AND_COUNCIL, rests_on
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import Agreement, Fund
from poolrules.ruleset.money_by_year import in_force, years_with_figures
from poolrules.source.finding import Label


@check("MON003", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for figures in each year of each fund."""
    agreement = subject.agreement
    for fund in agreement.funds:
        missing: dict[tuple[str, ...], list[str]] = {}
        for what in _wanted(agreement, fund):
            bare = tuple(str(year) for year in years_with_figures(agreement, fund) if not _has(fund, what, year))
            if bare or not (fund.contributions if what == "contributions" else fund.budgets):
                missing.setdefault(bare, []).append(what)
        for years, words in missing.items():
            when = f" for {_listed(years)}" if years else ""
            yield Fault(
                f"`{fund.name}` has no {' and no '.join(words)}{when}",
                (Label(fund.span, "figures are missing"),),
                "give figures for each year, or go on from the year before:"
                " `contributions from 2027/28`, then `ICB, Council last year's`",
            )


def _has(fund: Fund, what: str, year: FinancialYear) -> bool:
    """Whether a fund has contributions, or a budget, for a year."""
    found = in_force(fund.contributions, year) if what == "contributions" else in_force(fund.budgets, year)
    return found is not None


def _wanted(agreement: Agreement, fund: Fund) -> Iterator[str]:
    """What a fund must give for every year; where it has no contributions at all, another check may say so."""
    if fund.contributions or not rests_on(agreement, *NHS_AND_COUNCIL):
        yield "contributions"
    if any(scheme.pooled for scheme in fund.schemes):
        yield "budget"


def _listed(years: tuple[str, ...]) -> str:
    """Name some years, the first and the last of a long row."""
    return " and ".join(years) if len(years) < 3 else f"{years[0]} to {years[-1]} ({len(years)} years)"
