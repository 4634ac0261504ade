"""Running the worked examples of an agreement: what is supposed is settled, and compared with what is expected."""

from collections.abc import Iterator

from msgspec import Struct

from poolrules.base.mode import Mode
from poolrules.checks.registry import Subject
from poolrules.engine.inputs import InputFault
from poolrules.engine.settle import settle
from poolrules.engine.settlement import Counted, DecisionMade, Facts, FactSaid, Marked, Settlement, Spending, To
from poolrules.model import agreement as model
from poolrules.ruleset.ruleset import BudgetRule, ExampleRule, Expectation, Outcome, Ruleset
from poolrules.ruleset.soundness import unsound


class Worked(Struct, frozen=True):
    """An example and what came of it: a settlement, or what its suppositions lack."""

    example: model.Example
    rule: ExampleRule
    outcome: Settlement | tuple[InputFault, ...]


def worked_examples(subject: Subject) -> Iterator[Worked]:
    """Settle every example that says its year; none where the rules cannot be run, since another check says why."""
    if unsound(subject.rules) or len(subject.rules.funds) < len(subject.agreement.funds):
        return
    rules = {rule.id: rule for rule in subject.rules.examples}
    for number, example in enumerate(subject.agreement.examples, 1):
        rule = rules.get(f"example.{number}")
        if rule is not None:
            yield Worked(example, rule, settle(subject.rules, facts_of(subject.rules, rule)))


def facts_of(rules: Ruleset, example: ExampleRule) -> Facts:
    """The facts of the year that an example supposes; partners are taken to have paid in what they agreed."""
    given = tuple(_spending(rules, example))
    return Facts(
        year=example.year,
        spending=given + (_on_budget(rules, example) if example.rest_on_budget else ()),
        decisions=tuple(DecisionMade(one.body, one.sharing) for one in example.decisions),
        openings=example.openings,
        paid=tuple(_paid_as_agreed(rules, example.year)),
        said=tuple(FactSaid(one.fact, one.holds, one.pence) for one in example.facts),
        counts=tuple(Counted(one.key, part.partner, part.weight) for one in example.counts for part in one.parts),
        marked=tuple(Marked(one.scheme, one.mark, one.pence) for one in example.marked),
        afresh=True,
    )


def _spending(rules: Ruleset, example: ExampleRule) -> Iterator[Spending]:
    """The spending that an example supposes; what is off budget comes on top of the budget, which is spent once."""
    budgets = {row.scheme: row.pence for row in _budgets(rules, example)}
    for one in example.spending:
        yield Spending(one.scheme, one.pence, (one.cause,) if one.cause else ())
    for name in dict.fromkeys(one.scheme for one in example.spending if one.off_budget):
        yield Spending(name, budgets.get(name, 0))


def _budgets(rules: Ruleset, example: ExampleRule) -> Iterator[BudgetRule]:
    """The budgets of the year of an example."""
    for fund in rules.funds:
        yield from (budget for figures in fund.years if figures.year == example.year for budget in figures.budgets)


def _paid_as_agreed(rules: Ruleset, year: str) -> Iterator[tuple[str, str, int]]:
    """By fund and partner, the cash that was agreed for a year."""
    for fund in rules.funds:
        made = [one for figures in fund.years if figures.year == year for one in figures.contributions]
        cash = [one for one in made if not one.in_kind]
        for partner in dict.fromkeys(one.partner for one in cash):
            yield fund.name, partner, sum(one.pence for one in cash if one.partner == partner)


def _on_budget(rules: Ruleset, example: ExampleRule) -> tuple[Spending, ...]:
    """Let every scheme that an example does not mention spend its budget."""
    mentioned = {one.scheme for one in example.spending}
    return tuple(
        Spending(budget.scheme, budget.pence)
        for budget in _budgets(rules, example)
        if budget.scheme not in mentioned and _is_settled(rules, budget.scheme)
    )


def _is_settled(rules: Ruleset, name: str) -> bool:
    """Whether a scheme is more than reported beside a fund."""
    return any(
        scheme.name == name and scheme.mode is not Mode.IN_VIEW for fund in rules.funds for scheme in fund.schemes
    )


def found_for(rules: Ruleset, settlement: Settlement, expected: Expectation) -> int:
    """The figure of a settlement, in pence and over all funds, that an expectation is about."""
    match expected.outcome:
        case Outcome.CONTRIBUTES:
            return sum(one.cash for one in settlement.partners if one.partner == expected.who)
        case Outcome.BEARS:
            own = {scheme.name for fund in rules.funds for scheme in fund.schemes if scheme.bearer == expected.who}
            lent = sum(one.lent for one in settlement.schemes if one.scheme in own)
            return lent + sum(one.pays for one in settlement.partners if one.partner == expected.who)
        case Outcome.PAYS:
            return sum(one.pays for one in settlement.partners if one.partner == expected.who)
        case Outcome.RECEIVES:
            return sum(one.receives for one in settlement.partners if one.partner == expected.who)
        case Outcome.GIVES:
            return sum(one.drawn for one in settlement.reserves if one.reserve == expected.who)
        case Outcome.HOLDS:
            return sum(one.closing for one in settlement.reserves if one.reserve == expected.who)
        case Outcome.UNDECIDED:
            return _all_to(settlement, To.UNDECIDED)
        case Outcome.UNALLOCATED:
            return _all_to(settlement, To.UNALLOCATED)


def _all_to(settlement: Settlement, to: To) -> int:
    """Everything that steps and schemes leave open in one way."""
    steps = (one for run in settlement.runs for step in run.steps for one in step.allocations)
    schemes = (one for scheme in settlement.schemes for one in scheme.allocations)
    return sum(one.pence for one in (*steps, *schemes) if one.to is to)


def agrees(expected: Expectation, found: int) -> bool:
    """Whether a figure is the expected one, right to the unit that the example gives.

    >>> agrees(Expectation("example.1.1", "ICB", Outcome.PAYS, 120_000_00, 1_000_00), 119_500_00)
    True
    """
    return 2 * abs(found - expected.pence) <= (expected.unit if expected.unit > 1 else 0)
