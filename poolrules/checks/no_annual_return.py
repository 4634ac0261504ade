"""A fund has no annual return.

After each year the pooled fund manager gives the partners a return of the fund's income and
expenditure; their own accounts rest on it.

Authority: SI 2000/617 reg 7(4)(b).

    fund Pool "Westshire pooled fund"
        report      quarterly, within 20 working days, to Board

Provide for it:

    fund Pool "Westshire pooled fund"
        report      quarterly, within 20 working days, to Board
        annual return within 3 months
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("HST006", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the annual return of each fund."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    for fund in subject.agreement.funds:
        if fund.annual_return is None:
            yield Fault(
                f"`{fund.name}` has no annual return (reg 7(4)(b))",
                (Label(fund.span, "no `annual return` line"),),
                "add a line such as: annual return within 3 months",
            )
