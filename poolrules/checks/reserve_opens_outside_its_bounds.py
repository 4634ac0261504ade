"""A reserve opens with more than it may hold, or with less than it must.

The terms are broken before the first day. Either the opening balance or the bound is wrong.

Authority: none; arithmetic.

    fund Pool "Westshire pooled fund"
        reserve Contingency "Contingency reserve" opening £80,000, at most £60,000
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       from Contingency
            remainder   ICB 60%, Council 40%

Make them fit:

    fund Pool "Westshire pooled fund"
        reserve Contingency "Contingency reserve" opening £50,000, at most £60,000
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       from Contingency
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.base.money import format_money
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import Amount, Reserve
from poolrules.source.finding import Label


@check("MON017", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare each opening balance with the bounds."""
    for fund in subject.agreement.funds:
        for reserve in fund.reserves:
            bound = _broken(reserve)
            if bound:
                above = reserve.opening.pence > bound.pence
                yield Fault(
                    f"`{reserve.name}` opens with {format_money(reserve.opening.pence)}, "
                    f"{'more than it may' if above else 'less than it must'} hold",
                    (
                        Label(reserve.opening.span, format_money(reserve.opening.pence)),
                        Label(bound.span, f"at {'most' if above else 'least'} {format_money(bound.pence)}"),
                    ),
                    "correct the opening balance or the bound",
                )


def _broken(reserve: Reserve) -> Amount | None:
    """The bound that an opening balance breaks."""
    if reserve.at_most and reserve.opening.pence > reserve.at_most.pence:
        return reserve.at_most
    if reserve.at_least and reserve.opening.pence < reserve.at_least.pence:
        return reserve.at_least
    return None
