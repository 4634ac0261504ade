"""A contribution is still indicative when its year starts.

An indicative figure may be reported. It is not due, nobody can be billed for it, and whatever is shared by it is
provisional. Once the year has begun, partners spend money that nobody has promised.

Authority: SI 2000/617 reg 7(3)(b) asks for each contribution to be specified; the rest is good practice.

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000, indicative

Confirm it before the year starts, and take the word out:

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
"""

from collections.abc import Iterator

from poolrules.base.dates import read_year, year_of
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import Agreement, Contribution, ContributionChange, Fund
from poolrules.ruleset.money_by_year import in_force
from poolrules.ruleset.ruleset import FundRules
from poolrules.source.finding import Label
from poolrules.source.span import Span


@check("MON032", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look at the years that have begun when the agreement starts, or is signed if that is later."""
    compiled = {fund.name: fund for fund in subject.rules.funds}
    for fund in subject.agreement.funds:
        rules = compiled.get(fund.name.text)
        if rules is not None:
            yield from _indicative(subject.agreement, fund, rules)


def _indicative(agreement: Agreement, fund: Fund, rules: FundRules) -> Iterator[Fault]:
    """Report the first begun year of each partner whose contribution may still change."""
    told: set[str] = set()
    begun = [day.date for day in (agreement.term.first if agreement.term else None, agreement.signed) if day]
    for figures in rules.years:
        names = {line.partner for line in figures.contributions if line.indicative} - told
        if not begun or figures.year > str(year_of(max(begun))):
            continue
        for name in sorted(names):
            told.add(name)
            yield Fault(
                f"what `{name}` contributes to `{fund.name}` for {figures.year} is still indicative when it starts",
                tuple(Label(span, "reported, and not due") for span in _places(fund, figures.year, name)),
                "confirm the figure and take out `indicative`, or say by when it is: `to be set by 31 March 2026`",
            )


def _places(fund: Fund, year: str, partner: str) -> list[Span]:
    """Where a partner's indicative sums of a year are written, else the block that carries them on."""
    block = in_force(fund.contributions, read_year(year))
    if block is None:
        return [fund.span]
    lines: tuple[Contribution | ContributionChange, ...] = (*block.amounts, *block.changes)
    own = [line.span for line in lines if line.marks.indicative and line.partner.text == partner]
    shared = [total.span for total in block.totals if total.marks.indicative]
    return own or shared or [block.span]
