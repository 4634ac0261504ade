"""An integrated care board alone bears an overspend without limit.

A board must aim not to spend more than it receives in a year, and cannot promise what it may not
spend. Sharing the last step, capping it, or leaving it to a decision keeps the promise within its
power. A share without a cap beside a council's is common, and is not reported.

Authority: NHS Act 2006 s 223GC.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       until all steps so far have met £100,000: ICB 60%, Council 40%
            remainder   ICB alone

Share the rest:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       until all steps so far have met £100,000: ICB 60%, Council 40%
            remainder   ICB 50%, Council 50%
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import perimeter
from poolrules.checks.trials import Trial, trials_of
from poolrules.engine.settlement import To
from poolrules.source.finding import Label


@check("RSK005", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Ask who bears the end of a very large overspend."""
    boards = {
        partner.name.text
        for partner in subject.agreement.partners
        if partner.kind and partner.kind.kind == "integrated care board"
    }
    told: set[str] = set()
    for trial in trials_of(subject):
        if trial.rule.id in told or not trial.waterfall.overspend:
            continue
        name, place = _bears_the_end(trial)
        if name in boards:
            told.add(trial.rule.id)
            yield Fault(
                f"`{name}` alone bears {perimeter(trial.fund, trial.waterfall)} without limit",
                (place,),
                "share the last step, cap it, or leave what is beyond a sum to a decision",
            )


def _bears_the_end(trial: Trial) -> tuple[str | None, Label]:
    """Who alone takes the last part of a very large amount, and in which step."""
    run = trial.of_a_very_large_amount()
    last = next((result for result in reversed(run.steps) if result.taken), None)
    steps = {step.id: step for step in trial.rule.steps}
    if last is None or last.rule not in steps or last.limit is not None:
        return None, Label(trial.waterfall.span)
    given = [one for one in last.allocations if one.pence]
    alone = given[0].name if len(given) == 1 and given[0].to is To.PARTNER and not given[0].turned_away else None
    return alone, Label(trial.written(steps[last.rule]).span, "takes whatever is left")
