"""The host of a fund is not one of the fund's partners.

The host is one of those who pool: a body that has no share in the fund cannot be made responsible
for its accounts and audit.

Authority: SI 2000/617 reg 7(4). An error under section 75, a warning under other bases.

    partner District "Westshire District Council"
        kind        district council
        provides    no staff, goods, services or accommodation
        signs       "Chief Executive", authority "Cabinet, 5 March 2026"

    fund Pool "Westshire pooled fund"
        partners    ICB, Council
        host        District
        manager     "Head of Joint Commissioning", officer of District

Let one of the fund's partners hold it:

    fund Pool "Westshire pooled fund"
        partners    ICB, Council
        host        Council
        manager     "Head of Joint Commissioning", officer of Council
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import ERROR, WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("HST002", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the host among the partners of its fund."""
    for fund in subject.agreement.funds:
        if fund.host and fund.host.text not in fund.partners:
            yield Fault(
                f"`{fund.host}` holds `{fund.name}` without being one of its partners",
                (Label(fund.host.span, "not a partner of this fund"),),
                f"name one of {', '.join(fund.partners)} as host, or add `{fund.host}` to the partners of the fund",
                None if rests_on(subject.agreement, SECTION_75) else WARNING,
            )
