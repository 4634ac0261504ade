"""From rendered clause files to the clause tree. This page is the whole of the clause markup.

    # Overspends {#overspend}

    1. The Pooled Fund Manager tells the Board within << notify >> of … {#BCF.overspend.notify}

    2. An Overspend is met in this order: {#BCF.overspend}
        1. first, from underspends of shared schemes; {#BCF.overspend.1}
        2. then by the **Contingency**, at most << money(250000) >>, {#BCF.overspend.2}

        and the Contributions vary accordingly under [](#variation).

        > Assumed: the source does not name the order.

*Headings.* `# Heading` begins a clause, numbered 1, 2, 3. A mark in braces after the heading says that it
is something else: `{title}` (the agreement's title; what follows stands on the front page), `{parties}`
(numbered (1), (2)), `{recitals}` (lettered (A), (B)), `{unnumbered}`, `{execution}` (the signatures) or
`{schedule}` (Schedule 1, 2). `## Heading {part}` begins a part of a schedule (Part 1, 2);
`## Heading` without it is a heading with no number inside a clause or schedule.

*Numbered paragraphs* begin with `1.`, whatever their number will be, and nest by four spaces: in a
clause 9.1, (a), (i), (A); in a schedule 1, 1.1, (a), (i), (A); under a party or recital (a), (i).
A paragraph with no number is plain text. Further text or a table that belongs to a numbered paragraph
is indented by four spaces as well and has an empty line before it.

*Anchors*, `{#name}`, stand at the end of a heading, paragraph or table cell, one or several; those in a
table belong to the row. Names are made of letters, digits, `.`, `-`, `/` and `_`.

*References*: `[](#name)` becomes "clause 9.3(b)", "paragraph 2 of Schedule 1", "recital (B)";
`[#](#name)` is the number alone; `[words](#name)` keeps its words and links them.

*Definitions* are bullets that begin with the term in bold, `- **Overspend**: meaning`, put in the order
of the alphabet here. Numbered paragraphs indented below a definition are its (a), (b).

*Notes* for the lawyer are quotes, `> Assumed: …`, and become comments. A note at the margin is about what stands
just above it; one indented by four spaces is about the paragraph, or the text or table, that it is indented with.

*Tables* are written with bars, `| Partner | Amount |`, the second line `|---|---:|` setting a column to
the right; a head of empty cells is left out. *Letters*: `**bold**`, `*italic*`, a backslash at the end of
a line breaks it, and before a sign prints the sign itself. There is no HTML, no image, no outside link and no code.
"""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode
from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.near import did_you_mean
from poolrules.drafting.render import Rendered, fault
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
    Reference,
    Row,
    Section,
    Shown,
    Subheading,
    Table,
    Text,
    plain,
)
from poolrules.source.finding import Finding
from poolrules.source.span import Span, line_span

_VALUE: Final = re.compile("\ue000([0-9]+)\ue001")
_LINE: Final = re.compile("\ue002([0-9]+)\\.([0-9]+)\ue003 ?")
_ANCHOR: Final = re.compile(r"\{#([^\s{}]+)\}")
_MARK: Final = re.compile(r"\{([A-Za-z-]+)\}")
_GOOD_ANCHOR: Final = re.compile(r"[\w./-]+")
_HTML: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_PART: Final = "part"
_UNWANTED: Final = (
    "code", "fence", "html_block", "html_inline", "autolink", "image", "hr", "lheading", "reference", "backticks",
)  # fmt: skip
_DEEPEST: Final = 60


def parse(rendered: Rendered) -> tuple[Document, list[Finding]]:
    """Read rendered clause files as a clause tree, with every fault in how they are written."""
    reader = _Reader(rendered)
    nodes = SyntaxTreeNode(_clause_markdown().parse(rendered.text)).children
    sections: list[Section] = []
    for heading, content in reader.split(nodes, 1):
        if heading is None:
            help = "begin with a heading, such as `# Parties {parties}`"
            reader.complain("there are words before the first heading", content, help)
        else:
            sections.append(reader.section(heading, content))
    return Document(tuple(sections)), reader.faults


class _ClauseMarkdown(MarkdownIt):
    """CommonMark that leaves the target of a link as it was written."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        """Keep the anchor of a reference unescaped."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Let every link through: those that are not references are reported by the reader."""
        return True


def _clause_markdown() -> MarkdownIt:
    """Make the parser: tables and braces in, everything that is not legal text out."""
    parser = _ClauseMarkdown("commonmark", {"maxNesting": _DEEPEST, "html": False})
    parser.enable("table").disable(list(_UNWANTED))
    parser.inline.ruler.before("escape", "brace", _read_brace)
    return parser


