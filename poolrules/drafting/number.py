"""Numbering an agreement, once: every label, the number behind every anchor, and the words of every cross-reference.

All formats take their numbers from here, and so do statements, so that a figure's clause is
the same on paper, on screen and in a settlement.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.near import did_you_mean
from poolrules.drafting.render import BAD_TEMPLATE, fault
from poolrules.drafting.tree import (
    Block,
    Definition,
    Definitions,
    Document,
    Inline,
    Kind,
    Note,
    Paragraph,
    Part,
    Passage,
    Piece,
    Reference,
    Row,
    Section,
    Shown,
    Subheading,
    Table,
    Words,
    plain,
)
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span


class Style(Enum):
    """How one level of paragraphs counts."""

    DECIMAL = "1"
    """1 on its own, 9.2 below clause 9."""
    FIGURE = "(1)"
    LETTER = "(a)"
    ROMAN = "(i)"
    CAPITAL = "(A)"


LEVELS: Final[Mapping[Kind, tuple[Style, ...]]] = {
    Kind.TITLE: (Style.DECIMAL, Style.DECIMAL, Style.LETTER, Style.ROMAN, Style.CAPITAL),
    Kind.UNNUMBERED: (Style.DECIMAL, Style.DECIMAL, Style.LETTER, Style.ROMAN, Style.CAPITAL),
    Kind.EXECUTION: (Style.DECIMAL, Style.DECIMAL, Style.LETTER, Style.ROMAN, Style.CAPITAL),
    Kind.SCHEDULE: (Style.DECIMAL, Style.DECIMAL, Style.LETTER, Style.ROMAN, Style.CAPITAL),
    Kind.CLAUSE: (Style.DECIMAL, Style.LETTER, Style.ROMAN, Style.CAPITAL),
    Kind.PARTIES: (Style.FIGURE, Style.LETTER, Style.ROMAN),
    Kind.RECITALS: (Style.CAPITAL, Style.LETTER, Style.ROMAN),
}
"""How the paragraphs of each kind of section count, from the outermost; below a clause's own number, for a clause."""

DEFINITION_LEVELS: Final = (Style.LETTER, Style.ROMAN, Style.CAPITAL)
"""How the paragraphs of a definition count."""

_NOUNS: Final = {Kind.CLAUSE: "clause", Kind.PARTIES: "party", Kind.RECITALS: "recital"}
_ROMANS: Final = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbered(Struct, frozen=True):
    """An agreement with every label and reference in it, and what each anchor is called.

    `numbers` is short, for a column or a trail: `9.3(b)`, `Schedule 2, row 4`; `words` is what
    stands in a sentence: `clause 9.3(b)`, `row 4 of Schedule 2`.
    """

    document: Document
    numbers: dict[str, str]
    words: dict[str, str]


class _Target(Struct, frozen=True):
    """What an anchor is called: its number, its words, and its words inside its own schedule."""

    number: tuple[Piece, ...]
    words: tuple[Piece, ...]
    near: tuple[Piece, ...]
    schedule: str = ""


class _Home(Struct, frozen=True):
    """What holds the blocks being numbered.

    `own` names it; paragraphs in it are called `noun` and their number `of outer`, where it counts afresh;
    `prefix` is the number so far, and `styles` are the levels still below.
    """

    own: _Target
    noun: str
    styles: tuple[Style, ...]
    prefix: str = ""
    outer: _Target | None = None


def number(document: Document) -> tuple[Numbered, list[Finding]]:
    """Number an agreement; gives every broken reference, anchor used twice, empty heading and term defined twice."""
    numbering = _Numbering(document)
    labelled = [numbering.section(section) for section in document.sections]
    resolved = Document(tuple(numbering.resolved(section) for section in labelled))
    numbers = {anchor: _joined(target.number) for anchor, target in numbering.targets.items()}
    words = {anchor: _joined(target.words) for anchor, target in numbering.targets.items()}
    return Numbered(resolved, numbers, words), numbering.faults


