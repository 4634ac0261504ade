"""The clause tree: an agreement as sections, numbered paragraphs, tables and definitions, before any format is chosen.

`drafting.markup` makes it from rendered clause files, `drafting.number` gives every paragraph
its label once, and the writers only walk it, so that no two formats can disagree on a number.
"""

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from poolrules.source.span import Span


class Text(Struct, frozen=True):
    """A run of letters; bold for defined terms, italic for the names of Acts."""

    text: str
    bold: bool = False
    italic: bool = False


class Shown(Enum):
    """How a cross-reference is shown."""

    WORDS = "words"
    """With its words: clause 9.3(b)."""
    NUMBER = "number"
    """The number alone: 9.3(b)."""
    TEXT = "text"
    """By the template's own words, such as a defined term."""


class Piece(Struct, frozen=True):
    """A stretch of a resolved reference: plain words, or what leads to `anchor`; `live` when it is that one's label."""

    text: str
    anchor: str = ""
    live: bool = False


class Reference(Struct, frozen=True):
    """A cross-reference to an anchor; `text` holds the template's own words, `pieces` what numbering made of it."""

    anchor: str
    shown: Shown = Shown.WORDS
    text: str = ""
    span: Span | None = None
    bold: bool = False
    italic: bool = False
    pieces: tuple[Piece, ...] = ()


class Break(Struct, frozen=True):
    """A line that ends where the template says so."""


Inline: TypeAlias = Text | Reference | Break
Words: TypeAlias = tuple[Inline, ...]


class Note(Struct, frozen=True):
    """A drafting note: a remark for the lawyer that is no part of the agreement, such as a fact that was assumed."""

    words: Words


class Passage(Struct, frozen=True):
    """Words without a number of their own: an introduction, the close of a list, a line of the front page."""

    words: Words
    anchors: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    span: Span | None = None


class Paragraph(Struct, frozen=True):
    """A numbered paragraph and what hangs from it; `label` is its own number as shown, such as `9.2` or `(b)`."""

    words: Words
    blocks: "tuple[Block, ...]" = ()
    anchors: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    span: Span | None = None
    label: str = ""


class Definition(Struct, frozen=True):
    """One defined term, what it means, and the paragraphs of its meaning."""

    term: str
    words: Words
    blocks: "tuple[Block, ...]" = ()
    anchors: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    span: Span | None = None


class Definitions(Struct, frozen=True):
    """A list of defined terms, sorted by the alphabet."""

    entries: tuple[Definition, ...]


class Align(Enum):
    """On which side the cells of a column stand."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Row(Struct, frozen=True):
    """A row of a table; anchors written in any of its cells are the row's."""

    cells: tuple[Words, ...]
    anchors: tuple[str, ...] = ()
    span: Span | None = None


class Table(Struct, frozen=True):
    """A table whose head is repeated on every page; a table with an empty head is shown without one."""

    head: tuple[Words, ...]
    align: tuple[Align, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    span: Span | None = None

    @property
    def has_head(self) -> bool:
        """Whether any cell of the head says something."""
        return any(self.head)


class Subheading(Struct, frozen=True):
    """A heading inside a section that groups what follows and has no number."""

    words: Words
    anchors: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    span: Span | None = None


class Part(Struct, frozen=True):
    """A part of a schedule, with paragraphs numbered from 1; `label` is such as `Part 2`."""

    heading: Words
    blocks: "tuple[Block, ...]" = ()
    anchors: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    span: Span | None = None
    label: str = ""


Block: TypeAlias = Passage | Paragraph | Definitions | Table | Subheading | Part


class Kind(Enum):
    """What a section is, and so how it is numbered; the value is the mark after the heading in a clause file."""

    TITLE = "title"
    """The title of the agreement and the words of the front page."""
    PARTIES = "parties"
    """Numbered (1), (2)."""
    RECITALS = "recitals"
    """Lettered (A), (B)."""
    UNNUMBERED = "unnumbered"
    CLAUSE = "clause"
    """Numbered 1, 2, 3; its paragraphs 1.1, (a), (i), (A)."""
    EXECUTION = "execution"
    """The signatures: tables are kept together on a page."""
    SCHEDULE = "schedule"
    """Schedule 1, Schedule 2; its paragraphs 1, 1.1, (a), (i), (A)."""


class Section(Struct, frozen=True):
    """A clause, a schedule or another top part of the agreement; `label` is such as `9` or `Schedule 2`."""

    kind: Kind
    heading: Words
    blocks: tuple[Block, ...] = ()
    anchors: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    span: Span | None = None
    label: str = ""


class Document(Struct, frozen=True):
    """An agreement in reading order."""

    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """The agreement's title, from its title section; empty where there is none."""
        return next((plain(section.heading) for section in self.sections if section.kind is Kind.TITLE), "")


def plain(words: Words) -> str:
    """Show words as bare letters: no bold, each break a space.

    >>> plain((Text("The "), Text("Fund", bold=True)))
    'The Fund'
    """
    return "".join(_letters(word) for word in words)


def _letters(word: Inline) -> str:
    """Show one stretch of words as bare letters."""
    match word:
        case Text(text=text):
            return text
        case Reference(text=text, pieces=pieces):
            return "".join(piece.text for piece in pieces) or text
        case Break():
            return " "
