"""How the Word document looks and counts: its styles and its multi-level numbering, as WordprocessingML.

Everything a house style would change is here. Lengths are twentieths of a point (567 to the
centimetre), sizes of letters are half points.
"""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import quoteattr

from msgspec import Struct

from poolrules.drafting.number import DEFINITION_LEVELS, LEVELS, Style
from poolrules.drafting.tree import Kind

FONT: Final = "Times New Roman"
PAGE_WIDTH: Final = 11906
PAGE_HEIGHT: Final = 16838
MARGIN: Final = 1418
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
INDENTS: Final = (0, 720, 1287, 1854, 2421, 2988)
"""Where the words of each depth begin: 0 the margin, 1 a clause or 9.2, 2 (a), 3 (i), 4 (A)."""

_NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FORMATS: Final = {
    Style.DECIMAL: "decimal",
    Style.FIGURE: "decimal",
    Style.LETTER: "lowerLetter",
    Style.ROMAN: "lowerRoman",
    Style.CAPITAL: "upperLetter",
}


class Level(Struct, frozen=True):
    """One level of a list: its paragraph style, format, text with `%n` for the number of level n, and indent."""

    style: str
    format: str
    text: str
    left: int
    hanging: int
    suffix: str = "tab"


class Scheme(Struct, frozen=True):
    """A multi-level list; `number` is what the styles of its levels refer to, and `name` shows in Word."""

    number: int
    name: str
    levels: tuple[Level, ...]


def _levels(styles: Iterable[Style], prefix: str, depths: tuple[int, ...], first: int = 1) -> tuple[Level, ...]:
    """Make the levels of a list from how they count; a decimal level below another shows both numbers."""
    levels = []
    for place, (style, depth) in enumerate(zip(styles, depths, strict=True), first):
        above = f"%{place - 1}." if style is Style.DECIMAL and place > 1 else ""
        text = f"{above}%{place}" if style is Style.DECIMAL else style.value.replace(style.value[1], f"%{place}")
        left = INDENTS[depth]
        levels.append(Level(f"{prefix}{place}", _FORMATS[style], text, left, left - INDENTS[depth - 1]))
    return tuple(levels)


CLAUSES: Final = Scheme(
    1,
    "Clauses",
    (Level("Heading1", "decimal", "%1.", 720, 720), *_levels(LEVELS[Kind.CLAUSE], "Clause", (1, 2, 3, 4), first=2)),
)
PARTIES: Final = Scheme(2, "Parties", _levels(LEVELS[Kind.PARTIES], "Parties", (1, 2, 3)))
RECITALS: Final = Scheme(3, "Recitals", _levels(LEVELS[Kind.RECITALS], "Recital", (1, 2, 3)))
SCHEDULES: Final = Scheme(
    4,
    "Schedules",
    (
        Level("ScheduleHeading", "decimal", "Schedule %1", 0, 0, suffix="nothing"),
        Level("PartHeading", "decimal", "Part %2", 0, 0, suffix="nothing"),
    ),
)
PARAGRAPHS: Final = Scheme(5, "Schedule paragraphs", _levels(LEVELS[Kind.SCHEDULE], "Paragraph", (1, 1, 2, 3, 4)))
MEANINGS: Final = Scheme(6, "Paragraphs of definitions", _levels(DEFINITION_LEVELS, "Meaning", (2, 3, 4)))
SCHEMES: Final = (CLAUSES, PARTIES, RECITALS, SCHEDULES, PARAGRAPHS, MEANINGS)

SCHEME_OF: Final = {Kind.CLAUSE: CLAUSES, Kind.PARTIES: PARTIES, Kind.RECITALS: RECITALS}
"""The list that the paragraphs of a section belong to; all other kinds use `PARAGRAPHS`."""


def numbering_xml(restarts: Iterable[tuple[int, Scheme]]) -> str:
    """Write the numbering part: the lists, and for each restart a number of its own that counts from 1 again."""
    lists = "".join(_abstract_xml(scheme) for scheme in SCHEMES)
    bases = "".join(_number_xml(scheme.number, scheme, restart=False) for scheme in SCHEMES)
    again = "".join(_number_xml(number, scheme, restart=True) for number, scheme in restarts)
    return f'<w:numbering xmlns:w="{_NAMESPACE}">{lists}{bases}{again}</w:numbering>'


