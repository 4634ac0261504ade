"""Reading the `.pool` notation into the written tree."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from poolrules.base.limits import MAX_FINDINGS
from poolrules.base.near import almost
from poolrules.source.finding import Finding, Label, Severity, in_file_order
from poolrules.source.span import Span, line_span
from poolrules.source.text import SourceText
from poolrules.syntax.codes import BAD_LAYOUT, NO_AGREEMENT, SAID_TWICE
from poolrules.syntax.grammar import goes_on_with, key_of, openings, parser
from poolrules.syntax.lalr import Branch, Misreading, Part, Word
from poolrules.syntax.layout import Line, read_layout
from poolrules.syntax.shape import AMOUNTS, BLOCKS, LISTS, PARTED, PLAIN_LISTS, TEXT_LISTS, VARIED_FILE, block_below
from poolrules.syntax.tree import NO_COMMENTS, Comments, Entry, Mapping, Node, Scalar, Sequence


def read_pool(source: SourceText) -> tuple[Mapping, list[Finding]]:
    """Read a `.pool` file into a tree, with everything that is wrong with its writing.

    A line that cannot be read is reported and left out, and the reader goes on with the next. So where
    there are findings the tree is not the whole of what was meant, and nothing should be made of it.
    """
    layout = read_layout(source)
    reader = _Reader(source.file, layout.lines)
    deed = _is_deed(layout.lines)
    root = reader.block(VARIED_FILE if deed else "file", layout.lines)
    findings = in_file_order(layout.findings + reader.findings)
    whole = line_span(source.file, 1, 1, 1)
    if not findings and not deed and not any(entry.key.text == "agreement" for entry in root):
        findings = [_no_agreement(whole, empty=not layout.lines)]
    return Mapping(_lift_agreement(root), whole, Comments(after=layout.after)), _shortened(findings, source)


def _is_deed(lines: list[Line]) -> bool:
    """Whether a file is a deed of variation, as its first line says or some line at its margin."""
    numbered = any(re.match(r" *variation +[0-9]", line.text) for line in lines)
    first = lines[0].text.split(maxsplit=1)[0].lower() if lines else ""
    if numbered or first == "agreement" or first in openings("file"):  # asking for all openings takes a while
        return numbered
    return first in ("variation", "deed") or almost(first, ("variation", "agreement")) == "variation"


def _no_agreement(whole: Span, *, empty: bool) -> Finding:
    """Report a file in which no agreement is named."""
    message = "there is no agreement in this file" if empty else "the agreement in this file has no name"
    help = 'begin with a line such as: agreement "Westshire Better Care Fund"'
    return Finding(NO_AGREEMENT, Severity.ERROR, message, (Label(whole),), help)


def _shortened(findings: list[Finding], source: SourceText) -> list[Finding]:
    """Keep as many findings as anybody will read, and say from where on the file was not judged."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    place = findings[MAX_FINDINGS].span
    assert place is not None
    unread = len(source.text.rstrip().split("\n")) - place.line + 1
    message = f"{MAX_FINDINGS} faults are shown, and {unread:,} more lines were not judged"
    help = "mend the first faults and check again: one slip may be the cause of many"
    return [*findings[:MAX_FINDINGS], Finding(BAD_LAYOUT, Severity.ERROR, message, (Label(place),), help)]


