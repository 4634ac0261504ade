"""The steps for an overspend or underspend end while money is still left.

Every step has a limit or a source that can be empty, and no remainder takes the rest. From a
certain amount on, part of the money belongs to nobody. The amount named is the smallest at which
that happens when no reserve and no other scheme helps; caps may make it happen sooner.

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
from poolrules.checks.cap_leaves_money_unallocated import capping
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import all_steps, perimeter
from poolrules.checks.trials import Trial, at_worst, trials_of
from poolrules.source.finding import Label


@check("RSK002", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Try each waterfall without its caps, so that only its steps are judged; each is reported once."""
    found: dict[str, tuple[int, Fault]] = {}
    for trial in trials_of(subject):
        bare = trial.without_caps()
        if not bare.leaves_money():
            continue
        ending, sooner = bare.smallest_left() or 0, trial.lapsed().smallest_left() or 0
        if trial.rule.id not in found or sooner < found[trial.rule.id][0]:
            found[trial.rule.id] = sooner, _fault(trial, sooner, capped=sooner < ending)
    yield from (fault for _, fault in found.values())


def _fault(trial: Trial, smallest: int, *, capped: bool) -> Fault:
    """Say from which amount on money is left, and which caps leave it sooner than the steps end."""
    steps = all_steps(trial.waterfall)
    end = (Label(steps[-1].span, "the last step"),) if steps else ()
    what = perimeter(trial.fund, trial.waterfall)
    return Fault(
        f"{at_worst(trial.rule)}from {format_money(smallest)} on, part of {what} has no owner",
        (Label(trial.waterfall.span, "no `remainder`"), *end, *(capping(trial) if capped else ())),
        "end with a line that takes whatever is left, such as: remainder ICB 60%, Council 40%",
    )
