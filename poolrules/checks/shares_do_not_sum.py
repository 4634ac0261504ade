"""The shares of a sharing do not add up to the whole.

Every penny that reaches this step is divided by these shares. If they fall short, part of the
money has no owner; if they exceed the whole, it is asked for twice. Until they are mended all of it
stays unallocated.

Authority: arithmetic.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 30%

Make the shares add up to 100%:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator
from fractions import Fraction

from poolrules.base.shares import format_percent
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.checks.sharings import partners_left, stated_shares
from poolrules.model.agreement import Share, Shares
from poolrules.source.finding import Label


@check("MON005", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare each sharing with the whole; parts need no sum, but must not all be nothing."""
    for shares in stated_shares(subject.agreement):
        labels = tuple(Label(share.span, _said(share)) for share in shares.shares)
        fault = _left_for_others(subject, shares) if shares.others_equally else _fault(shares)
        if fault and labels:
            yield Fault(fault[0], labels, fault[1])


def _left_for_others(subject: Subject, shares: Shares) -> tuple[str, str] | None:
    """What is wrong with a sharing in which the others have the rest, and how to mend it."""
    total = sum((share.percent or Fraction(0) for share in shares.shares), Fraction(0))
    if total >= 1:
        said = f"the shares add up to {format_percent(total)} and leave nothing for the others"
        return said, "make them add up to less than 100%, or leave out `the others equally`"
    if not partners_left(subject.agreement, shares):
        return "every partner has a share, and there are no others to have the rest", "make the shares add up to 100%"
    return None


def _fault(shares: Shares) -> tuple[str, str] | None:
    """What is wrong with a sharing, and how to mend it."""
    percents = [share.percent for share in shares.shares if share.percent is not None]
    if not percents:
        if any(share.parts for share in shares.shares):
            return None
        return "the shares give nobody any part", "give at least one partner a part"
    if len(percents) < len(shares.shares):
        return "the shares mix percentages and parts", "write all of them as percentages, or all as parts"
    total = sum(percents, Fraction(0))
    if total == 1:
        return None
    missing = f"{format_percent(abs(1 - total))} {'is missing' if total < 1 else 'too much'}"
    return f"the shares add up to {format_percent(total)}: {missing}", "make them add up to 100%"


def _said(share: Share) -> str:
    """A share as it was written."""
    if share.percent is not None:
        return format_percent(share.percent)
    return f"{share.parts} part{'' if share.parts == 1 else 's'}"
