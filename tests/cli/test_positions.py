"""`--write-position` and `--position` on the command line."""

from pathlib import Path

import pytest

from poolrules.cli.main import main

SHOWCASE = Path(__file__).parents[2] / "agreements/showcase"
WESTSHIRE = str(SHOWCASE / "westshire.pool")
FIRST = ["--outturn", str(SHOWCASE / "westshire.outturn.csv"), "--year", "2026/27"]
SECOND = ["--outturn", str(SHOWCASE / "westshire-second-year.outturn.csv"), "--year", "2027/28"]


def test_a_position_that_nobody_edited_may_be_written_over(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "position.json"
    assert main(["settle", WESTSHIRE, *FIRST, "--write-position", str(path)]) == 0
    first = path.read_bytes()
    assert main(["settle", WESTSHIRE, *SECOND, "--position", str(path), "--write-position", str(path)]) == 0
    assert path.read_bytes() != first
    path.write_bytes(path.read_bytes().replace(b"2027/28", b"2028/29", 1))
    edited = path.read_bytes()
    assert main(["settle", WESTSHIRE, *FIRST, "--write-position", str(path)]) == 2
    assert path.read_bytes() == edited
    assert "was edited since it was written" in capfd.readouterr().err
    assert main(["settle", WESTSHIRE, *FIRST, "--write-position", str(path), "--force"]) == 0
    assert path.read_bytes() == first


def test_an_edited_position_is_a_finding(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "position.json"
    assert main(["settle", WESTSHIRE, *FIRST, "--write-position", str(path)]) == 0
    path.write_bytes(path.read_bytes().replace(b"60000000", b"60000001"))
    capfd.readouterr()
    assert main(["settle", WESTSHIRE, *SECOND, "--position", str(path)]) == 1
    said = capfd.readouterr().out
    assert "error[POS001]: the position was edited since it was written" in said
    assert main(["explain", "POS001"]) == 0
    assert "--write-position" in capfd.readouterr().out


def test_the_schema_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "position"]) == 0
    assert '"poolrules position 1"' in capfd.readouterr().out


def test_several_years_in_each_form(tmp_path: Path) -> None:
    import csv
    import json

    years = ["--outturn", f"2026/27={FIRST[1]}", "--outturn", f"2027/28={SECOND[1]}"]
    for ending in ("txt", "csv", "json"):
        assert main(["settle", WESTSHIRE, *years, "-o", str(tmp_path / f"years.{ending}")]) == 0
    text = (tmp_path / "years.txt").read_text()
    assert text.index("Settlement of 2026/27") < text.index("Settlement of 2027/28")
    rows = list(csv.DictReader((tmp_path / "years.csv").read_text().splitlines()))
    assert {row["financial_year"] for row in rows} == {"2026/27", "2027/28"}
    assert [row["line"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    whole = json.loads((tmp_path / "years.json").read_text())
    assert whole["format"] == "poolrules settlements 1"
    assert [one["settlement"]["year"] for one in whole["settlements"]] == ["2026/27", "2027/28"]
    brought = whole["settlements"][1]["facts"]["position"]
    assert brought == whole["settlements"][0]["settlement"]["closing"]