class _Numbering:
    """Counts through one agreement: it holds what every anchor is called and the faults met."""

    def __init__(self, document: Document) -> None:
        self.targets: dict[str, _Target] = {}
        self.faults: list[Finding] = []
        self._places: dict[str, Span | None] = {}
        self._terms: dict[str, Span | None] = {}
        self._written = {anchor for section in document.sections for anchor in section.anchors}
        self._counts = {Kind.CLAUSE: 0, Kind.SCHEDULE: 0}

    def section(self, section: Section) -> Section:
        """Label a section and all in it; every section gets an anchor, for the contents list."""
        self._need_words(section.heading, section.span)
        label = self._section_label(section.kind)
        anchors = section.anchors or (self._spare_anchor(section, label),)
        target = _section_target(section, label, anchors[0])
        self._register(anchors, target, section.span)
        noun = _NOUNS.get(section.kind)
        home = _Home(target, noun or "paragraph", LEVELS[section.kind], outer=None if noun else target)
        if section.kind is Kind.CLAUSE:
            home = replace(home, prefix=label)
        return replace(section, label=label, anchors=anchors, blocks=self._blocks(section.blocks, home))

    def resolved(self, section: Section) -> Section:
        """Give every reference in a section its words."""
        schedule = section.anchors[0] if section.kind is Kind.SCHEDULE else ""

        def resolve(words: Words) -> Words:
            return tuple(self._resolved(word, schedule) for word in words)

        blocks = tuple(_with_words(block, resolve) for block in section.blocks)
        notes = _notes_with(section.notes, resolve)
        return replace(section, heading=resolve(section.heading), blocks=blocks, notes=notes)

    def _section_label(self, kind: Kind) -> str:
        """Count clauses and schedules; nothing else has a number of its own."""
        if kind not in self._counts:
            return ""
        self._counts[kind] += 1
        return f"Schedule {self._counts[kind]}" if kind is Kind.SCHEDULE else str(self._counts[kind])

    def _spare_anchor(self, section: Section, label: str) -> str:
        """Make an anchor for a section that has none."""
        count = label.removeprefix("Schedule ")
        name = f"{section.kind.value}-{count}" if count else section.kind.value
        while name in self._written or name in self.targets:
            name += "-"
        return name

    def _blocks(self, blocks: tuple[Block, ...], home: _Home) -> tuple[Block, ...]:
        """Label the blocks of one container; paragraphs count on across what stands between them."""
        labelled: list[Block] = []
        tables = sum(isinstance(block, Table) for block in blocks)
        counted, parts, seen = 0, 0, 0
        for block in blocks:
            match block:
                case Paragraph():
                    counted += 1
                    block = self._paragraph(block, home, counted)
                case Part():
                    parts += 1
                    block = self._part(block, home, parts)
                case Table():
                    seen += 1
                    table = _named("table", Piece(str(seen)), home.own) if tables > 1 else home.own
                    for place, row in enumerate(block.rows, 1):
                        self._row(row, place, table)
                case Definitions():
                    block = Definitions(tuple(self._definition(entry, home) for entry in block.entries))
                case Subheading():
                    self._need_words(block.words, block.span)
                    self._register(block.anchors, home.own, block.span)
                case Passage():
                    self._register(block.anchors, home.own, block.span)
            labelled.append(block)
        return tuple(labelled)

    def _paragraph(self, paragraph: Paragraph, home: _Home, count: int) -> Paragraph:
        """Label a numbered paragraph and what hangs from it."""
        if not home.styles:
            help = "split the paragraph above it"
            self.faults.append(fault("a paragraph is nested too deeply to be numbered", paragraph.span, help))
            return paragraph
        label, full = _label(home.styles[0], home.prefix, count)
        anchor = paragraph.anchors[0] if paragraph.anchors else ""
        target = _named(home.noun, Piece(full, anchor, live=bool(anchor)), home.outer, home.own.schedule)
        self._register(paragraph.anchors, target, paragraph.span)
        inner = replace(home, own=target, styles=home.styles[1:], prefix=full)
        return replace(paragraph, label=label, blocks=self._blocks(paragraph.blocks, inner))

    def _part(self, part: Part, home: _Home, count: int) -> Part:
        """Label a part of a schedule, in which paragraphs count afresh."""
        self._need_words(part.heading, part.span)
        label = f"Part {count}"
        anchor = part.anchors[0] if part.anchors else ""
        target = _named("", Piece(label, anchor, live=bool(anchor)), home.own)
        self._register(part.anchors, target, part.span)
        return replace(part, label=label, blocks=self._blocks(part.blocks, replace(home, own=target, outer=target)))

    def _definition(self, entry: Definition, home: _Home) -> Definition:
        """Name a definition and label the paragraphs of its meaning."""
        key = entry.term.casefold()
        if key in self._terms:
            self._twice(f"`{entry.term}` is defined twice", entry.span, self._terms[key], "keep one of the two")
        self._terms.setdefault(key, entry.span)
        anchor = entry.anchors[0] if entry.anchors else ""
        target = _named("the definition of", Piece(entry.term, anchor), home.own, joined=" in ")
        self._register(entry.anchors, target, entry.span)
        inner = _Home(target, "paragraph", DEFINITION_LEVELS, outer=target)
        return replace(entry, blocks=self._blocks(entry.blocks, inner))

    def _row(self, row: Row, place: int, table: _Target) -> None:
        """Name a row of a table."""
        if row.anchors:
            self._register(row.anchors, _named("row", Piece(str(place), row.anchors[0]), table), row.span)

    def _register(self, anchors: tuple[str, ...], target: _Target, span: Span | None) -> None:
        """Keep what anchors are called, and report those that were there before."""
        for anchor in anchors:
            if anchor in self.targets:
                help = "give one of the two another name"
                self._twice(f"the anchor `{anchor}` is used twice", span, self._places[anchor], help)
                continue
            self.targets[anchor] = target
            self._places[anchor] = span

    def _twice(self, message: str, second: Span | None, first: Span | None, help: str) -> None:
        """Report what may be there only once, at its second place and its first."""
        labels = tuple(Label(span) for span in (second, first) if span)
        self.faults.append(Finding(BAD_TEMPLATE, Severity.ERROR, message, labels, help))

    def _need_words(self, heading: Words, span: Span | None) -> None:
        """Report a heading that says nothing."""
        if not plain(heading).strip():
            self.faults.append(fault("a heading is empty", span, "write the heading's words after the `#`"))

    def _resolved(self, word: Inline, schedule: str) -> Inline:
        """Give a reference its words, seen from inside a schedule or from elsewhere."""
        if not isinstance(word, Reference):
            return word
        target = self.targets.get(word.anchor)
        if target is None:
            message = f"a reference leads to `{word.anchor}`, which is nowhere in the agreement"
            self.faults.append(fault(message, word.span, did_you_mean(word.anchor, self.targets)))
            return word
        if word.shown is Shown.TEXT:
            return replace(word, pieces=(Piece(word.text, word.anchor),))
        if word.shown is Shown.NUMBER:
            return replace(word, pieces=target.number)
        return replace(word, pieces=target.near if schedule and schedule == target.schedule else target.words)


