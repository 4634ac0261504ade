"""Reading YAML as events into the written tree: every value as its text with its place, nothing ever constructed.

What YAML offers beyond lists, mappings and texts is refused here: anchors, tags, merge keys, a
second document. Plain values are never resolved: `NO`, `010` and `12:30` stay what was written.
"""

import re
from dataclasses import dataclass, field
from typing import Final

import yaml

from poolrules.base.limits import MAX_DEPTH, MAX_FINDINGS, MAX_YAML_EVENTS
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.source.text import SourceText, forbidden_character
from poolrules.syntax.codes import SAID_TWICE
from poolrules.syntax.tree import Entry, Mapping, Node, Scalar, Sequence
from poolrules.syntax.yaml_faults import Mark, conflict_marker, fault_of, shown, yaml_fault

LOADER: Final[type] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML was built with it. Its events are used, never its composer, which deep nesting kills."""

_OTHER_NOTATION: Final = (
    (r"[-+]?0[box][0-9a-fA-F_]+", "is a number in programmers' notation", "write it in plain digits"),
    (r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", "is not a number that anybody can pay", "write an amount"),
    (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?", "is a date in figures", "write a date such as 1 April 2026"),
    (r"[-+]?[0-9._]{16,}", "has too many digits", "write an amount such as £1,200.50"),
    (r"~|null|Null|NULL", "stands for nothing in YAML", "leave the key out"),
)
"""Plain values that programs read as a number, a time or nothing, and nobody writes so in an agreement."""

_ODD: Final = re.compile("|".join(form for form, _, _ in _OTHER_NOTATION))

_LOOKS_LIKE: Final = dict(
    zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυχАВЕКМНОРСТУХасеорухіѕј", "ABEZHIKMNOPTYXavopuxABEKMHOPCTYXaceopyxisj", strict=True)
)
"""Greek and Cyrillic letters that pass for Latin ones in print."""

_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Written:
    """What a YAML file says, before anybody asks whether it is an agreement.

    `texts` are the stretches (offsets, end exclusive) in which a `#` begins no comment.
    """

    root: Node | None
    texts: tuple[tuple[int, int], ...]
    findings: list[Finding]


def read_events(source: SourceText) -> Written:
    """Read the one document of a YAML file; with findings, no tree."""
    marker = conflict_marker(source)
    if marker is not None:
        return Written(None, (), [marker])
    reader = _Reader(source)
    if not reader.read(LOADER):
        reader = _Reader(source)
        reader.read(yaml.SafeLoader)
    findings = reader.findings + reader.shared.findings()
    return Written(None if findings else reader.root, tuple(reader.texts), findings)


@dataclass(slots=True)
class _Shared:
    """The anchors of a file, and the aliases and merge keys that use them: one fault for each anchor."""

    anchors: dict[str, Span] = field(default_factory=dict)
    aliases: dict[str, Span] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)

    def findings(self) -> list[Finding]:
        """What is wrong, at the first use of each anchor; at the anchor itself where nothing uses it."""
        help = "write out what is meant in each place"
        found = []
        for name, span in self.aliases.items():
            labels = (Label(span), *([Label(self.anchors[name], "the anchor")] if name in self.anchors else []))
            found.append(yaml_fault("an alias repeats what stands elsewhere", labels, help))
        unused = (span for name, span in self.anchors.items() if name not in self.aliases)
        found += [yaml_fault("an anchor has no place in an agreement", (Label(span),), help) for span in unused]
        if not self.aliases:
            found += [yaml_fault("a merge key has no place in an agreement", (Label(s),), help) for s in self.merges]
        return found


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun and not ended."""

    span: Span
    is_mapping: bool
    is_key: bool
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    key: Scalar | None = None
    said: dict[str, Scalar] = field(default_factory=dict)
    folded: dict[str, Scalar] = field(default_factory=dict)


