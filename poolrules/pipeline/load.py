"""From a file to the agreement it says, with everything that is wrong with its writing."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.limits import MAX_FILE_BYTES
from poolrules.model.agreement import Agreement
from poolrules.model.deed import Deed
from poolrules.model.from_tree import build
from poolrules.pipeline.files import Notation, Unusable, notation_of, read_bytes, shown_name
from poolrules.source.finding import Finding, Label, Severity, in_file_order
from poolrules.source.text import SourceText, read_text
from poolrules.syntax.codes import UNKNOWN_NAME, WITHOUT_AGREEMENT
from poolrules.syntax.tree import Mapping, Scalar

if TYPE_CHECKING:  # laying deeds is loaded where there are any
    from poolrules.syntax.overlay import Change

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class Loaded(Struct, frozen=True):
    """A file that was read: its text (if it is text), tree and agreement, and what is wrong with its writing.

    With findings the agreement is what could still be understood, and may lack anything.
    """

    file: str
    source: SourceText | None
    tree: Mapping | None
    agreement: Agreement | None
    findings: tuple[Finding, ...]
    lines: list[str] = []
    """The lines as far as they can be shown, for findings that point at them."""
    signed: Agreement | None = None
    """The agreement as first signed, where deeds of variation were given."""
    versions: tuple["Varied", ...] = ()
    """What each deed in force made of it, in turn: the last is `tree` and `agreement`."""
    set_aside: tuple[Deed, ...] = ()
    """The deeds that were given and are not yet in force."""
    texts: dict[str, list[str]] = {}
    """The lines of each file, where there are several."""

    @property
    def is_deed(self) -> bool:
        """Whether the file is a deed of variation."""
        return self.tree is not None and self.tree.get("deed") is not None

    @property
    def earlier(self) -> tuple[Agreement, ...]:
        """The agreement as first signed, and as each deed but the last left it; nothing where it was not varied."""
        signed = (self.signed,) if self.signed is not None and self.versions else ()
        return (*signed, *(version.agreement for version in self.versions[:-1]))

    def all_lines(self) -> dict[str, list[str]]:
        """The lines of every file that was read, by file."""
        return self.texts or {self.file: self.lines}


class Varied(Struct, frozen=True):
    """An agreement as one deed leaves it: the deed, the file it stands in and its text, and what it changed."""

    deed: Deed
    file: str
    text: str
    changes: "tuple[Change, ...]"
    tree: Mapping
    agreement: Agreement


def load(path: str, *, yaml: bool = False) -> Loaded:
    """Read the agreement in a file, without variations. Raises `Unusable` where there is none."""
    notation = notation_of(path, yaml=yaml)
    if notation is Notation.RULESET:
        raise Unusable(f"`{path}` is a ruleset, not an agreement", "give the agreement that it was compiled from")
    return understand(shown_name(path), read_bytes(path), notation)


def understand(file: str, data: bytes, notation: Notation) -> Loaded:
    """Read the bytes of an agreement into its tree and its meaning; all faults of both come together.

    A deed of variation means nothing without its agreement, and that is its fault where it has no other.
    """
    written = read_tree(file, data, notation)
    if written.source is None or written.tree is None:
        return written
    if written.is_deed:
        return written if written.findings else replace(written, findings=(_alone(written.tree),))
    agreement, misfits = build(written.tree)
    own_faults = _without_follow_ons(written.lines, written.findings, misfits)
    return replace(written, agreement=agreement, findings=tuple(in_file_order([*written.findings, *own_faults])))


def _alone(tree: Mapping) -> Finding:
    """Say what a deed needs that is given alone."""
    deed = tree.get("deed")
    title = deed.get("to") if isinstance(deed, Mapping) else None
    said = f"`{title.text}`" if isinstance(title, Scalar) else "an agreement"
    return Finding(
        WITHOUT_AGREEMENT,
        Severity.ERROR,
        f"this is a deed of variation to {said}, which is not given",
        (Label(title.span if isinstance(title, Scalar) else tree.span),),
        "give the agreement, and this with --variation; or check the folder that holds both",
    )


def read_tree(file: str, data: bytes, notation: Notation) -> Loaded:
    """Read the bytes of an agreement as far as its written tree; what it means is not asked."""
    source = read_text(file, data)
    if isinstance(source, list):
        return Loaded(file, None, None, None, tuple(source), showable(data))
    tree, misread = _read(source, notation)
    return Loaded(file, source, tree, None, tuple(misread), source.lines)


def showable(data: bytes) -> list[str]:
    """The lines of a file that is not readable text, for a frame around its fault; none where they would be noise."""
    if b"\0" in data[:4] or len(data) > MAX_FILE_BYTES:
        return []
    return data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _read(source: SourceText, notation: Notation) -> tuple[Mapping, list[Finding]]:
    """Read a text in its notation; only the reader that is needed is loaded."""
    if notation is Notation.YAML:
        from poolrules.syntax.from_yaml import read_yaml

        return read_yaml(source)
    from poolrules.syntax.from_pool import read_pool

    return read_pool(source)


def _without_follow_ons(lines: list[str], misread: Iterable[Finding], misfits: list[Finding]) -> list[Finding]:
    """Leave out complaints about names that only a line that could not be read would have made known."""
    if not any(found.code == UNKNOWN_NAME for found in misfits):
        return misfits
    lost = set(_lost_words(lines, misread))
    return [found for found in misfits if found.code != UNKNOWN_NAME or _pointed_at(lines, found) not in lost]


def _lost_words(lines: list[str], misread: Iterable[Finding]) -> Iterator[str]:
    """The words of every line that could not be read, and of the lines that stand deeper below it."""
    last = 0
    for number in sorted({label.span.line for found in misread for label in found.labels}):
        if number <= last:
            continue  # already part of the block of an earlier line
        last = number
        yield from _WORD.findall(lines[number - 1])
        depth = _indent(lines[number - 1])
        while last < len(lines) and (not lines[last].strip() or _indent(lines[last]) > depth):
            yield from _WORD.findall(lines[last])
            last += 1


def _indent(line: str) -> int:
    """How deep a line stands."""
    return len(line) - len(line.lstrip())


def _pointed_at(lines: list[str], found: Finding) -> str:
    """The text that a finding points at."""
    span = found.span
    return lines[span.line - 1][span.column - 1 : span.end_column - 1] if span else ""
