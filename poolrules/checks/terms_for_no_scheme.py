"""An overspend or underspend block is about no scheme.

The fund has no shared scheme for these terms to deal with: every scheme's variance falls on
somebody else already. The block will never be used.

Authority: none; good practice.

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" own risk of Council, over and under
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%

Share the scheme, or take the block out:

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%
        underspend of shared schemes together
            remainder   returned ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import perimeter
from poolrules.source.finding import Label


@check("RSK015", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for blocks with nothing to deal with."""
    for fund in subject.agreement.funds:
        for waterfall in fund.waterfalls:
            if not waterfall.schemes and not waterfall.gain:
                yield Fault(
                    f"the terms for {perimeter(fund, waterfall)} are about no scheme: none of its schemes is shared",
                    (Label(waterfall.span, "never used"), *(Label(one.span, one.mode.value) for one in fund.schemes)),
                    "mark a scheme as shared, or take the block out",
                )
