"""Writing the tree as a `.pool` file in its one canonical layout."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from msgspec.structs import replace

from poolrules.base.unreadable import Unreadable
from poolrules.syntax.grammar import key_of, line_rules
from poolrules.syntax.shape import AMOUNTS, BLOCKS, LISTS, VARIED_FILE, block_below
from poolrules.syntax.tree import Comments, Entry, Mapping, Node, Scalar, Sequence
from poolrules.syntax.wording import join_words, line_words

_INDENT: Final = 4
"""The spaces that a block is indented by."""

_COLUMN: Final = 12
"""How wide the first words of lines are made, so that the values of a block stand in one column."""

_WIDTH: Final = 110
"""A line longer than this goes on in the next, where a comma, semicolon or colon allows."""

_UNALIGNED: Final = ("scheme", "contributions", "budget", "overspend", "underspend", "reserve", "rolled", "remove")
"""Lines that are not cut into columns: those that name or date what they open, and those that begin with a list."""

_TABLES: Final = ("contributions", "budget")
"""Blocks whose column is as wide as the longest name in them."""

_PIECE: Final = re.compile(r'(?:"[^"]*"|[^"])*?(?:[,;:] |$)')
"""A piece of a line up to where it may be broken: after a mark outside quotation marks."""

_Item: TypeAlias = tuple[str, Node | Entry, tuple[Node, ...]]
"""A line to be written: its rule, what it says, and nodes that are not printed but may bear comments."""


def write_pool(tree: Mapping) -> str:
    """Write a tree as a `.pool` file.

    The agreement's own lines come first, in a deed what it says of itself; all else stays in its written order.
    Raises `Unreadable` for a tree that the notation has no words for, such as a text with a quotation mark in it.
    """
    root = "file" if tree.get("deed") is None else VARIED_FILE
    lines = [*_deed(tree), *_agreement(root, tree), *_others(root, tree), *tree.comments.after]
    text = "\n".join(line for line, following in zip(lines, [*lines[1:], ""], strict=True) if line or following)
    return text.strip("\n") + "\n"


def _deed(tree: Mapping) -> Iterator[str]:
    """The `variation` block of a deed, with the comments that stand before everything."""
    for entry in (entry for entry in tree if entry.key.text == "deed"):
        above = _all_comments((replace(tree, entries=()), entry.key))
        yield from _block(0, VARIED_FILE, [replace(entry, key=replace(entry.key, comments=above))])


def _agreement(root: str, tree: Mapping) -> Iterator[str]:
    """The `agreement` block: its name, and what the file says of the agreement as a whole."""
    inside = line_rules("agreement")
    own = [entry for entry in tree if entry.key.text in inside]
    named = [entry for entry in tree if entry.key.text == "agreement"]
    if own and not named:
        if root != VARIED_FILE:
            raise Unreadable(f"`{own[0].key.text}` is said of an agreement, and the agreement has no name")
        named = [Entry(Scalar("agreement", tree.span), Mapping((), tree.span))]
    for title in named:
        above = _all_comments((replace(tree, entries=()), title.key))
        if root == VARIED_FILE and isinstance(title.value, Scalar):
            # Where a title may be left out, one that is `yes` must not be taken for none.
            above, title = title.key.comments, replace(title, value=Mapping((title,), tree.span))
        yield from _block(0, root, [replace(title, key=replace(title.key, comments=above))])
        yield from _block(1, "agreement", own)


def _others(root: str, tree: Mapping) -> Iterator[str]:
    """The other blocks at the margin."""
    above = (*line_rules("agreement"), "agreement", "deed")
    yield from _block(0, root, [entry for entry in tree if entry.key.text not in above])


def _block(depth: int, block: str, entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a block, with the blocks below them."""
    items = [item for entry in entries for item in _items(block, entry)]
    split = [_head_and_rest(depth, rule, _own(block, rule, value)) for rule, value, _ in items]
    column = max((len(head) + 1 for head, _ in split if head), default=0) if block in _TABLES else _COLUMN
    for (rule, value, above), (head, rest) in zip(items, split, strict=True):
        own = _own(block, rule, value)
        text = f"{head.ljust(column - 1)} {rest}" if head else rest
        yield from _with_comments(depth, text, _all_comments((*above, own)))
        yield from _block(depth + 1, block_below(block, key_of(rule)), _below(block, rule, value))


