"""The lines of a `.pool` file, grouped by indentation, with their comments set aside."""

import re
from typing import Final

from msgspec import Struct, field

from poolrules.base.limits import (
    MAX_DEPTH,
    MAX_FINDINGS,
    MAX_JOINED_CHARACTERS,
    MAX_LINE_CHARACTERS,
    MAX_LINES,
)
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.source.text import SourceText
from poolrules.syntax.codes import BAD_LAYOUT, BAD_WORDS
from poolrules.syntax.tree import Comments

_PIECE: Final = re.compile(r'"[^"\n]*"|(?P<comment>#.*)|(?P<open>"[^\n]*)')
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>")
_CURLY: Final = r"[“”„‟«»‘]|(?<![A-Za-z])’"
_APOSTROPHE: Final = "’"
_QUOTE: Final = r"(?<![A-Za-z])'"
_FOREIGN: Final = r"[^\x00-\x7f£€]"
_TAB_OUTSIDE: Final = r'"[^"]*"|[^"]+'
_TAB_INSIDE: Final = r'^(?:[^"]*"[^"]*")*[^"]*"[^"\t]*\t'
_MEANT: Final = frozenset(chr(code) for code in range(128) if chr(code) != "'") | {"£", "€"}
"""The characters that may stand outside quoted text without a second look."""

_CONTINUES: Final = (",", ";", ":")
_TAB: Final = 4
"""How far a tab that is used for indentation is taken to reach, so that the rest of the file can be read."""

_SAID_OF: Final = {
    "−": "write an ordinary hyphen; amounts are never negative here",
    "–": "write an ordinary hyphen, or `to` between two dates",
    "—": "write an ordinary hyphen, or put the words between quotation marks",
    "…": "say in words what goes on here, or leave it out",
    "½": "write a percentage such as 50%, or parts",
    "¼": "write a percentage such as 25%, or parts",
    "¾": "write a percentage such as 75%, or parts",
    "•": "lines need no bullet: indentation groups them",
    "\u00a0": "write a plain space",
}


