"""The whole lines shown in helps: every kind of line has one, and each can be read."""

import pytest

from poolrules.syntax.grammar import line_rules, parser, reach
from poolrules.syntax.lalr import Branch
from poolrules.syntax.model_lines import MODEL_LINES, in_own_names, model_line, models_of
from poolrules.syntax.shape import PARSED

LINES = [(block, line) for block, lines in MODEL_LINES.items() for line in lines]
REMARKS = {"assumed", "source"}


@pytest.mark.parametrize(("block", "line"), LINES, ids=lambda value: value[:40])
def test_every_model_line_can_be_read(block: str, line: str) -> None:
    assert reach(block, line) is None


def rule_of(block: str, line: str) -> str:
    """The rule that reads a line."""
    found = parser().parse(line, start=f"in_{block}").parts[0]
    assert isinstance(found, Branch)
    return found.rule


@pytest.mark.parametrize("block", [block for block in PARSED if block != "scheme"])
def test_every_kind_of_line_has_a_model(block: str) -> None:
    rules = {rule for found in line_rules(block).values() for rule in found} - REMARKS
    assert {rule_of(block, line) for line in models_of(block)} == rules


def test_a_line_keeps_its_own_values_and_takes_the_files_own_names() -> None:
    names = {"Trust": "partner", "Borough": "partner", "Pot": "reserve"}
    assert model_line("overspend", "cap Borough £60,000", names) == "cap Borough at most £60,000 a year"
    assert model_line("overspend", "first ICB 1/3", names) == "first Trust 60%, Borough 40%"
    assert model_line("overspend", "first from", names) == "first from Pot, at most £250,000"
    assert model_line("overspend", "xyzzy", names) is None


def test_no_name_takes_the_place_of_two() -> None:
    assert in_own_names("ICB 60%, Council 40%", {"Council": "partner"}) == "ICB 60%, Council 40%"
    assert in_own_names("ICB 60%, Council 40%", {"ICB": "board", "Trust": "partner"}) == "Trust 60%, Council 40%"
    first = in_own_names("ICB 60%, Council 40%", {"ICB": "partner", "Council": "partner"}, first=["Council"])
    assert first == "Council 60%, ICB 40%"
