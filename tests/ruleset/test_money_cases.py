"""The case files of `tests/cases/money`: what an agreement says of contributions, and its figures by year."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from poolrules.base.money import format_money
from poolrules.model.from_tree import build
from poolrules.ruleset.codec import read_ruleset, write_ruleset
from poolrules.ruleset.from_model import compile_rules, figures_awaited
from poolrules.ruleset.ruleset import ContributionRule, ExitRules, Ruleset, YearFigures
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool
from poolrules.syntax.from_yaml import read_yaml
from poolrules.syntax.to_yaml import write_yaml

CASES = sorted((Path(__file__).parents[1] / "cases/money").glob("*.md"))
_CASE = re.compile(
    r"(?P<before>.*?```pool\n)(?P<pool>.*?)(?P<between>^```\n.*?^```figures\n)(?P<figures>.*?)^```\n(?P<after>.*)",
    re.M | re.S,
)

HEAD = """agreement "A case"
partner ICB "ICB"
partner Council "Council"
partner District "District"
"""


def told(text: str) -> str:
    """What comes of an agreement: its faults, or the figures of every year, and how it ends."""
    tree, misread = read_pool(SourceText("case.pool", text))
    agreement, misfits = build(tree)
    faults = misread + misfits
    if faults:
        return "".join(f"{fault.span}: {fault.message}\n    help: {fault.help}\n" for fault in faults)
    rules = compile_rules(agreement)
    assert read_ruleset(write_ruleset(rules)) == rules
    twin, faults = read_yaml(SourceText("case.pool.yaml", write_yaml(tree)))
    assert faults == []
    assert told_of(compile_rules(build(twin)[0])) == told_of(rules)
    waits = "".join(
        f"{one.year} {one.who}: {one.why}\n" for fund in agreement.funds for one in figures_awaited(agreement, fund)
    )
    return told_of(rules) + waits


def told_of(rules: Ruleset) -> str:
    """The figures of every year of every fund, and how the agreement ends."""
    lines = [line for fund in rules.funds for figures in fund.years for line in year(figures)]
    return "".join(f"{line}\n" for line in [*lines, *(ending(rules.exit) if rules.exit else ())])


def year(figures: YearFigures) -> Iterator[str]:
    """The figures of one year, a sum to a line."""
    for line in figures.contributions:
        yield f"{figures.year}  {line.partner} {format_money(line.pence)}{', '.join(['', *marks(line)])}"
    for paid in figures.payments:
        yield f"{figures.year}  {paid.payer} to {paid.payee} {format_money(paid.pence)}, for {paid.purpose}"
    for budget in figures.budgets:
        yield f"{figures.year}  budget of {budget.scheme} {format_money(budget.pence)}"
    if figures.unset:
        yield f"{figures.year}  unset: {', '.join(figures.unset)}"


def marks(line: ContributionRule) -> Iterator[str]:
    """What is said of a contribution beside its sum."""
    yield from [line.change.value] if line.change else []
    yield from [f"from {line.source}"] if line.source else []
    for word in ("in_kind", "capital", "indicative", "gross"):
        yield from [word.replace("_", " ")] if getattr(line, word) else []
    yield from [] if line.recurrent else ["one-off"]
    yield from [f"only for {line.scheme}"] if line.scheme else []
    if line.condition:
        yield f"{'if' if line.condition.holds else 'unless'} {line.condition.fact}"
    for what, pence in (("charges", line.charges), ("last year", line.last_year), ("a year", line.a_year)):
        yield from [f"{what} {format_money(pence)}"] if pence else []
    yield from [f"raised by {line.uplift}"] if line.uplift else []


def ending(rules: ExitRules) -> Iterator[str]:
    """What the exit terms come to."""
    for name in rules.__struct_fields__:
        value = getattr(rules, name)
        for each in value if name == "notices" else [value]:
            if each and name != "id":
                yield f"exit  {name} {getattr(each, 'value', each)}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_figures_are_those_of_the_case(path: Path, update_golden: bool) -> None:
    """A case is prose, a ```pool block (its three partners are given), and a ```figures block."""
    case = _CASE.fullmatch(path.read_text(encoding="utf-8"))
    assert case, "a case is prose, a ```pool block and a ```figures block"
    figures = told(HEAD + case["pool"])
    if update_golden:
        text = f"{case['before']}{case['pool']}{case['between']}{figures}```\n{case['after']}"
        path.write_text(text, encoding="utf-8")
    else:
        assert figures == case["figures"]


def test_there_are_cases() -> None:
    assert len(CASES) >= 20