def _lift_agreement(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Put what was said inside the `agreement` block at the top, beside partners and funds.

    In a deed the block may have no title: its comments then go to the first line below it.
    """
    lifted: list[Entry] = []
    for entry in entries:
        if entry.key.text == "agreement" and isinstance(entry.value, Mapping):
            first, *rest = entry.value.entries or (None,)
            if first is not None:
                comments = entry.value.comments
                if first.key.text != "agreement":
                    comments = _handed_on(comments, first.value.comments)
                lifted.append(Entry(first.key, replace(first.value, comments=comments)))
            lifted.extend(rest)
        else:
            lifted.append(entry)
    return tuple(lifted)


def _handed_on(above: Comments, own: Comments) -> Comments:
    """The comments of a line with those of a line above it that is not kept."""
    texts = (*above.before, *([above.beside] if above.beside else []), *own.before)
    return Comments(tuple(text for text in texts if text), own.beside)


class _Said(Struct):
    """What the lines of one block have said so far: single things, items of lists, and amounts by name."""

    keys: dict[str, Scalar] = field(default_factory=dict)
    single: dict[str, Node] = field(default_factory=dict)
    items: dict[str, list[Node]] = field(default_factory=dict)
    amounts: dict[str, Entry] = field(default_factory=dict)

    def entries(self) -> tuple[Entry, ...]:
        """The block as entries, each key where it was first said."""
        return tuple(Entry(key, self._value(word)) for word, key in self.keys.items())

    def _value(self, word: str) -> Node:
        """What was said under one key."""
        if word in self.single:
            return self.single[word]
        if word in self.items:
            items = tuple(self.items[word])
            return Sequence(items, items[0].span.to(items[-1].span))
        pairs = tuple(self.amounts.values())
        return Mapping(pairs, pairs[0].key.span.to(pairs[-1].value.span))


class _Order(Struct):
    """How far the steps of a waterfall have come: order is what a waterfall means."""

    begun: bool = False
    ended: bool = False

    def fault(self, word: str) -> tuple[str, str] | None:
        """Say what is wrong with a step that begins with this word, and how to mend it."""
        if word not in ("first", "then"):
            self.ended |= word == "remainder"
            return None
        begun, self.begun = self.begun, True
        if self.ended:
            return "a step stands after the remainder", "put `remainder` last: it takes what every step leaves"
        if word == "first" and begun:
            return "only the first step says `first`", "write `then` for the steps that follow"
        if word == "then" and not begun:
            return "the first step says `first`, not `then`", "write `first`, so that the order cannot be misread"
        return None


class _Reader:
    """Reads the blocks of one file, gathering what is wrong."""

    def __init__(self, file: str, lines: list[Line]) -> None:
        self.file = file
        self.lines = lines
        self.findings: list[Finding] = []

    @cached_property
    def names(self) -> dict[str, str]:
        """What each name of the file names; asked for only where something is wrong."""
        from poolrules.syntax.slip import names_declared  # loaded only where something is wrong

        return names_declared(self.lines)

    def block(self, block: str, lines: list[Line]) -> tuple[Entry, ...]:
        """Read the lines of one block into entries: single ones as they come, repeated ones gathered into lists."""
        said = _Said()
        order = _Order() if block in ("overspend", "underspend") else None
        stray: str | None = None
        for line in lines:
            if len(self.findings) > MAX_FINDINGS:
                break
            if order is not None:
                self._check_order(order, line)
            parsed = None if line.broken else self._parse(block, line, stray)
            if parsed is not None:
                self._add(said, block, parsed, line)
                stray = None
            else:
                stray = self._read_below(block, line)
        return said.entries()

    def _read_below(self, block: str, line: Line) -> str | None:
        """Read what stands below a line that cannot be read itself, and say which block the line belongs in."""
        from poolrules.syntax.sentences import block_opened_by, home_of  # loaded only where something is wrong

        if opened := block_opened_by(line):
            self.block(block_below(block, opened), line.children)
        return home_of(block, line)

    def _parse(self, block: str, line: Line, stray: str | None) -> Branch | None:
        """Parse one line by the rule of its block, or report why it cannot be.

        Where several lines in a row belong in one other block, the first finding speaks for them all.
        """
        try:
            parsed = parser().parse(line.text, start=f"in_{block}")
        except Misreading as fault:
            from poolrules.syntax.sentences import home_of, misread  # loaded only where something is wrong

            if stray is None or home_of(block, line) != stray:
                self.findings.append(misread(self.file, block, line, fault, self.names))
            return None
        found = parsed.parts[0]
        assert isinstance(found, Branch)
        return found

    def _check_order(self, order: _Order, line: Line) -> None:
        """Report a step out of order, also one that cannot be read."""
        word = line.text.split(maxsplit=1)[0]
        if (fault := order.fault(word.lower())) is not None:
            label = Label(line.place(self.file, line.indent, line.indent + len(word)))
            self._report(BAD_LAYOUT, fault[0], (label,), fault[1])

    def _report(self, code: str, message: str, labels: tuple[Label, ...], help: str) -> None:
        """Keep a finding."""
        self.findings.append(Finding(code, Severity.ERROR, message, labels, help))

    def _add(self, said: _Said, block: str, parsed: Branch, line: Line) -> None:
        """Put what a line says under its key."""
        word = key_of(parsed.rule)
        if word == "pair":
            self._add_pair(said, self._pair(parsed, line, line.comments), line)
            return
        value = self._line_value(word, block, parsed, line)
        key = Scalar(LISTS.get(word, word), line_span(self.file, line.number, line.indent + 1, len(word)))
        if word in LISTS:
            said.items.setdefault(key.text, []).append(value)
        elif key.text in said.single:
            self._said_twice(key.text, line.span(self.file), said.keys[key.text].span)
        else:
            said.single[key.text] = value
        said.keys.setdefault(key.text, key)

    def _add_pair(self, said: _Said, pair: Entry, line: Line) -> None:
        """Gather a line of a budget with the others."""
        self._check_childless(pair.key.text, "budget", line)
        if twin := said.amounts.get(pair.key.text):
            self._said_twice(pair.key.text, line.span(self.file), twin.key.span)
            return
        said.amounts[pair.key.text] = pair
        said.keys.setdefault(AMOUNTS, Scalar(AMOUNTS, pair.key.span))

    def _said_twice(self, what: str, here: Span, first: Span) -> None:
        """Report a thing that may be said once and is said again."""
        labels = (Label(here, "said again here"), Label(first, "first said here"))
        if what == "agreement":
            self._report(SAID_TWICE, "a file holds one agreement", labels, "put each agreement in a file of its own")
        elif what == "deed":
            self._report(SAID_TWICE, "a file holds one variation", labels, "put each variation in a file of its own")
        else:
            self._report(SAID_TWICE, f"`{what}` is said twice", labels, "keep the one that is right")

    def _line_value(self, word: str, block: str, parsed: Branch, line: Line) -> Node:
        """Turn a line and what is indented below it into a node."""
        span = line.span(self.file)
        below: tuple[Entry, ...] = ()
        if word in BLOCKS:
            below = self.block(block_below(block, word), line.children)
        else:
            self._check_childless(word, block, line)
        if word in TEXT_LISTS:
            return self._scalar(parsed.parts[0], line, line.comments)
        if word in BLOCKS or word in LISTS or word in PARTED:
            return Mapping((*self._parts(word, parsed, line), *below), span, line.comments)
        return self._value(word, parsed, line, span, line.comments)

    def _check_childless(self, word: str, block: str, line: Line) -> None:
        """Report what is indented below a line that opens no block, and read it as if it stood beside it."""
        if not line.children:
            return
        first, own = line.children[0], Label(line.span(self.file), "this line")
        labels = (Label(first.span(self.file)), own)
        if goes_on_with(block, line.text, first.text):
            message = f"this goes on from the `{word}` line, which does not end in a comma"
            self._report(BAD_LAYOUT, message, labels, "end the line above with a comma")
            return
        message = f"nothing can be indented below `{word}`"
        self._report(BAD_LAYOUT, message, labels, "move this line out to the level of the line above")
        self.block(block, [child for child in line.children if child.text.split(maxsplit=1)[0] in openings(block)])

    def _value(self, word: str, parsed: Branch, line: Line, span: Span, comments: Comments) -> Node:
        """Turn a rule's children into the simplest node that holds them."""
        children = parsed.parts
        if word in PARTED:
            return Mapping(tuple(self._parts(word, parsed, line)), span, comments)
        if not children:
            return Scalar("yes", span, comments)
        if len(children) == 1:
            only = children[0]
            if isinstance(only, Word):
                return self._scalar(only, line, comments)
            if only.rule in PLAIN_LISTS:
                return Sequence(tuple(self._scalar(token, line) for token in only.parts), span, comments)
        if all(isinstance(child, Branch) and key_of(child.rule) == "pair" for child in children):
            return self._pairs(children, line, span, comments)
        return Mapping(tuple(self._parts(word, parsed, line)), span, comments)

    def _parts(self, word: str, parsed: Branch, line: Line) -> Iterable[Entry]:
        """Turn the parts of a rule into entries: its own value under its own word, the rest under theirs."""
        entries: dict[str, Entry] = {}
        for part in self._all_parts(word, parsed, line):
            if part.key.text in entries:
                self._said_twice(part.key.text, part.key.span, entries[part.key.text].key.span)
            entries.setdefault(part.key.text, part)
        return entries.values()

    def _all_parts(self, word: str, parsed: Branch, line: Line) -> Iterator[Entry]:
        """The parts of a rule in the order they are written."""
        for child in parsed.parts:
            if isinstance(child, Branch):
                span = line.place(self.file, child.start, child.end)
                key = key_of(child.rule)
                yield Entry(Scalar(key, span), self._value(key, child, line, span, NO_COMMENTS))
            else:
                value = self._scalar(child, line)
                yield Entry(Scalar(word, value.span), value)

    def _pairs(self, children: Iterable[Part], line: Line, span: Span, comments: Comments) -> Mapping:
        """Turn pairs into a mapping from names, reporting a name given twice."""
        entries: dict[str, Entry] = {}
        for child in children:
            assert isinstance(child, Branch)
            pair = self._pair(child, line, NO_COMMENTS)
            if pair.key.text in entries:
                self._said_twice(pair.key.text, pair.key.span, entries[pair.key.text].key.span)
            entries.setdefault(pair.key.text, pair)
        return Mapping(tuple(entries.values()), span, comments)

    def _pair(self, parsed: Branch, line: Line, comments: Comments) -> Entry:
        """Turn a name, or a day of the year, and its value into an entry; a day stands after its value."""
        name, value = parsed.parts
        if isinstance(value, Word) and value.kind == "DAY_OF_YEAR":
            name, value = value, name
        return Entry(self._scalar(name, line), self._scalar(value, line, comments))

    def _scalar(self, word: Part, line: Line, comments: Comments = NO_COMMENTS) -> Scalar:
        """Turn a word into a value: quotation marks off, runs of spaces made one outside them."""
        assert isinstance(word, Word)
        plain = word.text.rstrip()
        text = plain[1:-1] if word.kind == "STRING" else " ".join(plain.split())
        return Scalar(text, line.place(self.file, word.start, word.start + len(plain)), comments)
