"""How a fault looks: its heading, its lines and marks, whatever stands in them."""

import json

import pytest

from poolrules.base.limits import MAX_FINDINGS
from poolrules.reporting.findings import count_findings, report_findings
from poolrules.reporting.findings_json import FORMAT, write_findings
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span

FILE = "pool.pool"


def at(line: int, column: int, length: int, text: str = "") -> Label:
    return Label(line_span(FILE, line, column, length), text)


def shown(text: str, *labels: Label, help: str = "") -> str:
    found = Finding("MON005", Severity.ERROR, "the shares add up to 95%", labels, help)
    return report_findings([found], {FILE: text.split("\n")})


def test_two_labels_one_help() -> None:
    text = '\n  share "Council" 55%\n  share "ICB"     40%\n'
    assert shown(text, at(2, 3, 19, "55%"), at(3, 3, 19, "40%"), help="make them add up to 100%") == (
        "error[MON005]: the shares add up to 95%\n"
        " --> pool.pool:2:3\n"
        "  |\n"
        '2 |   share "Council" 55%\n'
        "  |   ^^^^^^^^^^^^^^^^^^^ 55%\n"
        '3 |   share "ICB"     40%\n'
        "  |   ------------------- 40%\n"
        "  = help: make them add up to 100%\n"
    )


def test_lines_between_labels_are_left_out() -> None:
    lines = shown("\n".join("abcdefghijkl"), at(2, 1, 1), at(11, 1, 1)).split("\n")
    assert lines[2:] == ["   |", " 2 | b", "   | ^", "...", "11 | k", "   | -", ""]


def test_two_labels_on_one_line_stand_below_each_other() -> None:
    lines = shown("abc def", at(1, 5, 3, "this"), at(1, 1, 3, "that")).split("\n")
    assert lines[3:6] == ["1 | abc def", "  | --- that", "  |     ^^^ this"]


def test_marks_stand_below_what_they_mark() -> None:
    for before, width in (("資金", 4), ("\t", 4), ("é", 1), ("e\u0301", 1), ("\u202b", 8)):
        line = f"{before}bad"
        marks = shown(line, at(1, len(before) + 1, 3)).split("\n")[4]
        assert marks == f"  | {' ' * width}^^^", repr(before)


def test_a_long_line_is_cut_around_what_is_marked() -> None:
    lines = shown("a" * 500 + "bad" + "c" * 500, at(1, 501, 3)).split("\n")
    assert len(lines[3]) < 110
    assert lines[3][lines[4].index("^") :][:3] == "bad"
    assert lines[3].startswith("1 | …aaa")
    assert lines[3].endswith("c…")


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    line = "a" * 70 + "bad" + " c" * 100
    labels = (at(1, 71, 3, "words that stand beside the marks " * 4), at(1, 65, 1, "these too " * 20))
    found = Finding("MON005", Severity.ERROR, "the shares add up to 95% " * 9, labels, "make them add up " * 9)
    report = report_findings([found], {FILE: [line]}, colour=True, width=width)
    lines = report.replace("\x1b[1;31m", "").replace("\x1b[0m", "").split("\n")
    assert max(map(len, lines)) <= width
    source = next(number for number, line in enumerate(lines) if line.startswith("1 | "))
    marked = next(line for line in lines[source:] if "^^^" in line)
    assert lines[source][marked.index("^") :][:3] == "bad"
    assert " ".join(" ".join(lines).replace("|", " ").split()).count("words that stand beside the marks") == 4


def test_a_place_of_many_lines_shows_its_first_and_last() -> None:
    span = Span(FILE, 2, 3, 8, 2)
    lines = shown("\n".join(["", "  open", *"abcde", "end"]), Label(span, "all this")).split("\n")
    assert lines[3:] == ["2 |   open", "  |   ^^^^", "...", "8 | end", "  | ^ all this", ""]


def test_a_place_beyond_the_end_of_the_file_shows_no_line() -> None:
    assert shown("one", at(9, 1, 1)).split("\n")[1:] == [" --> pool.pool:9:1", "  |", ""]


def test_a_finding_without_a_place() -> None:
    assert report_findings([Finding("OUT005", Severity.WARNING, "no year")], {}) == "warning[OUT005]: no year\n"


def test_nothing_of_a_file_reaches_the_terminal_raw() -> None:
    found = Finding("X", Severity.ERROR, "`\x1b[31m`", (Label(line_span("a\x1b.pool", 1, 1, 1), "\x07"),), "\r")
    report = report_findings([found], {"a\x1b.pool": ["\x1b]0;title\x07"]})
    assert not [letter for letter in report if ord(letter) < 32 and letter != "\n"]


def test_colour_only_where_it_is_wanted() -> None:
    found = [Finding("X", Severity.ERROR, "bad")]
    assert "\x1b" not in report_findings(found, {})
    assert report_findings(found, {}, colour=True) == "\x1b[1;31merror[X]\x1b[0m: bad\n"


def test_only_so_many_of_one_file_are_written() -> None:
    many = [Finding("X", Severity.ERROR, "bad", (at(1, 1, 1),)) for _ in range(MAX_FINDINGS + 5)]
    report = report_findings(many, {FILE: ["a"]})
    assert report.count("error[X]") == MAX_FINDINGS
    assert report.endswith("\nand 5 more in pool.pool\n")


def test_counting() -> None:
    some = [Finding("X", severity, "bad") for severity in (Severity.ERROR, Severity.WARNING, Severity.ERROR)]
    assert count_findings(some, 3) == "2 errors, 1 warning in 3 files"
    assert count_findings([Finding("X", Severity.INFO, "so")], 1) == "1 note in 1 file"
    assert count_findings([], 2) == "no faults found in 2 files"


def test_json_has_every_place_and_its_version() -> None:
    found = Finding("X", Severity.ERROR, "bad", (at(2, 3, 4, "here"),), "mend")
    said = json.loads(write_findings([found], 7))
    assert said["format"] == FORMAT == "poolrules findings 1"
    assert (said["files"], said["counts"]) == (7, {"error": 1, "warning": 0, "info": 0})
    label = {"file": FILE, "line": 2, "column": 3, "end_line": 2, "end_column": 7, "text": "here"}
    assert said["findings"] == [{"code": "X", "severity": "error", "message": "bad", "help": "mend", "labels": [label]}]
