"""The Disabled Facilities Grant is not marked as capital.

The grant is capital: it adapts homes. Spent on running services, it breaches its conditions and may
have to be paid back.

Authority: the grant determination under the Local Government Act 2003 s 31. A warning: its conditions
were not read in full.

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Adaptations "Home adaptations" ring-fenced with overspend borne by Council, capital
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000, from "Disabled Facilities Grant", only for Adaptations
        budget from 2026/27
            Equipment   £600,000
            Adaptations £400,000

Mark it as capital, for a capital scheme:

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Adaptations "Home adaptations" ring-fenced with overspend borne by Council, capital
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000, from "Disabled Facilities Grant", capital, only for Adaptations
        budget from 2026/27
            Equipment   £600,000
            Adaptations £400,000
"""

from collections.abc import Iterator

from poolrules.checks.better_care_fund import facilities_grants
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("BCF005", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the grant without the word."""
    for fund, line in facilities_grants(subject.agreement):
        if not line.capital:
            yield Fault(
                f"the Disabled Facilities Grant in `{fund.name}` is not marked as capital",
                (Label(line.span, "a capital grant"),),
                "add `capital`, and `only for` with the scheme that adapts homes",
            )
