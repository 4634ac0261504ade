"""The case files of commands: an agreement, other files, a command, and what it must print."""

import re
import shlex
from pathlib import Path

import pytest

from poolrules.cli.main import main

FOLDERS = ("settle", "variations", "payments", "calendar", "years", "exit", "check", "reports")
CASES = [case for folder in FOLDERS for case in sorted((Path(__file__).parents[1] / "cases" / folder).glob("*.md"))]
BLOCK = re.compile(r"^```(?P<what>.+)\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)
PRINTS = re.compile(r"\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b")
COUNTS = re.compile(r"Beware: poolrules check finds .*")


@pytest.mark.parametrize("case", CASES, ids=[f"{path.parent.name}-{path.stem}" for path in CASES])
def test_case(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    update_golden: bool,
) -> None:
    """A block named after a file is that file; `command` is run; `output, exit N` is what it must print."""
    text = case.read_text(encoding="utf-8")
    blocks = {found["what"]: found["text"] for found in BLOCK.finditer(text)}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    expected = next(what for what in blocks if what.startswith("output"))
    for name, content in blocks.items():
        if name.startswith("file "):
            Path(name.removeprefix("file ")).write_text(content, encoding="utf-8")
    command = blocks["command"].replace("\\\n", " ")
    code = main(shlex.split(command)[1:])
    printed = capfdbinary.readouterr()
    # A fingerprint changes with any word of a clause; that it is right is tested in tests/pipeline.
    said = PRINTS.sub("------------", (printed.out + printed.err).decode().replace("\r\n", "\n"))
    # How much the checks find in these short agreements is their own business.
    said = COUNTS.sub("Beware: poolrules check finds …", said)
    if update_golden:
        new = f"```output, exit {code}\n{said}```"
        case.write_text(text.replace(f"```{expected}\n{blocks[expected]}```", new), encoding="utf-8")
    else:
        assert (f"output, exit {code}", said) == (expected, blocks[expected])


@pytest.mark.parametrize("folder", FOLDERS)
def test_there_are_cases(folder: str) -> None:
    assert len([case for case in CASES if case.parent.name == folder]) >= 4
