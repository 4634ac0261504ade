"""Hostile and broken YAML files: each is answered at its place, quickly, in little memory, with nothing raw."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from poolrules.base.limits import MAX_DEPTH, MAX_FINDINGS, MAX_YAML_EVENTS
from poolrules.source.finding import Finding
from poolrules.source.text import SourceText, read_text
from poolrules.syntax import yaml_events
from poolrules.syntax.from_yaml import read_yaml
from poolrules.syntax.tree import Mapping, Node, Scalar, Sequence

BAD = Path(__file__).parents[1] / "bad_inputs"
SECONDS, BYTES = 5, 300_000_000


def rows(folder: str) -> list[list[str]]:
    """The rows of a manifest: file, exit, at, must."""
    lines = (BAD / folder / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line[:1] != "#"][1:]


ROWS, ADAPTED = rows("yaml"), rows("yaml_adapted")
LAWFUL = [row[0] for row in ADAPTED if row[1] == "0"]

HEAD = "agreement: x\n"
GARBAGE = {
    "as many items as there may be": HEAD + "aims:\n" + "- b\n" * (MAX_YAML_EVENTS - 100),
    "lists for items": HEAD + "aims:\n" + "- [b]\n" * 60_000,
    "unknown keys": HEAD + "".join(f"k{number}: b\n" for number in range(90_000)),
    "empty partners": HEAD + "partners:\n" + "- {}\n" * 60_000,
    "steps with two takers": HEAD
    + "funds:\n- fund: B\n  title: b\n  overspends:\n  - of: shared schemes together\n    steps:\n"
    + "    - {from: A, equally: yes, shares: {A: 1%}}\n" * 17_000,
    "anchors": "".join(f"k{number}: &a{number} b\n" for number in range(60_000)),
    "aliases": "a: &a b\n" + "".join(f"k{number}: *a\n" for number in range(60_000)),
    "open quotes": HEAD + 'x: "' * 400_000,
    "colons": HEAD + "a: b\n " * 300_000,
    "a key of two million letters": "k" * 1_900_000 + ": b",
    "flow keys": "{" + "a," * 60_000 + "}",
    "a million brackets": "[" * 1_000_000,
    "a million open mappings": "{" * 1_000_000,
    "a million question marks": "? " * 600_000,
    "nothing but breaks": "\n" * 1_900_000,
}


def findings_of(data: bytes) -> list[Finding]:
    read = read_text("bad.pool.yaml", data)
    return read if isinstance(read, list) else read_yaml(read)[1]


def is_fit_to_print(finding: Finding) -> bool:
    said = [finding.message, finding.help, *(label.text for label in finding.labels)]
    clean = not any(re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u206f]", text) for text in said)
    return clean and not any(text.startswith("::") for text in said) and len(finding.message) < 500


def stands_at(finding: Finding, place: str) -> bool:
    """Whether a finding stands at a place as manifests write it."""
    assert finding.span is not None
    line, column = place.split(":")
    if str(finding.span.line) not in line.split("|"):
        return False
    if column.startswith("<="):
        return finding.span.column <= int(column[2:])
    return column in ("-", str(finding.span.column))


@pytest.mark.parametrize(("name", "place"), [(row[0], row[2]) for row in ROWS])
def test_a_bad_file_is_answered_at_its_place(name: str, place: str) -> None:
    started = time.process_time()
    findings = findings_of((BAD / "yaml" / name).read_bytes())
    assert time.process_time() - started < 1
    assert stands_at(findings[0], place), findings[0]
    assert all(is_fit_to_print(finding) for finding in findings)


@pytest.mark.parametrize(("name", "place"), [(row[0], row[2]) for row in ROWS])
def test_the_parser_in_python_leads_to_the_same_place(name: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events, "LOADER", yaml.SafeLoader)
    findings = findings_of((BAD / "yaml" / name).read_bytes())
    assert stands_at(findings[0], place), findings[0]


@pytest.mark.parametrize("name", LAWFUL)
def test_what_only_looks_dangerous_is_read_as_it_is_written(name: str) -> None:
    assert findings_of((BAD / "yaml_adapted" / name).read_bytes()) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("leading_zero_code.yaml", "00417"),
        ("time_value_1230.yaml", "12:30"),
        ("ok_quoted_no.yaml", "no"),
        ("sem_braces_name.yaml", "{{ 6*7 }}"),
        ("sem_slash_in_title.yaml", "Adults/Children ..\\pool: 2025?"),
    ],
)
def test_a_value_stays_the_text_that_was_written(name: str, text: str) -> None:
    source = read_text(name, (BAD / "yaml_adapted" / name).read_bytes())
    assert isinstance(source, SourceText)
    assert text in texts(read_yaml(source)[0])


def texts(node: Node) -> Iterator[str]:
    """Every value of a tree."""
    match node:
        case Scalar(text=text):
            yield text
        case Sequence(items=items):
            for item in items:
                yield from texts(item)
        case Mapping():
            for entry in node:
                yield from texts(entry.value)


@pytest.mark.parametrize("folder", ["yaml", "yaml_adapted"])
def test_every_bad_file_has_its_row(folder: str) -> None:
    assert {row[0] for row in rows(folder)} == {path.name for path in (BAD / folder).glob("*.yaml")}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("homoglyph_greek.yaml", "U+03BF"),
        ("homoglyph_greek.yaml", "looks like `o`"),
        ("escaped_escape_char.yaml", "U+001B"),
        ("dup_key_top_level.yaml", "`cap` is said twice"),
        ("conflict_markers.yaml", "version-control conflict"),
        ("int_6000_digits.yaml", "too many digits"),
        ("nan_weight.yaml", "not a number"),
        ("second_document.yaml", "second document"),
        ("null_document.yaml", "there is no agreement"),
    ],
)
def test_the_first_sentence_says_what_it_is(name: str, said: str) -> None:
    assert said in findings_of((BAD / "yaml" / name).read_bytes())[0].message


def test_both_places_of_a_key_said_twice_are_named() -> None:
    labels = findings_of((BAD / "yaml/dup_key_top_level.yaml").read_bytes())[0].labels
    assert [label.span.line for label in labels] == [7, 5]


@pytest.mark.parametrize("what", GARBAGE)
def test_garbage_is_answered_soon_and_not_at_length(what: str) -> None:
    started = time.process_time()
    findings = findings_of(GARBAGE[what].encode())
    assert time.process_time() - started < SECONDS
    assert len(findings) <= MAX_FINDINGS + 1
    assert (findings == []) is (what == "as many items as there may be")
    assert all(is_fit_to_print(finding) for finding in findings)


@pytest.mark.parametrize(("depth", "said"), [(MAX_DEPTH - 1, "takes one value"), (MAX_DEPTH, "nested too deep")])
def test_nesting_has_its_limit(depth: int, said: str) -> None:
    findings = findings_of(f"{HEAD}improves: {'[' * depth}{']' * depth}\n".encode())
    assert said in findings[0].message


def test_one_piece_too_many_is_refused() -> None:
    findings = findings_of((HEAD + "aims:\n" + "- b\n" * MAX_YAML_EVENTS).encode())
    assert [finding.message for finding in findings] == ["the file says too much to be an agreement"]


def test_memory_stays_small() -> None:
    """A child of its own reads everything, so that no other test's memory counts."""
    child = (
        "import resource, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from tests.syntax.test_bad_yaml_inputs import BAD, GARBAGE, findings_of\n"
        f"resource.setrlimit(resource.RLIMIT_DATA, ({BYTES}, {BYTES}))\n"
        "for text in GARBAGE.values():\n"
        "    findings_of(text.encode())\n"
        "for path in BAD.glob('yaml/*.yaml'):\n"
        "    assert findings_of(path.read_bytes())\n"
    )
    subprocess.run([sys.executable, "-c", child], check=True, timeout=120)
