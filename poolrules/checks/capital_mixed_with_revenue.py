"""Capital money can be spent on revenue.

A capital grant may only buy or improve assets. In a fund that also pays for running services it
must be tied to a scheme that is capital, or it will sooner or later pay for something it may not.

Authority: the conditions of each grant under the Local Government Act 2003 s 31; proper accounting
practice.

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Hoists "Ceiling hoists" ring-fenced with overspend borne by Council, capital
        contributions from 2026/27
            ICB         £600,000
            Council     £300,000
            Council     £100,000, from "Capital grant", capital
        budget from 2026/27
            Equipment   £900,000
            Hoists      £100,000

Tie it to a capital scheme:

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Hoists "Ceiling hoists" ring-fenced with overspend borne by Council, capital
        contributions from 2026/27
            ICB         £600,000
            Council     £300,000
            Council     £100,000, from "Capital grant", capital, only for Hoists
        budget from 2026/27
            Equipment   £900,000
            Hoists      £100,000
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import ContributionYear, Fund, Marks
from poolrules.source.finding import Label
from poolrules.source.span import Span


@check("MON007", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for capital contributions that no fence keeps from revenue schemes."""
    for fund in subject.agreement.funds:
        for block in fund.contributions:
            for whose, marks, span in _said(block):
                if marks.capital and _reaches_revenue(fund, marks):
                    where = f"is for `{marks.only_for}`, a revenue scheme" if marks.only_for else "is for any scheme"
                    yield Fault(
                        f"capital that {whose} to `{fund.name}` {where}",
                        (Label(span, "capital"),),
                        "tie it with `only for` to a scheme marked `capital`",
                    )


def _said(block: ContributionYear) -> Iterator[tuple[str, Marks, Span]]:
    """Who contributes each sum of a block, what is said of it, and where; what is taken off reaches nothing."""
    for line in block.amounts:
        yield f"`{line.partner}` contributes", line.marks, line.span
    for change in block.changes:
        if not change.less:
            yield f"`{change.partner}` contributes", change.marks, change.span
    for total in block.totals:
        yield "partners contribute", total.marks, total.span


def _reaches_revenue(fund: Fund, line: Marks) -> bool:
    """Whether a contribution may be spent on a scheme that is not capital."""
    if line.only_for is None:
        return any(not scheme.capital for scheme in fund.schemes if scheme.pooled)
    return any(scheme.name.text == line.only_for.text and not scheme.capital for scheme in fund.schemes)
