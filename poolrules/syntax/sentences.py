"""What is said of a line that the grammar does not accept, in the words of the trade."""

import lark

from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import line_span
from poolrules.syntax.codes import BAD_WORDS
from poolrules.syntax.layout import Line


def misread(file: str, block: str, line: Line, fault: lark.UnexpectedInput) -> Finding:
    """Say what is wrong with a line, where, and what could stand there instead."""
    at = line.number - 1 + max(getattr(fault, "line", 1), 1)
    column = max(getattr(fault, "column", 1), 1)
    label = Label(line_span(file, at, column, 1))
    return Finding(BAD_WORDS, Severity.ERROR, f"this line cannot be read in {block}", (label,), "")
