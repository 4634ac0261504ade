"""A pool of health and care has no NHS body, or no council.

These powers exist to join the two sides: arrangements between NHS bodies alone, or between
councils alone, need another power.

Authority: NHS Act 2006 s 75(1) and SI 2000/617 reg 3; NHS (Wales) Act 2006 s 33(1). A warning
under section 33.

    partner ICB "Westmoor County Council"
        kind        county council

    partner Council "Westshire County Council"
        kind        county council

Bring in the other side, or rest on another power:

    partner ICB "NHS Westshire Integrated Care Board"
        kind        integrated care board

    partner Council "Westshire County Council"
        kind        county council
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, SIDES, in_its_nation, kinds_are_known, rests_on, side, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("PTY001", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each side among the partners; kinds that are not said, and strangers to the nation, are other faults."""
    agreement = subject.agreement
    basis = agreement.basis
    if basis is None or not rests_on(agreement, *NHS_AND_COUNCIL):
        return
    if len(agreement.partners) < 2 or not kinds_are_known(agreement):
        return
    if not all(in_its_nation(basis, partner) for partner in agreement.partners):
        return
    sides = {side(partner) for partner in agreement.partners}
    for missing in ("nhs", "council"):
        if missing not in sides:
            yield Fault(
                f"{basis.name} needs an NHS body and a council, and there is no {SIDES[missing]}",
                tuple(Label(partner.kind_said.span, "") for partner in agreement.partners if partner.kind_said),
                f"name the {SIDES[missing]} that joins, or another legal basis",
                weight(agreement),
            )