def _read_brace(state: StateInline, silent: bool) -> bool:
    """Read `{#anchor}` and `{mark}` before emphasis is looked for, so that an anchor may hold `_`."""
    found = _ANCHOR.match(state.src, state.pos) or _MARK.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        token = state.push("anchor" if found.re is _ANCHOR else "mark", "", 0)
        token.content = found[1]
    state.pos = found.end()
    return True


class _Line(Struct):
    """What one stretch of words holds, gathered while walking it."""

    words: list[Inline]
    anchors: list[str]
    marks: list[str]
    span: Span | None = None
    begin: Span | None = None


class _Reader:
    """Reads one rendering: it knows the values and the clause files behind the marks, and gathers the faults."""

    def __init__(self, rendered: Rendered) -> None:
        self.faults: list[Finding] = []
        self._rendered = rendered

    def split(
        self, nodes: Sequence[SyntaxTreeNode], level: int
    ) -> list[tuple[SyntaxTreeNode | None, list[SyntaxTreeNode]]]:
        """Divide a run of nodes at the headings of one level; what stands before the first has no heading."""
        runs: list[tuple[SyntaxTreeNode | None, list[SyntaxTreeNode]]] = []
        for node in nodes:
            if node.type == "heading" and node.tag == f"h{level}":
                runs.append((node, []))
            elif runs:
                runs[-1][1].append(node)
            else:
                runs.append((None, [node]))
        return runs

    def section(self, heading: SyntaxTreeNode, content: list[SyntaxTreeNode]) -> Section:
        """Read a heading of the first level and all that stands below it."""
        line = self._line(heading.children)
        kinds = [kind for kind in Kind if kind.value in line.marks]
        self._check_marks(line, [kind.value for kind in Kind])
        kind = kinds[0] if kinds else Kind.CLAUSE
        notes, blocks = self._blocks(content, in_schedule=kind is Kind.SCHEDULE)
        return Section(kind, tuple(line.words), blocks, tuple(line.anchors), notes, line.begin)

    def complain(self, message: str, nodes: Sequence[SyntaxTreeNode], help: str = "") -> None:
        """Report a fault in the place of the first of some nodes that has words."""
        self.faults.append(fault(message, self._place(nodes), help))

    def _blocks(
        self, nodes: Sequence[SyntaxTreeNode], *, in_schedule: bool = False, in_item: bool = False
    ) -> tuple[tuple[Note, ...], tuple[Block, ...]]:
        """Read what stands below a heading or in a paragraph; notes that come first are about just that."""
        first: list[Note] = []
        blocks: list[Block] = []
        for node in nodes:
            match node.type:
                case "blockquote" if blocks and not (in_item and isinstance(blocks[-1], Paragraph)):
                    blocks[-1] = _with_note(blocks[-1], self._note(node))
                case "blockquote":
                    first.append(self._note(node))
                case "paragraph":
                    blocks.append(self._passage(node))
                case "ordered_list":
                    blocks += [self._paragraph(item) for item in node.children]
                case "bullet_list":
                    blocks.append(self._definitions(node))
                case "table":
                    blocks.append(self._table(node))
                case "heading":
                    blocks.append(self._subheading(node, in_schedule=in_schedule))
        return tuple(first), _into_parts(blocks)

    def _passage(self, node: SyntaxTreeNode) -> Passage:
        """Read words without a number."""
        line = self._words(node)
        return Passage(tuple(line.words), tuple(line.anchors), (), line.begin)

    def _paragraph(self, item: SyntaxTreeNode) -> Paragraph:
        """Read a numbered paragraph with all that is indented below it."""
        line, notes, blocks = self._item(item)
        return Paragraph(tuple(line.words), blocks, tuple(line.anchors), notes, line.begin)

    def _item(self, item: SyntaxTreeNode) -> tuple[_Line, tuple[Note, ...], tuple[Block, ...]]:
        """Read an item of a list: its own words, and what belongs to it."""
        children = item.children
        line = _Line([], [], [])
        if children and children[0].type == "paragraph":
            line, children = self._words(children[0]), children[1:]
        if not line.words:
            self.complain("a numbered paragraph has no words", [item], "write its words after the `1.`")
        notes, blocks = self._blocks(children, in_item=True)
        return line, notes, blocks

    def _definitions(self, node: SyntaxTreeNode) -> Definitions:
        """Read bullets as definitions and put them in the order of the alphabet."""
        entries = [self._definition(item) for item in node.children]
        return Definitions(tuple(sorted(entries, key=lambda entry: (entry.term.casefold(), entry.term))))

    def _definition(self, item: SyntaxTreeNode) -> Definition:
        """Read one bullet: a term in bold, and its meaning."""
        line, notes, blocks = self._item(item)
        words = list(line.words)
        first = words.pop(0) if words else Text("")
        if not (isinstance(first, Text) and first.bold):
            help = "write `- **Term**: what it means`; bullets are for definitions only"
            self.faults.append(fault("a definition does not begin with its term in bold", line.begin, help))
        if words and isinstance(words[0], Text):
            words[0] = replace(words[0], text=re.sub(r"^\s*:?\s*", "", words[0].text))
        term = first.text.strip().strip('"“”') if isinstance(first, Text) else ""
        return Definition(term, tuple(words), blocks, tuple(line.anchors), notes, line.begin)

    def _table(self, node: SyntaxTreeNode) -> Table:
        """Read a table; a cell's anchors go to its row."""
        rows = [self._row(row) for part in node.children for row in part.children]
        aligns = tuple(_align(cell) for cell in node.children[0].children[0].children)
        head, body = rows[0], rows[1:]
        if head.anchors:
            help = "put anchors in the rows below it"
            self.faults.append(fault("the head of a table has an anchor", head.span, help))
        return Table(head.cells, aligns, tuple(body), (), head.span)

    def _row(self, row: SyntaxTreeNode) -> Row:
        """Read one row of a table."""
        cells = [self._line(cell.children) for cell in row.children]
        span = next((cell.begin for cell in cells if cell.begin), None)
        for cell in cells:
            self._check_marks(cell, [])
        anchors = tuple(name for cell in cells for name in cell.anchors)
        return Row(tuple(tuple(cell.words) for cell in cells), anchors, span)

    def _subheading(self, node: SyntaxTreeNode, *, in_schedule: bool) -> Subheading | Part:
        """Read a heading below the first level."""
        line = self._line(node.children)
        self._check_marks(line, [_PART])
        if node.tag != "h2":
            self.faults.append(fault("a heading is too deep", line.begin, "headings are `#` or `##`"))
        if _PART not in line.marks:
            return Subheading(tuple(line.words), tuple(line.anchors), (), line.begin)
        if not in_schedule:
            self.faults.append(fault("only a schedule has parts", line.begin, "leave out `{part}`"))
        return Part(tuple(line.words), (), tuple(line.anchors), (), line.begin)

    def _note(self, node: SyntaxTreeNode) -> Note:
        """Read a quote as a note for the lawyer; its paragraphs become lines."""
        words: list[Inline] = []
        for child in node.children:
            if child.type != "paragraph":
                self.complain("a note holds more than plain paragraphs", [child], "write its lines as `> words`")
                continue
            words += [*([Break()] if words else []), *self._words(child).words]
        return Note(tuple(words))

    def _words(self, node: SyntaxTreeNode) -> _Line:
        """Read the words of a paragraph, where no mark may stand."""
        line = self._line(node.children)
        self._check_marks(line, [])
        return line

    def _line(self, nodes: Sequence[SyntaxTreeNode]) -> _Line:
        """Read inline content: letters, references, anchors and marks."""
        line = _Line([], [], [])
        for inline in nodes:
            self._inline(inline.children, line, bold=False, italic=False)
        line.words = self._filled(line.words)
        return line

    def _inline(self, nodes: Sequence[SyntaxTreeNode], line: _Line, *, bold: bool, italic: bool) -> None:
        """Walk inline content, adding to what the line holds."""
        for node in nodes:
            match node.type:
                case "text":
                    line.words.append(Text(self._without_places(node.content, line), bold, italic))
                case "softbreak":
                    line.words.append(Text(" ", bold, italic))
                case "hardbreak":
                    line.words.append(Break())
                case "strong":
                    self._inline(node.children, line, bold=True, italic=italic)
                case "em":
                    self._inline(node.children, line, bold=bold, italic=True)
                case "link":
                    line.words.append(self._reference(node, line, bold=bold, italic=italic))
                case "anchor":
                    self._anchor(node.content, line)
                case "mark":
                    line.marks.append(node.content)

    def _without_places(self, text: str, line: _Line) -> str:
        """Take the hidden marks of file and line out of a text, and note the place."""
        for found in _LINE.finditer(text):
            line.span = line_span(self._rendered.templates[int(found[1])], int(found[2]), 1, 1)
            line.begin = line.begin or line.span
        text = _LINE.sub("", text)
        if _HTML.search(text):
            help = "clause markup has no HTML; print `<` as `\\<`"
            self.faults.append(fault("there is HTML in the clause file", line.span, help))
        return text

    def _reference(self, node: SyntaxTreeNode, line: _Line, *, bold: bool, italic: bool) -> Reference | Text:
        """Read a link as a cross-reference; links that lead out of the agreement are reported."""
        target = self._fill(str(node.attrs.get("href", "")))
        own = _Line([], [], [], line.span)
        self._inline(node.children, own, bold=bold, italic=italic)
        words = self._filled(own.words)
        text = plain(tuple(words))
        if not target.startswith("#"):
            help = "write a reference such as `[](#overspend)`"
            self.faults.append(fault("a link leads out of the agreement", line.span, help))
            return Text(text, bold, italic)
        shown = Shown.WORDS if not text else Shown.NUMBER if text == "#" else Shown.TEXT
        strong = any(isinstance(word, Text) and word.bold for word in words) or bold
        return Reference(target[1:], shown, text if shown is Shown.TEXT else "", line.span, bold=strong, italic=italic)

    def _anchor(self, written: str, line: _Line) -> None:
        """Take an anchor's name, its values filled in."""
        name = self._fill(written)
        if _GOOD_ANCHOR.fullmatch(name) is None:
            help = "names are made of letters, digits, `.`, `-`, `/` and `_`"
            self.faults.append(fault(f"`{name}` cannot be the name of an anchor", line.span, help))
        line.anchors.append(name)

    def _check_marks(self, line: _Line, known: list[str]) -> None:
        """Report marks that have no meaning where they stand."""
        for mark in line.marks:
            if mark not in known:
                help = did_you_mean(mark, known) or "marks stand after headings; print braces as `\\{` and `\\}`"
                self.faults.append(fault(f"the mark `{{{mark}}}` has no meaning here", line.begin, help))

    def _filled(self, words: list[Inline]) -> list[Inline]:
        """Put values in, join neighbours of the same letters, and trim both ends."""
        joined: list[Inline] = []
        for word in words:
            last = joined[-1] if joined else None
            if isinstance(word, Text) and isinstance(last, Text) and _look(word) == _look(last):
                joined[-1] = replace(last, text=re.sub(" {2,}", " ", last.text + word.text))
            elif word != Text("", *_look(word)):
                joined.append(word)
        _trim(joined)
        return [replace(word, text=self._fill(word.text)) if isinstance(word, Text) else word for word in joined]

    def _fill(self, text: str) -> str:
        """Put values in the place of their placeholders, once: what a value holds is never looked at again."""
        return _VALUE.sub(lambda found: self._rendered.values[int(found[1])], text)

    def _place(self, nodes: Sequence[SyntaxTreeNode]) -> Span | None:
        """Find the first mark of file and line in some nodes."""
        for node in nodes:
            for inner in node.walk():
                found = _LINE.search(inner.content) if inner.type == "inline" else None
                if found:
                    return line_span(self._rendered.templates[int(found[1])], int(found[2]), 1, 1)
        return None


