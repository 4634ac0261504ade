"""The page on waterfalls is true: what it shows is printed, and its tables are what the engine answers."""

import re
import shlex
from pathlib import Path

import pytest

from poolrules.cli.main import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "waterfalls.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^ {4}poolrules ((?:.*\\\n)*.*)$", re.M)
SHOWN = re.compile(r"^```(?P<what>\w*)\n(?P<text>(?:.*\n)*?)```$", re.M)
FIFE = ROOT / "agreements" / "fife"
FIRST = "        first       own-risk underspends of NHS\n"


def printed(command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints, on a page 100 columns wide."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    assert main(shlex.split(command.replace("\\\n", " "))) == 0
    return capsys.readouterr().out


def pairs() -> list[tuple[str, str]]:
    """Each passage of a statement that is shown, with the command that stands before it."""
    commands = [(found.start(), found[1]) for found in COMMAND.finditer(PAGE)]
    return [
        ([command for start, command in commands if start < shown.start()][-1], shown["text"])
        for shown in SHOWN.finditer(PAGE)
        if not shown["what"]
    ]


@pytest.mark.parametrize(("command", "passage"), pairs())
def test_the_passage_is_printed(
    command: str, passage: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert passage in printed(command, monkeypatch, capsys)


def test_the_terms_that_are_shown_are_those_of_the_agreements() -> None:
    files = [(ROOT / f"agreements/{name}/{name}.pool").read_text(encoding="utf-8") for name in ("rotherham", "fife")]
    shown = [found["text"] for found in SHOWN.finditer(PAGE) if found["what"] == "pool"]
    assert len(shown) == len(files)
    for terms, file in zip(shown, files, strict=True):
        lines = {" ".join(line.split()) for line in file.splitlines()}
        assert [line for line in terms.splitlines() if " ".join(line.split()) not in lines] == []


def test_the_table_of_steps_is_the_statement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = re.findall(r"^\| \d\. .* \| £([\d,]+) \| £([\d,]+) \| £([\d,]+) \|$", PAGE, re.M)
    sums = [tuple(int(cell.replace(",", "")) for cell in row) for row in rows]
    statement = printed(pairs()[0][0], monkeypatch, capsys)
    waterfall = statement.split("Overspend of IntermediateCare: ")[1].split("What comes of it")[0]
    left = [
        int(found.replace(",", "")) for found in re.findall(r"left(?: for the next step)? +([\d,]+)\.00\n", waterfall)
    ]
    left += [0] * waterfall.count("[not reached: nothing was left]")
    assert [row[2] for row in sums] == left
    assert [row[0] for row in sums] == [800_000, *left[:-1]]
    assert all(finds - takes == leaves for finds, takes, leaves in sums)


def test_the_order_of_steps_moves_what_the_table_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (FIFE / "fife.pool").read_text(encoding="utf-8")
    assert FIRST in text
    without = tmp_path / "without.pool"
    without.write_text(text.replace(FIRST, ""), encoding="utf-8")
    paid = []
    for file in (FIFE / "fife.pool", without):
        command = f"settle {file} --outturn {FIFE / 'fife.outturn.csv'} --year 2019/20"
        statement = printed(command, monkeypatch, capsys)
        paid.append({who: parts(statement, who) for who in ("NHS", "Council")})
    given = 3_610_000
    expected = [
        ("gives up its own underspend", given, 0),
        ("the health board pays", paid[0]["NHS"], paid[1]["NHS"]),
        ("bears in all", given + paid[0]["NHS"], paid[1]["NHS"]),
        ("the council pays", paid[0]["Council"], paid[1]["Council"]),
    ]
    for words, one, other in expected:
        assert re.search(rf"^\| .*{words} \| £{one:,} \| £{other:,} \|$", PAGE, re.M), words
    borne = [given + paid[0]["NHS"], paid[1]["NHS"]]
    assert [round(100 * each / 10_120_000) for each in borne] == [82, 72]
    assert f"moves £{borne[0] - borne[1]:,} from" in PAGE


def parts(statement: str, who: str) -> int:
    """What a partner pays under a step, in pounds."""
    (found,) = re.findall(rf"^ +{who} pays, \d+% +([\d,]+)\.00$", statement, re.M)
    return int(found.replace(",", ""))


def test_the_parts_of_a_statement_are_those_that_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    parts_named = re.findall(r"^\| `([A-Z][^`…]*?)(?: …)?`", PAGE.split("## Reading a statement")[1], re.M)
    statements = "".join(printed(command, monkeypatch, capsys) for command, _ in pairs())
    assert len(parts_named) >= 10
    assert [part for part in parts_named if part not in statements] == []
