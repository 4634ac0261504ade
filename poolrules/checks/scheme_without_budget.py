"""A scheme has no budget, while others of its fund have.

Overspent means spent beyond a budget. A scheme without one cannot be settled; say £0 if nothing is
set aside for it.

Authority: none; good practice.

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Homecare "Home care packages" shared
        budget from 2026/27
            Equipment   £1,000,000

Give each its budget:

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Homecare "Home care packages" shared
        budget from 2026/27
            Equipment   £700,000
            Homecare    £300,000
"""

from collections.abc import Iterator

from poolrules.base.mode import Mode
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.ruleset.ruleset import FundRules
from poolrules.source.finding import Label


@check("MON013", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each scheme in the budgets of each year that has any; a scheme only in view needs none."""
    years = {fund.name: _years_without(fund) for fund in subject.rules.funds}
    for fund in subject.agreement.funds:
        for scheme in fund.schemes:
            bare = years.get(fund.name.text, {}).get(scheme.name.text, [])
            if bare and scheme.mode is not Mode.IN_VIEW:
                more = f" and {len(bare) - 1} more year{'s' if len(bare) > 2 else ''}" if len(bare) > 1 else ""
                yield Fault(
                    f"`{scheme.name}` has no budget for {bare[0]}{more}",
                    (Label(scheme.span, "no budget"),),
                    "add it to the budget of its fund, even if it is £0",
                )


def _years_without(fund: FundRules) -> dict[str, list[str]]:
    """By scheme, the years in which others have a budget and it has none."""
    without: dict[str, list[str]] = {}
    for figures in fund.years:
        given = {line.scheme for line in figures.budgets}
        for scheme in fund.schemes:
            if given and scheme.name not in given:
                without.setdefault(scheme.name, []).append(figures.year)
    return without
