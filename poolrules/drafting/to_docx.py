"""The agreement as a Word document that a lawyer can go on working in.

Numbers are Word's own multi-level numbering, tied to styles; references are fields that lead to
bookmarks, and the contents list is a field. Each field holds the result that numbering gave, so
that the document reads right before Word has updated anything; page numbers in the contents come
with the first update. Drafting notes are comments.
"""

import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from poolrules.drafting.number import Numbered
from poolrules.drafting.seal import BLANK, SEAL_PROPERTY, seal_package
from poolrules.drafting.tree import (
    Align,
    Block,
    Break,
    Definition,
    Definitions,
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
    styles_xml,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_AUTHOR: Final = "poolrules"
_INITIALS: Final = "pr"
_NO_TIME: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)
"""What stands where Word wants a time: a draft has none, so that the same agreement gives the same bytes."""

_SIDES: Final = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_NARROWEST, _WIDEST = 8, 44


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
    body = _Body(numbered, word)
    xml = body.write()
    _fill(word.element.body, parse_xml(f"<w:body {_NAMESPACES}>{xml}{_page_xml()}</w:body>"))
    _fill(word.styles.element, parse_xml(styles_xml()))
    _fill(word.part.numbering_part.element, parse_xml(numbering_xml(body.restarts)))
    _set_page(word, numbered.document.title, draft_mark, fingerprint)
    _set_properties(word, numbered.document.title)
    written = BytesIO()
    word.save(written)
    return seal_package(written.getvalue())
