"""The agreement does not say how a dispute is settled, or what ends it.

Partners have spent eighteen months unable to agree even on a mediator. Levels with times, and a last
resort named in advance, keep a quarrel about money from stopping the service.

Authority: none; good practice. An NHS contract's own route is open only where NHS Act 2006 s 9 applies.

    disputes
        level "Chief executives" within 20 working days

Name the last resort:

    disputes
        level "Chief executives" within 20 working days
        finally     mediation
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("GOV014", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the disputes block and for what ends it."""
    disputes = subject.agreement.disputes
    if disputes is None:
        yield Fault(
            "the agreement does not say how disputes are settled",
            (Label(subject.agreement.span, "no `disputes` block"),),
            'add a `disputes` block with lines such as: level "Chief executives" within 20 working days',
        )
    elif disputes.finally_by is None:
        yield Fault(
            "nothing ends a dispute that the partners cannot settle",
            (Label(disputes.span, "no `finally` line"),),
            "add a line such as: finally mediation",
        )
