"""Every way of getting the YAML form wrong that has a sentence of its own: one case file each."""

import re
from pathlib import Path

import pytest
import yaml

from poolrules.source.finding import Finding
from poolrules.source.text import read_text
from poolrules.syntax import yaml_events
from poolrules.syntax.from_yaml import read_yaml

CASES = sorted((Path(__file__).parents[1] / "cases/reading_yaml").glob("*.md"))
_CASE = re.compile(
    r"(?P<before>.*?```yaml\n)(?P<yaml>.*?)(?P<between>^```\n.*?^```text\n)(?P<said>.*?)^```\n", re.M | re.S
)


def printed(finding: Finding, lines: list[str]) -> str:
    """A finding with its line, what it points at, and its help."""
    span = finding.span
    assert span is not None
    line = lines[span.line - 1]
    end = span.end_column if span.end_line == span.line else len(line) + 1
    marks = " " * (span.column - 1) + "^" * max(end - span.column, 1)
    others = "".join(f"    line {label.span.line}: {label.text}\n" for label in finding.labels[1:])
    return f"{span} {finding.code} {finding.message}\n    {line}\n    {marks}\n{others}    help: {finding.help}\n"


def told(text: str) -> str:
    read = read_text("case.pool.yaml", text.encode())
    findings = read if isinstance(read, list) else read_yaml(read)[1]
    return "\n".join(printed(finding, text.split("\n")) for finding in findings)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_it_says_what_the_case_says(path: Path, update_golden: bool) -> None:
    case = _CASE.fullmatch(path.read_text(encoding="utf-8"))
    assert case, "a case is prose, a ```yaml block and a ```text block"
    said = told(case["yaml"])
    if update_golden:
        path.write_text(f"{case['before']}{case['yaml']}{case['between']}{said}```\n", encoding="utf-8")
    else:
        assert said == case["said"] != ""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_parser_in_python_leads_to_the_same_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events, "LOADER", yaml.SafeLoader)
    case = _CASE.fullmatch(path.read_text(encoding="utf-8"))
    assert case
    assert told(case["yaml"]) == case["said"]


def test_no_sentence_is_the_parsers_or_the_validators() -> None:
    theirs = re.compile(
        r"while (?:parsing|scanning)|did not find|not valid under|is not of type|does not match|scalar|flow"
    )
    assert [path.stem for path in CASES if theirs.search(path.read_text(encoding="utf-8"))] == []
    assert len(CASES) >= 60
