"""Findings for machines: JSON with stable keys, in a published version."""

from collections.abc import Iterable
from typing import Final

import msgspec

from poolrules.base.version import VERSION
from poolrules.source.finding import Finding, Severity
from poolrules.source.span import Span

FORMAT: Final = "poolrules findings 1"
"""The version of this form; a new key may be added in it, none is removed or changes its meaning."""


def write_findings(findings: Iterable[Finding], files: int) -> bytes:
    """Write findings as indented JSON: `format`, `version`, `files`, `counts` and `findings`, in file order."""
    listed = list(findings)
    counts = {severity.value: sum(found.severity is severity for found in listed) for severity in Severity}
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "files": files,
        "counts": counts,
        "findings": [_finding(found) for found in listed],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _finding(found: Finding) -> dict[str, object]:
    """One finding; its first label is the main place."""
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "help": found.help,
        "labels": [{**_place(label.span), "text": label.text} for label in found.labels],
    }


def _place(span: Span) -> dict[str, object]:
    """A stretch of a file; lines and columns count from 1, and the end column is one past the last."""
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
