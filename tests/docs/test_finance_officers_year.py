"""The page on a finance officer's year: its commands run one after another, in a copy of the showcase."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from poolrules.cli.main import main

ROOT = Path(__file__).parents[2]
SHOWCASE = ROOT / "agreements" / "showcase"
PAGE = (ROOT / "docs" / "finance-officers-year.md").read_text(encoding="utf-8")
COMMANDS = [
    command.replace("\\\n", " ") for command in re.findall(r"^ {4}poolrules ((?:.*\\\n)*.*)$", PAGE, re.MULTILINE)
]


def test_the_commands_run_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "showcase"
    shutil.copytree(SHOWCASE, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    before = {path.name for path in folder.iterdir()}
    printed = {}
    for command in COMMANDS:
        assert main(shlex.split(command)) == 0, f"{command}\n{capsys.readouterr()}"
        printed[command] = capsys.readouterr().out
    outputs = set(re.findall(r"(?:-o|--write-position) (\S+)", " ".join(COMMANDS)))
    assert {path.name for path in folder.iterdir()} - before == outputs
    next_year = next(text for command, text in printed.items() if "--year 2027/28" in command)
    assert "what 2026/27 closed with: Contingency £600,000.00; carried forward" in " ".join(next_year.split())


def test_the_forecast_that_is_shown_is_the_file() -> None:
    (shown,) = re.findall(r"```csv forecast\n(.*?)```", PAGE, re.DOTALL)
    assert shown == (SHOWCASE / "westshire-forecast-september.csv").read_text(encoding="utf-8")


USED = ("check", "report", "payments", "calendar", "settle", "forecast", "why", "variations", "consolidate", "exit")


@pytest.mark.parametrize("name", USED)
def test_the_page_uses_the_command(name: str) -> None:
    assert any(command.startswith(f"{name} ") for command in COMMANDS)
