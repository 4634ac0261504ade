"""The workbook as a file: the same bytes each time, sealed, with words that nothing runs."""

import io
import zipfile
from pathlib import Path

import pytest
import python_calamine
from msgspec.structs import replace

from poolrules.cli.main import main
from poolrules.drafting.seal import is_untouched
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.pipeline.workbook import sheets_of, workbook_file
from poolrules.reporting.account import Account
from poolrules.reporting.workbook.shares import groups_for
from poolrules.reporting.workbook.sheet import Formula, Words, letter

SHOWCASE = Path(__file__).parents[3] / "agreements/showcase"
WESTSHIRE, OUTTURN = str(SHOWCASE / "westshire.pool"), str(SHOWCASE / "westshire.outturn.csv")


@pytest.fixture(scope="module")
def account() -> Account:
    done = settle_file(Asked(WESTSHIRE, OUTTURN, "2026/27"))
    assert not isinstance(done, NotSettled)
    return done


def test_the_same_inputs_give_the_same_bytes(account: Account) -> None:
    assert workbook_file(account) == workbook_file(account)


def test_it_is_sealed_and_carries_the_fingerprints(account: Account) -> None:
    data = workbook_file(account)
    assert is_untouched(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        properties = package.read("docProps/custom.xml").decode()
        assert account.made_from.rules in properties
        assert account.made_from.version in properties
        sheets = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sum(sheet.count("<f>") for sheet in sheets) > 100
    assert not any("</f><v>0</v>" in sheet for sheet in sheets), "no value stands in for one that nobody computed"


def test_every_sheet_is_there(account: Account) -> None:
    book = python_calamine.load_workbook(io.BytesIO(workbook_file(account)))
    assert book.sheet_names == [
        *("Settlement", "Schemes", "Contributions", "Memorandum", "Balances", "Ledger rows", "Shares", "About"),
    ]
    about = {row[0]: row[1] for row in book.get_sheet_by_name("About").to_python() if row[0]}
    assert about["rules (SHA-256)"] == account.made_from.rules
    assert about["financial year"] == "2026/27"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_words_that_could_run_are_text(start: str, account: Account) -> None:
    word = f'{start}HYPERLINK("http://x","y")'
    spending = tuple(replace(row, evidence=word, place=word, marks=(word,)) for row in account.facts.spending)
    data = workbook_file(replace(account, facts=replace(account.facts, spending=spending)))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        every = b"".join(package.read(name) for name in package.namelist() if name.startswith("xl/"))
        styles = package.read("xl/styles.xml")
    assert b"HYPERLINK" in every
    for sheet in every.split(b"<f>")[1:]:
        assert b"HYPERLINK" not in sheet.split(b"</f>")[0]
    assert b'quotePrefix="1"' in styles


def test_formulas_use_only_functions_that_every_spreadsheet_has(account: Account) -> None:
    import re

    known = {
        *("IF", "MIN", "MAX", "SUM", "SUMIF", "SUMPRODUCT", "EXACT", "INT", "ABS", "SIGN", "ROUND", "AND", "OR"),
        *("NA", "ISERROR", "COUNTIF"),
    }
    for sheet in sheets_of(account):
        for cell in sheet.cells.values():
            if isinstance(cell, Formula):
                bare = re.sub(r'"[^"]*"', "", cell.expression)
                assert set(re.findall(r"([A-Z]+)\(", bare)) <= known


def test_every_figure_names_its_clause(account: Account) -> None:
    sheet = sheets_of(account)[0]
    steps = {account.clause(step.rule) for _, step in account.step_results()}
    assert steps <= {cell.text for (_, column), cell in sheet.cells.items() if column == 0 and isinstance(cell, Words)}


def test_many_rows_are_added_up(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    from poolrules.reporting.workbook import inputs

    monkeypatch.setattr(inputs, "MOST_ROWS", 2)
    book = python_calamine.load_workbook(io.BytesIO(workbook_file(account)))
    rows = book.get_sheet_by_name("Ledger rows").to_python()
    assert "added up" in str(rows[1][0])
    assert sum(float(str(row[1])) for row in rows[4:]) == pytest.approx(
        sum(one.spent for one in account.settlement.schemes) / 100
    )


def test_a_workbook_that_was_edited_is_not_written_over(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "year.xlsx"
    asked = ["settle", WESTSHIRE, "--outturn", OUTTURN, "--year", "2026/27", "-o", str(path)]
    assert main(asked) == 0
    assert main(asked) == 0
    path.write_bytes(path.read_bytes().replace(b"Memorandum accounts", b"Memorandum account."))
    assert main(asked) == 2
    assert "was edited since it was written" in capfd.readouterr().err
    assert main([*asked, "--force"]) == 0


def test_a_workbook_holds_one_year(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    second = str(SHOWCASE / "westshire-second-year.outturn.csv")
    years = ["--outturn", f"2026/27={OUTTURN}", "--outturn", f"2027/28={second}"]
    assert main(["settle", WESTSHIRE, *years, "-o", str(tmp_path / "years.xlsx")]) == 2
    assert "a workbook holds one year" in capfd.readouterr().err


def test_without_the_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    asked = ["settle", WESTSHIRE, "--outturn", OUTTURN, "--year", "2026/27", "-o", str(tmp_path / "y.xlsx")]
    assert main(asked) == 2
    assert "pip install poolrules[xlsx]" in capfd.readouterr().err


def test_letters_of_columns() -> None:
    assert [letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize("whole", [1, 9, 10, 10**6, 3 * 10**9, 10**11, 10**12 - 1])
def test_groups_of_digits_stay_exact(whole: int) -> None:
    digits, times = groups_for(whole)
    assert whole * 10**digits <= 10**13
    assert digits * times >= 14
