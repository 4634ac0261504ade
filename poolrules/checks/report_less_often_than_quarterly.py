"""The pooled fund manager reports less often than every quarter, or not at all.

The partners must have quarterly reports on income and expenditure: three months is the longest
that an overspend may grow unseen.

Authority: SI 2000/617 reg 7(4)(b).

    fund Pool "Westshire pooled fund"
        report      half-yearly, within 20 working days, to Board

Report every quarter, or more often:

    fund Pool "Westshire pooled fund"
        report      quarterly, within 20 working days, to Board
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label

_QUARTER = 3
"""The longest interval in months."""


@check("HST005", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the interval of each fund's report with a quarter."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    for fund in subject.agreement.funds:
        help = "add or change the line: report quarterly, within 20 working days, to all partners"
        if fund.report is None:
            message = f"`{fund.name}` has no report to its partners, and the law asks for quarterly ones (reg 7(4)(b))"
            yield Fault(message, (Label(fund.span, "no `report` line"),), help)
        elif fund.report.months > _QUARTER:
            message = f"`{fund.name}` reports {fund.report.how_often}, and the law asks for quarterly (reg 7(4)(b))"
            yield Fault(message, (Label(fund.report.how_often.span, "longer than a quarter"),), help)
