"""Hostile and broken `.pool` files: each is answered at its place, quickly, in little memory, with nothing raw."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from poolrules.base.limits import MAX_FINDINGS, MAX_LINES
from poolrules.source.finding import Finding
from poolrules.source.text import read_text
from poolrules.syntax.from_pool import read_pool

FOLDER = Path(__file__).parents[1] / "bad_inputs/dsl"
ROWS = [
    line.split("\t") for line in (FOLDER / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines() if line[:1] != "#"
]
SECONDS, BYTES = 5, 300_000_000

GARBAGE = {
    "a million short lines": b"x\n" * 999_000,
    "a million open quotes": b'"\n' * 999_000,
    "a hundred thousand misspelt words": b'agreement "x"\n' + b"hots Council\n" * (MAX_LINES - 1),
    "lines without an end": b'agreement "x"\n    aims "a",\n' + b'        "b",\n' * 150_000,
    "deep": b"".join(b" " * depth + b"exit\n" for depth in range(1_900)),
    "commas": b'agreement "x"\n    signed ' + b"6," * 1_900,
    "brackets": b'agreement "x"\n    ' + b"[" * 3_900,
}


def findings_of(data: bytes) -> list[Finding]:
    read = read_text("bad.pool", data)
    return read if isinstance(read, list) else read_pool(read)[1]


def is_fit_to_print(finding: Finding) -> bool:
    said = [finding.message, finding.help, *(label.text for label in finding.labels)]
    clean = not any(re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u206f]", text) for text in said)
    return clean and not any(text.startswith("::") for text in said) and len(finding.message) < 500


@pytest.mark.parametrize(("name", "place"), [(row[0], row[4]) for row in ROWS])
def test_a_bad_file_is_answered_at_its_place(name: str, place: str) -> None:
    started = time.process_time()
    findings = findings_of((FOLDER / name).read_bytes())
    assert time.process_time() - started < 2
    assert findings[0].span is not None
    line, column = place.split(":")
    assert findings[0].span.line == int(line)
    if column.startswith("<="):
        assert findings[0].span.column <= int(column[2:])
    elif column != "-":
        assert findings[0].span.column == int(column)
    assert all(is_fit_to_print(finding) for finding in findings)


def test_every_bad_file_has_its_row() -> None:
    assert {row[0] for row in ROWS} == {path.name for path in FOLDER.glob("*.dsl")}


def test_the_character_is_named() -> None:
    named = {"word_joiner.dsl": "U+2060", "isolate_in_comment.dsl": "U+2067", "superscript_digit.dsl": "U+00B2"}
    for name, code in named.items():
        assert code in findings_of((FOLDER / name).read_bytes())[0].message


@pytest.mark.parametrize("what", GARBAGE)
def test_garbage_is_answered_soon_and_not_at_length(what: str) -> None:
    started = time.process_time()
    findings = findings_of(GARBAGE[what])
    assert time.process_time() - started < SECONDS
    assert 1 <= len(findings) <= MAX_FINDINGS + 1
    assert all(is_fit_to_print(finding) for finding in findings)


def test_what_was_not_judged_is_counted() -> None:
    last = findings_of(GARBAGE["a hundred thousand misspelt words"])[-1]
    assert last.message == "200 faults are shown, and 99,799 more lines were not judged"
    assert last.span is not None
    assert last.span.line == 202


def test_memory_stays_small() -> None:
    """A child of its own reads everything, so that no other test's memory counts."""
    child = (
        "import resource, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from tests.syntax.test_bad_pool_inputs import FOLDER, GARBAGE, findings_of\n"
        f"resource.setrlimit(resource.RLIMIT_DATA, ({BYTES}, {BYTES}))\n"
        "for data in [*GARBAGE.values(), *(path.read_bytes() for path in FOLDER.glob('*.dsl'))]:\n"
        "    assert findings_of(data)\n"
    )
    subprocess.run([sys.executable, "-c", child], check=True, timeout=60)
