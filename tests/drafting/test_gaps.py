"""An agreement that leaves something out is drafted all the same: silence is said, never a fault of ours."""

from collections.abc import Iterator
from pathlib import Path

from poolrules.drafting.content import values_of
from poolrules.drafting.draft import draft
from poolrules.drafting.number import Numbered
from poolrules.model.from_tree import build
from poolrules.ruleset.from_model import compile_rules
from poolrules.ruleset.places import ids_of
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool

SHOWCASE = Path(__file__).parents[2] / "agreements" / "showcase" / "westshire.pool"


def depth(line: str) -> int:
    """How deep a line stands."""
    return len(line) - len(line.lstrip())


def with_something_left_out(text: str) -> Iterator[str]:
    """The agreement without one of its lines, and what is below that line, once for each line."""
    lines = text.splitlines()
    for start, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        end = start + 1
        while end < len(lines) and (not lines[end].strip() or depth(lines[end]) > depth(line)):
            end += 1
        yield "\n".join([*lines[:start], *lines[end:]])


def test_whatever_is_left_out_the_rest_is_drafted_with_every_rule_numbered() -> None:
    drafted = 0
    for text in with_something_left_out(SHOWCASE.read_text(encoding="utf-8")):
        tree, misread = read_pool(SourceText("gap.pool", text))
        agreement, misfits = build(tree)
        if misread or misfits:
            continue
        rules = compile_rules(agreement)
        numbered = draft(values_of(agreement, rules))
        assert isinstance(numbered, Numbered), (numbered, text)
        assert [rule for rule in ids_of(rules) if rule not in numbered.numbers] == []
        drafted += 1
    assert drafted > 50
