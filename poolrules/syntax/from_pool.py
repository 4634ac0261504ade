"""Reading the `.pool` notation into the written tree."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import replace

import lark

from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.source.text import SourceText
from poolrules.syntax.codes import BAD_LAYOUT, NO_AGREEMENT, SAID_TWICE
from poolrules.syntax.layout import Line, read_layout
from poolrules.syntax.sentences import misread
from poolrules.syntax.shape import AMOUNTS, BLOCKS, LISTS, PARTED, TEXT_LISTS
from poolrules.syntax.tables import load_parser
from poolrules.syntax.tree import NO_COMMENTS, Comments, Entry, Mapping, Node, Scalar, Sequence


@functools.cache
def _parser() -> lark.Lark:
    """The parser, loaded once for a run."""
    return load_parser()


def read_pool(source: SourceText) -> tuple[Mapping, list[Finding]]:
    """Read a `.pool` file into a tree, with everything that is wrong with its writing.

    A line that cannot be read is reported and left out; the reader goes on with the next.
    """
    layout = read_layout(source)
    reader = _Reader(source.file)
    root = reader.block("file", layout.lines)
    findings = layout.findings + reader.findings
    whole = line_span(source.file, 1, 1, 1)
    if not layout.lines and not findings:
        findings.append(Finding(NO_AGREEMENT, Severity.ERROR, "there is no agreement in this file", (Label(whole),), 'begin with a line such as: agreement "Westshire Better Care Fund"'))
    return Mapping(_lift_agreement(root), whole, Comments(after=layout.after)), findings


def _lift_agreement(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Put what was said inside the `agreement` block at the top, beside partners and funds."""
    lifted: list[Entry] = []
    for entry in entries:
        if entry.key.text == "agreement" and isinstance(entry.value, Mapping):
            title, *rest = entry.value.entries
            assert isinstance(title.value, Scalar)
            lifted.append(Entry(title.key, replace(title.value, comments=entry.value.comments)))
            lifted.extend(rest)
        else:
            lifted.append(entry)
    return tuple(lifted)


