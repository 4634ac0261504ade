"""A cap turns money away, and no later step takes it.

What a partner's cap keeps off it goes on to the next step. If there is none, or every step is
capped, that money belongs to nobody. A cap for the year also binds what a body decides, and what
follows if it does not decide. The amount named is the smallest at which that happens when no reserve
and no other scheme helps, decisions have lapsed, and nothing else has used up a cap.

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
from poolrules.checks.trials import Trial, at_worst, trials_of
from poolrules.model.agreement import ByPartners, DecidedBy
from poolrules.source.finding import Label


@check("RSK009", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Try each waterfall with its caps; where it leaves money even without them, another check says so."""
    found: dict[str, tuple[int, Fault]] = {}
    for trial in trials_of(subject):
        lapsed = trial.lapsed()
        if not lapsed.leaves_money() or lapsed.without_caps().leaves_money():
            continue
        smallest = lapsed.smallest_left() or 0
        if trial.rule.id not in found or smallest < found[trial.rule.id][0]:
            found[trial.rule.id] = smallest, _fault(trial, smallest)
    yield from (fault for _, fault in found.values())


def _fault(trial: Trial, smallest: int) -> Fault:
    """Say from which amount on caps leave money, and if only a lapsed decision lets them."""
    lapse = "" if trial.leaves_money() else "failing a decision, "
    return Fault(
        f"{at_worst(trial.rule)}from {format_money(smallest)} on, {lapse}"
        f"caps leave part of {perimeter(trial.fund, trial.waterfall)} with nobody",
        (*capping(trial), *_bound(trial)),
        "add a last step without caps, or say who bears what the caps turn away",
    )


def capping(trial: Trial) -> Iterator[Label]:
    """Point at the caps, the nearest to the end first."""
    for step in reversed(all_steps(trial.waterfall)):
        if isinstance(step.taker, ByPartners):
            yield from (Label(cap.span, f"the cap on `{cap.partner}`") for cap in step.taker.caps)
    yield from (Label(cap.span, f"the cap on `{cap.partner}`") for cap in trial.waterfall.caps)


def _bound(trial: Trial) -> Iterator[Label]:
    """Point at the decisions that caps for the year bind."""
    for step in all_steps(trial.waterfall) if trial.waterfall.caps else ():
        if isinstance(step.taker, DecidedBy):
            yield Label(step.taker.span, f"caps also bind what `{step.taker.body}` decides")
