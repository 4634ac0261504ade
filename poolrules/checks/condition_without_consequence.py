"""A contribution waits for a fact, and nothing says what is paid where the fact does not hold.

Performance money, gated money: if the condition fails, is the sum kept, or paid by somebody else? The budget was made
with it. What is not paid in is missing there, and nobody has said who goes without.

Authority: none; good practice. Performance slices of the Better Care Fund were quarrelled over for this reason.

    fact TargetMet "Emergency admissions are below the target"
        found by "The Board, on the published figures"

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £580,000
            ICB         £20,000, if TargetMet
            Council     £400,000

Say it, also if nothing is paid:

    fact TargetMet "Emergency admissions are below the target"
        found by "The Board, on the published figures"

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £580,000
            ICB         £20,000, if TargetMet
            ICB         nothing, unless TargetMet
            Council     £400,000
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import ContributionYear, Given
from poolrules.source.finding import Label
from poolrules.source.span import Span


@check("MON034", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look in each block for the other side of every condition."""
    for fund in subject.agreement.funds:
        for block in fund.contributions:
            told: set[str] = set()
            given = _given(block)
            said = {(one.fact.text, one.holds) for one, _ in given}
            for one, span in given:
                name = one.fact.text
                if (name, not one.holds) in said or name in told:
                    continue
                told.add(name)
                other = "unless" if one.holds else "if"
                yield Fault(
                    f"nothing says what is paid to `{fund.name}` where `{name}`"
                    f" {'does not hold' if one.holds else 'holds'}",
                    (Label(span, "and otherwise?"),),
                    f"add a line that says who pays what then, or that nobody does: `ICB nothing, {other} {name}`",
                )


def _given(block: ContributionYear) -> list[tuple[Given, Span]]:
    """The facts that the sums of a block wait for, and where."""
    return [(marks.given, span) for marks, span in block.marked if marks.given]
