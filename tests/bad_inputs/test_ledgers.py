"""Every bad ledger through the command: its exit code and place are those of its row, and nothing raw is printed."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bad_inputs.test_manifest import fits, limited

HERE = Path(__file__).parent
FOLDERS = ("ledger", "xlsx")
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
    contributions 2025/26
        Trust £2,000
    budget 2025/26
        Beds £2,000
    overspend of shared schemes together
        remainder Trust alone
    underspend of shared schemes together
        remainder Trust alone
"""
MAPPING = """
scheme: Beds
columns:
  date: date
  partner: partner
  amount: {amount}
{columns}date format: yyyy-mm-dd
sign: spending is positive
unit: pounds
partners:
  trust: Trust
  borough: Borough
"""


def rows() -> list[Any]:
    """Every row of both manifests: folder, file, exit codes, place, what is printed."""
    found = []
    for folder in FOLDERS:
        for line in (HERE / folder / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines():
            if line[:1] != "#" and not line.startswith("file\t"):
                found.append(pytest.param(folder, *line.split("\t"), id=f"{folder}/{line.partition('.')[0]}"))
    return found


def mapping(data: bytes) -> str:
    """A mapping that names the columns which these files have; what is wrong with one is never in its mapping."""
    others = [word for word in ("description", "reference") if word.encode() in data.partition(b"\n")[0].lower()]
    amount = "Amount (£)" if "£)".encode() in data else "amount"
    return MAPPING.format(amount=amount, columns="".join(f"  {word}: {word}\n" for word in others))


def settle(folder: Path, name: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the command in a folder that holds only the agreement, the mapping and the ledger."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "poolrules", "settle", "a.pool", "--year", "2025/26"),
            *("--ledger", name, "--mapping", "m.yaml"),
        ],
        cwd=folder,
        env={"PYTHONPATH": str(HERE.parents[1]), "PYTHONIOENCODING": "utf-8", "PATH": ""},
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=limited,
    )


@pytest.mark.parametrize(("folder", "name", "codes", "place", "says"), rows())
def test_a_bad_ledger_is_answered_as_its_row_says(
    folder: str, name: str, codes: str, place: str, says: str, tmp_path: Path
) -> None:
    data = (HERE / folder / name).read_bytes()
    (tmp_path / "a.pool").write_text(AGREEMENT, encoding="utf-8")
    (tmp_path / "m.yaml").write_text(mapping(data), encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    done = settle(tmp_path, name)
    assert str(done.returncode) in codes.split("|"), done.stdout + done.stderr
    printed = (done.stdout + done.stderr).decode("utf-8")
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", printed) is None
    assert "Traceback" not in printed
    assert says in " ".join(printed.split()), printed
    if done.returncode == 1 and place != "-":
        first = re.search(rf"--> {re.escape(name)}:(\d+):(\d+)", printed)
        assert first is not None, printed
        line, column = place.split(":")
        assert fits(int(first[1]), line), printed
        assert fits(int(first[2]), column), printed


def test_no_bad_ledger_is_without_a_row() -> None:
    for folder in FOLDERS:
        files = {path.name for path in (HERE / folder).iterdir()} - {"MANIFEST.tsv"}
        listed = (HERE / folder / "MANIFEST.tsv").read_text(encoding="utf-8")
        assert files == set(re.findall(r"^(\S+\.\w+)\t", listed, re.MULTILINE))
