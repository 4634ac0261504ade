"""Every bad input through the command: its exit code and place are those of its row, and nothing raw is printed."""

import json
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ENDINGS = {"dsl": ".pool", "yaml": ".pool.yaml", "yaml_adapted": ".pool.yaml"}
SECONDS, BYTES = 5, 300_000_000


def rows() -> list[Any]:
    """Every row of every manifest: folder, file, the exit codes that it allows, and the place of the first finding."""
    found = []
    for folder in ENDINGS:
        for line in (HERE / folder / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines():
            if line[:1] != "#" and not line.startswith("file\t"):
                name, *others, _ = line.split("\t")
                found.append(pytest.param(folder, name, *others[-2:], id=f"{folder}/{name}"))
    return found


def limited() -> None:
    """Bound the child's memory and its processor time, which a busy machine does not change: beyond them it dies."""
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def check(folder: Path, name: str, *options: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the command in a folder that holds only the file."""
    return subprocess.run(
        [sys.executable, "-m", "poolrules", "check", name, *options],
        cwd=folder,
        env={"PYTHONPATH": str(HERE.parents[1]), "PYTHONIOENCODING": "utf-8", "PATH": ""},
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=limited,
    )


def fits(found: int, wanted: str) -> bool:
    """Whether a line or column is one that a row allows: a number, `-`, `a|b`, `a-b` or `<=n`."""
    if wanted == "-":
        return True
    if wanted.startswith("<="):
        return found <= int(wanted[2:])
    first, _, last = wanted.partition("-")
    return int(first) <= found <= int(last) if last else str(found) in wanted.split("|")


@pytest.mark.parametrize(("folder", "name", "codes", "place"), rows())
def test_a_bad_input_is_answered_as_its_row_says(
    folder: str, name: str, codes: str, place: str, tmp_path: Path
) -> None:
    file = Path(name).stem + ENDINGS[folder]
    (tmp_path / file).write_bytes((HERE / folder / name).read_bytes())
    done = check(tmp_path, file)
    assert str(done.returncode) in codes.split("|"), done.stdout + done.stderr
    printed = (done.stdout + done.stderr).decode("utf-8")
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", printed) is None
    assert not any(line.startswith("::") for line in printed.splitlines())
    assert "Traceback" not in printed
    assert all(len(line) < 1000 for line in printed.splitlines())
    assert [path.name for path in tmp_path.iterdir()] == [file]
    if place != "-" and done.returncode == 1:
        line, column = place.split(":")
        first = json.loads(check(tmp_path, file, "--format", "json").stdout)["findings"][0]["labels"][0]
        assert fits(first["line"], line), first
        assert fits(first["column"], column), first
