"""A fund has fewer than two partners.

A pool joins the money of several bodies. One body alone has a budget, not a pooled fund.

Authority: NHS Act 2006 s 75(2)(a) and its like, which all speak of contributions by several bodies.

    fund Pool "Westshire pooled fund"
        partners    Council
        contributions from 2026/27
            Council     £1,000,000
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   Council alone
        underspend of shared schemes together
            remainder   returned Council alone

Name every partner of the fund:

    fund Pool "Westshire pooled fund"
        partners    ICB, Council
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%
        underspend of shared schemes together
            remainder   returned ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("PTY011", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Count the partners of each fund."""
    for fund in subject.agreement.funds:
        if len(fund.partners) < 2:
            number = "one partner" if fund.partners else "no partner"
            yield Fault(
                f"`{fund.name}` has {number}, and a pool needs at least two",
                (Label(fund.span, number),),
                "name the other partners of the fund",
            )
