"""Workbooks recalculated by LibreOffice, and read back."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
import python_calamine

from poolrules.reporting.workbook.books import AGREES, CHECK, DIFFERS, ENGINE, NOT_WRITTEN, UNKNOWN

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
"""LibreOffice, which computes a workbook as whoever opens it does."""

needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None and not os.environ.get("CI"),
    reason="LibreOffice is not installed here, so no formula can be computed: apt-get install libreoffice-calc",
)


def recalculated(folder: Path, workbooks: Iterable[bytes]) -> list[dict[str, list[list[object]]]]:
    """Let LibreOffice open workbooks and save them again; gives the values of each sheet by its name."""
    assert SOFFICE, "LibreOffice must be there in CI"
    paths = []
    for number, data in enumerate(workbooks):
        paths.append(folder / f"book{number:03}.xlsx")
        paths[-1].write_bytes(data)
    out = folder / "out"
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(out), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=60 + 10 * len(paths),
    )
    return [_sheets(out / path.name) for path in paths]


def _sheets(path: Path) -> dict[str, list[list[object]]]:
    """The values of every sheet."""
    book = python_calamine.load_workbook(str(path))
    sheets: dict[str, list[list[object]]] = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        sheets[name] = [list(row) for row in rows]
    return sheets


def checks(sheet: list[list[object]]) -> dict[str, int]:
    """How many formulas agree with the engine, differ, cannot be computed, or are not written."""
    said = [row[CHECK] for row in sheet if len(row) > CHECK]
    written = [row[ENGINE + 1] for row in sheet if len(row) > ENGINE + 1]
    return {word: said.count(word) for word in (AGREES, DIFFERS, UNKNOWN)} | {NOT_WRITTEN: written.count(NOT_WRITTEN)}


def figures(sheet: list[list[object]]) -> list[tuple[str, str, str, int, int]]:
    """Clause, words, who, and the figures of poolrules and of the formula in pence, of every row that has both."""
    found = []
    for row in sheet:
        if len(row) > CHECK and row[CHECK] in (AGREES, DIFFERS):
            engine, formula = row[ENGINE], row[ENGINE + 1]
            assert isinstance(engine, float)
            assert isinstance(formula, float)
            found.append((str(row[0]), str(row[1]), str(row[2]), round(engine * 100), round(formula * 100)))
    return found
