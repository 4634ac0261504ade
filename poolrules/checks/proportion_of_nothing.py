"""A sharing in proportion to contributions has no contributions to go by.

In some year none of the contributions that count were made: a proportion of nothing shares
nothing, and whatever reaches the step stays unallocated.

Authority: arithmetic.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to contributions to those schemes, as last varied in writing

Count contributions that there are:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to contributions to the fund, as last varied in writing
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import all_steps
from poolrules.engine.settlement import Facts
from poolrules.engine.sharing import weights_of
from poolrules.engine.working import Working
from poolrules.model.agreement import Fund, Step
from poolrules.ruleset.places import waterfall_id
from poolrules.ruleset.ruleset import ByContributions, ByPartners, Decided, FundRules, Ruleset, Taker
from poolrules.source.finding import Label


@check("MON014", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Add up what counts, for each proportion in each year."""
    compiled = {fund.name: fund for fund in subject.rules.funds}
    for fund in subject.agreement.funds:
        rules = compiled.get(fund.name.text)
        for step, taker in _takers(fund, rules) if rules else ():
            sharing = _sharing(taker)
            year = _bare_year(subject.rules, rules, sharing) if rules and sharing else None
            if year:
                yield Fault(
                    f"nobody made any of the contributions that count here for {year}",
                    (Label(step.taker.span, "in proportion to nothing"),),
                    "tie contributions to these schemes with `only for`, or count contributions to the fund",
                )


def _takers(fund: Fund, rules: FundRules) -> Iterator[tuple[Step, Taker]]:
    """Each step of a fund with what it was compiled to."""
    by_id = {rule.id: rule for rule in rules.waterfalls}
    for waterfall in fund.waterfalls:
        rule = by_id[waterfall_id(fund, waterfall)]
        for step, compiled in zip(all_steps(waterfall), rule.steps, strict=True):
            yield step, compiled.taker


def _sharing(taker: Taker) -> ByContributions | None:
    """The proportion a step divides by, also failing a decision."""
    sharing = taker.sharing if isinstance(taker, ByPartners) else taker.failing if isinstance(taker, Decided) else None
    return sharing if isinstance(sharing, ByContributions) else None


def _bare_year(rules: Ruleset, fund: FundRules, sharing: ByContributions) -> str | None:
    """The first year with contributions to the fund, none of which counts."""
    for figures in fund.years:
        known = {one.name: own for one in rules.funds for own in one.years if own.year == figures.year}
        working = Working(rules, Facts(figures.year, ()), known, {}, {})
        if figures.contributions and not any(weights_of(working, fund, sharing).values()):
            return figures.year
    return None
