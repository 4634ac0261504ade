"""The agreement as a Word document that a lawyer can go on working in.

Numbers are Word's own multi-level numbering, tied to styles; references are fields that lead to
bookmarks, and the contents list is a field. Each field holds the result that numbering gave, so
that the document reads right before Word has updated anything; page numbers in the contents come
with the first update. Drafting notes are comments.
"""

import datetime
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from msgspec import Struct
from msgspec.structs import replace

from poolrules.drafting.number import Numbered
from poolrules.drafting.seal import BLANK, SEAL_PROPERTY, seal_package
from poolrules.drafting.tree import (
    Align,
    Block,
    Break,
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
    Subheading,
    Table,
    Text,
    Words,
    plain,
)
from poolrules.drafting.word_styles import (
    INDENTS,
    MARGIN,
    MEANINGS,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PARAGRAPHS,
    SCHEME_OF,
    SCHEMES,
    TEXT_WIDTH,
    Scheme,
    numbering_xml,
    settings_xml,
    styles_xml,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import _Footer, _Header

_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_AUTHOR: Final = "poolrules"
_INITIALS: Final = "pr"
_NO_TIME: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""What stands where Word wants a time: a draft has none, so that the same agreement gives the same bytes."""

_LONGEST_TITLE: Final = 80
_WIDEST: Final = 44
"""The longest cell, in letters, that a column is widened for."""

_LETTER: Final = 115
"""The room that one letter of a table takes, roughly, in twentieths of a point."""

_FIGURE: Final = 140
"""The same in a column of sums, which must not break where the font at hand is a wide one."""

_CELL_MARGINS: Final = 230

_SHORT: Final = 14
"""The rows that a table may have to be kept on one page."""


class DocxMissing(Exception):
    """Says that the package for Word files is not installed, and how to install it."""

    def __init__(self) -> None:
        super().__init__("Word files need a package that is not installed")
        self.message = str(self)
        self.help = 'install it with: pip install "poolrules[docx]"'


def to_docx(numbered: Numbered, *, draft_mark: str = "Draft", fingerprint: str = "") -> bytes:
    """Write an agreement as a sealed Word document. Raises `DocxMissing` when python-docx-ng is not installed."""
    try:
        import docx
        from docx.oxml.parser import parse_xml
    except ImportError:
        raise DocxMissing from None
    word = docx.Document()
    body = _Body(numbered)
    xml = body.write()
    _fill(word.element.body, parse_xml(f"<w:body {_NAMESPACES}>{xml}{_page_xml()}</w:body>"))
    _fill(word.styles.element, parse_xml(styles_xml()))
    _fill(word.settings.element, parse_xml(settings_xml()))
    _fill(word.part.numbering_part.element, parse_xml(numbering_xml(body.restarts)))
    _set_comments(word, body.comments)
    _set_page(word, numbered.document.title, draft_mark, fingerprint)
    _set_properties(word, numbered.document.title, fingerprint)
    written = BytesIO()
    word.save(written)
    return seal_package(written.getvalue())


class _Place(Struct, frozen=True):
    """Where in a section the next block stands: the list and level its paragraphs take, and how far in it begins.

    `number` is the list's own number where it counts afresh, and nothing where the style's number goes on.
    """

    scheme: Scheme
    level: int
    depth: int
    number: int | None = None
    signing: bool = False


class _Body:
    """Writes the body of one document: it gives out bookmarks, list numbers and comments as it goes."""

    def __init__(self, numbered: Numbered) -> None:
        self.restarts: list[tuple[int, Scheme]] = []
        self.comments: list[str] = []
        self._document = numbered.document
        self._bookmarks = {anchor: f"_Ref{place:08d}" for place, anchor in enumerate(numbered.numbers, 1)}
        self._bookmark_count = 0
        self._headings = 0

    def write(self) -> str:
        """Write front page, contents and all sections."""
        covers = [self._cover(section) for section in self._document.sections if section.kind is Kind.TITLE]
        contents = self._contents()
        rest = [section for section in self._document.sections if section.kind is not Kind.TITLE]
        return "".join(
            [*covers, contents, *(self._section(section, first=not place) for place, section in enumerate(rest))]
        )

    def _cover(self, section: Section) -> str:
        """Write the title and the words of the front page."""
        title = self._paragraph("Title", self._runs(section.heading), section.anchors, section.notes)
        place = _Place(PARAGRAPHS, 0, 0, self._restart(PARAGRAPHS))
        return title + "".join(
            self._paragraph("Cover", self._runs(block.words), block.anchors, block.notes)
            if isinstance(block, Passage)
            else self._block(block, place)
            for block in section.blocks
        )

    def _contents(self) -> str:
        """Write the contents list: a field that holds its entries already, each leading to its heading."""
        entries = list(_contents_entries(self._document))
        if not entries:
            return ""
        lines = []
        for place, (level, label, title) in enumerate(entries, 1):
            link = f'<w:hyperlink w:anchor="_Toc{place:08d}" w:history="1">{_run(label)}{_run(title)}</w:hyperlink>'
            begin = _field_begin(r" TOC \o &quot;1-2&quot; \h \z \u ") if place == 1 else ""
            end = _FIELD_END if place == len(entries) else ""
            lines.append(f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{begin}{link}{end}</w:p>')
        heading = f'<w:p><w:pPr><w:pStyle w:val="ContentsHeading"/></w:pPr>{_run("Contents")}</w:p>'
        gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{heading}{''.join(lines)}</w:sdtContent></w:sdt>"

    def _section(self, section: Section, *, first: bool) -> str:
        """Write a section with its heading; the first after the contents begins a page."""
        scheme = SCHEME_OF.get(section.kind, PARAGRAPHS)
        runs = self._runs(section.heading)
        break_before = "<w:pageBreakBefore/>" if first else ""
        if section.kind is Kind.CLAUSE:
            heading = self._heading("Heading1", runs, section, break_before)
            place = _Place(scheme, 1, 1)
        elif section.kind is Kind.SCHEDULE:
            heading = self._heading("ScheduleHeading", _run(": ") + runs, section)
            place = _Place(scheme, 0, 0, self._restart(scheme))
        else:
            heading = self._paragraph("SectionHeading", runs, section.anchors, section.notes, break_before)
            signing = section.kind is Kind.EXECUTION
            place = _Place(scheme, 0, 0, self._restart(scheme), signing)
        return heading + self._blocks(section.blocks, place)

    def _heading(self, style: str, runs: str, block: Section | Part, properties: str = "") -> str:
        """Write a numbered heading, which the contents lead to."""
        self._headings += 1
        runs = self._marked(f"_Toc{self._headings:08d}", runs)
        return self._paragraph(style, runs, block.anchors, block.notes, properties)

    def _blocks(self, blocks: tuple[Block, ...], place: _Place) -> str:
        """Write blocks one below the other."""
        return "".join(self._block(block, place) for block in blocks)

    def _block(self, block: Block, place: _Place) -> str:
        """Write one block."""
        match block:
            case Passage():
                style = f"Body{place.depth}" if place.depth else "BodyText"
                keep = "<w:keepNext/>" if place.signing else ""
                return self._paragraph(style, self._runs(block.words), block.anchors, block.notes, keep)
            case Paragraph():
                return self._numbered(block, place)
            case Subheading():
                properties = f'<w:ind w:left="{INDENTS[place.depth]}"/>'
                return self._paragraph("Subheading", self._runs(block.words), block.anchors, block.notes, properties)
            case Part():
                heading = self._heading("PartHeading", _run(": ") + self._runs(block.heading), block)
                return heading + self._blocks(block.blocks, replace(place, number=self._restart(place.scheme)))
            case Definitions():
                return "".join(self._definition(entry, place) for entry in block.entries)
            case Table():
                return self._table(block, place)

    def _numbered(self, block: Paragraph, place: _Place) -> str:
        """Write a numbered paragraph and what hangs from it."""
        level = place.scheme.levels[place.level]
        number = ""
        if place.number is not None:
            number = f'<w:numPr><w:ilvl w:val="{place.level}"/><w:numId w:val="{place.number}"/></w:numPr>'
        if block.blocks:  # words that lead to a list or a table stay with it
            number = f"<w:keepNext/>{number}"
        own = self._paragraph(level.style, self._runs(block.words), block.anchors, block.notes, number)
        inner = replace(place, level=place.level + 1, depth=INDENTS.index(level.left))
        return own + self._blocks(block.blocks, inner)

    def _definition(self, entry: Definition, place: _Place) -> str:
        """Write a term and its meaning; the paragraphs of each meaning count from (a)."""
        runs = _run(entry.term, bold=True) + _run(": ") + self._runs(entry.words)
        indent = f'<w:ind w:left="{INDENTS[place.depth]}"/>'
        own = self._paragraph("Definition", runs, entry.anchors, entry.notes, indent)
        if not entry.blocks:
            return own
        return own + self._blocks(entry.blocks, _Place(MEANINGS, 0, place.depth, self._restart(MEANINGS)))

    def _table(self, table: Table, place: _Place) -> str:
        """Write a table; its notes are comments on its first cell, and a small gap follows it."""
        indent = INDENTS[place.depth]
        tight = "Tight" if sum(_longest_words(table)) > TEXT_WIDTH - indent else ""
        widths = _column_widths(table, TEXT_WIDTH - indent)
        borders = _LINES if table.has_head else ""
        properties = (
            f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{indent}" w:type="dxa"/>{borders}'
            '<w:tblLayout w:type="fixed"/></w:tblPr>'
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        notes = table.notes
        rows = ""
        if table.has_head:
            rows, notes = self._row(Row(table.head), table.align, widths, notes, f"Table{tight}Head", head=True), ()
        style = "Signature" if place.signing else f"Table{tight or 'Text'}"
        for place_of_row, row in enumerate(table.rows, 1):
            left = len(table.rows) - place_of_row
            keep = left == 1 or (left > 0 and len(table.rows) <= _SHORT)  # a total never stands alone on a page
            rows += self._row(row, table.align, widths, notes, style, keep=keep)
            notes = ()
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{_GAP}"

    def _row(
        self,
        row: Row,
        align: tuple[Align, ...],
        widths: list[int],
        notes: tuple[Note, ...],
        style: str,
        *,
        head: bool = False,
        keep: bool = False,
    ) -> str:
        """Write a row that no page break divides, nor from the next where `keep`; a head is repeated on every page."""
        cells = ""
        anchors = row.anchors
        for words, side, width in zip(row.cells, align, widths, strict=False):
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="EFEFEC"/><w:vAlign w:val="bottom"/>' if head else ""
            line = _SIGNING_LINE if style == "Signature" and not words else ""
            justify = "" if side is Align.LEFT else f'<w:jc w:val="{side.value}"/>'
            justify = f"<w:keepNext/>{justify}" if keep else justify
            content = self._paragraph(style, self._runs(words), anchors, notes, justify)
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{line}{shade}</w:tcPr>{content}</w:tc>'
            anchors, notes = (), ()
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"

    def _paragraph(
        self, style: str, runs: str, anchors: tuple[str, ...] = (), notes: tuple[Note, ...] = (), properties: str = ""
    ) -> str:
        """Write a paragraph with its bookmarks around it and its notes as comments on it."""
        for note in notes:
            runs = self._commented(note, runs)
        for anchor in anchors:
            runs = self._marked(self._bookmarks[anchor], runs)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'

    def _marked(self, name: str, runs: str) -> str:
        """Put a bookmark around runs."""
        self._bookmark_count += 1
        number = self._bookmark_count
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'

    def _commented(self, note: Note, runs: str) -> str:
        """Put a comment on runs."""
        number = len(self.comments)
        self.comments.append(_comment_xml(number, note))
        reference = (
            f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
        )
        return f'<w:commentRangeStart w:id="{number}"/>{runs}<w:commentRangeEnd w:id="{number}"/>{reference}'

    def _restart(self, scheme: Scheme) -> int:
        """Give out a number under which a list counts from 1 again."""
        number = len(SCHEMES) + len(self.restarts) + 1
        self.restarts.append((number, scheme))
        return number

    def _runs(self, words: Words) -> str:
        """Write words with their letters, references and line breaks."""
        return "".join(self._inline(word) for word in words)

    def _inline(self, word: Inline) -> str:
        """Write one stretch of words."""
        match word:
            case Text():
                return _run(word.text, bold=word.bold, italic=word.italic)
            case Reference():
                return "".join(self._piece(piece, word) for piece in word.pieces)
            case Break():
                return "<w:r><w:br/></w:r>"

    def _piece(self, piece: Piece, word: Reference) -> str:
        """Write a stretch of a reference: words, a field that shows a label, or a link where there is none."""
        run = _run(piece.text, bold=word.bold, italic=word.italic)
        if not piece.anchor:
            return run
        name = self._bookmarks[piece.anchor]
        if not piece.live:
            return f'<w:hyperlink w:anchor="{name}" w:history="1">{run}</w:hyperlink>'
        # \w is the number with all above it, 9.3(b); schedules and parts show their own label only, \n.
        form = r"\n" if piece.text.startswith(("Schedule ", "Part ")) else r"\w"
        return f"{_field_begin(f' REF {name} {form} {chr(92)}h ')}{run}{_FIELD_END}"


_FIELD_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_GAP: Final = '<w:p><w:pPr><w:spacing w:after="0" w:line="220" w:lineRule="exact"/></w:pPr></w:p>'
_SIGNING_LINE: Final = '<w:tcBorders><w:bottom w:val="dotted" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders>'
_LINES: Final = (
    '<w:tblBorders><w:top w:val="single" w:sz="10" w:space="0" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="10" w:space="0" w:color="auto"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="B9B9B9"/></w:tblBorders>'
)


def _contents_entries(document: Document) -> Iterator[tuple[int, str, str]]:
    """List the headings of the contents in order: level, label as shown, words."""
    for section in document.sections:
        if section.kind is Kind.CLAUSE:
            yield 1, f"{section.label}.\t", plain(section.heading)
        if section.kind is Kind.SCHEDULE:
            yield 1, section.label, f": {plain(section.heading)}"
        for block in section.blocks:
            if isinstance(block, Part):
                yield 2, block.label, f": {plain(block.heading)}"


def _column_widths(table: Table, width: int) -> list[int]:
    """Share the width of a table: every column gets room for its longest word, then for its longest cell.

    An empty column is room to write in.
    """
    needed, wanted = _longest_words(table), []
    for least, cells in zip(needed, _columns(table), strict=True):
        longest = max((len(cell) for cell in cells), default=0) or _WIDEST
        wanted.append(max(_LETTER * min(longest, _WIDEST) + _CELL_MARGINS, least))
    if sum(wanted) <= width:
        widths = [width * each // sum(wanted) for each in wanted]
    elif sum(needed) >= width:
        widths = [width * each // sum(needed) for each in needed]
    else:
        spare, more = width - sum(needed), sum(wanted) - sum(needed)
        widths = [least + spare * (most - least) // more for least, most in zip(needed, wanted, strict=True)]
    widths[-1] += width - sum(widths)
    return widths


def _columns(table: Table) -> list[list[str]]:
    """The cells of each column, its heading first, as plain text."""
    rows = (table.head, *(row.cells for row in table.rows))
    return [[plain(row[place]) for row in rows if place < len(row)] for place in range(len(table.align))]


def _longest_words(table: Table) -> list[int]:
    """The room that each column needs so that no word or sum of it is broken; a table with more is set smaller."""
    needed = []
    for cells, side in zip(_columns(table), table.align, strict=True):
        longest = max((len(word) for cell in cells for word in cell.split(" ")), default=0)
        needed.append((_LETTER if side is Align.LEFT else _FIGURE) * longest + _CELL_MARGINS)
    return needed


def _run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """Write a run of letters; a tab in it becomes a tab."""
    letters = "<w:b/><w:bCs/>" * bold + "<w:i/><w:iCs/>" * italic
    properties = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    shown = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in text.split("\t")
    )
    return f"<w:r>{properties}{shown}</w:r>"


def _field_begin(instruction: str) -> str:
    """Write the beginning of a field up to where its result stands."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _comment_xml(number: int, note: Note) -> str:
    """Write a comment, one paragraph for each line of the note."""
    mark = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
    lines = [""]
    for word in note.words:
        if isinstance(word, Break):
            lines.append("")
        else:
            lines[-1] += plain((word,))
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{"" if place else mark}{_run(line)}</w:p>'
        for place, line in enumerate(lines)
    )
    return f'<w:comment w:id="{number}" w:author="{_AUTHOR}" w:initials="{_INITIALS}">{paragraphs}</w:comment>'


