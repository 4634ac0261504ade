"""The steps for an overspend or underspend end while money is still left.

Every step has a limit or a source that can be empty, and no remainder takes the rest. From a
certain amount on, part of the money belongs to nobody. The amount named is the smallest at which
that happens when no reserve and no other scheme helps.

Authority: none; arithmetic. SI 2000/617 has no default rule to fall back on.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       until all steps so far have met £100,000: ICB 60%, Council 40%

Let somebody take the rest:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       until all steps so far have met £100,000: ICB 60%, Council 40%
            remainder   ICB 50%, Council 50%
"""

from collections.abc import Iterator

from poolrules.base.money import format_money
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import all_steps, perimeter
from poolrules.checks.trials import Trial, trials_of
from poolrules.engine.reach import smallest_unallocated
from poolrules.source.finding import Label


@check("RSK002", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Try each waterfall without its caps, so that only its steps are judged; each is reported once."""
    told: set[str] = set()
    for trial in trials_of(subject):
        bare = trial.without_caps()
        if trial.rule.id in told or not bare.leaves_money():
            continue
        told.add(trial.rule.id)
        yield _fault(trial, smallest_unallocated(bare.rules, bare.rule.id, bare.year) or 0)


def _fault(trial: Trial, smallest: int) -> Fault:
    """Say from which amount on money is left."""
    steps = all_steps(trial.waterfall)
    end = (Label(steps[-1].span, "the last step"),) if steps else ()
    return Fault(
        f"from {format_money(smallest)} on, part of {perimeter(trial.fund, trial.waterfall)} has no owner",
        (Label(trial.waterfall.span, "no `remainder`"), *end),
        "end with a line that takes whatever is left, such as: remainder ICB 60%, Council 40%",
    )
