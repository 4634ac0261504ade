"""The agreement as one self-contained web page: contents, live references, notes in the margin, ready to print."""

from html import escape
from typing import Final

from poolrules.drafting.number import Numbered
from poolrules.drafting.seal import seal_text
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
    Subheading,
    Table,
    Text,
    Words,
)

_STYLE: Final = """
@page { size: A4; margin: 25mm 25mm 22mm;
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8.5pt serif; color: #444; } }
:root { --ink: #1a1a1a; --quiet: #5c5c5c; --line: #b9b9b9; --mark: #8a1c1c; --note: #fff8e1; }
* { box-sizing: border-box; }
html { font-size: 11.5pt; }
body { margin: 0 auto; padding: 2.5rem 18rem 4rem 2rem; max-width: 64rem; color: var(--ink); background: #fff;
  font: 1rem/1.5 "Book Antiqua", Palatino, "Palatino Linotype", "URW Palladio L", P052, Cambria, Georgia, serif;
  font-variant-numeric: lining-nums; overflow-wrap: break-word; }
p { margin: 0 0 .6em; }
a { color: inherit; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: .15em; }
a:hover { text-decoration-color: currentColor; }
:target { background: #fdf3c7; }
.draft { color: var(--mark); font-weight: bold; letter-spacing: .3em; text-transform: uppercase; text-align: right; }
header { min-height: 26rem; display: flex; flex-direction: column; justify-content: center; text-align: center; }
h1 { margin: 0 0 1.5em; padding: 1em 0; font-size: 21pt; line-height: 1.3; font-variant: small-caps;
  border-top: 2px solid; border-bottom: 2px solid; }
h2, h3 { break-after: avoid; line-height: 1.3; }
h2 { margin: 2.2em 0 .7em; font-size: 13pt; font-variant: small-caps; letter-spacing: .02em; }
h3 { margin: 1.4em 0 .6em; font-size: 11.5pt; font-style: italic; }
.clause > h2 { display: grid; grid-template-columns: 3.4rem minmax(0, 1fr); }
.numbered { position: relative; padding-left: 3.4rem; }
.numbered > .numbered:not(.deeper) { margin-left: -3.4rem; }
.deeper { padding-left: 2.6rem; }
.number { position: absolute; left: 0; }
.clause > .body { margin-left: 3.4rem; }
.clause > .body > .numbered, .clause > .body > h3 { margin-left: -3.4rem; }
.clause > .body > h3 { margin-left: 0; }
.schedule > h2, .schedule .part { text-align: center; }
.schedule .part { font-style: normal; font-variant: small-caps; }
nav { margin: 3em 0; }
nav h2 { margin-bottom: .5em; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav li { display: grid; grid-template-columns: 3.4rem minmax(0, 1fr); padding: .12em 0; }
nav li.schedule-entry { display: block; }
nav a { text-decoration: none; }
dl { margin: 0 0 .6em; }
dl > div { margin: 0 0 .6em; }
dt, dt + dd { display: inline; margin: 0; }
dt { font-weight: bold; }
dd + dd { margin: .5em 0 0; }
table { width: 100%; margin: .4em 0 1.2em; border-collapse: collapse; font-size: 10.5pt; line-height: 1.4;
  border-top: 1.5px solid; border-bottom: 1.5px solid; }
th, td { padding: .35em .6em; vertical-align: top; text-align: left; border-bottom: 1px solid var(--line); }
th { vertical-align: bottom; background: #f1f1ef; border-bottom: 1px solid; }
td.right { white-space: nowrap; }
.center { text-align: center; } .right { text-align: right; }
.plain, .plain td { border: 0; }
.execution p { break-after: avoid; margin: 1.6em 0 0; }
.execution table { break-inside: avoid; border: 0; }
.execution td:first-child { width: 7rem; }
.execution td { height: 2.6em; vertical-align: bottom; }
.execution td:empty { border-bottom: 1px dotted; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.note { float: right; clear: right; width: 14rem; margin: 0 -16rem .6rem 1rem; padding: .4rem .6rem;
  background: var(--note);
  border-left: 3px solid #d9a400; font: 9pt/1.4 system-ui, "Segoe UI", Arial, sans-serif; color: #4a3c00; }
header .note { float: none; width: auto; margin: 0 0 .4rem; text-align: left; }
footer { margin-top: 4em; padding-top: .6em; border-top: 1px solid var(--line); font-size: 8.5pt; color: var(--quiet); }
@media (max-width: 60rem) { body { padding-right: 2rem; } .note { float: none; width: auto; margin: 0 0 .6rem; } }
@media print { html { font-size: 11pt; } body { max-width: none; padding: 0; } a { text-decoration: none; }
  header { min-height: 200mm; break-after: page; } nav { break-after: page; } .schedule { break-before: page; }
  .note { float: none; width: auto; margin: 0 0 .6rem; print-color-adjust: exact; } :target { background: none; } }
"""


