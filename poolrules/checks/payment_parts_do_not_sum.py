"""The parts in which contributions are paid do not make the whole.

What is paid on the stated days is less, or more, than the contribution. The rest falls due on no day, so that no
instalment can be reckoned at all.

Authority: none; arithmetic.

    fund Pool "Westshire pooled fund"
        paid        30% on 1 April, 20% on 1 July

Let the parts make 100%:

    fund Pool "Westshire pooled fund"
        paid        30% on 1 April, 20% on 1 July, 50% on 1 January
"""

from collections.abc import Iterator
from fractions import Fraction

from poolrules.base.shares import format_percent
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.model.agreement import PaidOnDays
from poolrules.source.finding import Label


@check("MON050", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Add up the parts that each fund has paid on stated days."""
    for fund in subject.agreement.funds:
        if not isinstance(fund.paid, PaidOnDays) or fund.paid.equal:
            continue
        total = sum((part.share or Fraction(0) for part in fund.paid.parts), Fraction(0))
        if total != 1:
            yield Fault(
                f"the parts in which contributions to `{fund.name}` are paid add up to {format_percent(total)}",
                (Label(fund.paid.span, format_percent(total)),),
                "make them add up to 100%, or write the days alone: `in equal parts on 1 April, 1 July`",
            )
