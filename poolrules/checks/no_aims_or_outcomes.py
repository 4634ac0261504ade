"""The agreement does not say its aims, or no outcome is agreed.

The aims and outcomes are what the fund is judged by, and the first thing the regulations ask an
agreement to specify.

Authority: SI 2000/617 reg 7(3)(a); in Wales SI 2000/2993 reg 7, where it is a warning.

    agreement "Westshire pooled fund"
        aims        "Help people stay well at home"

Say both:

    agreement "Westshire pooled fund"
        aims        "Help people stay well at home"
        outcome     "Fewer emergency admissions of people over 65"
            measured by "non-elective admissions per 1,000 people"
"""

from collections.abc import Iterator

from poolrules.checks.bases import unsaid
from poolrules.checks.registry import ERROR, Fault, Subject, check


@check("DOC002", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the aims and the outcomes."""
    agreement = subject.agreement
    missing = " and ".join(
        word for word, said in (("aims", agreement.aims), ("outcomes", agreement.outcomes)) if not said
    )
    help = 'add a line for each, such as: outcome "Fewer emergency admissions"'
    yield from unsaid(agreement, not missing, f"the agreement does not state its {missing}", "7(3)(a)", help)
