"""The agreement does not say from when to when it lasts.

Without a first and a last day nobody can tell which years' money is pooled, when notice may be
given, or when the balance is due.

Authority: SI 2000/617 reg 7(3)(f); in Wales SI 2000/2993 reg 7, where it is a warning.

    agreement "Westshire pooled fund"
        signed      20 March 2026

State the term:

    agreement "Westshire pooled fund"
        term        1 April 2026 to 31 March 2028
        signed      20 March 2026
"""

from collections.abc import Iterator

from poolrules.checks.bases import unsaid
from poolrules.checks.registry import ERROR, Fault, Subject, check


@check("DOC009", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the term."""
    message = "the agreement does not say how long it lasts"
    help = "add a line such as: term 1 April 2026 to 31 March 2028"
    yield from unsaid(subject.agreement, subject.agreement.term, message, "7(3)(f)", help)
