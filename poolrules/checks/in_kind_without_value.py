"""A contribution in kind has no value.

What is provided in kind counts towards a partner's contribution only at an agreed value. Without
one it cannot be compared, replaced or given up.

Authority: none; good practice, and HMRC asks for the value of what one body supplies to another.

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
            ICB         nothing, in kind "Two seconded occupational therapists"

Agree a value:

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
            ICB         £180,000, in kind "Two seconded occupational therapists"
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("MON004", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for contributions in kind of nil."""
    for fund in subject.agreement.funds:
        for block in fund.contributions:
            for line in block.amounts:
                if line.in_kind and not line.amount.pence:
                    yield Fault(
                        f"what `{line.partner}` contributes in kind to `{fund.name}` has no value",
                        (Label(line.amount.span, "worth how much?"),),
                        "agree a value in pounds",
                    )
