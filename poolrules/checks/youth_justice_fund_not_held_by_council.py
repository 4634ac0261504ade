"""A youth justice fund is held by another body than the council.

The fund for youth justice services is one "established and maintained by" the local authority:
the others pay into it.

Authority: Crime and Disorder Act 1998 ss 38(3) and 39(4).

    agreement "Westshire pooled fund"
        basis       section 38 of the Crime and Disorder Act 1998

    fund Pool "Westshire pooled fund"
        host        ICB
        manager     "Head of Youth Justice", officer of ICB

Let the council hold it:

    agreement "Westshire pooled fund"
        basis       section 38 of the Crime and Disorder Act 1998

    fund Pool "Westshire pooled fund"
        host        Council
        manager     "Head of Youth Justice", officer of Council
"""

from collections.abc import Iterator

from poolrules.checks.bases import rests_on
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("PTY009", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Ask which side the host of each fund is on."""
    agreement = subject.agreement
    if not rests_on(agreement, "yj"):
        return
    for fund in agreement.funds:
        kind = agreement.partner(fund.host.text).kind if fund.host else None
        if fund.host and kind and kind.side != "council":
            yield Fault(
                f"`{fund.name}` is held by `{fund.host}`, and a youth justice fund is held by the council",
                (Label(fund.host.span, kind.kind),),
                "name the council as host",
            )
