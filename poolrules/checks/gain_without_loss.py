"""A gain is shared out, and nothing is said of a loss in its place.

Retained growth, savings and surpluses have bad years. Agreements that promise each partner at least what it would have
had, and do not say what happens when there is less, are where pools have broken up.

Authority: none; practice: business rates pools, where the loss case was the missing clause.

    fund Pool "Westshire pooled fund"
        gain Growth "Retained growth in business rates"
            found by    "The chief finance officers"
            remainder   ICB 60%, Council 40%

Say what holds for a loss:

    fund Pool "Westshire pooled fund"
        gain Growth "Retained growth in business rates"
            found by    "The chief finance officers"
            loss        "Each partner bears the loss on its own rates."
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.source.finding import Label


@check("RSK017", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the loss case of each gain."""
    for fund in subject.agreement.funds:
        for gain in fund.gains:
            if gain.loss is None:
                yield Fault(
                    f"nothing is said of a loss in place of `{gain.called}`",
                    (Label(gain.span, "and if it is a loss?"),),
                    'add a line such as: loss "Each partner bears its own."',
                )
