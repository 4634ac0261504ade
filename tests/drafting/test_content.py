"""The draft says what the rules do: every figure in it is a rule's, and every rule has its clause in it."""

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from poolrules.base.dates import format_day
from poolrules.base.money import format_money
from poolrules.base.shares import format_percent
from poolrules.drafting.content import values_of
from poolrules.drafting.draft import draft
from poolrules.drafting.number import Numbered
from poolrules.drafting.to_markdown import to_markdown
from poolrules.model.agreement import Agreement, Text
from poolrules.model.from_tree import build
from poolrules.ruleset.from_model import compile_rules
from poolrules.ruleset.places import ids_of
from poolrules.ruleset.ruleset import Duty, Ruleset, Weights, YearFigures
from poolrules.source.text import SourceText, read_text
from poolrules.syntax.from_pool import read_pool

FILES = sorted(Path(__file__).parents[2].glob("agreements/*/*.pool"))
FIGURES = re.compile(
    r"£[0-9](?:,?[0-9])*(?:\.[0-9]+)?"
    r"|[0-9]+(?:\.[0-9]+)?%"
    r"|[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}"
    r"|[0-9]+ (?:working days?|days?|weeks?|months?|years?)"
    r"|\b[0-9]{4}/[0-9]{2}\b"
)


def understood(path: Path) -> tuple[Agreement, Ruleset]:
    """One agreement of the repository and its rules."""
    source = read_text(path.name, path.read_bytes())
    assert isinstance(source, SourceText)
    agreement, findings = build(read_pool(source)[0])
    assert findings == []
    return agreement, compile_rules(agreement)


def drafted(agreement: Agreement, rules: Ruleset) -> Numbered:
    """Its draft."""
    numbered = draft(values_of(agreement, rules))
    assert isinstance(numbered, Numbered), numbered
    return numbered


def inside(record: object) -> Iterator[object]:
    """Every record and value inside a record."""
    yield record
    if isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            yield from inside(getattr(record, name))
    elif isinstance(record, tuple):
        for each in record:
            yield from inside(each)


def quoted(agreement: Agreement) -> list[str]:
    """The words that an agreement quotes, the longest first: they go into the draft as they are."""
    return sorted({each.text for each in inside(agreement) if isinstance(each, Text)}, key=len, reverse=True)


def figures_of(rules: Ruleset) -> set[str]:
    """Every amount, percentage, day, length of time and year that some rule reads."""
    found: set[str] = set()
    for each in inside(rules):
        if isinstance(each, int) and not isinstance(each, bool):
            found.add(format_money(each))
        elif isinstance(each, Weights):
            whole = sum(part.weight for part in each.parts)
            found |= {format_percent(Fraction(part.weight, whole)) for part in each.parts}
        elif isinstance(each, YearFigures):
            found |= {each.year, format_money(sum(line.pence for line in each.contributions if not line.in_kind))}
        elif isinstance(each, Duty):
            found |= set(figures_of_duty(each))
    return found


def figures_of_duty(duty: Duty) -> Iterator[str]:
    """The figures of one duty."""
    if duty.day:
        yield format_day(datetime.date.fromisoformat(duty.day))
    if duty.percent:
        yield duty.percent
    if duty.count is not None and duty.unit:
        yield f"{duty.count} {duty.unit}{'' if duty.count == 1 else 's'}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_figure_in_the_draft_is_one_that_a_rule_reads(path: Path) -> None:
    agreement, rules = understood(path)
    words = to_markdown(drafted(agreement, rules)).decode()
    words = re.sub(r"<[^>]*>|\\|Health Act 1999|\]\([^)]*\)", "", words)
    for text in quoted(agreement):
        words = words.replace(text, "…") if len(text) > 3 else words
    found = set(FIGURES.findall(words))
    assert found
    assert found - figures_of(rules) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_has_its_clause(path: Path) -> None:
    agreement, rules = understood(path)
    numbers = drafted(agreement, rules).numbers
    assert [rule for rule in ids_of(rules) if rule not in numbers] == []


def test_a_figure_that_no_rule_reads_would_be_seen() -> None:
    _, rules = understood(FILES[0])
    assert "£123,456,789.01" not in figures_of(rules)


def test_there_are_agreements_to_draft() -> None:
    assert len(FILES) >= 8
