"""The agreement does not say what kinds of services the fund pays for.

Spending on a service that the agreement does not cover is outside the arrangement, whoever
approved it.

Authority: SI 2000/617 reg 7(3)(d); in Wales SI 2000/2993 reg 7, where it is a warning.

    agreement "Westshire pooled fund"
        people      "Adults registered with a general practice in Westshire"

Name the kinds of services:

    agreement "Westshire pooled fund"
        people      "Adults registered with a general practice in Westshire"
        services    "Community equipment", "Home care"
"""

from collections.abc import Iterator

from poolrules.checks.bases import unsaid
from poolrules.checks.registry import ERROR, Fault, Subject, check


@check("DOC007", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the services."""
    message = "the agreement does not say what kinds of services it covers"
    help = 'add a line such as: services "Community equipment", "Home care"'
    yield from unsaid(subject.agreement, subject.agreement.services, message, "7(3)(d)", help)
