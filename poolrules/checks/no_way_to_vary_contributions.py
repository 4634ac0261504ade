"""The agreement does not say how contributions may be varied.

Money changes within the year: grants arrive, prices rise, a fund overspends. Unless the agreement
says how a contribution may be changed, no partner can be asked for a pound more.

Authority: SI 2000/617 reg 7(3)(b); in Wales SI 2000/2993 reg 7, where it is a warning.

    fund Pool "Westshire pooled fund"
        paid        quarterly in advance, on the first working day

Say how:

    fund Pool "Westshire pooled fund"
        varied      by written agreement of all partners, or under the overspend terms
        paid        quarterly in advance, on the first working day
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, regulation, rests_on, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("DOC004", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the variation rule of each fund."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL):
        return
    for fund in agreement.funds:
        if fund.varied is None:
            yield Fault(
                f"`{fund.name}` does not say how contributions may be varied ({regulation(agreement, '7(3)(b)')})",
                (Label(fund.span, "no `varied` line"),),
                "add a line such as: varied by written agreement of all partners, or under the overspend terms",
                weight(agreement),
            )
