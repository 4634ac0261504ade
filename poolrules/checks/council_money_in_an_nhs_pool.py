"""A council's money goes into a pool of NHS bodies.

The power for NHS bodies to pool jointly exercised functions describes a fund made up of payments
by NHS bodies. Council money has its own power.

Authority: NHS Act 2006 s 65Z6(3)(a). A warning until a lawyer has confirmed the reading.

    agreement "Westshire pooled fund"
        basis       section 65Z6 of the NHS Act 2006

Use the basis that lets both sides contribute:

    agreement "Westshire pooled fund"
        basis       section 75 of the NHS Act 2006
"""

from collections.abc import Iterator

from poolrules.checks.bases import contributors, rests_on, side
from poolrules.checks.registry import WARNING, Fault, Subject, check


@check("MON002", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for contributors that are not NHS bodies."""
    if not rests_on(subject.agreement, "s65z6"):
        return
    for partner, place in contributors(subject.agreement):
        if partner.kind and side(partner) != "nhs":
            yield Fault(
                f"`{partner.name}` is not an NHS body, and section 65Z6 pools payments by NHS bodies",
                (place,),
                "use section 75 of the NHS Act 2006, or leave this money out of the fund",
            )
