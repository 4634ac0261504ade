"""Every real agreement reads, has an equal twin and an outturn that settles, and owns up to what it assumes."""

import json
import re
from pathlib import Path

import pytest

from poolrules.cli.main import main
from poolrules.engine.settlement import To
from poolrules.pipeline.check import check
from poolrules.source.finding import Severity
from tests.agreements.reading import FOLDER, LESSON, REAL, outturn_of, pays, read, rows_of, rules_of, settled

EACH = pytest.mark.parametrize("file", REAL, ids=lambda file: file.stem)

YEARS = {
    "cambridgeshire": "2023/24",
    "fife": "2019/20",
    "fife-60-40": "2023/24",
    "oxfordshire": "2013/14",
    "oxfordshire-computed": "2013/14",
    "rotherham": "2015/16",
    "scottish-borders": "2018/19",
    "scottish-borders-in-fact": "2018/19",
    "wirral": "2022/23",
    "worcestershire": "2022/23",
    "worcestershire-2018": "2018/19",
}
"""The year of each outturn."""

PAID = {
    "cambridgeshire": {"Council": 0, "ICB": 0},
    "fife": {"NHS": 468_720_000, "Council": 182_280_000},
    "fife-60-40": {"NHS": 50_820_000, "Council": 33_880_000},
    "oxfordshire": {"Council": 51_000_000, "CCG": 49_000_000},
    "oxfordshire-computed": {"Council": 50_769_231, "CCG": 49_230_769},
    "rotherham": {"CCG": 6_600_000, "Council": 0},
    "scottish-borders": {"Council": 163_279_857, "NHS": 436_720_143},
    "scottish-borders-in-fact": {"Council": 320_000_000, "NHS": 670_000_000},
    "wirral": {"ICB": 820_000_000, "Council": 0},
    "worcestershire": {
        "Bromsgrove": 305_550,
        "Malvern": 269_640,
        "Redditch": 1_099_380,
        "Worcester": 348_180,
        "Wychavon": 1_056_790,
        "WyreForest": 320_460,
    },
    "worcestershire-2018": {
        "Bromsgrove": 0,
        "Malvern": 0,
        "Redditch": 393_750,
        "Worcester": 0,
        "Wychavon": 306_250,
        "WyreForest": 0,
    },
}
"""What each partner pays on each outturn, in pence, worked by hand."""


@EACH
def test_it_reads_without_findings(file: Path) -> None:
    assert read(file).findings == ()


@EACH
def test_its_twin_says_the_same(file: Path) -> None:
    twin = read(file.with_suffix(".pool.yaml"))
    assert twin.findings == ()
    assert twin.tree == read(file).tree


@EACH
def test_nothing_is_found_but_in_the_lesson(file: Path) -> None:
    if file != LESSON:
        assert [found for found in check(read(file)) if found.severity is not Severity.INFO] == []


def test_the_lesson_names_each_silence() -> None:
    found = {found.code: found.message for found in check(read(LESSON)) if found.severity is not Severity.INFO}
    assert sorted(found) == ["EXT003", "GOV014", "MON010", "RSK004"], found


@EACH
def test_its_page_lists_exactly_what_is_assumed(file: Path) -> None:
    page = (file.parent / "README.md").read_text(encoding="utf-8")
    written = re.findall(r'^ +assumed +"([^"]*)"', file.read_text(encoding="utf-8"), re.MULTILINE)
    section = page.split(f"## Assumed in `{file.name}`\n")[1].split("\n## ")[0]
    assert re.findall(r"^- (.*)$", section, re.MULTILINE) == written
    assert written


@EACH
def test_its_page_names_every_source(file: Path) -> None:
    page = (file.parent / "README.md").read_text(encoding="utf-8")
    written = re.findall(r'^ +source +"([^"]*)"', file.read_text(encoding="utf-8"), re.MULTILINE)
    assert written
    assert [source for source in written if f"({source})" not in page] == []


@EACH
def test_its_page_shows_how_to_settle_it(file: Path) -> None:
    page = (file.parent / "README.md").read_text(encoding="utf-8").replace(" \\\n       ", "")
    folder = f"agreements/{file.parent.name}"
    asked = f"settle {folder}/{file.name} --outturn {folder}/{outturn_of(file).name} --year {YEARS[file.stem]}"
    assert asked in page


@EACH
def test_its_outturn_knows_its_schemes(file: Path) -> None:
    in_view = "in view only"
    schemes = {scheme.name: scheme.mode.value for fund in rules_of(file).funds for scheme in fund.schemes}
    given = {row.scheme for row in rows_of(file)}
    assert given == {name for name, mode in schemes.items() if mode != in_view}


@EACH
def test_its_outturn_settles_to_the_penny(file: Path) -> None:
    settlement = settled(rules_of(file), YEARS[file.stem], rows_of(file))
    assert {partner: pays(settlement, partner) for partner in PAID[file.stem]} == PAID[file.stem]
    assert settlement.unbudgeted == ()
    lost = [
        one for run in settlement.runs for step in run.steps for one in step.allocations if one.to is To.UNALLOCATED
    ]
    assert bool(lost) is (file == LESSON)


@EACH
def test_the_command_settles_it_and_its_twin_alike(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for agreement in (file, file.with_suffix(".pool.yaml")):
        asked = [str(agreement), "--outturn", str(outturn_of(file)), "--year", YEARS[file.stem], "--format", "json"]
        assert main(["settle", *asked]) == 0
        settlement = json.loads(capsys.readouterr().out)["settlement"]
        del settlement["closing"]["rules"]  # the print of the rules, which say where each stands
        said.append(settlement)
    assert said[0] == said[1]
    found = dict.fromkeys(PAID[file.stem], 0)
    for result in said[0]["partners"]:
        found[result["partner"]] += result["pays"]["pence"]
    assert found == PAID[file.stem]


@EACH
def test_the_command_finds_fault_only_with_the_lesson(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(file)]) == int(file == LESSON), capsys.readouterr().out


@EACH
def test_it_has_an_example(file: Path) -> None:
    assert rules_of(file).examples


def test_every_folder_has_a_page() -> None:
    assert {page.parent for page in FOLDER.glob("*/README.md")} >= {file.parent for file in REAL}
