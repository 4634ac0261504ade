"""The lines of a `.pool` file, grouped by indentation, with their comments set aside."""

import re
from dataclasses import dataclass, field
from typing import Final

from poolrules.base.limits import MAX_DEPTH, MAX_LINE_CHARACTERS
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.source.text import SourceText
from poolrules.syntax.codes import BAD_LAYOUT, BAD_WORDS
from poolrules.syntax.tree import Comments

_PIECE: Final = re.compile(r'"[^"\n]*"|(?P<comment>#.*)|(?P<open>"[^\n]*)')
_CONFLICT: Final = re.compile(r"<<<<<<<|=======|>>>>>>>")
_CURLY: Final = re.compile("[“”„‟«»‘’](?=\\S)|[”’]")
_QUOTE: Final = re.compile(r"(?<![A-Za-z])'")
_DIGIT: Final = re.compile(r"[^\x00-\x7f]")
_CONTINUES: Final = (",", ";", ":")


@dataclass(slots=True)
class Line:
    """One logical line: its words from where they begin (indentation kept), its comments and what is indented below it."""

    number: int
    indent: int
    text: str
    last: int
    comments: Comments
    children: list["Line"] = field(default_factory=list)

    def span(self, file: str) -> Span:
        """The stretch from the first word to the last."""
        lines = self.text.split("\n")
        return Span(file, self.number, self.indent + 1, self.last, len(lines[-1].rstrip()) + 1)


@dataclass(slots=True)
class Layout:
    """A file's lines as a tree, the comments that follow the last line, and what was wrong with the layout."""

    lines: list[Line]
    after: tuple[str, ...]
    findings: list[Finding]


def read_layout(source: SourceText) -> Layout:
    """Group the lines of a file by indentation; a faulty line is reported and left out, with what is below it."""
    findings: list[Finding] = []
    flat, after = _logical_lines(source, findings)
    return Layout(_nest(source.file, flat, findings), after, findings)


def _logical_lines(source: SourceText, findings: list[Finding]) -> tuple[list[Line], tuple[str, ...]]:
    """Cut a file into lines, joining those that go on after a comma, semicolon or colon and stand deeper."""
    flat: list[Line] = []
    before: list[str] = []
    goes_on = False
    for number, raw in enumerate(source.lines, start=1):
        code, comment = _without_comment(source.file, number, raw, findings)
        words = code.strip()
        if not words:
            if comment:
                before.append(comment)
            elif before[-1:] != [""] and not raw.strip():
                before.append("")
            continue
        indent = len(code) - len(code.lstrip(" \t"))
        if goes_on and indent > flat[-1].indent:
            _join(flat[-1], number, code, comment)
        else:
            flat.append(Line(number, indent, code.rstrip(), number, Comments(_tidy(before, first=not flat), comment)))
        before = []
        goes_on = words.endswith(_CONTINUES)
    while before[-1:] == [""]:
        before.pop()
    return flat, tuple(before)


def _tidy(before: list[str], *, first: bool) -> tuple[str, ...]:
    """Drop a blank line at the very start of a file."""
    return tuple(before[1:] if first and before[:1] == [""] else before)


def _join(line: Line, number: int, code: str, comment: str | None) -> None:
    """Add a continuation to its line; its comment joins the one already there."""
    line.text += "\n" * (number - line.last) + code.rstrip()
    line.last = number
    if comment:
        beside = line.comments.beside
        joined = f"{beside} {comment.lstrip('# ')}" if beside else comment
        line.comments = Comments(line.comments.before, joined)


def _without_comment(file: str, number: int, raw: str, findings: list[Finding]) -> tuple[str, str | None]:
    """Split a line into words and comment, and report what no `.pool` line may hold."""
    if len(raw) > MAX_LINE_CHARACTERS:
        findings.append(_fault(BAD_LAYOUT, file, number, 1, 1, "the line is too long", f"the limit is {MAX_LINE_CHARACTERS:,} characters"))
        return "", None
    outside, comment, cut = [], None, len(raw)
    at = 0
    for piece in _PIECE.finditer(raw):
        outside.append((at, raw[at : piece.start()]))
        at = piece.end()
        if piece["comment"]:
            comment, cut = piece[0].rstrip(), piece.start()
            break
        if piece["open"]:
            fault = "the text that begins here has no closing quotation mark"
            findings.append(_fault(BAD_WORDS, file, number, piece.start() + 1, 1, fault, 'end it with " on the same line'))
            return "", None
    else:
        outside.append((at, raw[at:]))
    fault_here = next((found for start, text in outside if (found := _bad_characters(file, number, start, text))), None)
    if fault_here:
        findings.append(fault_here)
        return "", None
    return raw[:cut].rstrip(), comment


def _bad_characters(file: str, number: int, start: int, text: str) -> Finding | None:
    """Find the first character outside quoted text that means nothing there."""
    if start == 0 and _CONFLICT.match(text):
        return _fault(BAD_LAYOUT, file, number, 1, 7, "this is a version-control conflict marker", "settle the conflict, then delete the marker lines")
    if found := _CURLY.search(text):
        return _fault(BAD_WORDS, file, number, start + found.start() + 1, 1, f"`{found[0]}` is a curly quotation mark", 'put texts between straight quotation marks: "…"')
    if found := _QUOTE.search(text):
        return _fault(BAD_WORDS, file, number, start + found.start() + 1, 1, "texts do not stand between single quotation marks", 'put texts between double quotation marks: "…"')
    if (found := _DIGIT.search(text.replace("£", "_").replace("€", "_"))) is not None:
        code = f"U+{ord(found[0]):04X}"
        kind = "only the digits 0 to 9 are read as digits" if found[0].isdigit() else "outside quoted text only plain letters, digits and signs are read"
        return _fault(BAD_WORDS, file, number, start + found.start() + 1, 1, f"`{found[0]}` ({code}) cannot stand here", kind)
    return None


def _nest(file: str, flat: list[Line], findings: list[Finding]) -> list[Line]:
    """Hang each line below the nearest earlier one that stands less deep."""
    top: list[Line] = []
    open_lines: list[Line] = []
    for line in flat:
        if "\t" in line.text[: line.indent]:
            findings.append(_fault(BAD_LAYOUT, file, line.number, 1, 1, "a tab is used for indentation", "indent with spaces, four to a level"))
            continue
        while open_lines and open_lines[-1].indent >= line.indent:
            open_lines.pop()
        siblings = open_lines[-1].children if open_lines else top
        if siblings and siblings[0].indent != line.indent:
            fault = f"this line is indented by {line.indent} spaces, its neighbours by {siblings[0].indent}"
            findings.append(_fault(BAD_LAYOUT, file, line.number, 1, max(line.indent, 1), fault, f"line it up with line {siblings[0].number}"))
        if len(open_lines) >= MAX_DEPTH:
            findings.append(_fault(BAD_LAYOUT, file, line.number, 1, 1, "the lines are nested too deep", f"the limit is {MAX_DEPTH} levels"))
            break
        siblings.append(line)
        open_lines.append(line)
    return top


def _fault(code: str, file: str, line: int, column: int, length: int, message: str, help: str) -> Finding:
    """Make a finding about the layout."""
    return Finding(code, Severity.ERROR, message, (Label(line_span(file, line, column, length)),), help)
