"""Writing `.pool` files: nothing is lost, nothing is said otherwise, and what is written stays as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from poolrules.base.unreadable import Unreadable
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool
from poolrules.syntax.to_pool import write_pool
from poolrules.syntax.tree import Entry, Mapping, Node, Scalar, Sequence
from tests.strategies.trees import NOWHERE, deeds, trees

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
@given(trees() | deeds())
def test_what_is_written_reads_as_the_same_tree(tree: Mapping) -> None:
    assert read(write_pool(tree)) == tree


@settings(max_examples=100)
@given(trees() | deeds())
def test_writing_again_changes_nothing(tree: Mapping) -> None:
    once = write_pool(tree)
    assert write_pool(read(once)) == once


@settings(max_examples=100)
@given(trees() | deeds())
def test_every_comment_is_kept(tree: Mapping) -> None:
    assert sorted(comments(read(write_pool(tree)))) == sorted(comments(tree))


def test_the_showcase_keeps_its_meaning_and_its_comments() -> None:
    text = SHOWCASE.read_text(encoding="utf-8")
    written = write_pool(read(text))
    assert read(written) == read(text)
    assert sorted(comments(read(written))) == sorted(comments(read(text)))


def test_the_layout_is_canonical() -> None:
    text = """
        # An example.
        partner   Council  "Westshire County Council"   # the host
          kind county council

        agreement "Fund"
          signed   20  March 2026
        fund BCF "Better Care Fund"
          budget 2026/27
            Equipment £9
            Home £10
          overspend of shared schemes together
            first in proportion to contributions to the fund, revenue cash,
              as last varied in writing;
              Council at most £750,000, ICB at most a sum equal to its contribution in this step,
              excess to the next
            remainder Council alone
    """
    assert write_pool(read(text)) == (
        'agreement "Fund"\n'
        "    signed      20 March 2026\n"
        "\n"
        "# An example.\n"
        'partner Council "Westshire County Council"  # the host\n'
        "    kind        county council\n"
        "\n"
        'fund BCF "Better Care Fund"\n'
        "    budget 2026/27\n"
        "        Equipment £9\n"
        "        Home      £10\n"
        "    overspend of shared schemes together\n"
        "        first       in proportion to contributions to the fund, revenue cash, as last varied in writing;\n"
        "                    Council at most £750,000, ICB at most a sum equal to its contribution in this step,\n"
        "                    excess to the next\n"
        "        remainder   Council alone\n"
    )


def test_comments_within_a_continued_line_are_kept() -> None:
    text = 'agreement "Fund"\n    aims "one",  # the first\n        # why there are two\n        "two"  # the second\n'
    assert write_pool(read(text)) == (
        'agreement "Fund"\n    # why there are two\n    aims        "one", "two"  # the first the second\n'
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("improves", Scalar('a "quoted" word', NOWHERE)),
        ("signed", Scalar("2026-04-01", NOWHERE)),
        ("no such key", Scalar("x", NOWHERE)),
        ("term", Mapping((Entry(Scalar("from", NOWHERE), Scalar("1 April 2026", NOWHERE)),), NOWHERE)),
        ("consulted", Scalar("yes", NOWHERE)),
    ],
)
def test_what_the_notation_has_no_words_for_is_refused(key: str, value: Node) -> None:
    title = Entry(Scalar("agreement", NOWHERE), Scalar("Fund", NOWHERE))
    with pytest.raises(Unreadable):
        write_pool(Mapping((title, Entry(Scalar(key, NOWHERE), value)), NOWHERE))
