"""The agreement has no exit terms.

Sooner or later a partner leaves or the agreement ends. Without terms, contracts, staff, equipment
and the balance are shared out by whoever holds them.

Authority: SI 2000/617 reg 7(3)(f) only asks for provision for termination; the rest is good practice.

    agreement "Westshire pooled fund"
        review      yearly

Add them:

    agreement "Westshire pooled fund"
        review      yearly

    exit
        notice      6 months, in writing
        commitments leaver bears its share until the first break of each contract, at most 12 months
        balance     shared under the year-end terms
        assets      return to the partner that paid
        staff       TUPE applies
        account     final within 60 working days
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("GOV012", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the exit terms."""
    if subject.agreement.exit is None:
        yield Fault(
            "the agreement does not say what happens when a partner leaves or the agreement ends",
            (Label(subject.agreement.span, "no `exit` block"),),
            "add an `exit` block with notice, commitments, balance, assets, staff and account",
        )
