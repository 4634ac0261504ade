"""A partner does not say what staff, goods, services or accommodation it provides, or that it provides none.

Resources in kind are part of the bargain, and someone must plan for their loss when the agreement
ends. "None" is an answer; silence is not.

Authority: SI 2000/617 reg 7(3)(e); in Wales SI 2000/2993 reg 7, where it is a warning.

    partner Council "Westshire County Council"
        signs       "Director of Adult Services", authority "Cabinet, 10 March 2026"

List them, or say that there are none:

    partner Council "Westshire County Council"
        provides    no staff, goods, services or accommodation
        signs       "Director of Adult Services", authority "Cabinet, 10 March 2026"
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, regulation, rests_on, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("DOC008", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for what each partner provides."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL):
        return
    for partner in agreement.partners:
        if not partner.provides and not partner.provides_nothing:
            yield Fault(
                f"`{partner.name}` does not say what staff, goods, services or accommodation it provides"
                f" ({regulation(agreement, '7(3)(e)')})",
                (Label(partner.span, "no `provides` line"),),
                'add a line such as: provides "Two seconded occupational therapists",'
                " or: provides no staff, goods, services or accommodation",
                weight(agreement),
            )
