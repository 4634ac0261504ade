"""The agreement does not say whom the fund serves.

Functions may only be exercised for the people the agreement names; the same words decide who may
use the services and whose costs may be charged to the fund.

Authority: SI 2000/617 reg 7(3)(d); in Wales SI 2000/2993 reg 7, where it is a warning.

    agreement "Westshire pooled fund"
        services    "Community equipment"

Name the people:

    agreement "Westshire pooled fund"
        people      "Adults registered with a general practice in Westshire"
        services    "Community equipment"
"""

from collections.abc import Iterator

from poolrules.checks.bases import unsaid
from poolrules.checks.registry import ERROR, Fault, Subject, check


@check("DOC006", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the people."""
    help = 'add a line such as: people "Adults registered with a general practice in Westshire"'
    message = "the agreement does not say which people it serves"
    yield from unsaid(subject.agreement, subject.agreement.people, message, "7(3)(d)", help)