def to_html(numbered: Numbered, *, draft_mark: str = "Draft", fingerprint: str = "") -> bytes:
    """Write an agreement as a page that needs nothing else: no script, no picture, no network."""
    document = numbered.document
    covers = [section for section in document.sections if section.kind is Kind.TITLE]
    rest = [section for section in document.sections if section.kind is not Kind.TITLE]
    parts = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(document.title or 'Agreement')}</title>",
        f"<style>{_STYLE}</style>\n</head>\n<body>",
        f'<p class="draft">{escape(draft_mark)}</p>' if draft_mark else "",
        *(_cover(section) for section in covers),
        _contents(document),
        "<main>",
        *(_section(section) for section in rest),
        "</main>",
        f"<footer>{escape(fingerprint)}</footer>" if fingerprint else "",
        "</body>\n</html>",
    ]
    return seal_text("\n".join(part for part in parts if part), comment=True)


def _cover(section: Section) -> str:
    """Write the title and the words of the front page."""
    blocks = _blocks(section.blocks, deeper=False)
    heading = f"<h1>{_more_ids(section.anchors)}{_words(section.heading)}</h1>"
    return f"<header{_id(section.anchors)}>{heading}\n{blocks}</header>"


def _contents(document: Document) -> str:
    """Write the contents list of clauses, schedules and their parts."""
    entries = []
    for section in document.sections:
        if section.kind is Kind.CLAUSE:
            link = f'<a href="#{escape(section.anchors[0])}">{_unlinked(section.heading)}</a>'
            entries.append(f"<li><span>{section.label}.</span> {link}</li>")
        if section.kind is Kind.SCHEDULE:
            link = f'<a href="#{escape(section.anchors[0])}">{section.label}: {_unlinked(section.heading)}</a>'
            entries.append(f'<li class="schedule-entry">{link}</li>')
    if not entries:
        return ""
    return "<nav>\n<h2>Contents</h2>\n<ol>\n" + "\n".join(entries) + "\n</ol>\n</nav>"


def _section(section: Section) -> str:
    """Write a section with its heading and notes."""
    heading = _words(section.heading)
    if section.kind is Kind.CLAUSE:
        heading = f"<span>{section.label}.</span> <span>{heading}</span>"
    elif section.label:
        heading = f"{section.label}: {heading}"
    body = f'<div class="body">\n{_blocks(section.blocks, deeper=False)}</div>'
    opening = f'<section class="{section.kind.value}"{_id(section.anchors)}>{_more_ids(section.anchors)}'
    return f"{opening}\n<h2>{heading}</h2>\n{_notes(section.notes)}{body}\n</section>"


def _blocks(blocks: tuple[Block, ...], *, deeper: bool) -> str:
    """Write blocks one below the other; `deeper` ones hang from a numbered paragraph."""
    return "".join(f"{_block(block, deeper=deeper)}\n" for block in blocks)


