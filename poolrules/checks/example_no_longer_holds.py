"""A worked example no longer gives what it says.

Examples are printed in the agreement and are what people remember of it. When the terms were
changed and the example was not, one of them is wrong, and at year end each partner will trust
another one.

Authority: none; the agreement contradicts itself.

    example "A £100,000 overspend on equipment"
        year        2026/27
        given       Equipment spends £1,100,000
        expect      ICB pays £50,000
        expect      Council pays £40,000

Give the figures that the terms give:

    example "A £100,000 overspend on equipment"
        year        2026/27
        given       Equipment spends £1,100,000
        expect      ICB pays £60,000
        expect      Council pays £40,000
"""

from collections.abc import Iterator

from poolrules.base.money import format_money
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.checks.worked_examples import Worked, agrees, found_for, worked_examples
from poolrules.engine.settlement import Settlement
from poolrules.model.agreement import Expected
from poolrules.ruleset.ruleset import Expectation, Ruleset
from poolrules.source.finding import Label


@check("EXA001", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Settle each example and compare every line with what was expected."""
    for worked in worked_examples(subject):
        labels = tuple(_differences(subject.rules, worked))
        if labels:
            yield Fault(
                f"the example `{worked.example.title}` no longer holds",
                labels,
                "correct the example, or the terms if the example is what the partners meant",
            )


def _differences(rules: Ruleset, worked: Worked) -> Iterator[Label]:
    """Point at each expected figure that does not come out, with the one that does."""
    if not isinstance(worked.outcome, Settlement):
        return
    for expected, rule in zip(worked.example.expects, worked.rule.expects, strict=True):
        found = found_for(rules, worked.outcome, rule)
        if not agrees(rule, found):
            yield Label(expected.span, _said(expected, rule, found))


def _said(expected: Expected, rule: Expectation, found: int) -> str:
    """Put what comes out beside what was expected."""
    if expected.who is None:
        return f"expected {format_money(rule.pence)}, but {format_money(found)} is {rule.outcome.value}"
    return f"expected {format_money(rule.pence)}, but `{rule.who}` {rule.outcome.value} {format_money(found)}"
