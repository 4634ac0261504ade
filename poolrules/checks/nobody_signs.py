"""Nobody signs for a partner.

The agreement must be in writing, and a partner that has not signed is not bound by it.

Authority: SI 2000/617 reg 7(3); in Wales SI 2000/2993 reg 7, where it is a warning.

    partner Council "Westshire County Council"
        provides    no staff, goods, services or accommodation

Say who signs, and on whose authority:

    partner Council "Westshire County Council"
        provides    no staff, goods, services or accommodation
        signs       "Director of Adult Services", authority "Cabinet, 10 March 2026"
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, regulation, rests_on, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("DOC001", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for who signs for each partner."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL):
        return
    for partner in agreement.partners:
        if partner.signs is None:
            cited = regulation(agreement, "7(3)")
            yield Fault(
                f"nobody signs for `{partner.name}`: the agreement must be in writing ({cited})",
                (Label(partner.span, "who signs?"),),
                'add a line such as: signs "Chief Executive", authority "Board, 12 March 2026"',
                weight(agreement),
            )
