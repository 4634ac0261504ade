"""Writing the YAML form: nothing is lost, a standard loader sees the same structure, and the two notations agree."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from poolrules.source.span import Span
from poolrules.source.text import SourceText, read_text
from poolrules.syntax.from_pool import read_pool
from poolrules.syntax.from_yaml import read_yaml
from poolrules.syntax.to_pool import write_pool
from poolrules.syntax.to_yaml import write_yaml
from poolrules.syntax.tree import Comments, Entry, Mapping, Node, Scalar, Sequence
from tests.strategies.trees import deeds, trees

SHOWCASE = Path(__file__).parents[2] / "agreements/showcase/westshire.pool"
NOWHERE = Span("drawn", 1, 1, 1, 1)
AWKWARD = (
    *("yes", "No", "on", "~", "null", "NULL", "true", "010", "0o17", "0x1F", "0b1", "12:30", "1:20:30", "1e5", "1.10"),
    *("2025-02-30", ".inf", ".nan", "<<", "=", "-", "- a", "? a", ": a", "a: b", "a:", "a #b", "# a", "*a", "&a", "!a"),
    *(
        "%a",
        "@a",
        "`a",
        "'a'",
        "it's",
        "[a]",
        "{a}",
        "a, b",
        "a]",
        "|",
        ">",
        "---",
        "...",
        "",
        "\\n",
        "a\\",
        "£5",
        "60%",
    ),
    *("{{ 6*7 }}", "::warning::", "2026/27", "1_000", "+44 20", "1,5", ".5", "5.", "é – Ŵ", "a\u00a0b", "\u00a0", "0"),
)


def read(text: str) -> Mapping:
    tree, findings = read_yaml(SourceText("drawn.pool.yaml", text))
    assert findings == [], text
    return tree


def read_showcase() -> Mapping:
    source = read_text("westshire.pool", SHOWCASE.read_bytes())
    assert isinstance(source, SourceText)
    return read_pool(source)[0]


def plain(node: Node) -> Any:
    """A node as a standard loader gives it: what is simply so is true."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node}


def untrue(loaded: Any) -> Any:
    """What a standard loader gives, with its truth values as they are written."""
    match loaded:
        case list():
            return [untrue(item) for item in loaded]
        case dict():
            return {key: untrue(value) for key, value in loaded.items()}
        case True:
            return "yes"
        case _:
            return loaded


def commented(node: Node | Entry) -> list[tuple[tuple[str, ...], str | None, tuple[str, ...]]]:
    """The comments of every node in order, where there are any."""
    if isinstance(node, Entry):
        return commented(node.value)
    own = node.comments
    found = [(own.before, own.beside, own.after)] if own != Comments() else []
    for part in node.items if isinstance(node, Sequence) else node.entries if isinstance(node, Mapping) else ():
        found += commented(part)
    return found


def said(node: Node) -> list[str]:
    """Every comment of a tree, blank lines left out."""
    return [text for before, beside, after in commented(node) for text in (*before, beside, *after) if text]


@settings(max_examples=100)
@given(trees() | deeds())
def test_what_is_written_reads_as_the_same_tree_with_the_same_comments(tree: Mapping) -> None:
    back = read(write_yaml(tree))
    assert back == tree
    assert sorted(said(back)) == sorted(said(tree))


@settings(max_examples=60)
@given(trees() | deeds())
def test_writing_again_changes_nothing(tree: Mapping) -> None:
    once = write_yaml(tree)
    assert write_yaml(read(once)) == once


@settings(max_examples=60)
@given(trees() | deeds())
def test_a_standard_loader_sees_the_same_structure(tree: Mapping) -> None:
    assert untrue(yaml.safe_load(write_yaml(tree))) == plain(tree)


@settings(max_examples=60)
@given(trees() | deeds())
def test_going_through_yaml_changes_nothing_in_a_pool_file(tree: Mapping) -> None:
    direct = write_pool(tree)
    source = SourceText("drawn.pool", direct)
    assert write_pool(read(write_yaml(read_pool(source)[0]))) == direct


def test_the_twins_of_the_showcase_say_the_same_with_the_same_comments() -> None:
    tree = read_showcase()
    twin = read(SHOWCASE.with_suffix(".pool.yaml").read_text(encoding="utf-8"))
    assert twin == tree
    assert commented(twin) == commented(tree)
    assert SHOWCASE.with_suffix(".pool.yaml").read_text(encoding="utf-8") == write_yaml(tree)


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_is_quoted_exactly_where_a_standard_loader_would_change_it(text: str) -> None:
    tree = Mapping((Entry(Scalar("agreement", NOWHERE), Scalar(text, NOWHERE)),), NOWHERE)
    written = write_yaml(tree)
    assert yaml.safe_load(written) == {"agreement": text}
    assert read(written) == tree


@pytest.mark.parametrize(
    "text", ["Council", "£24,512,300", "60%", "2026/27", "1 April 2026", "it's", "a, b", "{{ 6*7 }}"[3:6]]
)
def test_an_ordinary_value_has_no_quotation_marks(text: str) -> None:
    tree = Mapping((Entry(Scalar("agreement", NOWHERE), Scalar(text, NOWHERE)),), NOWHERE)
    assert write_yaml(tree) == f"agreement: {text}\n"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"]), max_size=12))
def test_any_text_is_written_so_that_a_standard_loader_reads_it(text: str) -> None:
    tree = Mapping((Entry(Scalar("agreement", NOWHERE), Scalar(text, NOWHERE)),), NOWHERE)
    assert yaml.safe_load(write_yaml(tree)) == {"agreement": text}