def _block(block: Block, *, deeper: bool) -> str:
    """Write one block with its notes."""
    match block:
        case Passage():
            more = _more_ids(block.anchors)
            return f"<p{_id(block.anchors)}>{more}{_words(block.words)}</p>{_notes(block.notes)}"
        case Paragraph():
            kind = "numbered deeper" if deeper and block.label.startswith("(") else "numbered"
            inner = f"<p>{_words(block.words)}</p>\n{_notes(block.notes)}{_blocks(block.blocks, deeper=True)}"
            label = f'<span class="number">{_more_ids(block.anchors)}{block.label}</span>'
            return f'<div class="{kind}"{_id(block.anchors)}>{label}\n{inner}</div>'
        case Subheading():
            return f"<h3{_id(block.anchors)}>{_more_ids(block.anchors)}{_words(block.words)}</h3>{_notes(block.notes)}"
        case Part():
            heading = f"{_more_ids(block.anchors)}{block.label or 'Part'}: {_words(block.heading)}"
            inner = _notes(block.notes) + _blocks(block.blocks, deeper=deeper)
            return f'<h3 class="part"{_id(block.anchors)}>{heading}</h3>\n{inner}'
        case Definitions():
            return "<dl>\n" + "".join(_definition(entry) for entry in block.entries) + "</dl>"
        case Table():
            return _table(block)


def _definition(entry: Definition) -> str:
    """Write a term and its meaning."""
    term = f"<dt>{escape(entry.term)}</dt><dd>: {_words(entry.words)}</dd>"
    more = f"<dd>{_blocks(entry.blocks, deeper=True)}</dd>" if entry.blocks else ""
    return f"<div{_id(entry.anchors)}>{_more_ids(entry.anchors)}{term}{more}{_notes(entry.notes)}</div>\n"


def _table(table: Table) -> str:
    """Write a table; one without a head has no lines."""
    head = ""
    if table.has_head:
        cells = "".join(_cell("th", cell, align) for cell, align in zip(table.head, table.align, strict=False))
        head = f"<thead><tr>{cells}</tr></thead>\n"
    rows = "\n".join(_row(row, table.align) for row in table.rows)
    kind = "" if table.has_head else ' class="plain"'
    return f"<table{kind}>\n{head}<tbody>\n{rows}\n</tbody>\n</table>\n{_notes(table.notes)}"


def _row(row: Row, align: tuple[Align, ...]) -> str:
    """Write a row; anchors after the first go into its first cell."""
    cells = [_cell("td", cell, side) for cell, side in zip(row.cells, align, strict=False)]
    if len(row.anchors) > 1:
        cells[:1] = [cells[0].replace(">", f">{_more_ids(row.anchors)}", 1)]
    return f"<tr{_id(row.anchors)}>{''.join(cells)}</tr>"


def _cell(tag: str, words: Words, align: Align) -> str:
    """Write one cell."""
    side = "" if align is Align.LEFT else f' class="{align.value}"'
    return f"<{tag}{side}>{_words(words)}</{tag}>"


def _notes(notes: tuple[Note, ...]) -> str:
    """Write drafting notes for the margin."""
    return "".join(f'<aside class="note">{_words(note.words)}</aside>\n' for note in notes)


def _id(anchors: tuple[str, ...]) -> str:
    """Write the first anchor as the element's id."""
    return f' id="{escape(anchors[0])}"' if anchors else ""


def _more_ids(anchors: tuple[str, ...]) -> str:
    """Write the other anchors as empty elements."""
    return "".join(f'<span id="{escape(anchor)}"></span>' for anchor in anchors[1:])


def _words(words: Words) -> str:
    """Write words with their letters and links."""
    return "".join(_inline(word) for word in words)


def _unlinked(words: Words) -> str:
    """Write words for use inside a link."""
    return "".join(_inline(Text(_shown(word)) if isinstance(word, Reference) else word) for word in words)


def _inline(word: Inline) -> str:
    """Write one stretch of words."""
    match word:
        case Text():
            return _lettered(escape(word.text), bold=word.bold, italic=word.italic)
        case Reference():
            link = f'<a href="#{escape(word.anchor)}">{escape(_shown(word))}</a>'
            return _lettered(link, bold=word.bold, italic=word.italic)
        case Break():
            return "<br>"


def _shown(reference: Reference) -> str:
    """Write what a reference shows."""
    return "".join(piece.text for piece in reference.pieces)


def _lettered(text: str, *, bold: bool, italic: bool) -> str:
    """Make text bold or italic."""
    text = f"<em>{text}</em>" if italic else text
    return f"<strong>{text}</strong>" if bold else text
