"""A fund has no pooled fund manager.

The host appoints one of its officers to manage the fund and to report to the partners. Without a
named post the reports have no author.

Authority: SI 2000/617 reg 7(4); in Wales SI 2000/2993 reg 7, where it is a warning.

    fund Pool "Westshire pooled fund"
        host        Council

Name the post:

    fund Pool "Westshire pooled fund"
        host        Council
        manager     "Head of Joint Commissioning", officer of Council
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, regulation, rests_on, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("HST003", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the manager of each fund."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL):
        return
    for fund in agreement.funds:
        if fund.manager is None:
            host = fund.host.text if fund.host else "Council"
            yield Fault(
                f"`{fund.name}` has no pooled fund manager ({regulation(agreement, '7(4)')})",
                (Label(fund.span, "who manages it?"),),
                f'add a line such as: manager "Head of Joint Commissioning", officer of {host}',
                weight(agreement),
            )
