"""The agreement cannot be reviewed, varied or ended, or lacks one of the three.

An agreement without any of them ties its partners to terms that no longer fit. The regulations
ask for provision for "review or variation or termination": with none it is an error; a missing
review or variation clause beside the others is a warning, because most disputes start there.
What happens when a partner leaves is a check of its own.

Authority: SI 2000/617 reg 7(3)(f); in Wales SI 2000/2993 reg 7, where it is a warning.

    agreement "Westshire pooled fund"
        term        1 April 2026 to 31 March 2028

    exit
        account     final within 60 working days

Provide for all three:

    agreement "Westshire pooled fund"
        term        1 April 2026 to 31 March 2028
        review      yearly
        variation   in writing, signed by all partners

    exit
        notice      6 months, in writing
        account     final within 60 working days
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, regulation, rests_on, weight
from poolrules.checks.registry import ERROR, WARNING, Fault, Subject, check
from poolrules.model.agreement import Agreement
from poolrules.source.finding import Label


@check("DOC010", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each of the three."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL):
        return
    said = {"review": agreement.review, "variation": agreement.variation, "termination": _can_end(agreement)}
    missing = [word for word in said if not said[word]]
    if agreement.exit is None and len(missing) < len(said):
        missing = [word for word in missing if word != "termination"]
    if missing:
        none = len(missing) == len(said)
        yield Fault(
            f"the agreement does not provide for {' or '.join(missing)} ({regulation(agreement, '7(3)(f)')})",
            (Label(agreement.span, "this agreement"),),
            "add the lines `review`, `variation`, and `notice` in an `exit` block, as they are agreed",
            weight(agreement) if none else WARNING,
        )


def _can_end(agreement: Agreement) -> bool:
    """Whether a partner can leave or the agreement can be ended."""
    return agreement.exit is not None and bool(agreement.exit.notices or agreement.exit.breach)
