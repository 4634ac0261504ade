"""A fund does not say when contributions are paid.

Between the first bill and the first payment the host lends the fund its own cash. Say how often
partners pay, and when.

Authority: none; good practice.

    fund Pool "Westshire pooled fund"
        varied      by written agreement of all partners, or under the overspend terms

Say when:

    fund Pool "Westshire pooled fund"
        varied      by written agreement of all partners, or under the overspend terms
        paid        quarterly in advance, on the first working day
"""

from collections.abc import Iterator

from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.source.finding import Label


@check("MON006", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the payment dates of each fund."""
    for fund in subject.agreement.funds:
        if fund.paid is None:
            yield Fault(
                f"`{fund.name}` does not say when contributions are paid",
                (Label(fund.span, "no `paid` line"),),
                "add a line such as: paid quarterly in advance, on the first working day",
            )
