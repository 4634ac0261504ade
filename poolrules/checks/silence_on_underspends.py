"""The agreement does not say whose an underspend of a shared scheme is.

At year end the host has the money and each partner has a claim. Partners have withheld payments
for a year over this.

Authority: none in the regulations; practice.

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared

Say what happens to it:

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        underspend of shared schemes together
            remainder   returned in proportion to contributions to the fund, as last varied in writing
"""

from collections.abc import Iterator

from poolrules.base.mode import Mode
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import dealt_with
from poolrules.source.finding import Label


@check("RSK004", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the shared schemes of each fund that no underspend block is about."""
    covered = dealt_with(subject.agreement, overspend=False)
    for fund in subject.agreement.funds:
        shared = [scheme for scheme in fund.schemes if scheme.mode is Mode.SHARED or scheme.over_only]
        silent = [scheme for scheme in shared if scheme.name.text not in covered]
        if silent:
            names = ", ".join(f"`{scheme.name}`" for scheme in silent)
            what = f"`{fund.name}`" if len(silent) == len(shared) else names
            yield Fault(
                f"nothing says what happens to an underspend of {what}",
                (
                    Label(fund.span, "no terms for it"),
                    *(Label(scheme.span, "over only" if scheme.over_only else "shared") for scheme in silent),
                ),
                "add an `underspend of shared schemes together` block, or name these schemes in one",
            )
