"""Writing the tree as a `.pool.yaml` file in its one canonical layout."""

import re
from collections.abc import Iterator
from typing import Final

import yaml
from msgspec.structs import replace

from poolrules.syntax.tree import NO_COMMENTS, Comments, Entry, Mapping, Node, Scalar, Sequence
from poolrules.syntax.yaml_comments import gathers_lines

_INDENT: Final = "  "
FLAGS: Final = frozenset((
    "provides nothing", "capital", "one off", "one off left out", "under the overspend terms", "equally",
    "to be agreed", "carried forward", "where it arose", "for one off spending only", "in writing", "commitments",
    "does not decide", "holds", "does not hold", "all else on budget", "counted each year", "in pounds", "an amount",
    "over only", "indicative", "with recurrent variances", "leaving ends the agreement", "retained",
))  # fmt: skip
"""The keys under which a plain `yes` stands, which YAML 1.1 makes a truth value: that is what it is."""

_RESOLVER: Final = yaml.resolver.Resolver()
_TEXT: Final = "tag:yaml.org,2002:str"
_MARKED: Final = re.compile(r"""[\s?:,\[\]{}#&*!|>'"%@`-]|\.\.\.|.*(: |:$| #|\s$|[\\\t\n])""", re.DOTALL)
"""A text that begins or goes on as YAML's own signs do."""

_LATER: Final = re.compile(
    r"[-+]?(0o[0-7]+|0x[0-9a-fA-F]+|[0-9]+([eE][-+]?[0-9]+)?|\.?[0-9][0-9._]*([eE][-+]?[0-9]+)?)"
)
"""What YAML 1.2 reads as a number and 1.1 does not."""


def write_yaml(tree: Mapping) -> str:
    """Write a tree as a `.pool.yaml` file; read again it gives the same tree with the same comments.

    Values stand between double quotation marks where a YAML program would else read something other than their text.
    """
    lines = [*_entries(tree, ""), *tree.comments.after]
    return "\n".join(lines).strip("\n") + "\n"


def _entries(mapping: Mapping, margin: str) -> Iterator[str]:
    """The lines of a mapping."""
    for entry in mapping:
        yield from _node(_with_comments_of_key(entry), f"{margin}{_scalar(entry.key.text)}:", margin, entry.key.text)


def _node(node: Node, opening: str, margin: str, key: str = "") -> Iterator[str]:
    """The lines of a node: those before it, the one that it begins on, and those below it."""
    yield from _before(node.comments, margin)
    beside = f"  {node.comments.beside}" if node.comments.beside else ""
    match node:
        case Scalar(text=text):
            plain = text == "yes" and key in FLAGS
            yield f"{opening} {text if plain else _scalar(text)}{beside}"
        case Sequence(items=()):
            yield f"{opening} []{beside}"
        case Mapping(entries=()):
            yield f"{opening} {{}}{beside}"
        case Sequence():
            yield opening + beside
            for item in node.items:
                yield from _item(item, margin + _INDENT)
        case Mapping():
            yield opening + beside
            yield from _entries(node, margin + _INDENT)


def _item(node: Node, margin: str) -> Iterator[str]:
    """The lines of an item of a list; a mapping begins on the line of the dash."""
    if not isinstance(node, Mapping) or not node.entries:
        yield from _node(node, f"{margin}-", margin)
        return
    first, *others = node.entries
    key, value = first.key.text, _with_comments_of_key(first)
    comments = _joined(node.comments, value.comments)
    yield from _before(comments, margin)
    bare = replace(value, comments=Comments(beside=comments.beside))
    yield from _node(bare, f"{margin}- {_scalar(key)}:", margin + _INDENT, key)
    yield from _entries(replace(node, entries=tuple(others)), margin + _INDENT)


def _before(comments: Comments, margin: str) -> Iterator[str]:
    """The comments and blank lines before a node."""
    for text in comments.before:
        yield margin + text if text else ""


def _with_comments_of_key(entry: Entry) -> Node:
    """The value of an entry; what stands before the first of the lines that a key gathers is written before the key."""
    value = _joined_node(entry.value, entry.key.comments)
    if not gathers_lines(entry):
        return value
    match value:
        case Sequence(items=(item, *items)):
            above = replace(value, comments=_joined(value.comments, Comments(item.comments.before)))
            return replace(above, items=(_with_beside(item, item.comments), *items))
        case Mapping(entries=(pair, *pairs)):
            comments = _joined(pair.key.comments, pair.value.comments)
            bare = Entry(replace(pair.key, comments=NO_COMMENTS), _with_beside(pair.value, comments))
            above_pairs = replace(value, comments=_joined(value.comments, Comments(comments.before)))
            return replace(above_pairs, entries=(bare, *pairs))
    return value


def _with_beside(node: Node, comments: Comments) -> Node:
    """A node with only what stands beside it."""
    return replace(node, comments=Comments(beside=comments.beside))


def _joined_node(node: Node, more: Comments) -> Node:
    """A node with comments added to its own."""
    return replace(node, comments=_joined(node.comments, more)) if more != NO_COMMENTS else node


def _joined(own: Comments, more: Comments) -> Comments:
    """The comments of two nodes that stand on one line."""
    beside = own.beside or more.beside
    if own.beside and more.beside:
        beside = f"{own.beside} {more.beside.lstrip('# ')}"
    return Comments((*own.before, *more.before), beside)


def _scalar(text: str) -> str:
    """Write a value, between quotation marks where it needs them.

    >>> _scalar("£5"), _scalar("12:30"), _scalar("Riverside: a pool")
    ('£5', '"12:30"', '"Riverside: a pool"')
    """
    if text and not _MARKED.match(text) and not _LATER.fullmatch(text) and _is_text(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _is_text(text: str) -> bool:
    """Whether YAML 1.1 reads a plain value as the text that it is."""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag == _TEXT
