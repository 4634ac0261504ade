"""What is said about a file: a fault, its place, and how to mend it."""

from enum import Enum

from msgspec import Struct

from poolrules.source.span import Span


class Severity(Enum):
    """How much a finding weighs; only errors and warnings make `check` exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Label(Struct, frozen=True):
    """A place that a finding points at, with a few words that stand beside it."""

    span: Span
    text: str = ""


class Finding(Struct, frozen=True):
    """One fault: a stable code, a sentence clear on its own, the places it points at (main place first) and help.

    The message is lower case with no full stop; only `help` says what to do.
    """

    code: str
    severity: Severity
    message: str
    labels: tuple[Label, ...] = ()
    help: str = ""

    @property
    def span(self) -> Span | None:
        """The main place, where there is one."""
        return self.labels[0].span if self.labels else None


def in_file_order(findings: list[Finding]) -> list[Finding]:
    """Sort findings by file, line, column and code, those without a place last."""
    return sorted(findings, key=lambda found: (found.span is None, found.span, found.code, found.message))