class _Reader:
    """Reads the blocks of one file, gathering what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def block(self, block: str, lines: list[Line]) -> tuple[Entry, ...]:
        """Read the lines of one block into entries: single ones as they come, repeated ones gathered into lists."""
        single: dict[str, Entry] = {}
        for position, line in enumerate(lines):
            parsed = self._parse(block, line)
            if parsed is None:
                continue
            self._check_order(parsed.data, position == 0 or not _has_steps(single), line)
            self._add(single, parsed, line)
        return tuple(single.values())

    def _parse(self, block: str, line: Line) -> lark.Tree[lark.Token] | None:
        """Parse one line by the rule of its block, or report why it cannot be."""
        try:
            parsed = _parser().parse(line.text, start=f"in_{block}")
        except lark.UnexpectedInput as fault:
            self.findings.append(misread(self.file, block, line, fault))
            return None
        found = parsed.children[0]
        assert isinstance(found, lark.Tree)
        return found

    def _check_order(self, rule: str, none_before: bool, line: Line) -> None:
        """The first step says `first`, the others `then`: order is what a waterfall means."""
        word = _key(rule)
        if word in ("first", "then") and (word == "first") is not none_before:
            message = "only the first step says `first`" if word == "first" else "the first step says `first`, not `then`"
            help = "write `then` for the steps that follow" if word == "first" else "write `first`, so that the order cannot be misread"
            self.findings.append(Finding(BAD_LAYOUT, Severity.ERROR, message, (Label(line.span(self.file)),), help))

    def _add(self, entries: dict[str, Entry], parsed: lark.Tree[lark.Token], line: Line) -> None:
        """Put what a line says under its key."""
        word = _key(parsed.data)
        comments = line.comments
        if word == "pair":
            self._add_pair(entries, self._pair(parsed, line, comments), line)
            return
        value = self._line_value(word, parsed, line)
        key = Scalar(LISTS.get(word, word), line_span(self.file, line.number, line.indent + 1, len(word)))
        if word in LISTS:
            known = entries.get(key.text)
            items = known.value.items if known and isinstance(known.value, Sequence) else ()
            span = items[0].span.to(value.span) if items else value.span
            entries[key.text] = Entry(known.key if known else key, Sequence((*items, value), span))
        elif key.text in entries:
            self._said_twice(key.text, line.span(self.file), entries[key.text].key.span)
        else:
            entries[key.text] = Entry(key, value)

    def _add_pair(self, entries: dict[str, Entry], pair: Entry, line: Line) -> None:
        """Gather a line of a budget with the others."""
        known = entries.get(AMOUNTS)
        pairs = known.value.entries if known and isinstance(known.value, Mapping) else ()
        twin = next((other for other in pairs if other.key.text == pair.key.text), None)
        if twin:
            self._said_twice(pair.key.text, line.span(self.file), twin.key.span)
            return
        span = pairs[0].key.span.to(pair.value.span) if pairs else pair.key.span.to(pair.value.span)
        key = known.key if known else Scalar(AMOUNTS, pair.key.span)
        entries[AMOUNTS] = Entry(key, Mapping((*pairs, pair), span))

    def _said_twice(self, what: str, here: Span, first: Span) -> None:
        """Report a thing that may be said once and is said again."""
        labels = (Label(here, "said again here"), Label(first, "first said here"))
        self.findings.append(Finding(SAID_TWICE, Severity.ERROR, f"`{what}` is said twice", labels, "keep the line that is right"))

    def _line_value(self, word: str, parsed: lark.Tree[lark.Token], line: Line) -> Node:
        """Turn a line and what is indented below it into a node."""
        span = line.span(self.file)
        opens = word if word in BLOCKS else None
        if line.children and opens is None:
            first = line.children[0].span(self.file)
            self.findings.append(Finding(BAD_LAYOUT, Severity.ERROR, f"nothing can be indented below `{word}`", (Label(first), Label(span, f"the `{word}` line")), "move this line out to the level of the line above, or finish that line with a comma if it goes on"))
        if word in TEXT_LISTS:
            return self._scalar(parsed.children[0], line, line.comments)
        below = self.block(opens, line.children) if opens else ()
        if opens or word in LISTS or word in PARTED:
            return Mapping((*self._parts(word, parsed, line), *below), span, line.comments)
        return self._value(word, parsed, line, span, line.comments)

    def _value(self, word: str, parsed: lark.Tree[lark.Token], line: Line, span: Span, comments: Comments) -> Node:
        """Turn a rule's children into the simplest node that holds them."""
        children = parsed.children
        if word in PARTED:
            return Mapping(tuple(self._parts(word, parsed, line)), span, comments)
        if not children:
            return Scalar("yes", span, comments)
        if len(children) == 1:
            only = children[0]
            if not isinstance(only, lark.Tree):
                return self._scalar(only, line, comments)
            if only.data in ("names", "texts"):
                return Sequence(tuple(self._scalar(token, line) for token in only.children), span, comments)
        if all(isinstance(child, lark.Tree) and _key(child.data) == "pair" for child in children):
            return self._pairs(children, line, span, comments)
        return Mapping(tuple(self._parts(word, parsed, line)), span, comments)

    def _parts(self, word: str, parsed: lark.Tree[lark.Token], line: Line) -> Iterator[Entry]:
        """Turn the parts of a rule into entries: its own value under its own word, the rest under theirs."""
        for child in parsed.children:
            if isinstance(child, lark.Tree):
                span = self._tree_span(child, line)
                key = _key(child.data)
                yield Entry(Scalar(key, span), self._value(key, child, line, span, NO_COMMENTS))
            else:
                value = self._scalar(child, line)
                yield Entry(Scalar(word, value.span), value)

    def _pairs(self, children: Iterable[lark.Tree[lark.Token] | lark.Token], line: Line, span: Span, comments: Comments) -> Mapping:
        """Turn pairs into a mapping from names, reporting a name given twice."""
        entries: dict[str, Entry] = {}
        for child in children:
            assert isinstance(child, lark.Tree)
            pair = self._pair(child, line, NO_COMMENTS)
            if pair.key.text in entries:
                self._said_twice(pair.key.text, pair.key.span, entries[pair.key.text].key.span)
            entries.setdefault(pair.key.text, pair)
        return Mapping(tuple(entries.values()), span, comments)

    def _pair(self, parsed: lark.Tree[lark.Token], line: Line, comments: Comments) -> Entry:
        """Turn a name and its value into an entry."""
        name, value = parsed.children
        return Entry(self._scalar(name, line), self._scalar(value, line, comments))

    def _scalar(self, token: lark.Tree[lark.Token] | lark.Token, line: Line, comments: Comments = NO_COMMENTS) -> Scalar:
        """Turn a token into a value: quotation marks off, runs of spaces made one outside them."""
        assert isinstance(token, lark.Token)
        text = token[1:-1] if token.type == "STRING" else " ".join(token.split())
        at = line.number - 1 + (token.line or 1)
        return Scalar(text, line_span(self.file, at, token.column or 1, len(token.rstrip())), comments)

    def _tree_span(self, tree: lark.Tree[lark.Token], line: Line) -> Span:
        """The stretch a part of a line covers."""
        meta = tree.meta
        if meta.empty:
            return line.span(self.file)
        return Span(self.file, line.number - 1 + meta.line, meta.column, line.number - 1 + meta.end_line, meta.end_column)


def _key(rule: str) -> str:
    """The key of a rule: without what only tells equal keys apart, underscores as spaces."""
    return rule.rsplit("__", 1)[-1].replace("_", " ")


def _has_steps(entries: dict[str, Entry]) -> bool:
    """Whether a step has been read already."""
    return "steps" in entries
