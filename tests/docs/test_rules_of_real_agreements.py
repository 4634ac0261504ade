"""The table of real rules is true: every rule has a row, and its wording stands in a case that a test runs."""

import re
from pathlib import Path

import pytest

from tests.agreements.test_case_files import SHAPES
from tests.cli.test_settle_cases import CASES as COMMANDS
from tests.ruleset.test_money_cases import CASES as MONEY

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
SECTION = PAGE.split("## What real agreements say, and how to write it\n")[1].split("\n## ")[0]
LINES = re.findall(r"^\| [A-Z].*\|$", SECTION, re.M)
ROWS = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in LINES]
RUN = {f"{case.parent.name}/{case.stem}": case for case in [*SHAPES, *MONEY, *COMMANDS]}
"""Every case that the three tests imported above run, by its folder and name."""
QUOTED = re.compile(r"`([^`]+)`")
AGREEMENT = re.compile(r"^```(?:agreement|pool|file agreement\.pool)\n(.*?)^```$", re.M | re.S)
IDS = {
    *(f"O{number}" for number in range(1, 23)),
    *(f"U{number}" for number in range(1, 11)),
    *(f"C{number}" for number in range(1, 21)),
    *("D1", "D2", "D6"),
    *(f"X{number}" for number in range(1, 5)),
    *(f"E{number}" for number in range(1, 9)),
}


def agreement_of(case: Path) -> str:
    """What the agreement of a case says, every run of spaces as one."""
    (text,) = AGREEMENT.findall(case.read_text(encoding="utf-8"))
    return " ".join(text.split())


def stands_in(wording: str, text: str) -> bool:
    """Whether words stand in a text in their order; `…` leaves some out."""
    pattern = ".*?".join(re.escape(part.strip()) for part in wording.split("…"))
    return re.search(rf"(?<!\w){pattern}(?!\w)" if wording[0].isalpha() else pattern, text) is not None


def test_every_rule_has_one_row() -> None:
    ids = [row[0] for row in ROWS]
    assert set(ids) == IDS
    assert len(ids) == len(IDS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_wording_stands_in_a_case_that_is_run(row: tuple[str, ...]) -> None:
    number, rule, wording, seen, cases = row
    assert rule
    assert seen
    named = QUOTED.findall(cases)
    assert [name for name in named if name not in RUN] == []
    texts = [agreement_of(RUN[name]) for name in named]
    assert texts
    words = QUOTED.findall(wording)
    assert words
    assert [each for each in words if not any(stands_in(each, text) for text in texts)] == [], number


def test_words_that_stand_nowhere_are_seen() -> None:
    assert stands_in("first … alone", "first if Met: ICB alone")
    assert not stands_in("first … alone", "then ICB alone, first")
    assert not stands_in("shared", "unshared")
