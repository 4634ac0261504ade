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
from poolrules.engine.course import as_run
from poolrules.engine.settlement import Facts
from poolrules.engine.sharing import weights_of
from poolrules.engine.working import bare_books
from poolrules.model.agreement import Step
from poolrules.ruleset.places import waterfall_id
from poolrules.ruleset.ruleset import ByContributions, ByPartners, Decided, FundRules, Ruleset, Taker
from poolrules.source.finding import Label


@check("MON014", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Add up what counts, for each proportion in each year."""
    for rules, step, sharings in proportions(subject):
        years = [_bare_year(subject.rules, rules, sharing) for sharing in sharings]
        year = min((year for year in years if year), default=None)
        if year:
            yield Fault(
                f"nobody made any of the contributions that count here for {year}",
                (Label(step.taker.span, "in proportion to nothing"),),
                "tie contributions to these schemes with `only for`, or count contributions to the fund",
            )


def proportions(subject: Subject) -> Iterator[tuple[FundRules, Step, list[ByContributions]]]:
    """Each step with its fund and the proportions it divides by: one for each scheme that is taken on its own."""
    compiled = {fund.name: fund for fund in subject.rules.funds}
    for fund in subject.agreement.funds:
        rules = compiled.get(fund.name.text)
        if rules is None:
            continue
        by_id = {rule.id: rule for rule in rules.waterfalls}
        for waterfall in fund.waterfalls:
            runs = as_run(by_id[waterfall_id(fund, waterfall)])
            for place, step in enumerate(all_steps(waterfall)):
                yield rules, step, [one for run in runs if (one := _sharing(run.steps[place].taker))]


def _sharing(taker: Taker) -> ByContributions | None:
    """The proportion a step divides by, also failing a decision."""
    sharing = taker.sharing if isinstance(taker, ByPartners) else taker.failing if isinstance(taker, Decided) else None
    return sharing if isinstance(sharing, ByContributions) else None


def _bare_year(rules: Ruleset, fund: FundRules, sharing: ByContributions) -> str | None:
    """The first year with contributions to the fund, none of which counts."""
    for figures in fund.years:
        working = bare_books(rules, Facts(figures.year, ()))
        if figures.contributions and not any(weights_of(working, fund, sharing).values()):
            return figures.year
    return None
