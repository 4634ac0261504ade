"""Reading a file's bytes as text, strictly: what cannot be seen on a page is refused by name and place."""

import functools
import re
from itertools import islice
from typing import Final

from msgspec import Struct

from poolrules.base.limits import MAX_FILE_BYTES
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import line_span

BAD_TEXT: Final = "LNG001"
"""The code of every finding made here; its page is the check `text-cannot-be-read`."""

_NOT_UTF8: Final = "the file is not UTF-8 text"

_SHOWN: Final = 20
"""How many unseen characters of one file are pointed at; the rest are counted."""

_PLAIN: Final = frozenset("\n\t" + "".join(map(chr, range(32, 127))) + "£–—‘’“”…éâôŵŷ")
"""Characters that nearly every agreement is made of, and that can all be seen."""

_UNSEEN: Final = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Control, bidirectional, joining and filling characters, and spaces that are not a plain or no-break one.

Half of a surrogate pair is never in a file, but stands for a stray byte in a file's name.
"""


@functools.cache
def _unseen_pattern() -> re.Pattern[str]:
    """The expression for what cannot be seen, compiled when a text holds anything out of the ordinary."""
    return re.compile(_UNSEEN)


class SourceText(Struct, frozen=True):
    """A readable file: its name as the user gave it, and its text with every line end as `\\n`."""

    file: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return self.text.split("\n")


def read_text(file: str, data: bytes, most: int = MAX_FILE_BYTES) -> SourceText | list[Finding]:
    """Decode UTF-8 strictly and refuse invisible, control and bidirectional characters.

    A byte-order mark at the start and Windows line ends are accepted and dropped; a no-break
    space is kept. No file of more than `most` bytes is read. Returns the findings instead when the text cannot be
    trusted.
    """
    if len(data) > most:
        limit = f"the limit is {most:,} bytes"
        return [_finding(file, 1, 1, "the file is too large", limit)]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:4].count(0) > 1:
        return [_finding(file, 1, 1, _NOT_UTF8, "it looks like UTF-16 or UTF-32: save it as UTF-8")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return [_undecodable(file, data, fault.start)]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return _unseen(file, text) or SourceText(file, text)


def visible(text: str) -> str:
    """Show a text so that no control, invisible or bidirectional character of it reaches a terminal raw.

    >>> visible("b\\x1b[31m")
    'b<U+001B>[31m'
    """
    if _PLAIN.issuperset(text) and "\t" not in text and "\n" not in text:
        return text
    return _unseen_pattern().sub(
        lambda found: f"<U+{ord(found[0]):04X}>", text.replace("\n", "⏎").replace("\t", "    ")
    )


def forbidden_character(text: str) -> str | None:
    """Name the first character of a value that must not stand in an agreement, such as `U+202B`, or nothing."""
    found = _unseen_pattern().search(text) or re.search("[\t\n]", text)
    return _name(found[0]) if found else None


def _undecodable(file: str, data: bytes, start: int) -> Finding:
    """Report the first byte that is not UTF-8, with the likeliest reason."""
    hint = "the file may be cut short or in another encoding: save it as UTF-8"
    if 0x80 <= data[start] <= 0x9F:
        hint = "the byte is a Windows (cp1252) character, perhaps a curly quote: save the file as UTF-8"
    return _finding(file, *_place(data[:start].decode("utf-8").removeprefix("\ufeff")), _NOT_UTF8, hint)


def _unseen(file: str, text: str) -> list[Finding]:
    """Report the characters that a reader of the page could not see: the first few each, the rest by their number."""
    if _PLAIN.issuperset(text):
        return []
    matches = _unseen_pattern().finditer(text)
    faults = [
        _finding(
            file,
            *_place(text[: found.start()]),
            f"the text holds {_name(found[0])}, which cannot be seen on a page",
            "delete it, or use a plain space",
        )
        for found in islice(matches, _SHOWN)
    ]
    following = next(matches, None)
    if following is not None:
        number = 1 + sum(1 for _ in matches)
        what = (
            f"{number:,} more characters that cannot be seen" if number > 1 else "1 more character that cannot be seen"
        )
        place = _place(text[: following.start()])
        faults.append(_finding(file, *place, f"the text holds {what} on a page", "copy the text as plain text"))
    return faults


def _place(before: str) -> tuple[int, int]:
    """Count the line and column, from 1, that follow a text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _name(character: str) -> str:
    """Name a character by its code point and, where it has one, its Unicode name."""
    import unicodedata  # only a file with such a character pays for this import

    title = unicodedata.name(character, "a control character").lower()
    return f"U+{ord(character):04X} ({title})"


def _finding(file: str, line: int, column: int, message: str, help: str) -> Finding:
    """Make a finding about one character of the text itself."""
    return Finding(BAD_TEXT, Severity.ERROR, message, (Label(line_span(file, line, column, 1)),), help)
