"""The agreement does not say how information is shared.

Whoever runs a joint service needs to know which body holds whose records, and on what terms they
are shared.

Authority: SI 2000/617 regs 8(2)(i) and 9(3)(i) ask for it where one body exercises the other's
functions; for a pooled fund alone it is good practice.

    agreement "Westshire pooled fund"
        signed      20 March 2026

Say it:

    agreement "Westshire pooled fund"
        signed      20 March 2026
        information sharing "Each partner is a controller of what it holds."
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("GOV008", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for how information is shared."""
    agreement = subject.agreement
    if rests_on(agreement, SECTION_75) and agreement.information_sharing is None:
        yield Fault(
            "the agreement does not say how information is shared",
            (Label(agreement.span, "this agreement"),),
            'add a line such as: information sharing "Each partner is a controller of what it holds"',
        )
