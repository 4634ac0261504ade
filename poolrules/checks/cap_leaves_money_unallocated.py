"""A cap turns money away, and no later step takes it.

What a partner's cap keeps off it goes on to the next step. If there is none, or every step is
capped, that money belongs to nobody. The amount named is the smallest at which that happens when no
reserve and no other scheme helps.

Authority: none; arithmetic.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%; Council at most £100,000 in this step, excess to the next

Let a step without caps come last:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       ICB 60%, Council 40%; Council at most £100,000 in this step, excess to the next
            remainder   decided by Board within 30 days of the statement, failing which ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.base.money import format_money
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import all_steps, perimeter
from poolrules.checks.trials import Trial, trials_of
from poolrules.engine.reach import smallest_unallocated
from poolrules.model.agreement import ByPartners
from poolrules.source.finding import Label


@check("RSK009", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Try each waterfall with its caps; where it leaves money even without them, another check says so."""
    told: set[str] = set()
    for trial in trials_of(subject):
        if trial.rule.id in told or not trial.leaves_money() or trial.without_caps().leaves_money():
            continue
        told.add(trial.rule.id)
        smallest = smallest_unallocated(trial.rules, trial.rule.id, trial.year) or 0
        what = perimeter(trial.fund, trial.waterfall)
        yield Fault(
            f"from {format_money(smallest)} on, caps leave part of {what} with nobody",
            tuple(_caps(trial)),
            "add a last step without caps, or say who bears what the caps turn away",
        )


def _caps(trial: Trial) -> Iterator[Label]:
    """Point at the caps, the nearest to the end first."""
    for step in reversed(all_steps(trial.waterfall)):
        if isinstance(step.taker, ByPartners):
            yield from (Label(cap.span, f"the cap on `{cap.partner}`") for cap in step.taker.caps)
    yield from (Label(cap.span, f"the cap on `{cap.partner}`") for cap in trial.waterfall.caps)
