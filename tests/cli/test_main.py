"""The command line: exit codes, what it says when it is wrongly used, and output that never does harm."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from poolrules.cli.main import COMMANDS, main

ROOT = Path(__file__).parents[2]
WESTSHIRE = "agreements/showcase/westshire.pool"


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.pool"
    path.write_text((ROOT / WESTSHIRE).read_text(encoding="utf-8").replace("host  ", "hst   "), encoding="utf-8")
    return path


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program for real."""
    command = [sys.executable, "-m", "poolrules", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **environment}, check=False)


def test_exit_codes(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", WESTSHIRE]) == 0
    assert main(["check", str(faulty)]) == 1
    assert main(["check", "none.pool"]) == 2
    assert main(["check", WESTSHIRE, "none.pool"]) == 2
    assert main(["check", str(faulty), "none.pool"]) == 2
    assert main(["--help"]) == 0
    assert main(["--version"]) == 0
    capsys.readouterr()


def test_no_file_is_skipped_because_another_cannot_be_read(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "none.pool", str(faulty), WESTSHIRE])
    said = capsys.readouterr()
    assert "error[LNG003]" in said.out
    assert said.out.endswith("1 error in 2 files\n")
    assert "`none.pool` cannot be read: no such file" in said.err


def test_a_fault_of_ours_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("poolrules.pipeline.load.build", fail)
    assert main(["check", WESTSHIRE]) == 3
    said = capsys.readouterr().err
    assert "a fault of poolrules" in said
    assert "ZeroDivisionError at poolrules.pipeline.load:" in said
    assert "Traceback" not in said


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("poolrules.pipeline.load.build", interrupt)
    assert main(["check", WESTSHIRE]) == 130


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "did you mean `check`?"),
        (["check", "--fromat", "json"], "--format"),
        (["settle", WESTSHIRE], "--outturn"),
        (["check", "--format", "xml"], "json"),
        (["draft", WESTSHIRE, "-o", "a.pdf"], ".docx, .html, .md"),
        (["check", "a.txt"], "end in .pool or .pool.yaml"),
        (["\x1b]0;chek"], "<U+001B>"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "\x1b" not in err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"Usage: poolrules {command}" in capsys.readouterr().out


def test_findings_as_json(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(faulty), "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert said["findings"][0]["labels"][0]["file"] == str(faulty)


def test_standard_input() -> None:
    done = run("check", "-", stdin=b"agreement\n")
    assert (done.returncode, b"<stdin>:1:" in done.stdout) == (1, True)


def test_a_reader_that_goes_away_changes_no_exit_code(faulty: Path) -> None:
    for path, code in ((WESTSHIRE, 0), (str(faulty), 1)):
        command = [sys.executable, "-m", "poolrules", "check", path]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.close()
        _, said = child.communicate()
        assert (child.returncode, said) == (code, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8", "utf-16"])
def test_any_encoding_can_show_a_statement(encoding: str, tmp_path: Path) -> None:
    outturn = tmp_path / "outturn.csv"
    outturn.write_text("scheme,spent\nEquipment,9900000\nHomecare,21632300\nAdaptations,3004112\n")
    done = run("settle", WESTSHIRE, "--outturn", str(outturn), "--year", "2026/27", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "390,000.00" in done.stdout.decode(encoding)
    assert ("GBP 900,000.00" if encoding == "ascii" else "£900,000.00") in done.stdout.decode(encoding)


def test_a_plain_locale(faulty: Path) -> None:
    done = run("check", str(faulty), LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stderr) == (1, b"")


def test_no_line_begins_as_a_command_of_a_service(tmp_path: Path) -> None:
    text = (ROOT / WESTSHIRE).read_text(encoding="utf-8").replace('"Westshire Better Care Fund"', '"::error::gone"')
    (tmp_path / "a.pool").write_text(text, encoding="utf-8")
    outturn = tmp_path / "outturn.csv"
    outturn.write_text("scheme,spent\n::stop-commands::,1\n")
    command = ("settle", str(tmp_path / "a.pool"), "--outturn", str(outturn), "--year", "2026/27")
    outputs = [run(*command), run("format", "-", stdin=b'# x\n::warning::\nagreement "a"\n')]
    outturn.write_text("scheme,spent\nEquipment,9900000\nHomecare,21632300\nAdaptations,3004112\n")
    outputs += [run(*command), run(*command, "--format", "csv"), run("format", "--diff", str(tmp_path / "a.pool"))]
    for done in outputs:
        lines = (done.stdout + done.stderr).decode().split("\n")
        assert [line for line in lines if line.lstrip().startswith("::")] == []


def test_the_width_comes_from_the_terminal(tmp_path: Path) -> None:
    outturn = tmp_path / "outturn.csv"
    outturn.write_text("scheme,spent\nEquipment,9900000\nHomecare,21632300\nAdaptations,3004112\n")
    command = ("settle", WESTSHIRE, "--outturn", str(outturn), "--year", "2026/27")
    narrow, wide = (
        max(map(len, run(*command, COLUMNS=columns).stdout.decode().split("\n"))) for columns in ("72", "120")
    )
    assert narrow <= 72 < wide <= 120


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("check {path} >&-", 0, ""),
        ("check {path} >&- 2>&-", 0, ""),
        ("check none.pool 2>&-", 2, ""),
        ("check - <&-", 2, "no standard input"),
        ("compile {path} > /dev/full", 2, "no space left"),
        ("check none.pool 2> /dev/full", 2, ""),
        ("settle - --outturn - --year 2026/27 < {path}", 2, "both the agreement and the outturn"),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the devices of Linux")
def test_streams_that_are_closed_or_full(command: str, code: int, said: str) -> None:
    line = f"{sys.executable} -m poolrules {command.format(path=WESTSHIRE)}"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert (done.returncode, said in done.stderr, "fault of poolrules" in done.stderr) == (code, True, False)


def test_a_reader_of_help_that_goes_away_is_no_fault() -> None:
    child = subprocess.Popen([sys.executable, "-m", "poolrules", "--help"], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.close()
    assert child.wait() == 0


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="needs a file system that takes any byte in a name")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_name_that_is_no_text_can_be_told(form: str, faulty: Path) -> None:
    odd = os.fsencode(faulty.parent) + b"/\xff.pool"
    faulty.rename(os.fsdecode(odd))
    command = [sys.executable, "-m", "poolrules", "check", "--format", form, os.fsdecode(odd)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, b"dcff" in done.stdout, done.stderr) == (1, True, b"")
