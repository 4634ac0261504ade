"""Where a piece of text stands."""

from msgspec import Struct


class Span(Struct, frozen=True, order=True):
    """A stretch of one file; lines and columns (in characters) count from 1, `end_column` is one past the last."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def to(self, other: "Span") -> "Span":
        """The stretch from the start of this one to the end of another."""
        return Span(self.file, self.line, self.column, other.end_line, other.end_column)


def line_span(file: str, line: int, column: int, length: int) -> Span:
    """A stretch within one line."""
    return Span(file, line, column, line, column + length)
