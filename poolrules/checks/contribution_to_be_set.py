"""A contribution of some year of the term is not fixed.

It is still to be set, or waits for something that is not known yet: what recurs of last year's overspends and
underspends, the value of an index. Nothing is settled for such a year, and nothing can be paid in, before a deed of
variation says the sum. The later years that follow from it wait as well, and are not told again.

Authority: SI 2000/617 reg 7(3)(b) asks for each contribution to be specified; the figure must come from the partners.

    fund Pool "Westshire pooled fund"
        contributions 2026/27
            ICB         £600,000
            Council     £400,000
        contributions 2027/28
            ICB         £600,000
            Council     to be set by 28 February 2027, having regard to "Inflation", "Local plans"
        budget 2026/27
            Equipment   £1,000,000
        budget 2027/28
            Equipment   £1,000,000

State the sum once it is known, or a rule that gives it:

    fund Pool "Westshire pooled fund"
        contributions 2026/27
            ICB         £600,000
            Council     £400,000
        contributions 2027/28
            ICB         £600,000
            Council     last year's lines
        budget 2026/27
            Equipment   £1,000,000
        budget 2027/28
            Equipment   £1,000,000
"""

from collections.abc import Iterator

from poolrules.base.dates import FinancialYear
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.ruleset.from_model import figures_awaited
from poolrules.ruleset.money_by_year import Awaited
from poolrules.source.finding import Label


@check("MON031", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """List the figures of each fund that nothing fixes, those of one line together."""
    for fund in subject.agreement.funds:
        lines: dict[tuple[object, str], list[Awaited]] = {}
        for one in figures_awaited(subject.agreement, fund):
            if one.mend:
                lines.setdefault((one.span, one.why), []).append(one)
        for awaited in lines.values():
            yield _fault(fund.name.text, awaited)


def _fault(fund: str, awaited: list[Awaited]) -> Fault:
    """Say whose figures of which years wait, and for what."""
    who = ", ".join(f"`{name}`" if name[0].isupper() else name for name in dict.fromkeys(one.who for one in awaited))
    first = awaited[0]
    return Fault(
        f"in `{fund}` the figure of {who} for {_when([one.year for one in awaited])} {first.why}",
        (Label(first.span, "not fixed"),),
        first.mend,
    )


def _when(years: list[FinancialYear]) -> str:
    """Name one year, or the first of several."""
    return str(years[0]) if len(set(years)) == 1 else f"{years[0]} and later years"
