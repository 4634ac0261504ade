"""No consultation is recorded, nor why none was needed.

The partners must first consult, jointly, those who appear to them to be affected. A decision made
without it can be quashed. Arrangements made for the Better Care Fund are exempt, and should say so.

Authority: SI 2000/617 reg 4(2) and (2A); NHS (Wales) Act 2006 s 33(3)(b), where it is a warning.

    agreement "Westshire pooled fund"
        signed      20 March 2026

Record it, or the exemption relied on:

    agreement "Westshire pooled fund"
        signed      20 March 2026
        consulted   3 March 2026, minute "HWB/26/17"
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, SECTION_33, rests_on, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("GOV001", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the consultation or the reason for none."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL) or agreement.consulted or agreement.not_consulted:
        return
    cited = "NHS (Wales) Act 2006 s 33(3)" if rests_on(agreement, SECTION_33) else "reg 4(2)"
    yield Fault(
        f"no joint consultation is recorded ({cited})",
        (Label(agreement.span, "this agreement"),),
        'add a line such as: consulted 3 March 2026, minute "HWB/26/17", or: not consulted because "..."',
        weight(agreement),
    )
