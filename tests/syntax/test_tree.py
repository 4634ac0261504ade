"""Nodes compare by what they say, never by where they stand."""

import pytest

from poolrules.source.span import line_span
from poolrules.syntax.tree import Comments, Entry, Mapping, Node, Scalar, Sequence

HERE, THERE = line_span("a.pool", 1, 1, 1), line_span("b.pool", 9, 9, 9)


def scalar(text: str, *, there: bool = False) -> Scalar:
    return Scalar(text, THERE if there else HERE, Comments(beside="# said twice") if there else Comments())


def mapping(*keys: str, there: bool = False) -> Mapping:
    return Mapping(tuple(Entry(scalar(key), scalar(key, there=there)) for key in keys), THERE if there else HERE)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (scalar("x"), scalar("x", there=True), True),
        (scalar("x"), scalar("y"), False),
        (Sequence((scalar("x"),), HERE), Sequence((scalar("x", there=True),), THERE), True),
        (Sequence((scalar("x"), scalar("y")), HERE), Sequence((scalar("y"), scalar("x")), HERE), False),
        (mapping("a", "b"), mapping("b", "a", there=True), True),
        (mapping("a"), mapping("b"), False),
        (scalar("x"), Sequence((scalar("x"),), HERE), False),
    ],
)
def test_nodes_are_the_same_when_they_say_the_same(one: Node, other: Node, same: bool) -> None:
    assert (one == other) is same
    assert (one != other) is not same
    assert not same or hash(one) == hash(other)
