"""A fund has no host.

One partner holds the money, keeps the accounts, arranges the audit and appoints the pooled fund
manager. Without a host nobody does, and nothing can be settled: every payment goes to or from it.

Authority: SI 2000/617 reg 7(3)(g) and 7(4). An error under section 75; under other bases a
warning, because nothing can be settled without a holder of the money.

    fund Pool "Westshire pooled fund"
        manager     "Head of Joint Commissioning", officer of Council

Name the host:

    fund Pool "Westshire pooled fund"
        host        Council
        manager     "Head of Joint Commissioning", officer of Council
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import ERROR, WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("HST001", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the host of each fund."""
    section_75 = rests_on(subject.agreement, SECTION_75)
    for fund in subject.agreement.funds:
        if fund.host is None and fund.host_by_size is None:
            cited = " (reg 7(3)(g))" if section_75 else ""
            yield Fault(
                f"`{fund.name}` has no host{cited}",
                (Label(fund.span, "who holds the money?"),),
                "add a line such as: host Council",
                None if section_75 else WARNING,
            )
