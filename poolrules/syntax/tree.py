"""What was written: the tree that both notations are read into, every node with its place.

The tree is deliberately plain. A `.pool` file and its `.pool.yaml` twin give equal trees: nodes
compare by what they say, never by where they stand or which comments stand beside them.
Keys are the words of the language in the singular or plural that the YAML form shows.
"""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from poolrules.source.span import Span


class Comments(Struct, frozen=True):
    """Comments that belong to a node, each with its `#`: on lines of their own before it, beside it, and after all.

    An empty text among those before stands for a blank line. Only the whole file has comments after it.
    """

    before: tuple[str, ...] = ()
    beside: str | None = None
    after: tuple[str, ...] = ()


NO_COMMENTS = Comments()


class _Node(Struct, frozen=True, eq=False):
    """What every node is: compared by what it says."""

    def __ne__(self, other: object) -> bool:
        # A Struct without generated equality would compare identities here.
        return not self == other


class Scalar(_Node, frozen=True, eq=False):
    """A value as it was written, without quotation marks: a name, an amount, a date, a text."""

    text: str
    span: Span
    comments: Comments = NO_COMMENTS

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scalar) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


class Sequence(_Node, frozen=True, eq=False):
    """Several nodes in their written order."""

    items: tuple["Node", ...]
    span: Span
    comments: Comments = NO_COMMENTS

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.items == other.items

    def __hash__(self) -> int:
        return hash(self.items)


class Entry(Struct, frozen=True):
    """A key with its value."""

    key: Scalar
    value: "Node"


class Mapping(_Node, frozen=True, eq=False):
    """Keys with their values. No key occurs twice. Two mappings are equal whatever the order of their keys."""

    entries: tuple[Entry, ...]
    span: Span
    comments: Comments = NO_COMMENTS

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self._by_key() == other._by_key()

    def __hash__(self) -> int:
        return hash(frozenset(entry.key.text for entry in self.entries))

    def _by_key(self) -> dict[str, "Node"]:
        """The values by their keys."""
        return {entry.key.text: entry.value for entry in self.entries}

    def get(self, key: str) -> "Node | None":
        """The value under a key, or nothing."""
        for entry in self.entries:
            if entry.key.text == key:
                return entry.value
        return None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


Node: TypeAlias = Scalar | Sequence | Mapping
