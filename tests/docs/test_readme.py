"""The commands shown in the README and the pages run, and print what is shown.

Those of the page on a finance officer's year build on one another; its own test runs them in turn.

`pytest --update-golden` writes what they print now.
"""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from poolrules.cli.main import COMMANDS, main

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(page for page in ROOT.glob("docs/*.md") if page.name != "finance-officers-year.md"),
    *sorted(ROOT.glob("agreements/**/README.md")),
]
SHOWN = re.compile(r"```console\n\$ poolrules (?P<command>.*)\n(?P<output>(?:.*\n)*?)```")
BARE = re.compile(r"^ {4}poolrules ((?:.*\\\n)*.*)$", re.MULTILINE)

BLOCKS = [(page, found["command"]) for page in PAGES for found in SHOWN.finditer(page.read_text(encoding="utf-8"))]
LINES = [(page, command) for page in PAGES for command in BARE.findall(page.read_text(encoding="utf-8"))]


Run = Callable[[str], tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A way to run one command from the top of the repository, on a page 100 columns wide."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")

    def once(command: str) -> tuple[int, str]:
        code = main(shlex.split(command.replace("\\\n", " ")))
        return code, capsys.readouterr().out

    return once


@pytest.mark.parametrize(("page", "command"), BLOCKS, ids=lambda value: value if isinstance(value, str) else value.name)
def test_a_command_prints_what_is_shown(page: Path, command: str, run: Run, update_golden: bool) -> None:
    code, output = run(command)
    assert code in (0, 1)
    text = page.read_text(encoding="utf-8")
    block = next(found for found in SHOWN.finditer(text) if found["command"] == command)
    expected = beginning(output, block["output"])
    if update_golden:
        page.write_text(text[: block.start("output")] + expected + text[block.end("output") :], encoding="utf-8")
    else:
        assert block["output"] == expected


def beginning(output: str, shown: str) -> str:
    """As much of an output as a page shows: all of it, or what stands before its last line `…`."""
    lines = shown.splitlines(keepends=True)
    if lines[-1:] != ["…\n"]:
        return output
    return "".join(output.splitlines(keepends=True)[: len(lines) - 1]) + "…\n"


@pytest.mark.parametrize(("page", "command"), LINES, ids=lambda value: value if isinstance(value, str) else value.name)
def test_a_command_without_output_runs(page: Path, command: str, run: Run) -> None:
    code, output = run(command)
    assert code in (0, 1), f"{page.name}: {output}"


def test_the_pages_show_commands() -> None:
    assert BLOCKS


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"`(?:poolrules )?{name}\b", PAGES[0].read_text(encoding="utf-8"))