def settings_xml() -> str:
    """Write the settings part: the layout rules of today's Word, so that tables stand where their indent says."""
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'<w:settings xmlns:w="{_NAMESPACE}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{mode}</w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def styles_xml() -> str:
    """Write the styles part."""
    return f'<w:styles xmlns:w="{_NAMESPACE}">{_DEFAULTS}{"".join(_STYLES)}{"".join(_numbered_styles())}</w:styles>'


def _abstract_xml(scheme: Scheme) -> str:
    """Write a list with its levels tied to their styles."""
    levels = "".join(_level_xml(place, level) for place, level in enumerate(scheme.levels))
    return (
        f'<w:abstractNum w:abstractNumId="{scheme.number}"><w:nsid w:val="{0x50AA0000 + scheme.number:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{0x50BB0000 + scheme.number:08X}"/>'
        f"<w:name w:val={quoteattr(scheme.name)}/>{levels}</w:abstractNum>"
    )


def _level_xml(place: int, level: Level) -> str:
    """Write one level of a list; numbers of paragraphs are upright even where the words are bold."""
    tab = f'<w:tabs><w:tab w:val="num" w:pos="{level.left}"/></w:tabs>' if level.suffix == "tab" else ""
    letters = "" if "Heading" in level.style else '<w:rPr><w:b w:val="0"/><w:i w:val="0"/></w:rPr>'
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>'
        f'<w:pStyle w:val="{level.style}"/><w:suff w:val="{level.suffix}"/><w:lvlText w:val="{level.text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr>{tab}<w:ind w:left="{level.left}" w:hanging="{level.hanging}"/></w:pPr>'
        f"{letters}</w:lvl>"
    )


def _number_xml(number: int, scheme: Scheme, *, restart: bool) -> str:
    """Write a number, the handle by which paragraphs belong to a list."""
    again = ""
    if restart:
        places = range(len(scheme.levels))
        again = "".join(
            f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="1"/></w:lvlOverride>' for place in places
        )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{scheme.number}"/>{again}</w:num>'


def _numbered_styles() -> list[str]:
    """Write the styles of numbered paragraphs, tied to their levels, so that a lawyer can promote by style."""
    written = []
    for scheme in SCHEMES:
        for place, level in enumerate(scheme.levels):
            if "Heading" not in level.style:
                title = f"{level.style.rstrip('0123456789')} level {level.style[-1]}"
                written.append(_style(level.style, title, paragraph=_tied(scheme, place), based="BodyText"))
    return written


def _tied(scheme: Scheme, place: int) -> str:
    """Tie a style to a level of a list."""
    level = f'<w:ilvl w:val="{place}"/>' if place else ""
    return f'<w:numPr>{level}<w:numId w:val="{scheme.number}"/></w:numPr>'


def _style(
    name: str,
    title: str,
    *,
    paragraph: str = "",
    letters: str = "",
    based: str = "Normal",
    kind: str = "paragraph",
    after: str = "",
) -> str:
    """Write one style."""
    basis = f'<w:basedOn w:val="{based}"/>' if based else ""
    following = f'<w:next w:val="{after}"/>' if after else ""
    default = ' w:default="1"' if name in ("Normal", "DefaultParagraphFont", "TableNormal") else ""
    paragraph = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    letters = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    opening = f'<w:style w:type="{kind}"{default} w:styleId="{name}"><w:name w:val={quoteattr(title)}/>'
    return f"{opening}{basis}{following}<w:qFormat/>{paragraph}{letters}</w:style>"


