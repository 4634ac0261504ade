"""A key has no values for a year of the term, and nobody counts any.

What is shared in proportion to it cannot be settled for that year: the statement would have to ask for numbers
that the agreement should have.

Authority: none; arithmetic.

    key Population "Mid-2024 population estimates"
        values 2026/27: ICB 98, Council 92

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to Population

Let the values go on, give each year its own, or say that they are counted each year:

    key Population "Mid-2024 population estimates"
        values from 2026/27: ICB 98, Council 92

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to Population
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import Agreement, Key
from poolrules.ruleset.keys import key_years
from poolrules.ruleset.money_by_year import in_force
from poolrules.source.finding import Label


@check("MON061", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for values of every key in every year of the term."""
    for key in subject.agreement.keys:
        bare = _bare_years(subject.agreement, key)
        if bare or not (key.years or key.counted):
            years = f" for {bare[0]}" if bare and key.years else ""
            yield Fault(
                f"`{key.name}` has no values{years}",
                (Label(key.span, "nothing to share by"),),
                "add a line such as: values from 2026/27: ICB 98, Council 92; or: counted each year",
            )


def _bare_years(agreement: Agreement, key: Key) -> list[str]:
    """The years without values, of a key that is not counted."""
    if key.counted:
        return []
    return [str(year) for year in key_years(agreement, key) if in_force(key.years, year) is None]
