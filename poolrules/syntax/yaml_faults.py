"""What is said of a file that is not readable YAML, in our words: the parser only tells where it stopped.

The two parsers of PyYAML word their faults differently, so each sentence here is found from the text around the
place, with no more of the parser's message than both share.
"""

import re
from typing import Final, TypeAlias

import yaml

from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import line_span
from poolrules.source.text import SourceText, visible
from poolrules.syntax.codes import BAD_YAML

Mark: TypeAlias = "yaml.error.Mark | yaml._yaml.Mark | None"
"""A place as either of the two parsers gives it; only where there is no event or fault is there none."""

_CONFLICT: Final = re.compile(r"^(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)( .*)?$", re.MULTILINE)
_NO_SPACE: Final = re.compile(r"(\s*(?:- +)*[A-Za-z][A-Za-z0-9 -]*:)[^\s:]")
_NO_DASH_SPACE: Final = re.compile(r"\s*-[^\s-]")
_CLOSING: Final = {"[": "]", "{": "}"}
_QUOTED_HELP: Final = 'put the whole value between quotation marks: "…"'
_SHOWN: Final = 40


def shown(text: str) -> str:
    """A written text as a message quotes it: short, and with nothing unseen in it."""
    seen = visible(text)
    return seen if len(seen) <= _SHOWN else seen[:_SHOWN] + "…"


def yaml_fault(message: str, labels: tuple[Label, ...], help: str) -> Finding:
    """Make a finding about the YAML itself."""
    return Finding(BAD_YAML, Severity.ERROR, message, labels, help)


def conflict_marker(source: SourceText) -> Finding | None:
    """Find the first line that version control left behind in a conflict."""
    found = _CONFLICT.search(source.text)
    if found is None:
        return None
    line = source.text.count("\n", 0, found.start()) + 1
    label = Label(line_span(source.file, line, 1, len(found[1])))
    message = "this is a version-control conflict marker"
    return yaml_fault(message, (label,), "settle the conflict, then delete the marker lines")


def fault_of(source: SourceText, fault: Exception, last: yaml.ScalarEvent | None) -> Finding:
    """Say what is wrong where a parser stopped; `last` is the value it read last."""
    return _Stop(source, fault, last).finding()


def _place(mark: Mark) -> tuple[int, int]:
    """A line and column from 0; every mark that a parser gives has them."""
    return (mark.line, mark.column) if mark is not None else (0, 0)


