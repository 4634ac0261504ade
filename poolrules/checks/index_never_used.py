"""An index is given, and no figure is raised by it.

Either an uplift was meant to follow it, or it is left over from an earlier version.

Authority: none; good practice.

    index CPI "Consumer prices, twelve months to September"
        rate        2027/28: 3.2%

    fund Pool "Westshire pooled fund"
        contributions 2026/27
            ICB         £600,000
            Council     £400,000
        contributions 2027/28
            ICB, Council last year's lines, uplifted by 3.2%
        budget 2026/27
            Equipment   £1,000,000
        budget 2027/28
            all schemes last year's, uplifted by 3.2%

Raise something by it, or take it out:

    index CPI "Consumer prices, twelve months to September"
        rate        2027/28: 3.2%

    fund Pool "Westshire pooled fund"
        contributions 2026/27
            ICB         £600,000
            Council     £400,000
        contributions 2027/28
            ICB, Council last year's lines, uplifted by CPI
        budget 2026/27
            Equipment   £1,000,000
        budget 2027/28
            all schemes last year's, uplifted by CPI
"""

from collections.abc import Iterator

from poolrules.checks.mentions import mentioned
from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.source.finding import Label


@check("MON064", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each index in the terms."""
    used = mentioned(subject.agreement)
    for index in subject.agreement.indices:
        if index.name.text not in used:
            yield Fault(
                f"nothing is raised by `{index.name}`",
                (Label(index.span, "never used"),),
                f"raise something by it, such as: ICB, Council last year's lines, uplifted by {index.name}",
            )