def _contents_style(level: int, left: int, hanging: int) -> str:
    """Write the style of one level of the contents: a number, a heading, dots and a page."""
    tabs = (
        f'<w:tabs><w:tab w:val="left" w:pos="{left}"/>'
        f'<w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    )
    indent = f'<w:ind w:left="{left}" w:right="567" w:hanging="{hanging}"/>'
    return _style(f"TOC{level}", f"toc {level}", paragraph=tabs + _spacing(0, 30) + indent)


def _size(half_points: int) -> str:
    """Write a size of letters."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(before: int, after: int, line: int = 0) -> str:
    """Write the space before and after a paragraph, and that of its lines where it differs (240 is single)."""
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def _outline(level: int) -> str:
    """Write the level at which a heading stands in the contents, from 0."""
    return f'<w:outlineLvl w:val="{level}"/>'


_FONTS: Final = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
_DEFAULTS: Final = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}<w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    f"<w:pPrDefault><w:pPr>{_spacing(0, 0, 276)}</w:pPr></w:pPrDefault></w:docDefaults>"
)
_CAPS: Final = "<w:b/><w:bCs/><w:smallCaps/>"
_KEEP: Final = "<w:keepNext/><w:keepLines/>"
_CENTRED: Final = '<w:jc w:val="center"/>'
_RIGHT_TAB: Final = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
_RULES: Final = (
    '<w:pBdr><w:top w:val="single" w:sz="12" w:space="12" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="12" w:space="12" w:color="auto"/></w:pBdr>'
)
_TABLE_STYLE: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)
_LIST_STYLE: Final = '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
_BODY_STYLES: Final = tuple(
    _style(f"Body{depth}", f"Body level {depth}", based="BodyText", paragraph=f'<w:ind w:left="{indent}"/>')
    for depth, indent in enumerate(INDENTS)
    if depth
)
_BASIC_STYLES: Final = (
    _style("Normal", "Normal", based=""),
    _style("DefaultParagraphFont", "Default Paragraph Font", based="", kind="character"),
    _style("BodyText", "Body Text", paragraph=_spacing(0, 140)),
    _style("Definition", "Definition", based="BodyText"),
    _style("Header", "header", paragraph=_RIGHT_TAB, letters=_size(18)),
    _style("Footer", "footer", paragraph=_RIGHT_TAB, letters=f'<w:color w:val="595959"/>{_size(16)}'),
    _style("CommentText", "annotation text", letters=_size(20)),
    _style(
        "CommentReference", "annotation reference", kind="character", based="DefaultParagraphFont", letters=_size(16)
    ),
)
_FRONT_STYLES: Final = (
    _style(
        "Title",
        "Title",
        paragraph=f"{_RULES}{_spacing(3800, 480, 320)}{_CENTRED}",
        letters=f"{_CAPS}{_size(36)}",
        after="Cover",
    ),
    _style("Cover", "Cover", paragraph=_spacing(0, 200) + _CENTRED, letters=_size(24)),
    _style(
        "ContentsHeading",
        "Contents Heading",
        paragraph=f"{_KEEP}<w:pageBreakBefore/>{_spacing(0, 240)}",
        letters=f"{_CAPS}{_size(26)}",
    ),
    _contents_style(1, 720, 720),
    _contents_style(2, 1287, 567),
)
_HEADING_STYLES: Final = (
    _style(
        "SectionHeading",
        "Section Heading",
        paragraph=_KEEP + _spacing(360, 160),
        letters=f"{_CAPS}{_size(25)}",
        after="BodyText",
    ),
    _style(
        "Heading1",
        "heading 1",
        paragraph=f"{_KEEP}{_tied(CLAUSES, 0)}{_spacing(320, 140)}{_outline(0)}",
        letters=f"{_CAPS}{_size(25)}",
        after="Clause2",
    ),
    _style(
        "ScheduleHeading",
        "Schedule Heading",
        paragraph=f"{_KEEP}<w:pageBreakBefore/>{_tied(SCHEDULES, 0)}{_spacing(0, 280)}{_CENTRED}{_outline(0)}",
        letters=f"{_CAPS}{_size(26)}",
        after="BodyText",
    ),
    _style(
        "PartHeading",
        "Part Heading",
        paragraph=f"{_KEEP}{_tied(SCHEDULES, 1)}{_spacing(280, 160)}{_CENTRED}{_outline(1)}",
        letters=_CAPS,
        after="BodyText",
    ),
    _style(
        "Subheading",
        "Subheading",
        paragraph=_KEEP + _spacing(200, 120),
        letters="<w:b/><w:bCs/><w:i/><w:iCs/>",
        after="BodyText",
    ),
)
_TABLE_STYLES: Final = (
    _style("TableText", "Table Text", paragraph=_spacing(50, 50, 250), letters=_size(20)),
    _style("TableHead", "Table Head", based="TableText", paragraph="<w:keepNext/>", letters="<w:b/><w:bCs/>"),
    _style("TableTight", "Table Tight", based="TableText", letters=_size(16)),
    _style("TableTightHead", "Table Tight Head", based="TableHead", letters=_size(16)),
    _style("Signature", "Signature Block", based="TableText", paragraph=_KEEP + _spacing(240, 60)),
)
_STYLES: Final = (
    _TABLE_STYLE,
    _LIST_STYLE,
    *_BASIC_STYLES,
    *_BODY_STYLES,
    *_FRONT_STYLES,
    *_HEADING_STYLES,
    *_TABLE_STYLES,
)
