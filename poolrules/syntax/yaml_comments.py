"""The comments of a YAML file, which its parser drops: found in the text again, and given to their nodes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from poolrules.source.text import SourceText
from poolrules.syntax.shape import AMOUNTS, LISTS, TEXT_LISTS
from poolrules.syntax.tree import NO_COMMENTS, Comments, Entry, Mapping, Node, Scalar, Sequence
from poolrules.syntax.yaml_events import Written

_LISTS: Final = frozenset(LISTS.values())
_TEXT_LISTS: Final = frozenset(LISTS[word] for word in TEXT_LISTS)


def gathers_lines(entry: Entry) -> bool:
    """Whether a key gathers what are lines of their own in a `.pool` file, so that it has no line itself there.

    Its comments are those of the first thing that it gathers.
    """
    match entry.value:
        case Sequence(items=(first, *_)):
            key = entry.key.text
            return key in _TEXT_LISTS or (key in _LISTS and isinstance(first, Mapping))
        case Mapping(entries=(_, *_)):
            return entry.key.text == AMOUNTS
        case _:
            return False


def with_comments(source: SourceText, root: Mapping, written: Written) -> Mapping:
    """Give the nodes of a tree their comments: a line's go to the outermost node that begins on it."""
    found = list(_comments(source.text, written.texts))
    lines = sorted(set(_lines(root)))
    kept: dict[int, _Kept] = {line: _Kept() for line in lines}
    after: list[str] = []
    for line, text, beside in found:
        at = bisect_right(lines, line) - 1 if beside else bisect_left(lines, line)
        if beside and at >= 0:
            kept[lines[at]].beside.append(text)
        elif max(at, 0) < len(lines):
            _add(kept[lines[max(at, 0)]].before, text)
        else:
            _add(after, text)
    first = kept[lines[0]].before if lines else []
    if first[:1] == [""]:
        del first[0]
    while after[-1:] == [""]:
        after.pop()
    entries = tuple(_dressed(entry, kept) for entry in root.entries)
    return replace(root, entries=entries, comments=Comments(after=tuple(after)))


@dataclass(slots=True)
class _Kept:
    """The comments of one line."""

    before: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def comments(self) -> Comments:
        """What a node keeps of them."""
        first, *more = self.beside or [""]
        joined = " ".join([first, *(comment.lstrip("# ") for comment in more)])
        return Comments(tuple(self.before), joined or None)


def _add(before: list[str], text: str) -> None:
    """Add a comment or a blank line; several blank lines are one."""
    if text or before[-1:] != [""]:
        before.append(text)


def _comments(text: str, texts: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, str, bool]]:
    """Find each comment and blank line with its number, and whether other things stand on that line before it."""
    stretches = iter((*texts, (len(text) + 1, len(text) + 1)))
    begin, end = next(stretches)
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        at, line_end = start, start + len(line)
        comment = None
        while at <= line_end and comment is None:
            found = text.find("#", at, min(begin, line_end))
            if found >= 0:
                comment = text[found:line_end].rstrip()
                yield number, comment, bool(text[start:found].strip())
            elif begin > line_end:
                break
            else:
                at = max(at, end)
                if end > line_end:
                    break
                begin, end = next(stretches)
        if comment is None and not line.strip() and not begin < start < end:
            yield number, "", False
        start = line_end + 1


def _lines(node: Node) -> Iterator[int]:
    """The lines on which the entries and items of a node begin."""
    for part in node.entries if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ():
        yield part.key.span.line if isinstance(part, Entry) else part.span.line
        yield from _lines(part.value if isinstance(part, Entry) else part)


def _dressed(entry: Entry, kept: dict[int, _Kept]) -> Entry:
    """An entry with its comments; a key without a line of its own in a `.pool` file hands them on."""
    value = _with(entry.value, entry.key.span.line, kept)
    if not gathers_lines(entry) or value.comments == NO_COMMENTS:
        return Entry(entry.key, value)
    comments, bare = value.comments, replace(value, comments=NO_COMMENTS)
    if isinstance(bare, Sequence):
        first, *rest = bare.items
        return Entry(entry.key, replace(bare, items=(_with_more(first, comments), *rest)))
    assert isinstance(bare, Mapping)
    pair, *pairs = bare.entries
    return Entry(entry.key, replace(bare, entries=(Entry(pair.key, _with_more(pair.value, comments)), *pairs)))


def _with(node: Node, line: int, kept: dict[int, _Kept]) -> Node:
    """A node with the comments of the line on which it begins, unless a node around it has them already."""
    own = kept.pop(line).comments() if line in kept else NO_COMMENTS
    match node:
        case Scalar():
            return replace(node, comments=own) if own != NO_COMMENTS else node
        case Sequence():
            return replace(node, items=tuple(_with(item, item.span.line, kept) for item in node.items), comments=own)
        case Mapping():
            return replace(node, entries=tuple(_dressed(entry, kept) for entry in node.entries), comments=own)


def _with_more(node: Node, outer: Comments) -> Node:
    """A node with the comments of the key above it, before its own."""
    before: list[str] = []
    for text in (*outer.before, *((outer.beside,) if outer.beside else ()), *node.comments.before):
        _add(before, text)
    return replace(node, comments=Comments(tuple(before), node.comments.beside))
