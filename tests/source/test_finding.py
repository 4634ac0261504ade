"""Places and the order of findings."""

from poolrules.source.finding import Finding, Label, Severity, in_file_order
from poolrules.source.span import Span, line_span


def finding(code: str, span: Span | None) -> Finding:
    """A finding at one place or none."""
    return Finding(code, Severity.ERROR, "a fault", () if span is None else (Label(span),))


def test_findings_stand_in_the_order_of_the_file_and_those_without_a_place_last() -> None:
    written = [
        finding("MON001", line_span("a.pool", 2, 1, 3)),
        finding("MON001", line_span("a.pool", 2, 5, 3)),
        finding("MON002", line_span("a.pool", 2, 5, 3)),
        finding("MON001", line_span("a.pool", 10, 1, 3)),
        finding("MON001", line_span("b.pool", 1, 1, 3)),
        finding("MON001", None),
        finding("MON002", None),
    ]
    assert in_file_order(written[::-1]) == written


def test_a_span_reaches_to_the_end_of_another() -> None:
    start, end = line_span("a.pool", 1, 3, 4), line_span("a.pool", 5, 2, 6)
    assert start.to(end) == Span("a.pool", 1, 3, 5, 8)
    assert str(start) == "a.pool:1:3"


def test_the_main_place_is_the_first_label() -> None:
    span, other = line_span("a.pool", 1, 1, 1), line_span("a.pool", 2, 1, 1)
    assert Finding("X", Severity.INFO, "m", (Label(span), Label(other))).span == span
    assert Finding("X", Severity.INFO, "m").span is None
