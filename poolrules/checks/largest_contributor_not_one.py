"""The host is to be the largest contributor, and that is not one partner.

Where two contribute alike, or nobody contributes cash, nobody hosts the fund: no account, no return, and nobody who
pays whom.

Authority: reg 7(3)(g) and (4) under section 75: one partner is the host.

    fund Pool "Westshire pooled fund"
        host        the largest contributor
        contributions from 2026/27
            ICB         £500,000
            Council     £500,000

Name the host:

    fund Pool "Westshire pooled fund"
        host        Council
        contributions from 2026/27
            ICB         £500,000
            Council     £500,000
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import ERROR, WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("HST009", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for funds whose host is to be the largest contributor, and of which there is not one."""
    for fund in subject.agreement.funds:
        if fund.host_by_size and len(fund.largest) != 1:
            names = " and ".join(f"`{name}`" for name in fund.largest)
            why = f"{names} contribute alike" if fund.largest else "nothing is known of what is contributed in cash"
            yield Fault(
                f"`{fund.name}` has no host: {why}",
                (Label(fund.host_by_size.span, "which partner?"),),
                "name the host, such as: host Council",
                None if rests_on(subject.agreement, SECTION_75) else WARNING,
            )
