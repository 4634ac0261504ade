"""Nobody pays into a fund, and its partners share what its schemes overspend or leave over.

In a notional pool each partner keeps its contribution and spends it itself. The host then has no money to pay an
overspend from and none to give back, so that cash goes in and out between the partners at the year's end with nothing
pooled between them. Such pools were found to bring their partners nothing but work.

Authority: none; good practice. What auditors said of the North Wales pool for care homes is in its councils' minutes.

    fund Pool "Westshire pooled fund"
        paid        by nobody, retained by each partner

Let the partners pay in, or leave each scheme at the risk of the partner that keeps the money for it:

    fund Pool "Westshire pooled fund"
        paid        quarterly in advance, on the first working day
"""

from collections.abc import Iterator

from poolrules.base.mode import Mode
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import Retained
from poolrules.source.finding import Label


@check("MON053", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for shared schemes in each fund into which nobody pays."""
    for fund in subject.agreement.funds:
        shared = [scheme for scheme in fund.schemes if scheme.mode is Mode.SHARED]
        if isinstance(fund.paid, Retained) and shared:
            yield Fault(
                f"nobody pays into `{fund.name}`, and its partners share the variance of `{shared[0].name}`",
                (Label(fund.paid.span, "nobody pays in"), Label(shared[0].span, "shared")),
                "let the partners pay in, or say whose own risk each scheme is",
            )
