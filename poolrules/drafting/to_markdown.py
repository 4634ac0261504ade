"""The agreement as Markdown, its numbers written out, for reading in a repository and comparing versions."""

import re
from typing import Final

from poolrules.drafting.number import Numbered
from poolrules.drafting.seal import seal_text
from poolrules.drafting.tree import (
    Align,
    Block,
    Break,
    Definitions,
    Kind,
    Note,
    Paragraph,
    Part,
    Passage,
    Reference,
    Section,
    Subheading,
    Table,
    Text,
    Words,
)

_SIGNS: Final = re.compile(r"([\\`*_\[\]{}<>|~#]|&(?=#?\w))")
_LINE_SIGNS: Final = re.compile(r"^(\s*)(?:([-+=])|([0-9]+)([.)]))")
_BARS: Final = {Align.LEFT: "---", Align.CENTRE: ":---:", Align.RIGHT: "---:"}
_STEP: Final = "    "


def to_markdown(numbered: Numbered, *, draft_mark: str = "Draft", fingerprint: str = "") -> bytes:
    """Write an agreement as Markdown with links and notes; sealed, and the same bytes for the same agreement."""
    lines = [f"**{_escaped(draft_mark.upper())}**", ""] if draft_mark else []
    for section in numbered.document.sections:
        lines += _section(section)
    if fingerprint:
        lines += ["***", "", _escaped(fingerprint), ""]
    return seal_text("\n".join(lines) + "\n", comment=True)


def _section(section: Section) -> list[str]:
    """Write a section with its heading."""
    level = "#" if section.kind is Kind.TITLE else "##"
    label = f"{section.label}. " if section.kind is Kind.CLAUSE else f"{section.label}: " if section.label else ""
    lines = [f"{level} {_targets(section.anchors)}{label}{_words(section.heading)}", ""]
    return lines + _notes(section.notes, "") + _blocks(section.blocks, "")


def _blocks(blocks: tuple[Block, ...], indent: str) -> list[str]:
    """Write blocks one below the other."""
    return [line for block in blocks for line in _block(block, indent)]


def _block(block: Block, indent: str) -> list[str]:
    """Write one block; numbered paragraphs are bullets, so that they nest, with their number written out."""
    match block:
        case Passage():
            return [f"{indent}{_targets(block.anchors)}{_words(block.words)}", "", *_notes(block.notes, indent)]
        case Paragraph():
            lines = [f"{indent}- {_targets(block.anchors)}**{block.label}** {_words(block.words)}", ""]
            return lines + _notes(block.notes, indent + _STEP) + _blocks(block.blocks, indent + _STEP)
        case Subheading():
            return [f"{indent}### {_targets(block.anchors)}{_words(block.words)}", "", *_notes(block.notes, indent)]
        case Part():
            lines = [f"### {_targets(block.anchors)}{block.label}: {_words(block.heading)}", ""]
            return lines + _notes(block.notes, "") + _blocks(block.blocks, "")
        case Definitions():
            lines = []
            for entry in block.entries:
                lines += [f"{indent}- {_targets(entry.anchors)}**{_escaped(entry.term)}**: {_words(entry.words)}", ""]
                lines += _notes(entry.notes, indent + _STEP) + _blocks(entry.blocks, indent + _STEP)
            return lines
        case Table():
            return _table(block, indent)


def _table(table: Table, indent: str) -> list[str]:
    """Write a table with bars."""
    lines = [_bars([_cell(cell) for cell in table.head]), _bars([_BARS[align] for align in table.align])]
    for row in table.rows:
        cells = [_cell(cell) for cell in row.cells]
        cells[:1] = [_targets(row.anchors) + cells[0]]
        lines.append(_bars(cells))
    return [*(indent + line for line in lines), "", *_notes(table.notes, indent)]


def _bars(cells: list[str]) -> str:
    """Put cells between bars."""
    return f"| {' | '.join(cells)} |"


def _cell(words: Words) -> str:
    """Write a cell, which has to stay on one line."""
    return _words(words).replace("\\\n", "<br>")


def _notes(notes: tuple[Note, ...], indent: str) -> list[str]:
    """Write drafting notes as quotes."""
    lines = []
    for note in notes:
        quoted = _words(note.words).replace("\n", f"\n{indent}> ")
        lines += [f"{indent}> *Drafting note.* {quoted}", ""]
    return lines


def _targets(anchors: tuple[str, ...]) -> str:
    """Write what links lead to; anchors hold no sign that HTML would read."""
    return "".join(f'<a id="{anchor}"></a>' for anchor in anchors)


def _words(words: Words) -> str:
    """Write words with their letters and links."""
    written, begins = "", True
    for word in words:
        match word:
            case Text():
                text = _escaped(word.text, begins=begins)
                written += _lettered(text, bold=word.bold, italic=word.italic)
            case Reference():
                shown = _escaped("".join(piece.text for piece in word.pieces))
                written += _lettered(f"[{shown}](#{word.anchor})", bold=word.bold, italic=word.italic)
            case Break():
                written += "\\\n"
        begins = isinstance(word, Break)
    return written


def _lettered(text: str, *, bold: bool, italic: bool) -> str:
    """Make text bold or italic; the signs must touch a letter, so blanks at its ends stay outside."""
    sign = "**" * bold + "*" * italic
    core = text.strip(" ")
    if not sign or not core:
        return text
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return f"{before}{sign}{core}{sign[::-1]}{after}"


def _escaped(text: str, *, begins: bool = False) -> str:
    r"""Keep a text from being read as Markdown.

    >>> print(_escaped("# 1. *Host* pays"), _escaped("1. x", begins=True))
    \# 1. \*Host\* pays 1\. x
    """
    text = _SIGNS.sub(r"\\\1", text)
    if not begins:
        return text
    return _LINE_SIGNS.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", text
    )
