"""Every bad outturn through the command: its exit code and place are those of its row, and nothing raw is printed."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bad_inputs.test_manifest import fits, limited

HERE = Path(__file__).parent
AGREEMENT = """
agreement "Equipment"
    basis section 75 of the NHS Act 2006
partner Trust "Trust"
    kind NHS foundation trust
partner Borough "Borough"
    kind metropolitan borough council
fund Pool "Pool"
    host Borough
    scheme Beds "Beds" shared
    scheme Hoists "Hoists" shared
    contributions 2026/27
        Trust £2,000
    budget 2026/27
        Beds £1,200
        Hoists £800
    overspend of shared schemes together
        remainder Trust alone
"""


def rows() -> list[Any]:
    """Every row of both manifests: folder, file, exit codes, place, and what must hold."""
    found = []
    for folder in ("csv", "csv_adapted"):
        for line in (HERE / folder / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines():
            if line[:1] != "#" and not line.startswith("file\t"):
                found.append(pytest.param(folder, *line.split("\t"), id=f"{folder}/{line.partition('.')[0]}"))
    return found


def settle(folder: Path, name: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the command in a folder that holds only the agreement and the outturn."""
    return subprocess.run(
        [sys.executable, "-m", "poolrules", "settle", "a.pool", "--outturn", name, "--year", "2026/27"],
        cwd=folder,
        env={"PYTHONPATH": str(HERE.parents[1]), "PYTHONIOENCODING": "utf-8", "PATH": ""},
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=limited,
    )


@pytest.mark.parametrize(("folder", "name", "codes", "place", "must"), rows())
def test_a_bad_outturn_is_answered_as_its_row_says(
    folder: str, name: str, codes: str, place: str, must: str, tmp_path: Path
) -> None:
    (tmp_path / "a.pool").write_text(AGREEMENT, encoding="utf-8")
    (tmp_path / name).write_bytes((HERE / folder / name).read_bytes())
    done = settle(tmp_path, name)
    assert str(done.returncode) in codes.split("|"), done.stdout + done.stderr
    printed = (done.stdout + done.stderr).decode("utf-8")
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", printed) is None
    assert "Traceback" not in printed
    if done.returncode == 1:
        first = re.search(rf"--> {re.escape(name)}:(\d+):(\d+)", printed)
        assert first is not None, printed
        line, column = place.split(":")
        assert fits(int(first[1]), line), printed
        assert fits(int(first[2]), column), printed
    if must.startswith("one finding"):
        assert printed.count("error[") == 1
    if "spreadsheet writes UTF-8" in must or "workbook" in must:
        assert '"CSV UTF-8 (Comma delimited)"' in printed


def test_no_bad_outturn_is_without_a_row() -> None:
    for folder in ("csv", "csv_adapted"):
        files = {path.name for path in (HERE / folder).glob("*.csv")}
        listed = (HERE / folder / "MANIFEST.tsv").read_text(encoding="utf-8")
        assert files == set(re.findall(r"^(\S+\.csv)\t", listed, re.MULTILINE))
