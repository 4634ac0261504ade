"""Every way of getting the writing wrong that has a sentence of its own: one case file each."""

import re
from pathlib import Path

import pytest

from poolrules.source.finding import Finding
from poolrules.source.text import read_text
from poolrules.syntax.from_pool import read_pool

CASES = sorted((Path(__file__).parents[1] / "cases/reading").glob("*.md"))
_CASE = re.compile(
    r"(?P<before>.*?```pool\n)(?P<pool>.*?)(?P<between>^```\n.*?^```text\n)(?P<said>.*?)^```\n", re.M | re.S
)


def printed(finding: Finding, lines: list[str]) -> str:
    """A finding with its line, what it points at, and its help."""
    span = finding.span
    assert span is not None
    line = lines[span.line - 1]
    end = span.end_column if span.end_line == span.line else len(line) + 1
    marks = " " * (span.column - 1) + "^" * (end - span.column)
    return f"{span} {finding.code} {finding.message}\n    {line}\n    {marks}\n    help: {finding.help}\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_it_says_what_the_case_says(path: Path, update_golden: bool) -> None:
    case = _CASE.fullmatch(path.read_text(encoding="utf-8"))
    assert case, "a case is prose, a ```pool block and a ```text block"
    read = read_text("case.pool", case["pool"].encode())
    findings = read if isinstance(read, list) else read_pool(read)[1]
    said = "\n".join(printed(finding, case["pool"].split("\n")) for finding in findings)
    if update_golden:
        path.write_text(f"{case['before']}{case['pool']}{case['between']}{said}```\n", encoding="utf-8")
    else:
        assert said == case["said"]


def test_no_sentence_shows_the_grammar() -> None:
    shouted = re.compile(r"\b[A-Z]{2,}_[A-Z_]+\b|__ANON|\$END|\b(?:COMMA|COLON|STRING|MONEY|PERCENT|LENGTH|PHRASE)\b")
    assert [path.stem for path in CASES if shouted.search(path.read_text(encoding="utf-8"))] == []
    assert len(CASES) >= 40
