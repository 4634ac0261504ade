"""A step of an overspend or underspend can never take anything.

An earlier step takes everything, or has already gone past this one's limit. Somebody wrote the
step because they meant it: either the order or a limit is wrong.

Authority: none; arithmetic.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       Council alone
            remainder   ICB 60%, Council 40%

Limit the earlier step:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       at most £50,000: Council alone
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.base.money import format_money
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import perimeter
from poolrules.checks.trials import Trial, trials_of
from poolrules.engine.settlement import Run
from poolrules.ruleset.ruleset import Step
from poolrules.source.finding import Label


@check("RSK010", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Try each step with the help it needs itself; one that some amount of some year reaches is well."""
    stopped: dict[str, Fault] = {}
    well: set[str] = set()
    for trial in trials_of(subject):
        never = trial.never_reached()
        for step in trial.rule.steps:
            if step.at_most == 0 or step in never:
                stopped.setdefault(step.id, _fault(trial, step))
            else:
                well.add(step.id)
    yield from (fault for name, fault in stopped.items() if name not in well)


def _fault(trial: Trial, step: Step) -> Fault:
    """Say what stops a step."""
    what, place = perimeter(trial.fund, trial.waterfall), trial.written(step).span
    run = trial.of_a_very_large_amount(step)
    result = next(one for one in run.steps if one.rule == step.id)
    if not result.before:
        help = "limit the earlier step with `at most` or `until`, change the order, or take this step out"
        labels = (Label(place, "never reached"), *_ending(trial, run, "takes everything"))
        return Fault(f"a step of {what} is never reached", labels, help)
    if step.at_most == 0 or not result.until:
        label = Label(place, "at most £0" if step.at_most == 0 else "until £0")
        return Fault(f"a step of {what} may take nothing", (label,), "give it a limit above £0, or take it out")
    limit = format_money(result.until)
    return Fault(
        f"a step of {what} is never reached: by then the steps before it have always met {limit}",
        (
            Label(place, "its limit is on the running total"),
            *_ending(trial, run, "goes on to or past it", result.until),
        ),
        "raise its limit, lower the earlier step's, or take this step out",
    )


def _ending(trial: Trial, run: Run, word: str, total: int | None = None) -> Iterator[Label]:
    """Point at the first step after which nothing is left, or a running total has been met."""
    for step, result in zip(trial.rule.steps, run.steps, strict=False):
        met = run.amount - result.before + result.taken
        if result.taken and met >= (run.amount if total is None else total):
            yield Label(trial.written(step).span, word)
            return