class Line(Struct):
    """One logical line: its words from where they begin (indentation kept), its comments and what is indented below it.

    A broken line holds what no line may hold. It is already reported, and kept for what stands below it.
    """

    number: int
    indent: int
    depth: int
    text: str
    last: int
    comments: Comments
    broken: bool = False
    children: list["Line"] = field(default_factory=list)

    def span(self, file: str) -> Span:
        """The stretch from the first word to the last."""
        lines = self.text.split("\n")
        return Span(file, self.number, self.indent + 1, self.last, len(lines[-1].rstrip()) + 1)

    def place(self, file: str, start: int, end: int) -> Span:
        """The stretch between two offsets in the text."""
        line, column = self._at(start)
        end_line, end_column = self._at(end)
        return Span(file, line, column, end_line, end_column)

    def _at(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset in the text."""
        before = self.text[:offset]
        return self.number + before.count("\n"), offset - before.rfind("\n")


class Layout(Struct):
    """A file's lines as a tree, the comments that follow the last line, and what was wrong with the layout."""

    lines: list[Line]
    after: tuple[str, ...]
    findings: list[Finding]


class _Words(Struct):
    """A physical line cut into words and comment; broken where it holds what it may not."""

    code: str
    comment: str | None = None
    broken: bool = False


def read_layout(source: SourceText) -> Layout:
    """Group the lines of a file by indentation; reading stops once there are more faults than will be shown."""
    findings: list[Finding] = []
    flat, after = _logical_lines(source, findings)
    return Layout(_nest(source.file, flat, findings), after, findings)


def _logical_lines(source: SourceText, findings: list[Finding]) -> tuple[list[Line], tuple[str, ...]]:
    """Cut a file into lines, joining those that go on after a comma, semicolon or colon and stand deeper."""
    flat: list[Line] = []
    before: list[str] = []
    goes_on = False
    tabs: list[tuple[int, int]] = []
    for number, raw in enumerate(source.lines, start=1):
        if len(findings) > MAX_FINDINGS:
            break
        if number > MAX_LINES:
            fault = "the file has too many lines to be an agreement"
            findings.append(_fault(BAD_LAYOUT, source.file, number, 1, 1, fault, f"the limit is {MAX_LINES:,} lines"))
            break
        words = _without_comment(source.file, number, raw, findings)
        if not words.code.strip():
            if words.comment or (not words.broken and before[-1:] != [""]):
                before.append(words.comment or "")
            continue
        line = _line(number, words)
        if line.text != words.code:
            tabs.append((number, words.code.index("\t") + 1))
        if goes_on and line.depth > flat[-1].depth:
            _join(source.file, flat[-1], line, before, findings)
        else:
            line.comments = Comments(tuple(before[1:] if not flat and before[:1] == [""] else before), words.comment)
            flat.append(line)
        before = []
        goes_on = words.code.endswith(_CONTINUES)
    while before[-1:] == [""]:
        before.pop()
    _report_tabs(source.file, tabs, findings)
    return flat, tuple(before)


def _without_tabs(piece: re.Match[str]) -> str:
    """A piece of a line with its tabs as spaces, quoted text left alone."""
    return piece[0] if piece[0].startswith('"') else piece[0].replace("\t", " ")


def _line(number: int, words: _Words) -> Line:
    """Measure the indentation of a line."""
    indent = len(words.code) - len(words.code.lstrip(" \t"))
    depth = len(words.code[:indent].expandtabs(_TAB))
    text = re.sub(_TAB_OUTSIDE, _without_tabs, words.code)
    return Line(number, indent, depth, text, number, Comments(beside=words.comment), words.broken)


def _join(file: str, line: Line, more: Line, between: list[str], findings: list[Finding]) -> None:
    """Add a continuation to its line; comments between and beside go with those already there."""
    if len(line.text) > MAX_JOINED_CHARACTERS:
        if not line.broken:
            limit = f"the limit is {MAX_JOINED_CHARACTERS:,} characters"
            findings.append(_fault(BAD_LAYOUT, file, more.number, 1, 1, "the line goes on for too long", limit))
        line.broken = True
        return
    line.text += "\n" * (more.number - line.last) + more.text
    line.last = more.number
    line.broken |= more.broken
    comment = more.comments.beside
    beside = line.comments.beside
    if comment:
        beside = f"{beside} {comment.lstrip('# ')}".rstrip() if beside else comment
    line.comments = Comments((*line.comments.before, *filter(None, between)), beside)


def _without_comment(file: str, number: int, raw: str, findings: list[Finding]) -> _Words:
    """Split a line into words and comment, and report what no `.pool` line may hold."""
    if len(raw) > MAX_LINE_CHARACTERS:
        limit = f"the limit is {MAX_LINE_CHARACTERS:,} characters: a long line may go on in the next after a comma"
        findings.append(_fault(BAD_LAYOUT, file, number, 1, 1, "the line is too long", limit))
        return _Words(raw[:80], broken=True)
    if raw.startswith(_CONFLICT):
        fault = "this is a version-control conflict marker"
        mend = "settle which lines are right, then delete the marker lines"
        findings.append(_fault(BAD_LAYOUT, file, number, 1, 7, fault, mend))
        return _Words("", broken=True)
    outside, comment, cut = _pieces(raw)
    unclosed = outside[-1] if comment is None and raw[cut : cut + 1] == '"' else None
    found = next((bad for start, text in outside if (bad := _bad_characters(file, number, start, text))), None)
    if found is None and unclosed is not None:
        fault = "the text that begins here has no closing quotation mark"
        found = _fault(
            BAD_WORDS, file, number, cut + 1, len(raw.rstrip()) - cut, fault, 'end it with " on the same line'
        )
    if found is None and "\t" in raw and (tab := re.search(_TAB_INSIDE, raw[:cut])):
        fault = "the text holds a tab, which cannot be seen on a page"
        found = _fault(BAD_WORDS, file, number, tab.end(), 1, fault, "write a plain space")
    if found is not None:
        findings.append(found)
        return _Words(raw[:cut].rstrip() or raw.rstrip(), comment, broken=True)
    return _Words(raw[:cut].rstrip(), comment)


def _pieces(raw: str) -> tuple[list[tuple[int, str]], str | None, int]:
    """Find what stands outside quoted texts, the comment, and where it or a text without an end begins."""
    outside: list[tuple[int, str]] = []
    at = 0
    for piece in _PIECE.finditer(raw):
        outside.append((at, raw[at : piece.start()]))
        at = piece.end()
        if piece["comment"]:
            return outside, piece[0].rstrip(), piece.start()
        if piece["open"]:
            return outside, None, piece.start()
    return [*outside, (at, raw[at:])], None, len(raw)


def _bad_characters(file: str, number: int, start: int, text: str) -> Finding | None:
    """Find the first character outside quoted text that means nothing there."""
    if _MEANT.issuperset(text):
        return None
    for sign, message, help in (
        (_CURLY, "`{0}` is a curly quotation mark", 'put texts between straight quotation marks: "…"'),
        (_APOSTROPHE, "`{0}` is a curly apostrophe", "write the straight one: '"),
        (_QUOTE, "texts do not stand between single quotation marks", 'put texts between double quotation marks: "…"'),
    ):
        if found := re.search(sign, text):
            column = start + found.start() + 1
            return _fault(BAD_WORDS, file, number, column, 1, message.format(found[0]), help)
    if found := re.search(_FOREIGN, text):
        help = _SAID_OF.get(found[0], "outside quoted text only plain letters, digits and signs are read")
        if found[0].isdigit():
            help = "only the digits 0 to 9 are read as digits"
        message = f"`{found[0]}` (U+{ord(found[0]):04X}) cannot stand here"
        return _fault(BAD_WORDS, file, number, start + found.start() + 1, 1, message, help)
    return None


def _nest(file: str, flat: list[Line], findings: list[Finding]) -> list[Line]:
    """Hang each line below the nearest earlier one that stands less deep."""
    top: list[Line] = []
    open_lines: list[Line] = []
    for line in flat:
        while open_lines and open_lines[-1].depth >= line.depth:
            open_lines.pop()
        siblings = open_lines[-1].children if open_lines else top
        if siblings and line.depth not in _depths(siblings) and len(findings) <= MAX_FINDINGS:
            beside = siblings[0]
            fault = f"this line is indented by {_spaces(line)}, and line {beside.number} by {_spaces(beside)}"
            mend = f"line it up with line {beside.number}"
            findings.append(_fault(BAD_LAYOUT, file, line.number, 1, max(line.indent, 1), fault, mend))
        if len(open_lines) >= MAX_DEPTH:
            limit = f"the limit is {MAX_DEPTH} levels"
            findings.append(_fault(BAD_LAYOUT, file, line.number, 1, 1, "the lines are nested too deep", limit))
            break
        siblings.append(line)
        open_lines.append(line)
    return top


def _depths(siblings: list[Line]) -> tuple[int, int]:
    """The depths that lines of one block have had: two are enough, so that one slip is not reported again and again."""
    return siblings[0].depth, siblings[-1].depth


def _spaces(line: Line) -> str:
    """How far a line is indented, in words."""
    return "1 space" if line.depth == 1 else f"{line.depth} spaces"


def _report_tabs(file: str, tabs: list[tuple[int, int]], findings: list[Finding]) -> None:
    """Report tabs once: a file that has one mostly has many."""
    if tabs:
        (line, column), others = tabs[0], len({line for line, _ in tabs}) - 1
        more = f" and in {others} more lines" if others > 1 else " and in one more line" if others else ""
        help = "use spaces: four for each level of indentation"
        findings.append(_fault(BAD_LAYOUT, file, line, column, 1, f"a tab stands here{more}", help))


def _fault(code: str, file: str, line: int, column: int, length: int, message: str, help: str) -> Finding:
    """Make a finding about the layout."""
    return Finding(code, Severity.ERROR, message, (Label(line_span(file, line, column, length)),), help)
