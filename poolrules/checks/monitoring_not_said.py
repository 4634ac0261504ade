"""A fund does not say how it is monitored.

Partners who pay into a fund that another holds can only judge it by what they are told: spending
beside income, and what the money achieved.

Authority: SI 2000/617 reg 7(3)(g) and 7(4)(b); in Wales SI 2000/2993 reg 7, where it is a warning.

    fund Pool "Westshire pooled fund"
        report      quarterly, within 20 working days, to Board

Say what is watched:

    fund Pool "Westshire pooled fund"
        monitored   "Activity, waiting times and the outcome measures, beside income and spending"
        report      quarterly, within 20 working days, to Board
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, regulation, rests_on, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("DOC011", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for how each fund is monitored."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL):
        return
    for fund in agreement.funds:
        if fund.monitored is None:
            yield Fault(
                f"`{fund.name}` does not say how it is monitored ({regulation(agreement, '7(3)(g)')})",
                (Label(fund.span, "no `monitored` line"),),
                'add a line such as: monitored "Activity and the outcome measures, beside income and spending"',
                weight(agreement),
            )
