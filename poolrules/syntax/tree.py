"""What was written: the tree that both notations are read into, every node with its place.

The tree is deliberately plain. A `.pool` file and its `.pool.yaml` twin give equal trees: nodes
compare by what they say, never by where they stand or which comments stand beside them.
Keys are the words of the language in the singular or plural that the YAML form shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from poolrules.source.span import Span


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments that belong to a node, each with its `#`: on lines of their own before it, beside it, and after all.

    An empty text among those before stands for a blank line. Only the whole file has comments after it.
    """

    before: tuple[str, ...] = ()
    beside: str | None = None
    after: tuple[str, ...] = ()


NO_COMMENTS = Comments()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as it was written, without quotation marks: a name, an amount, a date, a text."""

    text: str
    span: Span = field(compare=False)
    comments: Comments = field(default=NO_COMMENTS, compare=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Several nodes in their written order."""

    items: tuple["Node", ...]
    span: Span = field(compare=False)
    comments: Comments = field(default=NO_COMMENTS, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values. No key occurs twice. Two mappings are equal whatever the order of their keys."""

    entries: tuple[Entry, ...]
    span: Span = field(compare=False)
    comments: Comments = field(default=NO_COMMENTS, compare=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        return {e.key.text: e.value for e in self.entries} == {e.key.text: e.value for e in other.entries}

    def __hash__(self) -> int:
        return hash(frozenset(entry.key.text for entry in self.entries))

    def get(self, key: str) -> "Node | None":
        """The value under a key, or nothing."""
        for entry in self.entries:
            if entry.key.text == key:
                return entry.value
        return None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


Node: TypeAlias = Scalar | Sequence | Mapping
