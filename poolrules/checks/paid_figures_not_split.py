"""A sharing goes by part of what partners pay in, and nobody says which part of a payment that is.

What partners paid in is one figure for each of them and each fund. It does not show how much of it
was revenue, recurrent, or for a certain scheme. A sharing that counts only such a part as paid can
never be settled: whatever comes to it holds up the year.

Authority: none; arithmetic.

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £300,000
            Council     £100,000, from "Winter grant", one-off
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to contributions to the fund, recurrent only, as paid

Count all that is paid, or contributions as they were agreed:

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £300,000
            Council     £100,000, from "Winter grant", one-off
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to contributions to the fund, recurrent and one-off, as paid
"""

from collections.abc import Iterator

from poolrules.checks.proportion_of_nothing import proportions
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.engine.inputs import counts_part_of_paid
from poolrules.ruleset.ruleset import ByContributions, Moment, Ruleset
from poolrules.source.finding import Label


@check("MON019", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Ask each proportion as paid whether it leaves out some of the cash of some year."""
    for _, step, sharings in proportions(subject):
        year = min((year for sharing in sharings for year in _years_in_part(subject.rules, sharing)), default=None)
        if year is not None:
            yield Fault(
                f"this counts only part of what is paid in for {year}, and paid figures are not split like that",
                (Label(step.taker.span, "can never be settled"),),
                "count `all cash, recurrent and one-off` of the fund, or contributions `as last varied in writing`",
            )


def _years_in_part(rules: Ruleset, sharing: ByContributions) -> Iterator[str]:
    """The years in which a proportion as paid counts only some of the cash."""
    if sharing.moment is not Moment.PAID:
        return
    for year in {one.year for fund in rules.funds for one in fund.years}:
        made = {fund.name: one.contributions for fund in rules.funds for one in fund.years if one.year == year}
        if counts_part_of_paid(sharing, made):
            yield year
