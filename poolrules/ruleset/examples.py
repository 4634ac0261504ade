"""Compiling worked examples."""

from collections.abc import Iterator

from poolrules.model import agreement as model
from poolrules.ruleset import ruleset as rules
from poolrules.ruleset.places import Places
from poolrules.ruleset.sharings import weights_of


def compile_examples(agreement: model.Agreement, places: Places) -> Iterator[rules.ExampleRule]:
    """Compile every example that says its year."""
    for place, example in enumerate(agreement.examples, 1):
        if example.year:
            yield _example(example, place, places)


def _example(example: model.Example, number: int, places: Places) -> rules.ExampleRule:
    """Compile a worked example."""
    found = f"example.{number}"
    places.note(found, example.span)
    return rules.ExampleRule(
        id=found,
        title=example.title.text,
        year=str(example.year),
        spending=tuple(_spending(example)),
        expects=tuple(
            _expectation(f"{found}.{place}", expected, places) for place, expected in enumerate(example.expects, 1)
        ),
        rest_on_budget=example.rest_on_budget,
        decisions=tuple(_decision(given) for given in example.given if given.is_decision),
        openings=tuple((given.name.text, given.opens_at.pence) for given in example.given if given.opens_at),
        facts=tuple(_fact(given) for given in example.given if given.holds is not None or given.amounts_to),
        counts=tuple(
            rules.GivenCount(given.name.text, tuple(_count(value) for value in given.counts))
            for given in example.given
            if given.counts
        ),
        marked=tuple(
            rules.GivenMark(given.name.text, given.caused_by.text, given.has.pence)
            for given in example.given
            if given.has and given.caused_by
        ),
    )


def _spending(example: model.Example) -> Iterator[rules.GivenSpending]:
    """Compile what schemes are supposed to spend, or by how much to miss their budgets."""
    for given in example.given:
        cause = given.caused_by.text if given.caused_by else None
        if given.spends:
            yield rules.GivenSpending(given.name.text, given.spends.pence, cause)
        elif given.off_budget is not None:
            yield rules.GivenSpending(given.name.text, given.off_budget, cause, off_budget=True)


def _decision(given: model.Supposed) -> rules.GivenDecision:
    """Compile what a body is supposed to decide, or its silence; shares that are not the whole decide nothing."""
    sharing = weights_of(given.decides, ()) if isinstance(given.decides, model.Shares | model.Alone) else None
    return rules.GivenDecision(given.name.text, sharing if isinstance(sharing, rules.Weights) else None)


def _fact(given: model.Supposed) -> rules.GivenFact:
    """Compile whether a fact is supposed to hold, or what it is supposed to amount to."""
    pence = given.amounts_to.pence if given.amounts_to else None
    return rules.GivenFact(given.name.text, given.holds, pence)


def _count(value: model.KeyValue) -> rules.Part:
    """Compile what is supposed to be counted for a partner: a whole number or pence."""
    return rules.Part(value.partner.text, value.value.numerator)


def _expectation(found: str, expected: model.Expected, places: Places) -> rules.Expectation:
    """Compile one expected figure."""
    places.note(found, expected.span)
    return rules.Expectation(
        id=found,
        who=expected.who.text if expected.who else None,
        outcome=rules.Outcome(expected.outcome),
        pence=expected.amount.pence,
        unit=expected.to_the_nearest.pence if expected.to_the_nearest else 1,
    )
