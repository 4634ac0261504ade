"""Reading a small YAML file of keys and values strictly: mappings of ledgers, and files of facts.

The file is read as events, as agreements are: every value stays the text that was written, with its place. What is
wrong is gathered, each with the nearest word.
"""

from collections.abc import Collection, Iterator
from typing import Final, TypeVar

from msgspec.structs import replace

from poolrules.base.limits import MAX_FINDINGS
from poolrules.base.near import did_you_mean, nearest
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.source.text import SourceText, read_text
from poolrules.syntax.tree import Entry, Mapping, Node, Scalar, Sequence

_SHOWN: Final = 40
T = TypeVar("T")


class Keyed:
    """Reads one file of a kind ("a mapping"), and gathers what is wrong with it under one code."""

    def __init__(self, code: str, kind: str) -> None:
        self.code = code
        self.kind = kind
        self.findings: list[Finding] = []
        self.lines: list[str] = []
        self.meant: set[str] = set()
        """Words that a misspelt one most likely stands for, so that nobody asks for them as well."""

    def root(self, file: str, data: bytes) -> Mapping | None:
        """Read the bytes of the file as keys and values; nothing where that cannot be done, which is reported."""
        source = read_text(file, data)
        if not isinstance(source, SourceText):
            self.findings += source
            return None
        # Only who has such a file waits for the YAML parser.
        from poolrules.syntax.yaml_events import read_events

        self.lines = source.lines
        written = read_events(source)
        self.findings += [self._reworded(found) for found in written.findings[:MAX_FINDINGS]]
        if isinstance(written.root, Mapping) or written.findings:
            return written.root if isinstance(written.root, Mapping) else None
        self.report(f"{self.kind} is lines of `word: value`", line_span(file, 1, 1, 1), "write such lines")
        return None

    def _reworded(self, found: Finding) -> Finding:
        """A fault of YAML, told of this kind of file."""
        return replace(
            found,
            message=found.message.replace("an agreement", self.kind),
            help=found.help.replace("an agreement", self.kind),
        )

    def report(self, message: str, span: Span, help: str) -> None:
        """Gather a fault."""
        self.findings.append(Finding(self.code, Severity.ERROR, message, (Label(span),), help))

    def entries(self, node: Mapping, keys: Collection[str], where: str = "") -> dict[str, Entry]:
        """The entries of a mapping by their keys, those of others being reported with the nearest word."""
        found = {}
        for entry in node:
            word = " ".join(entry.key.text.split())
            if word in keys:
                found[word] = entry
            else:
                inside = f" under `{where}`" if where else f" in {self.kind}"
                self.report(f"there is no word `{shown(word)}`{inside}", entry.key.span, did_you_mean(word, keys))
                self.meant.update(filter(None, [nearest(word, keys)]))
        return found

    def text(self, entry: Entry | None) -> Scalar | None:
        """The text of an entry; a list, further keys or nothing at all are reported."""
        if entry is None:
            return None
        if isinstance(entry.value, Scalar) and entry.value.text:
            return entry.value
        self.report(f"`{shown(entry.key.text)}` needs one value", entry.key.span, "write it after the colon")
        return None

    def mapping(self, entry: Entry | None) -> Mapping | None:
        """The keys and values below an entry; anything else is reported."""
        if entry is None:
            return None
        if isinstance(entry.value, Mapping):
            return entry.value
        self.report(
            f"`{shown(entry.key.text)}` needs lines of its own",
            entry.key.span,
            "write `word: value` below it, indented",
        )
        return None

    def texts(self, entry: Entry | None) -> tuple[Scalar, ...]:
        """The texts of an entry, which may be one or a list."""
        if entry is None:
            return ()
        nodes: tuple[Node, ...] = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        found = tuple(node for node in nodes if isinstance(node, Scalar) and node.text)
        if len(found) != len(nodes) or not nodes:
            self.report(f"`{shown(entry.key.text)}` needs a value, or a list of them", entry.key.span, "write texts")
        return found

    def one_of(self, entry: Entry | None, choices: dict[str, T]) -> T | None:
        """What the text of an entry stands for; another is reported with the nearest of the choices."""
        said = self.text(entry)
        if said is None:
            return None
        word = " ".join(said.text.split())
        if word in choices:
            return choices[word]
        assert entry is not None
        either = " or ".join(f"`{entry.key.text}: {choice}`" for choice in choices)
        self.report(f"`{shown(entry.key.text)}` cannot be `{shown(word)}`", said.span, f"write {either}")
        return None

    def named_texts(self, entry: Entry | None) -> Iterator[tuple[Scalar, Scalar]]:
        """The keys and texts below an entry, both of which are names that somebody made up."""
        for inner in self.mapping(entry) or ():
            said = self.text(inner)
            if said is not None:
                yield inner.key, said


def shown(text: str) -> str:
    """A text as a message quotes it: short."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
