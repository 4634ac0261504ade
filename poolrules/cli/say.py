"""Saying things on a terminal, a pipe or a file, whatever its encoding, and however soon its reader goes away."""

import contextlib
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Final, TextIO

from poolrules.pipeline.files import Unusable
from poolrules.pipeline.load import Loaded
from poolrules.reporting.findings import count_findings, report_findings
from poolrules.reporting.lines import hanging
from poolrules.source.finding import Finding
from poolrules.source.text import visible

USAGE: Final = 2
"""The exit code for wrong usage and unreadable files."""

_PLAINER: Final = {
    "£": "GBP ",
    "…": "...",
    "›": ">",
    "→": "->",
    "–": "-",
    "—": "-",
    "×": "x",
    "⏎": "\\n",
    "’": "'",
    "“": '"',
    "”": '"',
}
"""What stands for our own signs where a terminal knows only plain letters."""


def say(text: str) -> None:
    """Write a text to standard output."""
    _write(sys.stdout, _harmless(text))


def say_data(data: bytes) -> None:
    """Write bytes for a machine to standard output, just as they are."""
    _write(sys.stdout, data)


def complain(text: str) -> None:
    """Write a line to standard error; where that cannot be written to, nobody is left to tell."""
    with contextlib.suppress(Unusable):
        _write(sys.stderr, _harmless(f"{text}\n"))


def refuse(fault: Unusable) -> int:
    """Say why a command cannot go on, and give the exit code for that."""
    complain(f"poolrules: {visible(fault.message)}")
    if fault.help:
        complain("\n".join(hanging("  = help: ", fault.help, statement_width())))
    return USAGE


def report(findings: Sequence[Finding], sources: Mapping[str, list[str]]) -> None:
    """Write findings for people, and how many there are."""
    files = {found.span.file for found in findings if found.span} | set(sources)
    say(report_findings(findings, sources, colour=wants_colour(), width=statement_width()) + "\n")
    say(count_findings(findings, max(1, len(files))) + "\n")


def complain_of(findings: Sequence[Finding], sources: Mapping[str, list[str]]) -> None:
    """Write findings for people to standard error, beside a result that stands all the same."""
    complain(report_findings(findings, sources, width=statement_width()).rstrip("\n"))


def report_unread(loaded: Loaded) -> bool:
    """Whether an agreement could not be read to its end; its findings have been written then."""
    if loaded.findings:
        report(loaded.findings, loaded.all_lines())
    return bool(loaded.findings)


def statement_width() -> int:
    """The width of the terminal (or what COLUMNS says); 100 cells where there is neither."""
    return shutil.get_terminal_size((100, 24)).columns


def wants_colour() -> bool:
    """Whether standard output is a terminal that wants colours."""
    return (
        sys.stdout is not None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def _harmless(text: str) -> str:
    """Keep any line from beginning with `::`, which some CI services take for a command, even after spaces."""
    if "::" not in text:
        return text
    lines = text.split("\n")
    return "\n".join(line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line for line in lines)


def _encoded(text: str, stream: TextIO) -> bytes:
    """Encode a text for a stream; what it cannot show is written in plainer signs, or as its code."""
    encoding = stream.encoding or "utf-8"
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return _plainer(text, encoding).encode(encoding, "backslashreplace")


def _plainer(text: str, encoding: str) -> str:
    """Put plainer signs where an encoding lacks ours."""
    for sign, plainer in _PLAINER.items():
        with contextlib.suppress(UnicodeEncodeError):
            sign.encode(encoding)
            continue
        text = text.replace(sign, plainer)
    return text


def _write(stream: TextIO | None, what: str | bytes) -> None:
    """Write to a stream; a reader that has gone away is no fault, and the exit code stays what it is.

    Raises `Unusable` where there is no room to write.
    """
    if stream is None:  # closed by whoever started us: nobody reads
        return
    data = _encoded(what, stream) if isinstance(what, str) else what
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    except OSError as fault:
        # What Python flushes at its end must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(fault, BrokenPipeError):
            raise Unusable(f"the output cannot be written: {(fault.strerror or 'unknown').lower()}") from None
