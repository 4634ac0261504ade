"""The pooled fund manager is an officer of another body than the host.

The host is responsible for the fund, so it appoints an officer of its own. An officer of another
body can be placed at the host's disposal under section 113 of the Local Government Act 1972; then
say that they are an officer of the host.

Authority: SI 2000/617 reg 7(4); Local Government Act 1972 s 113.

    fund Pool "Westshire pooled fund"
        host        Council
        manager     "Head of Joint Commissioning", officer of ICB

Name an officer of the host:

    fund Pool "Westshire pooled fund"
        host        Council
        manager     "Head of Joint Commissioning", officer of Council
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("HST004", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare whose officer the manager is with the host."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    for fund in subject.agreement.funds:
        if fund.host and fund.manager and fund.manager.officer_of.text != fund.host.text:
            yield Fault(
                f"the manager of `{fund.name}` is an officer of `{fund.manager.officer_of}`,"
                f" and its host is `{fund.host}` (reg 7(4))",
                (Label(fund.manager.officer_of.span, "not the host"), Label(fund.host.span, "the host")),
                "name an officer of the host, or one placed at its disposal under section 113 of the"
                " Local Government Act 1972",
            )
