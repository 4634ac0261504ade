"""Writing `.pool` files: nothing is lost, nothing is said otherwise, and what is written stays as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from poolrules.base.unreadable import Unreadable
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool
from poolrules.syntax.to_pool import write_pool
from poolrules.syntax.tree import Comments, Entry, Mapping, Node, Scalar, Sequence
from tests.strategies.trees import NOWHERE, trees

SHOWCASE = Path(__file__).parents[2] / "agreements/showcase/westshire.pool"


def read(text: str) -> Mapping:
    tree, findings = read_pool(SourceText("drawn.pool", text))
    assert findings == [], text
    return tree


def comments(node: Node | Entry) -> Iterator[str]:
    """Every comment of a tree, blank lines left out."""
    if isinstance(node, Entry):
        yield from comments(node.key)
        yield from comments(node.value)
        return
    yield from (comment for comment in (*node.comments.before, node.comments.beside, *node.comments.after) if comment)
    for part in node.items if isinstance(node, Sequence) else node.entries if isinstance(node, Mapping) else ():
        yield from comments(part)


@settings(max_examples=150)
@given(trees())
def test_what_is_written_reads_as_the_same_tree(tree: Mapping) -> None:
    assert read(write_pool(tree)) == tree


@settings(max_examples=100)
@given(trees())
def test_writing_again_changes_nothing(tree: Mapping) -> None:
    once = write_pool(tree)
    assert write_pool(read(once)) == once


@settings(max_examples=100)
@given(trees())
def test_every_comment_is_kept(tree: Mapping) -> None:
    assert sorted(comments(read(write_pool(tree)))) == sorted(comments(tree))
