"""A leaver is to get part of its contribution back, and the agreement ends for all when one leaves.

Then the balance of each fund is shared between all partners on that day. The same money cannot also go back to the
one that left first: whichever is reckoned first leaves less for the other, and the agreement does not say which.

Authority: none; good practice.

    exit
        leaving ends the agreement
        refund by days
        balance     shared under the year-end terms

Keep one of them:

    exit
        refund by days
        balance     shared under the year-end terms
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("EXT006", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for both."""
    leaving = subject.agreement.exit
    if leaving and leaving.all_end and leaving.refund:
        yield Fault(
            "a leaver gets part of its contribution back, and the agreement ends for all when one leaves",
            (Label(leaving.refund.span, "this"), Label(leaving.all_end, "and this")),
            "take out `refund`, so that the balance is shared between all, or `leaving ends the agreement`",
        )
