"""Nothing records why the arrangement is likely to be an improvement.

The power may be used only if it is likely to lead to an improvement in how the functions are
exercised. The reason belongs in the agreement, where whoever reviews the decision will look.

Authority: NHS Act 2006 s 75(1) and SI 2000/617 reg 4(1); NHS (Wales) Act 2006 s 33(1), where it is a
warning.

    agreement "Westshire pooled fund"
        signed      20 March 2026

Record it:

    agreement "Westshire pooled fund"
        signed      20 March 2026
        improves    "One team and one budget remove delays between hospital and home."
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, SECTION_33, rests_on, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("GOV003", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the improvement expected."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL) or agreement.improves:
        return
    cited = "NHS (Wales) Act 2006 s 33(1)" if rests_on(agreement, SECTION_33) else "s 75(1)"
    yield Fault(
        f"nothing records why the arrangement is likely to be an improvement ({cited})",
        (Label(agreement.span, "this agreement"),),
        'add a line such as: improves "One team and one budget remove delays"',
        weight(agreement),
    )
