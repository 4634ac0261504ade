"""The case files of `tests/cases/published` and `tests/cases/shapes`.

A case has prose, an `agreement` (written out, or the path of one that comes with the project), examples that must hold,
and perhaps one that must not: a published figure that does not follow from the others, with the finding that says so.
"""

import re
from pathlib import Path

import pytest

from poolrules.base.money import read_money
from poolrules.checks import example_incomplete, example_no_longer_holds
from poolrules.checks.registry import Fault, Subject
from poolrules.engine.instalments import planned
from poolrules.pipeline.files import Notation
from poolrules.pipeline.load import understand
from poolrules.ruleset.from_model import compile_rules

ROOT = Path(__file__).parents[2]
PUBLISHED = sorted((ROOT / "tests" / "cases" / "published").glob("*.md"))
SHAPES = sorted((ROOT / "tests" / "cases" / "shapes").glob("*.md"))
BLOCK = re.compile(r"^```(?P<what>.+)\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)


def blocks_of(case: Path) -> dict[str, str]:
    """The fenced blocks of a case by what stands after the fence."""
    return {found["what"]: found["text"] for found in BLOCK.finditer(case.read_text(encoding="utf-8"))}


def agreement_of(blocks: dict[str, str]) -> str:
    """The agreement of a case."""
    what = next(what for what in blocks if what.split(" ")[0] == "agreement")
    path = what.removeprefix("agreement").strip()
    return (ROOT / path).read_text(encoding="utf-8") if path else blocks[what]


def faults_of(agreement: str, examples: str) -> list[Fault]:
    """What is found of the examples when they stand at the end of the agreement."""
    loaded = understand("case.pool", f"{agreement}\n{examples}".encode(), Notation.POOL)
    assert [found.message for found in loaded.findings] == []
    assert loaded.agreement is not None
    subject = Subject(loaded.agreement, compile_rules(loaded.agreement))
    finders = (example_incomplete.find.find, example_no_longer_holds.find.find)
    return [fault for find in finders if find for fault in find(subject)]


@pytest.mark.parametrize("case", PUBLISHED + SHAPES, ids=lambda case: case.stem)
def test_the_examples_hold(case: Path) -> None:
    blocks = blocks_of(case)
    assert "expect " in blocks["holds"]
    assert [
        (fault.message, [label.text for label in fault.labels])
        for fault in faults_of(agreement_of(blocks), blocks["holds"])
    ] == []


@pytest.mark.parametrize(
    "case", [case for case in PUBLISHED if "does not hold" in blocks_of(case)], ids=lambda case: case.stem
)
def test_what_does_not_add_up_is_reported(case: Path) -> None:
    blocks = blocks_of(case)
    (fault,) = faults_of(agreement_of(blocks), blocks["does not hold"])
    assert blocks["finding"].strip() in [label.text for label in fault.labels]


def test_every_case_of_the_two_collections_is_there() -> None:
    said = " ".join(case.read_text(encoding="utf-8").split("\n", 1)[0] for case in PUBLISHED)
    ids = set(re.findall(r"\bN-A\d+\b|\bN\d\d\b", said))
    assert ids == {f"N-A{number}" for number in range(1, 26)} | {f"N{number:02d}" for number in range(1, 15)}


INSTALMENTS = re.compile(r"(?P<payer>\S+) +(?P<each>£\S+) (?P<times>\d+) times, then (?P<last>£\S+)")


@pytest.mark.parametrize(
    "case", [case for case in PUBLISHED if "instalments" in blocks_of(case)], ids=lambda case: case.stem
)
def test_the_instalments_are_those_of_the_case(case: Path) -> None:
    blocks = blocks_of(case)
    loaded = understand("case.pool", agreement_of(blocks).encode(), Notation.POOL)
    assert loaded.agreement is not None
    rules = compile_rules(loaded.agreement)
    found: dict[str, list[int]] = {}
    for one in planned(rules, rules.funds[0], rules.funds[0].years[0]).instalments:
        found.setdefault(one.payer, []).append(one.pence)
    said = {
        row["payer"]: [read_money(row["each"])] * int(row["times"]) + [read_money(row["last"])]
        for row in INSTALMENTS.finditer(blocks["instalments"])
    }
    assert len(said) == 6
    assert found == said
