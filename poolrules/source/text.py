"""Reading a file's bytes as text, strictly: what cannot be seen on a page is refused by name and place."""

import re
from typing import Final

from msgspec import Struct

from poolrules.base.limits import MAX_FILE_BYTES
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import line_span

BAD_TEXT: Final = "LNG001"
"""The code of every finding made here; its page is the check `text-cannot-be-read`."""

_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff]|\r(?!\n)"
)
_WIDE_SPACE: Final = re.compile("[\u1680\u2000-\u200a\u202f\u205f\u3000]")


class SourceText(Struct, frozen=True):
    """A readable file: its name as the user gave it, and its text with every line end as `\\n`."""

    file: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return self.text.split("\n")


def read_text(file: str, data: bytes) -> SourceText | list[Finding]:
    """Decode UTF-8 strictly and refuse invisible, control and bidirectional characters.

    A byte-order mark at the start and Windows line ends are accepted and dropped; a no-break
    space is kept. Returns the findings instead when the text cannot be trusted.
    """
    if len(data) > MAX_FILE_BYTES:
        return [_finding(file, 1, 1, 1, "the file is too large to be an agreement", f"the limit is {MAX_FILE_BYTES:,} bytes")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return [_finding(file, 1, 1, 1, "the file is not UTF-8 text", "it looks like UTF-16 or UTF-32: save it as UTF-8")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8")
        line, column = _place(before.removeprefix("\ufeff"), None)
        hint = "the byte is a Windows (cp1252) character, perhaps a curly quote: save the file as UTF-8"
        other = "the file may be cut short or in another encoding: save it as UTF-8"
        return [_finding(file, line, column, 1, "the file is not UTF-8 text", hint if 0x80 <= data[fault.start] <= 0x9F else other)]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    faults = [_unseen(file, text, found) for found in _FORBIDDEN.finditer(text)]
    faults += [_unseen(file, text, found) for found in _WIDE_SPACE.finditer(text)]
    return faults or SourceText(file, text)


def visible(text: str) -> str:
    """Show a text so that no control, invisible or bidirectional character of it reaches a terminal raw.

    >>> visible("b\\x1b[31m")
    'b<U+001B>[31m'
    """
    return _FORBIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text.replace("\n", "⏎").replace("\t", "    "))


def forbidden_character(text: str) -> str | None:
    """Name the first character of a value that must not stand in an agreement, such as `U+202B`, or nothing."""
    found = _FORBIDDEN.search(text) or _WIDE_SPACE.search(text) or re.search("[\t\n]", text)
    return _name(found[0]) if found else None


def _place(text: str, end: int | None) -> tuple[int, int]:
    """Count the line and column, from 1, at which the first `end` characters of a text leave off."""
    before = text[:end]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _name(character: str) -> str:
    """Name a character by its code point and, where it has one, its Unicode name."""
    import unicodedata

    title = unicodedata.name(character, "a control character").lower()
    return f"U+{ord(character):04X} ({title})"


def _unseen(file: str, text: str, found: re.Match[str]) -> Finding:
    """Report one character that a reader of the page could not see."""
    line, column = _place(text, found.start())
    return _finding(
        file, line, column, 1, f"the text holds {_name(found[0])}, which cannot be seen on a page", "delete it, or use a plain space"
    )


def _finding(file: str, line: int, column: int, length: int, message: str, help: str) -> Finding:
    """Make a finding about the text itself."""
    return Finding(BAD_TEXT, Severity.ERROR, message, (Label(line_span(file, line, column, length)),), help)
