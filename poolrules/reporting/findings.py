"""Findings for people: each fault with the lines it stands in, marked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from poolrules.base.limits import MAX_FINDINGS
from poolrules.reporting.lines import hanging, wrapped
from poolrules.reporting.wide import Shown, cells, cut
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span
from poolrules.source.text import visible

_MARKS: Final = ("^", "-")
"""What stands below the main place, and below the others."""

_NARROWEST: Final = 40
"""No source line is cut to fewer cells than this, and no label stands in less, however narrow the terminal."""

_LINES_OF_ONE_LABEL: Final = 3
"""A place of more lines than this shows its first and last only."""


def report_findings(
    findings: Iterable[Finding], sources: Mapping[str, list[str]], *, colour: bool = False, width: int = 100
) -> str:
    """Write findings with the lines they point at; `sources` gives the lines of each file.

    No line is wider than `width` cells, so that marks stay below what they mark: a long line of a file is cut
    around what is marked, everything else wraps.
    Of one file at most `MAX_FINDINGS` are written in full; the rest are counted.
    """
    written: Counter[str] = Counter()
    blocks = []
    for found in findings:
        file = found.span.file if found.span else ""
        written[file] += 1
        if written[file] <= MAX_FINDINGS:
            blocks.append("\n".join(_finding(found, sources, colour=colour, width=width)) + "\n")
    for file, count in written.items():
        if count > MAX_FINDINGS:
            blocks.append(f"and {count - MAX_FINDINGS:,} more in {visible(file) or 'the same input'}\n")
    return "\n".join(blocks)


def count_findings(findings: Iterable[Finding], files: int) -> str:
    """Say how many faults there are in how many files, on one line.

    >>> count_findings([], 1)
    'no faults found in 1 file'
    """
    found = Counter(finding.severity for finding in findings)
    where = f"in {_plural(files, 'file')}"
    counts = [_plural(found[severity], word) for severity, word in _WORDS.items() if found[severity]]
    return f"{', '.join(counts)} {where}" if counts else f"no faults found {where}"


_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_WORDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def _plural(count: int, word: str) -> str:
    """A number of things."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _finding(found: Finding, sources: Mapping[str, list[str]], *, colour: bool, width: int) -> Iterator[str]:
    """Write one finding: its heading, its lines, and how to mend it."""
    word = f"{found.severity.value}[{found.code}]"
    first, *more = wrapped(f"{word}: {found.message}", width - 2)
    if colour:
        first = first.replace(word, f"\x1b[1;{_COLOURS[found.severity]}m{word}\x1b[0m", 1)
    yield from (first, *(f"  {line}" for line in more))
    margin = 2
    if found.span:
        margin = len(str(max(label.span.end_line for label in found.labels)))
        yield f"{' ' * margin}--> {visible(found.span.file)}:{found.span.line}:{found.span.column}"
        yield from _frame(found, sources, margin, width)
    if found.help:
        yield from hanging(f"{' ' * margin} = help: ", found.help, width)


def _frame(found: Finding, sources: Mapping[str, list[str]], margin: int, width: int) -> Iterator[str]:
    """Write the lines that the labels of a finding point at, in file order, the main file's first."""
    main = found.labels[0].span.file
    by_file: dict[str, dict[int, list[tuple[Label, str]]]] = {main: {}}
    for place, label in enumerate(found.labels):
        mark = _MARKS[0] if place == 0 else _MARKS[1]
        lines = by_file.setdefault(label.span.file, {})
        for number in _line_numbers(label.span):
            lines.setdefault(number, []).append((label, mark))
    for file, marked in by_file.items():
        source = sources.get(file)
        if source is None:
            continue
        if file != main:
            yield f"{' ' * margin}--> {visible(file)}"
        yield f"{' ' * margin} |"
        before = None
        for number in sorted(marked):
            if number > len(source):
                continue
            if before is not None and number > before + 1:
                yield f"{' ' * max(margin - 2, 0)}..."
            yield from _line(number, source[number - 1], marked[number], margin, width)
            before = number


def _line_numbers(span: Span) -> tuple[int, ...]:
    """The lines of a place that are shown."""
    if span.end_line - span.line < _LINES_OF_ONE_LABEL:
        return tuple(range(span.line, span.end_line + 1))
    return (span.line, span.end_line)


def _line(number: int, text: str, labels: list[tuple[Label, str]], margin: int, width: int) -> Iterator[str]:
    """Write one source line and, below it, a line of marks for each of its labels."""
    stretches = [(*_columns(label.span, number, text), mark, label) for label, mark in labels]
    start = min(first for first, _, _, _ in stretches)
    room = max(width - margin - 3, _NARROWEST)
    shown = cut(text, start, room)
    yield f"{number:>{margin}} | {shown.text}".rstrip()
    for first, last, mark, label in sorted(stretches, key=lambda stretch: stretch[0]):
        words = label.text if number == label.span.end_line else ""
        yield from (f"{' ' * margin} | {line}" for line in _marks(shown, first, last, mark, words, room))


def _marks(shown: Shown, first: int, last: int, mark: str, words: str, room: int) -> Iterator[str]:
    """Mark a stretch of a line; its words stand beside the marks, or below them where they do not fit."""
    before, marked = shown.cells_between(0, first), max(1, shown.cells_between(first, last))
    marks = " " * before + mark * marked
    if not words:
        yield marks
    elif before + marked + 1 + cells(visible(words)) <= room:
        yield f"{marks} {visible(words)}"
    else:
        yield marks
        indent = " " * min(before, max(room - _NARROWEST, 0))
        yield from (indent + line for line in wrapped(words, room - len(indent)))


def _columns(span: Span, number: int, text: str) -> tuple[int, int]:
    """The stretch of one line, in characters from 0, that a place covers; its last is not included."""
    indent = len(text) - len(text.lstrip())
    first = span.column - 1 if number == span.line else indent
    last = span.end_column - 1 if number == span.end_line else len(text.rstrip())
    return first, max(last, first + 1)