def _with_note(block: Block, note: Note) -> Block:
    """Add a note to the block that it is about; below a list of definitions, to the last of them."""
    if isinstance(block, Definitions):
        last = block.entries[-1]
        return Definitions((*block.entries[:-1], replace(last, notes=(*last.notes, note))))
    return replace(block, notes=(*block.notes, note))


def _into_parts(blocks: list[Block]) -> tuple[Block, ...]:
    """Put what follows the heading of a part into that part."""
    grouped: list[Block] = []
    for block in blocks:
        last = grouped[-1] if grouped else None
        if isinstance(last, Part) and not isinstance(block, Part):
            grouped[-1] = replace(last, blocks=(*last.blocks, block))
        else:
            grouped.append(block)
    return tuple(grouped)


def _align(cell: SyntaxTreeNode) -> Align:
    """Read on which side a column's cells stand."""
    side = str(cell.attrs.get("style", "")).removeprefix("text-align:")
    return Align(side) if side in ("center", "right") else Align.LEFT


def _look(word: Inline) -> tuple[bool, bool]:
    """Whether words are bold and italic; neighbours that look the same are one."""
    return (word.bold, word.italic) if isinstance(word, Text) else (False, False)


def _trim(words: list[Inline]) -> None:
    """Take blanks from both ends of some words, and what is then empty."""
    for end, strip in ((-1, str.rstrip), (0, str.lstrip)):
        while words and isinstance(word := words[end], Text) and (text := strip(word.text, " ")) != word.text:
            if text:
                words[end] = replace(word, text=text)
            else:
                words.pop(end)