class _Stop:
    """The place at which a parser stopped, and what stands around it."""

    def __init__(self, source: SourceText, fault: Exception, last: yaml.ScalarEvent | None) -> None:
        self.source = source
        self.lines = source.lines
        self.last = last
        self.last_begins, self.last_ends = (
            (_place(last.start_mark), _place(last.end_mark)) if last else ((0, 0), (0, 0))
        )
        self.said = f"{getattr(fault, 'context', '')} {getattr(fault, 'problem', '')}"
        mark = getattr(fault, "problem_mark", None)
        begun = getattr(fault, "context_mark", None)
        self.line, self.column = _place(mark) if mark else self.last_ends
        self.begun_line, self.begun_column = _place(begun) if begun else (self.line, self.column)
        self.text = self.lines[self.line] if self.line < len(self.lines) else ""
        self.indent = len(self.text) - len(self.text.lstrip(" \t"))

    def finding(self) -> Finding:
        """Find the sentence for this fault; the likeliest slips are asked for first."""
        return (
            self._tab()
            or self._unclosed_text()
            or self._shared_or_tagged()
            or self._escape()
            or self._brackets()
            or self._no_space()
            or self._colon_in_value()
            or self._bad_start()
            or self._after_value()
            or self._bad_indentation()
            or self._at(
                self.line,
                self.column,
                "this cannot be read as YAML",
                "look at the quotation marks, colons and indentation here",
            )
        )

    def _at(self, line: int, column: int, message: str, help: str, length: int = 1) -> Finding:
        """Make a finding about a place; lines and columns from 0, as the parser counts them."""
        line = min(line, len(self.lines) - 1)
        span = line_span(self.source.file, line + 1, min(column, len(self.lines[line])) + 1, length)
        return yaml_fault(message, (Label(span),), help)

    def _tab(self) -> Finding | None:
        """A tab in front of the words."""
        tab = self.text[: self.indent].find("\t")
        if tab < 0:
            return None
        return self._at(self.line, tab, "a tab is used for indentation", "indent with spaces, two to a level")

    def _unclosed_text(self) -> Finding | None:
        """A quotation mark that is never closed, or is closed by the next one in another line."""
        help = "end it with the same quotation mark"
        message = "the text that begins here has no closing quotation mark"
        if ("end of stream" in self.said and "quoted scalar" in self.said) or "document separator" in self.said:
            return self._at(self.begun_line, self.begun_column, message, help)
        quoted = self.last is not None and self.last.style in ("'", '"')
        if quoted and self.line == self.last_ends[0] > self.last_begins[0]:
            return self._at(*self.last_begins, message, help)
        return None

    def _shared_or_tagged(self) -> Finding | None:
        """An anchor, an alias, a tag or a directive that is itself miswritten."""
        help = "write out what is meant; a text that begins so stands between quotation marks"
        for word in ("an anchor", "an alias", "a tag"):
            if f"scanning {word}" in self.said or (word == "a tag" and "tag handle" in self.said):
                return self._at(self.begun_line, self.begun_column, f"{word} has no place in an agreement", help)
        if "directive" in self.said or "incompatible" in self.said:
            help = "delete the line that begins with %"
            return self._at(self.line, 0, "directives have no place in an agreement", help)
        return None

    def _escape(self) -> Finding | None:
        """A backslash that means nothing."""
        if "escape" not in self.said and "hexadecimal" not in self.said:
            return None
        at = self.text.rfind("\\", 0, self.column + 1)
        help = r"write \\ for a backslash itself, or use single quotation marks"
        if at < 0:
            return self._at(self.begun_line, self.begun_column, "a backslash in this text means nothing", help)
        return self._at(self.line, at, f"`{shown(self.text[at : at + 2])}` means nothing here", help)

    def _brackets(self) -> Finding | None:
        """A bracket that is not closed, or what stands between brackets."""
        if "flow " not in self.said:
            return None
        bracket = self._character(self.begun_line, self.begun_column)
        if bracket in _CLOSING and ("sequence" in self.said or "mapping" in self.said):
            rest = self.lines[self.begun_line][self.begun_column + 1 :]
            if _CLOSING[bracket] not in rest:
                help = f"close it with `{_CLOSING[bracket]}`, or write each item on a line of its own"
                return self._at(self.begun_line, self.begun_column, f"the bracket `{bracket}` is not closed", help)
        help = "put a comma between items, and quotation marks round texts that hold commas, colons or brackets"
        return self._at(self.line, self.column, "what stands between brackets cannot be read from here on", help)

    def _no_space(self) -> Finding | None:
        """A colon or a dash without the space after it, here or in the line above that this one was joined to."""
        if "mapping values" not in self.said and "expected ':'" not in self.said:
            return None
        for number in (self.line, self.begun_line, self.line - 1):
            text = self.lines[number] if 0 <= number < len(self.lines) else ""
            if found := _NO_SPACE.match(text):
                return self._at(number, found.end(1) - 1, "a space is missing after this colon", "write `word: value`")
            if found := _NO_DASH_SPACE.match(text):
                return self._at(number, found.end() - 2, "a space is missing after this dash", "write `- value`")
        return None

    def _colon_in_value(self) -> Finding | None:
        """A second colon on the line, or a line that stands deeper than the value above it."""
        if "mapping values" in self.said:
            before = self.text[: self.column]
            if ": " in before or before.rstrip().endswith(":"):
                message = "a value that holds a colon and a space needs quotation marks"
                return self._at(self.line, self.column, message, _QUOTED_HELP)
            if len(before) > 1000:
                return self._at(
                    self.line, self.indent, "this key is too long", "keys are words of the language, or names"
                )
            return self._misplaced()
        if "expected ':'" in self.said:
            return self._at(self.begun_line, self.begun_column, "this line has no colon", "write `word: value`")
        return None

    def _bad_start(self) -> Finding | None:
        """A character with which no value begins."""
        letter = self._character(self.line, self.column)
        is_sign = not letter.isalnum()
        if is_sign and ("cannot start" in self.said or "node content" in self.said):
            return self._at(self.line, self.column, f"a value cannot begin with `{letter}`", _QUOTED_HELP)
        if "sequence entries" in self.said:
            message = "a list cannot begin on the line of its key"
            return self._at(self.line, self.column, message, "begin each item on a line of its own, with a dash")
        if "block scalar" in self.said:
            message = "nothing can follow this sign on its line"
            return self._at(self.begun_line, self.begun_column, message, "begin the text on the next line")
        return None

    def _after_value(self) -> Finding | None:
        """Something after a closing quotation mark or bracket."""
        before = self.text[: self.column].rstrip()
        if self.column <= self.indent or not before:
            return None
        if self._character(self.line, self.column) in ("]", "}"):
            return self._at(self.line, self.column, "this bracket was never opened", "leave it out")
        if before[-1] in "\"'":
            help = "put the whole value between one pair of quotation marks"
            return self._at(self.line, self.column, "nothing can follow the closing quotation mark", help)
        if before[-1] in "]}":
            return self._at(self.line, self.column, "nothing can follow the closing bracket", "leave it out")
        return None

    def _bad_indentation(self) -> Finding | None:
        """A line that belongs to no block above it."""
        if "document start" in self.said:
            return self._at(
                self.line, self.column, "the agreement has ended above this line", "write it without brackets round it"
            )
        if "block" in self.said and self.column <= self.indent:
            return self._misplaced()
        return None

    def _misplaced(self) -> Finding:
        """Say that a line does not line up."""
        message = "this line does not line up with the lines above"
        return self._at(self.line, self.indent, message, "lines that belong together begin in the same column")

    def _character(self, line: int, column: int) -> str:
        """The character at a place, a space where there is none."""
        return self.lines[line][column : column + 1] or " " if line < len(self.lines) else " "
