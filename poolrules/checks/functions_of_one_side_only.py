"""The agreement lists no function of the NHS, or none of a council.

The fund pays for both NHS functions and functions of councils related to health; each side's
must be named. Money spent on a function that nobody brought is spent without power.

Authority: SI 2000/617 reg 7(3)(c) and NHS Act 2006 s 75(2)(a)(ii); in Wales SI 2000/2993 reg 7,
where it is a warning.

    partner Council "Westshire County Council"
        kind        county council
        provides    no staff, goods, services or accommodation

Name at least one function of each side:

    partner Council "Westshire County Council"
        kind        county council
        function    "Meeting needs for care and support", under "Care Act 2014 s 18"
        provides    no staff, goods, services or accommodation
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, SIDES, kinds_are_known, regulation, rests_on, side, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("DOC005", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for a function on each side that has a partner at all."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL) or not kinds_are_known(agreement):
        return
    for missing in ("nhs", "council"):
        bodies = [partner for partner in agreement.partners if side(partner) == missing]
        if bodies and not any(partner.functions for partner in bodies):
            yield Fault(
                f"no function of any {SIDES[missing]} is listed ({regulation(agreement, '7(3)(c)')})",
                tuple(Label(partner.span, "brings no function") for partner in bodies),
                'add a line such as: function "Meeting needs for care and support", under "Care Act 2014 s 18"',
                weight(agreement),
            )