def _items(block: str, entry: Entry) -> Iterator[_Item]:
    """The lines that one key of a block stands for: one, or one for each item of a list."""
    rules = line_rules(block).get(entry.key.text)
    match entry.value:
        case _ if rules is None:
            raise Unreadable(f"`{entry.key.text}` has no place in a .pool {block}")
        case Mapping() as pairs if entry.key.text == AMOUNTS:
            bare = replace(pairs, entries=())
            for position, pair in enumerate(pairs):
                yield rules[0], pair, () if position else (entry.key, bare)
        case Sequence() as listed if key_of(rules[0]) in LISTS:
            bare_list = replace(listed, items=())
            for position, item in enumerate(listed.items):
                yield rules[min(position, len(rules) - 1)], item, () if position else (entry.key, bare_list)
        case value:
            yield rules[0], value, (entry.key,)


def _own(block: str, rule: str, value: Node | Entry) -> Node | Entry:
    """What a line says itself, without what stands in the block below it."""
    word = key_of(rule)
    if not isinstance(value, Mapping) or word not in BLOCKS:
        return value
    inside = line_rules(block_below(block, word))
    return replace(value, entries=tuple(entry for entry in value if entry.key.text not in inside))


def _below(block: str, rule: str, value: Node | Entry) -> tuple[Entry, ...]:
    """What stands in the block below a line."""
    word = key_of(rule)
    if not isinstance(value, Mapping) or word not in BLOCKS:
        return ()
    inside = line_rules(block_below(block, word))
    below = [entry for entry in value if entry.key.text in inside]
    return tuple(sorted(below, key=lambda entry: entry.key.text == "remainder"))  # which comes after every step


def _head_and_rest(depth: int, rule: str, value: Node | Entry) -> tuple[str, str]:
    """Cut a line into the word or name that it begins with and the rest; lines out of column have no head."""
    text, key = join_words(line_words(rule, value)), key_of(rule)
    if depth == 0 or key in _UNALIGNED or " " not in text:
        return "", text
    cut = len(key) if text.startswith(f"{key} ") else text.index(" ")
    return text[:cut], text[cut + 1 :]


def _with_comments(depth: int, text: str, comments: Comments) -> Iterator[str]:
    """A line with its comments; a blank line stands before all that begins at the margin."""
    margin = " " * (_INDENT * depth)
    if depth == 0 and "" not in comments.before:
        yield ""
    for comment in comments.before:
        yield comment and margin + comment
    first, *more = _folded(text, _WIDTH - len(margin))
    lines = [margin + first, *(margin + " " * _COLUMN + line for line in more)]
    yield from lines[:-1]
    yield f"{lines[-1]}  {comments.beside}" if comments.beside else lines[-1]


def _folded(text: str, width: int) -> list[str]:
    """Break a long line after its marks, the continuations narrower by the column they are indented to."""
    if len(text) <= width:
        return [text]
    lines = [""]
    for piece in _PIECE.findall(text):
        room = width - (_COLUMN if lines[1:] else 0)
        if lines[-1] and len(lines[-1]) + len(piece.rstrip()) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines if line]


def _all_comments(nodes: Iterable[Node | Entry]) -> Comments:
    """Gather the comments of everything that goes on one line: in YAML each value may have its own."""
    before: list[str] = []
    beside: list[str] = []
    for comments in (found for node in nodes for found in _comments(node)):
        before.extend(comment for comment in comments.before if comment or before[-1:] != [""])
        beside.extend([comments.beside] if comments.beside else [])
    joined = " ".join([*beside[:1], *(comment.lstrip("# ") for comment in beside[1:])])
    return Comments(tuple(before), joined or None)


def _comments(node: Node | Entry) -> Iterator[Comments]:
    """The comments of a node and of all within it."""
    match node:
        case Entry():
            yield from _comments(node.key)
            yield from _comments(node.value)
        case Scalar():
            yield node.comments
        case Sequence():
            yield node.comments
            for item in node.items:
                yield from _comments(item)
        case Mapping():
            yield node.comments
            for entry in node.entries:
                yield from _comments(entry)
