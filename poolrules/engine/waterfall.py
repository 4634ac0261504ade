"""One run of one waterfall: its steps in order, each taking the least of its limits and what is left.

The same code settles a year (`poolrules.engine.stages`) and answers what an amount would do
(`poolrules.engine.reach`). All amounts are whole pence.
"""

from poolrules.engine.charging import turned_away_for_good, unallocated
from poolrules.engine.course import Course, Pot
from poolrules.engine.limits import able_at_all, bounds_of
from poolrules.engine.settlement import Run, StepResult
from poolrules.engine.takers import book, give, in_effect, without_a_decision
from poolrules.ruleset.ruleset import Step


def run_waterfall(course: Course, pot: Pot) -> Run:
    """Take a pot through the steps; what no step takes is one last unallocated line, under the waterfall's own id."""
    results = []
    for step in course.waterfall.steps:
        result = _take(course, pot, step)
        pot.left -= result.taken
        pot.step_before = result.taken
        if step.cause is not None:
            pot.caused[step.cause] = pot.caused.get(step.cause, 0) - result.taken
        if step.over_term is not None:
            course.working.use(step.id, result.taken)
        results.append(result)
    if pot.left:
        results.append(_without_a_step(course, pot.left, results))
    rule, amounts = course.waterfall, tuple(pot.amounts.get(name, 0) for name in pot.schemes)
    return Run(rule.id, course.fund.name, rule.trigger, pot.schemes, pot.amount, tuple(results), amounts)


def _take(course: Course, pot: Pot, step: Step) -> StepResult:
    """Take one step; what its partners' caps turn away is not taken and goes on to the next.

    Where nothing is left, nothing is looked up, so that no fact is asked for that no money comes to.
    """
    if not pot.left:
        return StepResult(step.id, 0, 0, ())
    taker = in_effect(course.working, step.taker)
    able = able_at_all(course, pot, step, taker)
    if able == 0:
        return StepResult(step.id, pot.left, 0, (), 0)
    if step.condition is not None and not course.working.holds(step.condition):
        return StepResult(step.id, pot.left, 0, (), stopped=True)
    bounds = bounds_of(course, pot, step, taker, able)
    offered = pot.left if bounds.least is None else min(bounds.least, pot.left)
    if not offered:
        return StepResult(step.id, pot.left, 0, (), bounds.least, at_most=bounds.at_most, until=bounds.until)
    allocations = give(course, pot, taker, offered)
    provisional, meanwhile = without_a_decision(course, pot, taker, offered)
    book(course, pot, taker, allocations)
    taken = sum(one.pence for one in allocations)
    return StepResult(
        step.id, pot.left, taken, allocations, bounds.least, provisional, meanwhile, bounds.at_most, bounds.until
    )


def _without_a_step(course: Course, left: int, results: list[StepResult]) -> StepResult:
    """Record what is left when a waterfall has ended."""
    capped = any(one.turned_away for result in results for one in result.allocations)
    gap = turned_away_for_good(course, left) if capped else "the agreement has no step for what is left"
    return StepResult(course.waterfall.id, left, left, (unallocated(left, gap),))
