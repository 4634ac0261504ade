"""The agreement names no legal basis.

Public bodies may only do what an Act lets them do. Without a named power nobody can tell which
bodies may join, what the agreement must say, or who may hold the fund.

Authority: the general law of public bodies; each pooling power is listed in `law/bases.json`.

    agreement "Westshire pooled fund"
        term        1 April 2026 to 31 March 2028

Name the power that the partners use:

    agreement "Westshire pooled fund"
        basis       section 75 of the NHS Act 2006
        term        1 April 2026 to 31 March 2028
"""

from collections.abc import Iterator

from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("BAS001", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the basis."""
    agreement = subject.agreement
    if agreement.basis is None and agreement.basis_said is None:
        yield Fault(
            "the agreement names no legal basis",
            (Label(agreement.span, "this agreement"),),
            "add a line such as: basis section 75 of the NHS Act 2006",
        )
