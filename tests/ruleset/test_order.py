"""Sets of terms are run in the order that they say, and otherwise as written."""

import pytest

from poolrules.model.from_tree import build
from poolrules.ruleset.from_model import compile_rules
from poolrules.ruleset.ruleset import FundRules
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool

AGREEMENT = """
agreement "Order"
    term 1 April 2026 to 31 March 2027
partner ICB "ICB"
fund Pool "Pool"
    host ICB
    scheme One "One" shared
    scheme Two "Two" shared
    scheme Three "Three" shared
"""


def fund(text: str) -> FundRules:
    """The one fund of an agreement, compiled."""
    tree, misread = read_pool(SourceText("order.pool", AGREEMENT + text))
    agreement, misfits = build(tree)
    assert misread + misfits == []
    return compile_rules(agreement).funds[0]


def blocks(*said: str, word: str = "overspend") -> str:
    """A block for each scheme, called A, B and C, with what each says of the order."""
    text = ""
    for scheme, name, line in zip(("One", "Two", "Three"), "ABC", said, strict=True):
        text += f"    {word} of {scheme}\n        called {name}\n"
        text += f"        {line}\n" if line else ""
        text += "        remainder ICB alone\n"
    return text


@pytest.mark.parametrize(
    ("said", "order"),
    [
        (("", "", ""), "ABC"),
        (("subject to B", "", ""), "BAC"),
        (("subject to B, C", "", ""), "BCA"),
        (("", "", "despite A"), "BCA"),
        (("", "", "despite B"), "ACB"),
        (("subject to C", "despite A", ""), "BCA"),
        (("subject to B", "subject to A", ""), "CAB"),
    ],
)
@pytest.mark.parametrize("word", ["overspend", "underspend"])
def test_blocks_follow_what_they_say_and_stay_as_written_otherwise(
    said: tuple[str, str, str], order: str, word: str
) -> None:
    run = fund(blocks(*said, word=word)).waterfalls
    assert "".join(rule.name or "" for rule in run) == order


def test_ids_keep_the_place_at_which_blocks_were_written() -> None:
    rules = fund(blocks("subject to B", "", "")).waterfalls
    assert [(rule.id, rule.name, rule.subject_to) for rule in rules[:2]] == [
        ("Pool.overspend-2", "B", ()),
        ("Pool.overspend", "A", ("Pool.overspend-2",)),
    ]


def test_a_block_without_a_name_can_wait_too() -> None:
    text = "    overspend of One\n        subject to B\n        remainder ICB alone\n"
    text += "    overspend of Two\n        called B\n        remainder ICB alone\n"
    assert [rule.schemes for rule in fund(text).waterfalls] == [("Two",), ("One",)]


def test_gains_come_last_whatever_stands_first() -> None:
    gain = '    gain Growth "Growth"\n        remainder ICB alone\n'
    rules = fund(gain + blocks("", "", "", word="underspend") + blocks("", "", "").replace("called", "# called"))
    assert [rule.trigger.value for rule in rules.waterfalls] == ["overspend"] * 3 + ["underspend"] * 3 + ["gain"]
    assert rules.waterfalls[-1].gain == "Growth"
