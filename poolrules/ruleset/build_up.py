"""How each partner's contribution of a year is made up: last year's, what changes, and what comes of it.

These are the columns of a contribution schedule: last year's sum, recurrent changes, uplift, planned changes,
efficiencies, the contribution, and its share. All follows from the rules of the year alone.
"""

from fractions import Fraction

from msgspec import Struct

from poolrules.ruleset.ruleset import Change, ContributionRule, YearFigures


class BuildUp(Struct, frozen=True):
    """One partner's cash of one year, in whole pence; the parts add up to the `contribution`.

    Where money waits for a condition, the condition is taken to hold.
    """

    partner: str
    last_year: int
    """What the lines carried on came to the year before."""
    stated: int
    """What is stated for this year as it is."""
    recurrent: int
    uplift: int
    planned: int
    efficiency: int
    shifted: int
    contribution: int
    share: Fraction | None
    """Of what all partners contribute, shifts left out; nothing where that is nil or not yet set for everybody."""


def build_up(figures: YearFigures) -> tuple[BuildUp, ...]:
    """Take apart the cash of each partner that contributes any in a year, in the order in which they are named."""
    lines = [line for line in figures.contributions if not line.in_kind and expected(line)]
    whole = 0 if figures.unset else sum(line.pence for line in lines if line.change is not Change.SHIFT)
    return tuple(
        _row(partner, [line for line in lines if line.partner == partner], whole)
        for partner in dict.fromkeys(line.partner for line in lines)
    )


def expected(line: ContributionRule) -> bool:
    """Whether a contribution is due where every condition holds."""
    return line.condition is None or line.condition.holds


def cash_of(figures: YearFigures) -> int:
    """The cash that comes in for a year where every condition holds, in whole pence."""
    return sum(line.pence for line in figures.contributions if not line.in_kind and expected(line))


def _row(partner: str, lines: list[ContributionRule], whole: int) -> BuildUp:
    """What one partner's lines come to."""
    unshifted = sum(line.pence for line in lines if line.change is not Change.SHIFT)
    carried = [line for line in lines if line.change is None and line.last_year is not None]
    changes = {change: [line for line in lines if line.change is change] for change in Change}
    return BuildUp(
        partner=partner,
        last_year=sum(line.last_year or 0 for line in carried),
        stated=sum(line.pence for line in lines if line.change is None and line.last_year is None),
        recurrent=sum(_before(line) for line in changes[Change.RECURRENT]),
        uplift=sum(line.pence - _before(line) for line in lines if line.change is not Change.SHIFT),
        planned=sum(_before(line) for line in changes[Change.PLANNED]),
        efficiency=sum(_before(line) for line in changes[Change.EFFICIENCY]),
        shifted=sum(line.pence for line in changes[Change.SHIFT]),
        contribution=sum(line.pence for line in lines),
        share=Fraction(unshifted, whole) if whole > 0 and unshifted >= 0 else None,
    )


def _before(line: ContributionRule) -> int:
    """A sum before it was raised."""
    return line.pence if line.last_year is None else line.last_year