def _page_xml() -> str:
    """Write the size and margins of the page."""
    margins = " ".join(f'w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr><w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar {margins} w:header="709" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _set_page(word: "WordDocument", title: str, draft_mark: str, fingerprint: str) -> None:
    """Write headers and footers: the title and the draft mark above, the fingerprint and the page below."""
    section = word.sections[0]
    section.different_first_page_header_footer = True
    mark = _run(draft_mark.upper(), bold=True) if draft_mark else ""
    short = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
    page, pages = (f"{_field_begin(f' {name} ')}{_run('1')}{_FIELD_END}" for name in ("PAGE", "NUMPAGES"))
    counted = f"{_run('Page ')}{page}{_run(' of ')}{pages}"
    above, below = f"{_run(short, italic=True)}{_run(chr(9))}{mark}", f"{_run(fingerprint)}{_run(chr(9))}{counted}"
    for header, runs in ((section.first_page_header, _run("\t") + mark), (section.header, above)):
        _fill_edge(header, "hdr", "Header", runs)
    for footer, runs in ((section.first_page_footer, _run(fingerprint)), (section.footer, below)):
        _fill_edge(footer, "ftr", "Footer", runs)


def _fill_edge(edge: "_Header | _Footer", tag: str, style: str, runs: str) -> None:
    """Write one header or footer."""
    from docx.oxml.parser import parse_xml

    edge.is_linked_to_previous = False
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'
    _fill(edge.part.element, parse_xml(f"<w:{tag} {_NAMESPACES}>{paragraph}</w:{tag}>"))


def _set_comments(word: "WordDocument", comments: list[str]) -> None:
    """Write the comments part; the library would give each the time of day."""
    from docx.oxml.parser import parse_xml

    if comments:
        part = word.comments.add_comment("").part
        _fill(part.element, parse_xml(f"<w:comments {_NAMESPACES}>{''.join(comments)}</w:comments>"))


def _set_properties(word: "WordDocument", title: str, fingerprint: str) -> None:
    """Write what the file says of itself, with no time and no name of the library's sample."""
    core = word.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title[:255], _AUTHOR, _AUTHOR, ""
    core.created = core.modified = _NO_TIME
    word.extended_properties.application = _AUTHOR
    word.custom_properties["poolrules-fingerprint"] = fingerprint
    word.custom_properties[SEAL_PROPERTY] = BLANK


def _fill(element: "BaseOxmlElement", new: "BaseOxmlElement") -> None:
    """Put the children of one element in the place of another's."""
    for child in list(element):
        element.remove(child)
    element.extend(list(new))