def _section_target(section: Section, label: str, anchor: str) -> _Target:
    """Name a section: clause 9, Schedule 2, or its heading."""
    match section.kind:
        case Kind.CLAUSE:
            return _named("clause", Piece(label, anchor, live=True), None)
        case Kind.SCHEDULE:
            piece = (Piece(label, anchor, live=True),)
            return _Target(piece, piece, (Piece("this Schedule", anchor),), anchor)
        case _:
            piece = (Piece(plain(section.heading), anchor),)
            return _Target(piece, piece, piece)


def _named(noun: str, piece: Piece, outer: _Target | None, schedule: str = "", joined: str = " of ") -> _Target:
    """Name a thing by its noun and number, within an outer thing where it needs one: `row 4 of Schedule 2`."""
    words = (Piece(f"{noun} "), piece) if noun else (piece,)
    if outer is None:
        return _Target((piece,) if noun == "clause" else words, words, words, schedule)
    number = (*outer.number, Piece(", "), *words)
    return _Target(number, (*words, Piece(joined), *outer.words), (*words, Piece(joined), *outer.near), outer.schedule)


def _label(style: Style, prefix: str, count: int) -> tuple[str, str]:
    """Give a paragraph's own label, and its full number with all that stands before it.

    >>> _label(Style.DECIMAL, "9", 2), _label(Style.ROMAN, "9.2(b)", 4)
    (('9.2', '9.2'), ('(iv)', '9.2(b)(iv)'))
    """
    match style:
        case Style.DECIMAL:
            label = f"{prefix}.{count}" if prefix else str(count)
            return label, label
        case Style.FIGURE:
            label = f"({count})"
        case Style.LETTER:
            label = f"({_letter(count)})"
        case Style.ROMAN:
            label = f"({_roman(count)})"
        case Style.CAPITAL:
            label = f"({_letter(count).upper()})"
    return label, prefix + label


def _letter(count: int) -> str:
    """Count in letters as word processors do: after z come aa and bb.

    >>> _letter(2), _letter(28)
    ('b', 'bb')
    """
    turns, place = divmod(count - 1, 26)
    return "abcdefghijklmnopqrstuvwxyz"[place] * (turns + 1)


def _roman(count: int) -> str:
    """Count in small Roman numerals.

    >>> _roman(44)
    'xliv'
    """
    written = ""
    for size, numeral in _ROMANS:
        times, count = divmod(count, size)
        written += numeral * times
    return written


def _joined(pieces: tuple[Piece, ...]) -> str:
    """Write the pieces of a name as one text."""
    return "".join(piece.text for piece in pieces)


def _with_words(block: Block, change: Callable[[Words], Words]) -> Block:
    """Change all words of a block and of what it holds."""
    match block:
        case Passage() | Subheading():
            return replace(block, words=change(block.words), notes=_notes_with(block.notes, change))
        case Paragraph():
            blocks = tuple(_with_words(inner, change) for inner in block.blocks)
            return replace(block, words=change(block.words), blocks=blocks, notes=_notes_with(block.notes, change))
        case Part():
            blocks = tuple(_with_words(inner, change) for inner in block.blocks)
            return replace(block, heading=change(block.heading), blocks=blocks, notes=_notes_with(block.notes, change))
        case Table():
            rows = tuple(replace(row, cells=tuple(change(cell) for cell in row.cells)) for row in block.rows)
            head = tuple(change(cell) for cell in block.head)
            return replace(block, head=head, rows=rows, notes=_notes_with(block.notes, change))
        case Definitions():
            return Definitions(tuple(_definition_with(entry, change) for entry in block.entries))


def _definition_with(entry: Definition, change: Callable[[Words], Words]) -> Definition:
    """Change all words of a definition's meaning."""
    blocks = tuple(_with_words(inner, change) for inner in entry.blocks)
    return replace(entry, words=change(entry.words), blocks=blocks, notes=_notes_with(entry.notes, change))


def _notes_with(notes: tuple[Note, ...], change: Callable[[Words], Words]) -> tuple[Note, ...]:
    """Change the words of notes."""
    return tuple(Note(change(note.words)) for note in notes)
