"""No word of the language is read and then forgotten: the builder asks for every key that the grammar makes."""

import re
from pathlib import Path

from poolrules.syntax.grammar import expansions, key_of, parser
from poolrules.syntax.shape import LISTS, PLAIN_LISTS

BUILDER = Path(__file__).parents[2] / "poolrules" / "model"
OVERLAY = BUILDER.parent / "syntax" / "overlay.py"
"""It takes in what a deed of variation removes."""

IMPLIED = {*PLAIN_LISTS, "pair"}
"""Rules that only hold lists and pairs, which the tree shows as such."""


def keys_of_the_grammar() -> set[str]:
    """Every key that a rule puts into the written tree."""
    names = {rule.name for rule in parser().tables.rules if not rule.name.startswith(("_", "in_", "$"))}
    below_in = {"in_kind", "in_writing", "in_proportion_to_contributions", "in_view__mode"}
    keys = {key_of(name) for name in names | below_in} - IMPLIED
    return {LISTS.get(key, key) for key in keys}


def test_the_builder_asks_for_every_key() -> None:
    asked = {
        word
        for file in (*BUILDER.glob("*.py"), OVERLAY)
        for word in re.findall(r'"([a-z][a-z \-]*)"', file.read_text())
    }
    assert keys_of_the_grammar() - asked == set()


def test_the_keys_are_really_found() -> None:
    assert {"host", "own risk underspends of", "partners", "in kind", "steps"} <= keys_of_the_grammar()
    assert expansions("officer_of") == (("OFFICER", "OF", "NAME"),)
