"""A shared scheme stands under none of the fund's overspend blocks.

Its overspend is meant to be shared, and no block says how: it belongs to nobody.

Authority: none; SI 2000/617 has no default rule.

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Homecare "Home care packages" shared
        budget from 2026/27
            Equipment   £700,000
            Homecare    £300,000
        overspend of Equipment
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%

Name the scheme in a block, or let one block be about the whole fund:

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Homecare "Home care packages" shared
        budget from 2026/27
            Equipment   £700,000
            Homecare    £300,000
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.base.mode import Mode
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import dealt_with
from poolrules.source.finding import Label


@check("RSK011", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for shared schemes that the blocks leave out; a fund without any block is another fault."""
    covered = dealt_with(subject.agreement, overspend=True)
    for fund in subject.agreement.funds:
        for scheme in fund.schemes:
            if fund.overspends and scheme.mode is Mode.SHARED and scheme.name.text not in covered:
                yield Fault(
                    f"nothing says who bears an overspend of `{scheme.name}`",
                    (Label(scheme.span, "shared"), *(Label(one.span, "not in here") for one in fund.overspends)),
                    "name it in an overspend block, or change its mode",
                )
