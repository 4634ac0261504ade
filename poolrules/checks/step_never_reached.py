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
from poolrules.engine.settlement import Run, StepResult
from poolrules.ruleset.ruleset import Step
from poolrules.source.finding import Label


@check("RSK010", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Try each step on a very large amount, with the help it needs itself; one that some year reaches is well."""
    stopped: dict[str, Fault] = {}
    reached: set[str] = set()
    for trial in trials_of(subject):
        for step in trial.rule.steps:
            if step.id in reached:
                continue
            fault = _fault(trial, step, trial.of_a_very_large_amount(step))
            if fault:
                stopped.setdefault(step.id, fault)
            else:
                reached.add(step.id)
    for name, fault in stopped.items():
        if name not in reached:
            yield fault


def _fault(trial: Trial, step: Step, run: Run) -> Fault | None:
    """Say what stops a step, where something does; one whose source is empty is not stopped."""
    results = {result.rule: result for result in run.steps}
    result, written = results[step.id], trial.written(step)
    what = perimeter(trial.fund, trial.waterfall)
    if not result.before:
        earlier = _taking_all(trial, run)
        also = (Label(trial.written(earlier).span, "takes everything"),) if earlier else ()
        help = "limit the earlier step with `at most` or `until`, change the order, or take this step out"
        return Fault(f"a step of {what} is never reached", (Label(written.span, "never reached"), *also), help)
    if step.at_most == 0:
        label = Label(written.span, "at most £0")
        return Fault(f"a step of {what} may take nothing", (label,), "give it a limit above £0, or take it out")
    if step.until is not None and step.until <= run.amount - result.before:
        taken = format_money(run.amount - result.before)
        message = f"a step of {what} is never reached: earlier steps have then already taken {taken}"
        return Fault(message, (Label(written.span, "its limit is on the running total"),), "raise its limit")
    return None


def _taking_all(trial: Trial, run: Run) -> Step | None:
    """The step after which nothing is left."""
    ending: StepResult | None = next((one for one in run.steps if one.taken and one.taken == one.before), None)
    return next((step for step in trial.rule.steps if ending and step.id == ending.rule), None)
