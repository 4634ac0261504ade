"""Where a YAML file does not fit the grammar of the form, what is left of it does, and can be built upon."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from poolrules.base.limits import MAX_FINDINGS
from poolrules.base.resources import read_resource
from poolrules.model.from_tree import build
from poolrules.source.text import SourceText
from poolrules.syntax.from_yaml import read_yaml
from poolrules.syntax.tree import Mapping, Node, Scalar, Sequence

TWIN = Path(__file__).parents[2] / "agreements/showcase/westshire.pool.yaml"
SAID = yaml.load(TWIN.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
GRAMMAR = Draft202012Validator(json.loads(read_resource("grammar", "agreement.schema.json")))
WORDS = ("yes", "alone", "into", "from", "at most", "title", "mode", "year", "£5", "ICB", "nobody", "shared", "", "60%")


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every entry and item of what a file says: what holds it, and its key or index."""
    for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        yield node, key
        yield from places(node[key])


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """The showcase with one to four things taken out, renamed, replaced or added."""
    said = json.loads(json.dumps(SAID))
    for _ in range(draw(st.integers(1, 4))):
        around, key = draw(st.sampled_from(list(places(said))))
        match draw(st.sampled_from(["take out", "rename", "replace", "add"])):
            case "take out":
                del around[key]
            case "rename" if isinstance(around, dict):
                around[draw(st.sampled_from([*WORDS, f"{key}s"]))] = around.pop(key)
            case "add" if isinstance(around, dict):
                around[draw(st.sampled_from(WORDS))] = draw(st.sampled_from(WORDS))
            case _:
                other, its_key = draw(st.sampled_from(list(places(SAID))))
                around[key] = draw(st.sampled_from([*WORDS, [], {}, None, other[its_key]]))
    return said


def plain(node: Node) -> Any:
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node}


@settings(max_examples=300)
@given(spoilt())
def test_what_is_left_fits_the_grammar_and_can_be_built(said: Any) -> None:
    text = yaml.dump(said, allow_unicode=True, sort_keys=False, width=1000)
    tree, findings = read_yaml(SourceText("spoilt.pool.yaml", text))
    still_wrong = [
        error for error in GRAMMAR.iter_errors(plain(tree)) if error.absolute_path or error.validator == "type"
    ]
    assert [error for error in still_wrong if not is_a_name(error)] == [], text
    assert bool(findings) or GRAMMAR.is_valid(plain(tree))
    build(tree)


def test_nothing_is_left_of_a_file_with_more_faults_than_anybody_looks_at() -> None:
    said = "agreement: x\npartners:\n" + "  - {}\n" * 6_000
    tree, findings = read_yaml(SourceText("spoilt.pool.yaml", said))
    assert tree.entries == ()
    assert len(findings) == MAX_FINDINGS + 1


def is_a_name(error: Any) -> bool:
    """Whether the fault is a misspelt name, which stays in the tree so that its uses are not unknown as well."""
    return isinstance(error.schema, dict) and error.schema.get("format") == "name"
