"""A line that could not be read, and what can be asked of it by those who say what is wrong."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from poolrules.base.limits import MAX_NAMES_COMPARED
from poolrules.syntax.grammar import reach, wanted_after
from poolrules.syntax.layout import Line
from poolrules.syntax.shape import kind_of_block

MARKS: Final = {",": "comma", ";": "semicolon", ":": "colon"}

MOST_SHOWN: Final = 160
"""How long a whole line may be to be shown in a help."""

TITLED: Final = ("partner", "fund", "scheme", "reserve", "board", "key", "fact", "index", "compartment", "gain")
"""The lines that give a thing its name and title."""

_DECLARED: Final = re.compile(rf"(?P<kind>{'|'.join(TITLED)}) +(?P<name>[A-Z][A-Za-z0-9-]*)")
_END_OF_STRETCH: Final = re.compile(r'[,;:](?![0-9])|"')


def names_declared(lines: Iterable[Line]) -> dict[str, str]:
    """What each name of a file names, `partner` or `scheme`, as far as its lines can be read."""
    found: dict[str, str] = {}
    for line in lines:
        if len(found) >= MAX_NAMES_COMPARED:
            break
        if declared := _DECLARED.match(line.text.lstrip()):
            found.setdefault(declared["name"], declared["kind"])
        found.update({name: kind for name, kind in names_declared(line.children).items() if name not in found})
    return found


@dataclass(frozen=True)
class Slip:
    """A line, and where reading it came to a stand."""

    block: str
    line: Line
    reached: int
    names: dict[str, str] = field(default_factory=dict)
    """What each name of the file names."""

    @property
    def kind(self) -> str:
        """What the block is, in a deed or not."""
        return kind_of_block(self.block)

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.line.text

    @cached_property
    def at(self) -> int:
        """Where the words begin that the fault is in: `£1.2m` is read as far as its m, `the fun` not at all."""
        if self.reached >= len(self.text):
            return len(self.text)
        at = self.reached if self.text[self.reached] in MARKS else self._word_start(self.reached)
        while at > self.line.indent and not wanted_after(self.block, self.text[:at]):
            at = self._word_start(len(self.text[:at].rstrip()) - 1)
        return max(at, self.line.indent)

    def _word_start(self, at: int) -> int:
        """Where the word begins that an offset is in."""
        while at > 0 and self._within_word(at - 1):
            at -= 1
        return at

    def _within_word(self, at: int) -> bool:
        """Whether a character belongs to the word after it."""
        sign = self.text[at]
        if sign == ",":
            return self.text[at - 1 : at].isdigit() and self.text[at + 1 : at + 2].isdigit()
        return not sign.isspace() and sign not in ';:"'

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """What could stand where the faulty word begins."""
        return wanted_after(self.block, self.text[: self.at])

    @property
    def ends_early(self) -> bool:
        """Whether the line ends where more is wanted."""
        return self.at >= len(self.text)

    @property
    def first_word(self) -> str:
        """The word that the line begins with."""
        return self.text.split(maxsplit=1)[0]

    @property
    def at_start(self) -> bool:
        """Whether the fault is in the first word."""
        return self.at <= self.line.indent

    @property
    def before(self) -> str:
        """The line up to the faulty word."""
        return self.text[: self.at].rstrip()

    @property
    def last_word(self) -> str:
        """The word before the faulty one."""
        return (self.before.split() or [""])[-1]

    @cached_property
    def word(self) -> str:
        """The faulty word: a text with its quotation marks, else up to a space or mark."""
        rest = self.text[self.at :]
        if rest.startswith('"'):
            return rest[: rest.find('"', 1) + 1]
        word = rest.split(maxsplit=1)[0] if rest.strip() else ""
        return word.rstrip(",;:") or word[:1]

    @cached_property
    def stretch(self) -> str:
        """The faulty words up to the next mark."""
        rest = self.text[self.at :]
        end = _END_OF_STRETCH.search(rest, 1)
        return rest[: end.start() if end else len(rest)].rstrip()

    def mended(self, insert: str, *, drop: int = 0, at: int | None = None) -> int | None:
        """How far the line can be read after a mend, counted in the line as written; nothing where all of it can."""
        at = self.at if at is None else at
        reached = reach(self.block, self.text[:at] + insert + self.text[at + drop :])
        return None if reached is None else reached - len(insert) + drop

    def whole(self, insert: str, *, drop: int = 0, at: int | None = None) -> str | None:
        """The line after a mend, where all of it can then be read, and where it is short enough to be shown."""
        at = self.at if at is None else at
        line = " ".join((self.text[:at] + insert + self.text[at + drop :]).split())
        return line if len(line) <= MOST_SHOWN and self.mended(insert, drop=drop, at=at) is None else None

    def helps(self, insert: str, *, drop: int = 0, at: int | None = None) -> bool:
        """Whether the line can be read whole, or past the faulty word, after a mend."""
        reached = self.mended(insert, drop=drop, at=at)
        return reached is None or reached > self.at + len(self.word)
