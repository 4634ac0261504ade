"""The agreement does not say who certifies the annual return.

The regulations still ask for a certified return, although the national body that once certified
it has gone. Say what takes its place, so that nobody waits for a certificate that will not come.

Authority: SI 2000/617 reg 7(6) and (7). A warning: no certifying body appears to exist now.

    fund Pool "Westshire pooled fund"
        audit       "The Council's external auditor"

Say what assurance the partners get:

    fund Pool "Westshire pooled fund"
        audit       "The Council's external auditor"
        certified   "The Council's chief finance officer certifies the return, no national body now doing so"
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("HST008", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for what is said of certification."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    for fund in subject.agreement.funds:
        if fund.certified is None:
            yield Fault(
                f"`{fund.name}` does not say who certifies its annual return (reg 7(6))",
                (Label(fund.span, "no `certified` line"),),
                'add a line such as: certified "The Council\'s chief finance officer certifies the return"',
            )
