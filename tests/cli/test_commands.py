"""Commands that write: whole or not at all, and never over somebody's work."""

import json
from pathlib import Path

import pytest

from poolrules.cli.main import main

WESTSHIRE = Path(__file__).parents[2] / "agreements/showcase/westshire.pool"
UNTIDY = 'agreement   "A"\n  # why\n  basis section 75 of the NHS Act 2006\n'
TIDY = 'agreement "A"\n    # why\n    basis       section 75 of the NHS Act 2006\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.pool").write_text(UNTIDY)
    (tmp_path / "w.pool").write_bytes(WESTSHIRE.read_bytes())
    (tmp_path / "o.csv").write_text("scheme,spent\nEquipment,9900000\nHomecare,21632300\nAdaptations,3004112\n")
    return tmp_path


def test_format_writes_the_one_layout_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format", "a.pool"]) == 0
    assert (folder / "a.pool").read_text() == TIDY
    assert capsys.readouterr().err == "wrote a.pool\n"
    assert main(["format", "a.pool"]) == 0
    assert main(["format", "--check", "a.pool"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_format_only_says_what_would_change(option: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format", option, "a.pool"]) == 1
    assert "a.pool" in capsys.readouterr().out
    assert (folder / "a.pool").read_text() == UNTIDY


def test_format_never_writes_what_it_could_not_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.pool").write_text(UNTIDY + "nonsense\n")
    assert main(["format", "."]) == 1
    assert (folder / "a.pool").read_text() == UNTIDY + "nonsense\n"
    assert "error[LNG003]" in capsys.readouterr().out


def test_format_into_the_other_notation_and_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format", "w.pool"]) == 0
    assert main(["format", "--to", "yaml", "w.pool"]) == 0
    (folder / "w.pool").rename(folder / "before.pool")
    assert main(["format", "--to", "pool", "w.pool.yaml"]) == 0
    assert (folder / "w.pool").read_text() == (folder / "before.pool").read_text()
    assert main(["format", "--check", "--to", "yaml", "w.pool"]) == 0
    (folder / "w.pool.yaml").write_text("agreement: other\n")
    assert main(["format", "--to", "yaml", "w.pool"]) == 2
    assert (folder / "w.pool.yaml").read_text() == "agreement: other\n"
    assert main(["format", "--to", "yaml", "--force", "w.pool"]) == 0
    capsys.readouterr()


def test_a_link_is_never_written_through(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "link.pool").symlink_to(folder / "a.pool")
    assert main(["format", "link.pool"]) == 2
    assert (folder / "a.pool").read_text() == UNTIDY
    assert "symbolic link" in capsys.readouterr().err


def test_a_statement_is_written_again_but_never_over_an_edited_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["settle", "w.pool", "--outturn", "o.csv", "--year", "2026/27", "-o", "statement.txt"]
    assert main(command) == 0
    assert "390,000.00" in (folder / "statement.txt").read_text()
    (folder / "o.csv").write_text("scheme,spent\nEquipment,9000000\nHomecare,21632300\nAdaptations,3004112\n")
    assert main(command) == 0
    assert "390,000.00" not in (folder / "statement.txt").read_text()
    (folder / "statement.txt").write_text("my notes")
    assert main(command) == 2
    assert (folder / "statement.txt").read_text() == "my notes"
    assert main([*command, "--force"]) == 0
    capsys.readouterr()


def test_compile_and_show_ruleset_agree(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", "w.pool", "-o", "w.json"]) == 0
    assert main(["show", "ruleset", "w.pool"]) == 0
    assert (folder / "w.json").read_text() == capsys.readouterr().out
    assert json.loads((folder / "w.json").read_text())["clauses"]["BCF.overspend.1"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("stage", ["tree", "model"])
def test_show_is_json(stage: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", stage, "w.pool"]) == 0
    assert json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("what", ["agreement", "ruleset"])
def test_schemas_are_printed(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", what]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"]


@pytest.mark.parametrize("name", ["w.docx", "w.html", "w.md"])
def test_a_draft_is_written_and_not_over_an_edited_one(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", "w.pool", "-o", name]) == 0
    assert main(["draft", "w.pool", "-o", name]) == 0
    (folder / name).write_bytes(b"PK my own words")
    assert main(["draft", "w.pool", "-o", name]) == 2
    assert "--force" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["compile"], ["draft", "-o", "x.md"], ["show", "tree"]])
def test_nothing_is_made_of_what_cannot_be_read(
    command: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.pool").write_text("nonsense\n")
    assert main([*command, "a.pool"]) == 1
    assert "error[LNG" in capsys.readouterr().out
    assert not (folder / "x.md").exists()


def test_every_finding_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    for line in capsys.readouterr().out.splitlines():
        code, _, name, *_ = line.split()
        assert main(["explain", code]) == 0
        page = capsys.readouterr().out
        assert main(["explain", name]) == 0
        assert capsys.readouterr().out == page
        assert page.startswith(("error", "warning", "info"))


def test_settling_warns_of_what_a_check_finds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["settle", "w.pool", "--outturn", "o.csv", "--year", "2026/27"]
    assert main(command) == 0
    assert capsys.readouterr().err == ""
    text = (folder / "w.pool").read_text(encoding="utf-8")
    (folder / "w.pool").write_text(text.replace("    audit  ", "    # audit"), encoding="utf-8")
    assert main(command) == 0
    assert capsys.readouterr().err == "Beware: poolrules check finds 1 error in 1 file.\n"


def test_a_value_that_is_none_is_told_when_converting(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (folder / "w.pool").read_text(encoding="utf-8")
    (folder / "w.pool").write_text(text.replace("£400,000,", "£400,00,"), encoding="utf-8")
    assert main(["format", "--to", "yaml", "w.pool"]) == 1
    assert "`£400,00` is not an amount" in capsys.readouterr().out
    assert not (folder / "w.pool.yaml").exists()


@pytest.mark.usefixtures("folder")
def test_a_file_that_may_not_be_compared_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("poolrules.cli.write.write_whole", refuse)
    assert main(["compile", "w.pool", "-o", "w.json"]) == 2
    assert "permission denied" in capsys.readouterr().err


def test_the_name_of_the_output_says_the_form(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["settle", "w.pool", "--outturn", "o.csv", "--year", "2026/27", "-o"]
    for name, begins in (("s.csv", "line,section"), ("s.JSON", "{"), ("s.txt", "Settlement of")):
        assert main([*command, name]) == 0
        assert (folder / name).read_text(encoding="utf-8").startswith(begins)
    assert main([*command, "statement.out", "--format", "csv"]) == 0
    assert (folder / "statement.out").read_text(encoding="utf-8").startswith("line,section")
    assert main([*command, "other.csv", "--format", "csv"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "st.csv", "--format", "text"], "`st.csv` is named as CSV, but --format says text"),
        (["-o", "st.json", "--format", "csv"], "end the name in .csv"),
        (["-o", "st.docx"], "end it in .txt, .csv, .json or .xlsx"),
        (["-o", "st"], "does not say in which form to write"),
    ],
)
def test_a_name_that_says_something_else_is_refused(
    options: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["settle", "w.pool", "--outturn", "o.csv", "--year", "2026/27", *options]) == 2
    assert said in capsys.readouterr().err
    assert not (folder / options[1]).exists()
