"""What is taken off a partner's contribution is more than it contributes.

Efficiencies, planned changes and shifts make a contribution smaller. If together they are more than all that the
partner puts in, the fund would have to pay the partner, and no rule says so.

Authority: arithmetic.

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
            Council     less £450,000, efficiency "Fewer routes"
            ICB         plus £450,000, planned "A new ward"

Take off no more than there is:

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
            Council     less £45,000, efficiency "Fewer routes"
            ICB         plus £45,000, planned "A new ward"
"""

from collections.abc import Iterator

from poolrules.base.dates import read_year
from poolrules.base.money import format_money
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.model.agreement import Fund
from poolrules.ruleset.build_up import build_up
from poolrules.ruleset.money_by_year import in_force
from poolrules.source.finding import Label


@check("MON035", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Add up the cash of each partner in each year; one that stays below nothing is told once."""
    compiled = {fund.name: fund for fund in subject.rules.funds}
    for fund in subject.agreement.funds:
        told: set[str] = set()
        rules = compiled.get(fund.name.text)
        for figures in rules.years if rules else ():
            for row in build_up(figures):
                if row.contribution < 0 and row.partner not in told:
                    told.add(row.partner)
                    yield Fault(
                        f"what `{row.partner}` contributes to `{fund.name}` for {figures.year} comes to"
                        f" {format_money(row.contribution)}",
                        _places(fund, figures.year, row.partner),
                        "take off no more than there is, or say in `payments between partners` who pays whom",
                    )


def _places(fund: Fund, year: str, partner: str) -> tuple[Label, ...]:
    """Point at what is taken off in a year, else at its block."""
    block = in_force(fund.contributions, read_year(year))
    if block is None:
        return (Label(fund.span),)
    less = [line.span for line in block.changes if line.less and line.partner.text == partner]
    shifted = [shift.span for shift in block.shifts if partner in (shift.less.text, shift.more.text)]
    return tuple(Label(span, "taken off here") for span in (*less, *shifted)) or (Label(block.span),)