class _Reader:
    """Builds the tree of one file, gathering what is wrong."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self.shared = _Shared()
        self.texts: list[tuple[int, int]] = []
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0
        self.last: yaml.ScalarEvent | None = None

    def read(self, loader: type) -> bool:
        """Take the events one by one, up to the end, the first fault of syntax, or a limit.

        False where the parser in C met its own bound on nesting, which it does far ahead of the event at which
        ours is passed: the parser in Python then leads to the place.
        """
        try:
            self._read(loader)
        except (yaml.YAMLError, ValueError) as fault:  # the parser in Python raises ValueError for `\U00110000`
            if loader is not yaml.SafeLoader and "nesting depth" in str(getattr(fault, "problem", "")):
                return False
            self.findings.append(fault_of(self.source, fault, self.last))
        return True

    def _read(self, loader: type) -> None:
        """Take the events; raises what the parser raises."""
        for count, event in enumerate(yaml.parse(self.source.text, Loader=loader)):
            if count >= MAX_YAML_EVENTS:
                limit = f"the limit is {MAX_YAML_EVENTS:,} pieces"
                self._report("the file says too much to be an agreement", self._span(event), limit)
                return
            if len(self.findings) > MAX_FINDINGS or not self._take(event):
                return

    def _take(self, event: yaml.Event) -> bool:
        """Take one event; false where nothing after it is worth reading."""
        match event:
            case yaml.DocumentStartEvent():
                return self._begin_document(event)
            case yaml.AliasEvent():
                span = self._span(event)
                self.shared.aliases.setdefault(event.anchor or "", span)
                self._put(Scalar("", span), plain=False)
            case yaml.ScalarEvent():
                self._take_scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                return self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end(event)
        return True

    def _begin_document(self, event: yaml.DocumentStartEvent) -> bool:
        """Begin the one document there may be, without directives."""
        self.documents += 1
        if self.documents > 1:
            self._report("a second document begins here", self._span(event), "put each agreement in a file of its own")
            return False
        if event.version or event.tags:
            self._report(
                "directives have no place in an agreement", self._span(event), "delete the line that begins with %"
            )
        return True

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        """Begin a list or a mapping."""
        span = self._span(event)
        if len(self.open) >= MAX_DEPTH:
            self._report("lists and mappings are nested too deep", span, f"the limit is {MAX_DEPTH} levels")
            return False
        self._check_properties(event, span)
        is_key = self._at_key()
        if is_key:
            self._report("a key must be a word", span, "write `word: value`")
        self.open.append(_Open(span, isinstance(event, yaml.MappingStartEvent), is_key))
        return True

    def _end(self, event: yaml.Event) -> None:
        """End the innermost list or mapping."""
        ended = self.open.pop()
        if ended.is_mapping:
            node: Node = Mapping(tuple(ended.entries), _opening_line(ended, self._span(event)))
        else:
            items = tuple(ended.items)
            node = Sequence(items, ended.span.to(items[-1].span) if items else ended.span)
        self._put(Scalar("", ended.span) if ended.is_key else node, plain=False)

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        """Take a value or a key."""
        self.last = event
        span = self._span(event)
        tagged = self._check_properties(event, span)
        self._keep_text(event)
        text = event.value
        if event.style in ("|", ">"):
            text = text.rstrip("\n")
            span = line_span(span.file, span.line, span.column, 1)
        if not tagged:
            self._check_text(event, text, span)
        if not text and self._at_key():
            self._report("there is no word before this colon", span, "write `word: value`")
        self._put(Scalar(text, span), plain=not event.style)

    def _keep_text(self, event: yaml.ScalarEvent) -> None:
        """Note where a value stands; the comment beside the sign that begins a block of text is no part of it."""
        start, end = _offset(event.start_mark), _offset(event.end_mark)
        if event.style in ("|", ">"):
            line_end = self.source.text.find("\n", start, end)
            start = end if line_end < 0 else line_end
        self.texts.append((start, end))

    def _check_text(self, event: yaml.ScalarEvent, text: str, span: Span) -> None:
        """Report what no text of an agreement may hold, once escapes have been read."""
        if event.style == "|":
            self._report(
                "a text stands on one line", span, "write it on one line, or after > to fold its lines into one"
            )
        elif "\n" in text:
            self._report(
                "a text may not hold a line break", span, "join its lines into one, without blank lines between"
            )
        elif (name := forbidden_character(text)) is not None:
            self._report(
                f"the text holds {name}, which cannot be seen on a page", span, "delete it, or use a plain space"
            )
        elif '"' in text:
            self._report("a text may not hold double quotation marks", span, "use curly ones: “…”")
        elif not event.style:
            self._check_plain(text, span)

    def _check_plain(self, text: str, span: Span) -> None:
        """Report a value without quotation marks that other programs would take for something else."""
        if _ODD.fullmatch(text) is None:
            return
        wrong, mend = next((wrong, mend) for form, wrong, mend in _OTHER_NOTATION if re.fullmatch(form, text))
        self._report(f"`{shown(text)}` {wrong}", span, f"{mend}; if it is a text, put it between quotation marks")

    def _check_properties(self, event: yaml.NodeEvent, span: Span) -> bool:
        """Report an anchor or a tag; true where there is a tag."""
        at = _offset(event.start_mark)
        first = self.source.text[at : at + 1]
        if event.anchor is not None:
            self.shared.anchors.setdefault(
                event.anchor, line_span(span.file, span.line, span.column, len(event.anchor) + 1)
            )
        tagged = getattr(event, "tag", None) is not None or first == "!"
        if tagged:
            self._report("a tag has no place in an agreement", span, "leave out the word that begins with !")
        return tagged

    def _at_key(self) -> bool:
        """Whether a key of a mapping stands next."""
        return bool(self.open) and self.open[-1].is_mapping and self.open[-1].key is None

    def _put(self, node: Node, *, plain: bool) -> None:
        """Put a node where it belongs: at the top, in a list, as a key or as a value."""
        if not self.open:
            self.root = node
            return
        inside = self.open[-1]
        if not inside.is_mapping:
            inside.items.append(node)
        elif inside.key is None:
            assert isinstance(node, Scalar)
            inside.key = node
            self._check_key(node, plain=plain)
        else:
            self._add(inside, Entry(inside.key, node))
            inside.key = None

    def _check_key(self, key: Scalar, *, plain: bool) -> None:
        """Report a key that is no word, or that is not written in plain letters."""
        if plain and key.text == "<<":
            self.shared.merges.append(key.span)
        strange = next((letter for letter in key.text if letter > "~"), None)
        if strange is not None and forbidden_character(key.text) is None:
            like = f", which looks like `{_LOOKS_LIKE[strange]}`" if strange in _LOOKS_LIKE else ""
            message = f"the key `{shown(key.text)}` holds {_named(strange)}{like}"
            self._report(message, key.span, "write keys in the letters of the English alphabet")

    def _add(self, inside: _Open, entry: Entry) -> None:
        """Add an entry, reporting a key said twice, or again with other spaces or capital letters.

        Two names may differ by their capital letters, words of the language may not.
        """
        text = entry.key.text
        if not text:
            return  # an alias, a list or nothing at all stands where the key should be, and has been reported
        words = " ".join(text.split())
        alike = inside.folded.setdefault(words.casefold(), entry.key)
        names = _NAME.fullmatch(words) and _NAME.fullmatch(alike.text)
        first = inside.said.setdefault(words, entry.key if names else alike)
        if first is entry.key:
            inside.entries.append(entry)
            return
        labels = (Label(entry.key.span, "said again here"), Label(first.span, "first said here"))
        message = f"`{shown(text)}` is said twice"
        if first.text != text:
            message = f"`{shown(text)}` and `{shown(first.text)}` differ only by spaces or capital letters"
        self.findings.append(Finding(SAID_TWICE, Severity.ERROR, message, labels, "keep the one that is right"))

    def _report(self, message: str, span: Span, help: str) -> None:
        """Keep a finding."""
        self.findings.append(yaml_fault(message, (Label(span),), help))

    def _span(self, event: yaml.Event) -> Span:
        """The stretch of an event."""
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        return Span(self.source.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _offset(mark: Mark) -> int:
    """Where in the text a mark is; every event of a parser has its marks."""
    assert mark is not None
    return mark.index


def _opening_line(ended: _Open, end: Span) -> Span:
    """The stretch that stands for a mapping: its first key, with the value where that is on the same line."""
    if not ended.entries:
        return ended.span.to(end)
    first = ended.entries[0]
    return first.key.span.to(first.value.span) if first.value.span.end_line == first.key.span.line else first.key.span


def _named(letter: str) -> str:
    """Name a letter by its code point and its Unicode name."""
    import unicodedata  # only a file with such a letter pays for this import

    return f"U+{ord(letter):04X} ({unicodedata.name(letter, 'no letter').lower()})"
