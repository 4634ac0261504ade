"""A fund with shared schemes does not say what happens to an overspend.

The regulations give no default. Silence leaves the host with the deficit and the partners with a
quarrel, at the moment when nobody has money to spare.

Authority: none in the regulations; practice, and guidance on section 75 agreements.

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared

Say who bears it, in what order:

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.base.mode import Mode
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import dealt_with
from poolrules.source.finding import Label


@check("RSK001", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the overspend terms of each fund that has something to share."""
    covered = dealt_with(subject.agreement, overspend=True)
    for fund in subject.agreement.funds:
        shared = [scheme for scheme in fund.schemes if scheme.mode is Mode.SHARED]
        if shared and not fund.overspends and not any(scheme.name.text in covered for scheme in shared):
            yield Fault(
                f"`{fund.name}` does not say who bears an overspend",
                (Label(fund.span, "no `overspend` block"), *(Label(scheme.span, "shared") for scheme in shared)),
                "add an `overspend of shared schemes together` block that ends in a remainder",
            )
