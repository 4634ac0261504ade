"""A sum that one partner pays in place of another is never reversed.

A shift moves the time at which partners pay: one pays more this year, and as much less later. Without the second half
one partner has paid for the other, and no later year shows it. A reversal after the agreement has ended is none.

Authority: none; good practice. Accounts of councils and NHS bodies show such a sum as a debt only where it is owed.

    fund Pool "Westshire pooled fund"
        contributions 2026/27
            ICB         £600,000
            Council     £400,000
            shift £100,000 from ICB to Council
        contributions 2027/28
            ICB, Council last year's lines

Say when it goes back:

    fund Pool "Westshire pooled fund"
        contributions 2026/27
            ICB         £600,000
            Council     £400,000
            shift £100,000 from ICB to Council, reversed in 2027/28
        contributions 2027/28
            ICB, Council last year's lines
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("MON033", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for a later year of the term in each shift."""
    agreement = subject.agreement
    help = "say when it goes back: `shift £100,000 from ICB to Council, reversed in 2027/28`"
    for fund in agreement.funds:
        for shift in (shift for block in fund.contributions for shift in block.shifts):
            what = f"what `{shift.more}` pays to `{fund.name}` in place of `{shift.less}`"
            if shift.reversed_in is None:
                yield Fault(f"{what} is never reversed", (Label(shift.span, "and then?"),), help)
            elif agreement.term and shift.reversed_in not in agreement.years:
                yield Fault(
                    f"{what} is reversed in {shift.reversed_in}, outside the term",
                    (Label(shift.span, "reversed too late"), Label(agreement.term.span, "the term")),
                    "reverse it in a year of the term",
                )
