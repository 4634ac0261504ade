"""Ledgers: every row is used, set aside with a reason, or reported at its cell; nothing else changes a figure."""

import csv
import datetime
import io
import random
import sys
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as some

from poolrules.base.dates import FinancialYear
from poolrules.base.money import decimal_pounds
from poolrules.pipeline import ledger_csv, ledger_xlsx
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.ledger import GivenLedger, pair_up, read_ledgers
from poolrules.pipeline.spending import SpendingRead
from poolrules.reporting.ledger_account import Tally
from poolrules.source.finding import Severity
from poolrules.source.text import SourceText

YEAR = FinancialYear(2026)
MAPPING = """columns:
  scheme: Code
  amount: Net
  date: Day
  description: Text
  reference: Ref
date format: dd/mm/yyyy
sign: spending is positive
unit: pounds
schemes:
  E1: Beds
  E2: Beds
  E3: Hoists
left out:
  E9: suspense account
"""
HEADER = "Code,Day,Text,Ref,Net\n"
ALL_YEAR = "".join(
    f"E{1 + month % 3},{15:02d}/{(month + 3) % 12 + 1:02d}/{2026 + (month > 8)},t,R{month},{month + 1}.00\n"
    for month in range(12)
)


def read(
    folder: Path, *files: str, mapping: str = MAPPING, to: datetime.date | None = None, header: str = HEADER
) -> SpendingRead:
    (folder / "m.yaml").write_text(mapping, encoding="utf-8")
    given = []
    for number, text in enumerate(files):
        path = folder / f"l{number}.csv"
        path.write_text(header + text, encoding="utf-8")
        given.append(GivenLedger(str(path), str(folder / "m.yaml")))
    return read_ledgers(tuple(given), YEAR, to or YEAR.last_day, ["Beds", "Hoists", "Slings"], ["Trust", "Council"])


def sums(spending: SpendingRead) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in spending.rows:
        found[row.scheme] = found.get(row.scheme, 0) + row.pence
    return found


def said(spending: SpendingRead) -> list[tuple[str, str, str]]:
    return [
        (one.code, f"{one.span.line}:{one.span.column}" if one.span else "", one.message) for one in spending.findings
    ]


def errors(spending: SpendingRead) -> list[tuple[str, str]]:
    kept = [one for one in spending.findings if one.severity is Severity.ERROR]
    return [(one.code, f"{one.span.line}:{one.span.column}" if one.span else "") for one in kept]


def warnings(spending: SpendingRead) -> list[str]:
    return [one.code for one in spending.findings if one.severity is Severity.WARNING]


def test_a_ledger_without_a_doubt(tmp_path: Path) -> None:
    spending = read(tmp_path, ALL_YEAR)
    assert said(spending) == []
    assert sums(spending) == {"Beds": 4800, "Hoists": 3000}
    first = spending.rows[0]
    assert (first.day, first.place) == ("2026-04-15", f"{tmp_path}/l0.csv:2:1")
    (account,) = spending.ledgers
    assert (account.read, account.used, account.aside) == (Tally(12, 7800), Tally(12, 7800), ())


# ---- what is set aside ----------------------------------------------------------------------------


def test_what_is_read_is_what_is_used_and_what_is_set_aside(tmp_path: Path) -> None:
    rows = "E9,01/04/2026,t,X1,5.00\nE9,01/04/2024,t,X2,6.00\n,,,,\nE1,31/03/2026,t,X3,7.00\nTotal,,,,99.00\n"
    mapping = MAPPING + "outside the period: set aside\ntotal lines: set aside\n"
    spending = read(tmp_path, rows + ALL_YEAR, mapping=mapping)
    (account,) = spending.ledgers
    assert errors(spending) == []
    assert dict(account.aside) == {
        "E9: suspense account": Tally(2, 1100),
        "empty rows": Tally(1, 0),
        "outside 2026/27": Tally(1, 700),
        "total lines": Tally(1, 9900),
    }
    assert account.read == sum((tally for _, tally in account.aside), account.used)


def test_rows_after_the_day_that_is_asked_for_are_set_aside(tmp_path: Path) -> None:
    spending = read(tmp_path, ALL_YEAR, to=datetime.date(2026, 9, 30))
    (account,) = spending.ledgers
    assert dict(account.aside) == {"after 30 September 2026": Tally(6, 5700)}
    assert (account.used, warnings(spending)) == (Tally(6, 2100), [])


def test_the_day_asked_for_is_itself_settled(tmp_path: Path) -> None:
    rows = "E1,30/09/2026,t,A,1.00\nE1,01/10/2026,t,B,2.00\n"
    assert sums(read(tmp_path, rows, to=datetime.date(2026, 9, 30))) == {"Beds": 100}


FLAGGED = MAPPING.replace("  reference: Ref\n", "  prior year: PY\n  permitted: OK\n")
FLAGS = "Code,Day,Text,PY,OK,Net\nE1,01/04/2026,a,N,Y,1.00\nE1,01/04/2026,b,Y,Y,2.00\nE1,01/04/2026,c,,query,4.00\n"


def test_flagged_rows_are_errors_until_the_mapping_deals_with_them(tmp_path: Path) -> None:
    assert errors(read(tmp_path, FLAGS, mapping=FLAGGED, header="")) == [("OUT009", "3:17"), ("OUT009", "4:18")]
    mapping = FLAGGED + "prior-year rows: set aside\nrows not permitted: set aside\n"
    (account,) = read(tmp_path, FLAGS, mapping=mapping, header="").ledgers
    assert dict(account.aside) == {"rows of a year before": Tally(1, 200), "rows that are not permitted": Tally(1, 400)}
    mapping = FLAGGED + "prior-year rows: use\nrows not permitted: set aside\n"
    assert sums(read(tmp_path, FLAGS, mapping=mapping, header="")) == {"Beds": 300}
    assert errors(read(tmp_path, FLAGS.replace("a,N", "a,X"), mapping=mapping, header="")) == [("OUT002", "2:17")]


# ---- what is wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ("E1,01/04/2026,t,A,1.234\n", "OUT003", "2:19"),
        ("E1,01/04/2026,t,A,\n", "OUT003", "2:19"),
        ("E1,2026-04-01,t,A,1.00\n", "OUT006", "2:4"),
        ("E1,,t,A,1.00\n", "OUT006", "2:4"),
        ("E1,31/03/2026,t,A,1.00\n", "OUT007", "2:4"),
        ("E1,01/04/2027,t,A,1.00\n", "OUT007", "2:4"),
        ("E7,01/04/2026,t,A,1.00\nE7,02/04/2026,t,B,2.00\n", "OUT008", "2:1"),
        (",01/04/2026,t,A,1.00\n", "OUT002", "2:1"),
        ("E1,01/04/2026,t,1.00\n", "OUT002", "2:1"),
        ('E1,01/04/2026,"t,A,1.00\n', "OUT002", "2:15"),
        ("Total,01/04/2026,t,A,1.00\n", "OUT004", "2:1"),
        ("E1,01/04/2026,Grand total,A,1.00\n", "OUT004", "2:15"),
        ("E1,01/04/2026,Total for E1,A,1.00\n", "OUT004", "2:15"),
        ("E1,01/04/2026,Equipment,Balance b/fwd,1.00\n", "OUT004", "2:25"),
        ("E1,01/04/2026,Beds sub-total,A,1.00\n", "OUT004", "2:15"),
        ("E1,Total,t,A,1.00\n", "OUT004", "2:4"),
    ],
)
def test_a_row_that_is_wrong_is_reported_at_its_cell(rows: str, code: str, place: str, tmp_path: Path) -> None:
    assert errors(read(tmp_path, rows)) == [(code, place)]


@pytest.mark.parametrize(
    "text", ["Total Care Ltd", "Totally new beds", "Sum of parts", "c/o Trust", "Balance beam", "total knee"]
)
def test_a_supplier_is_no_total(text: str, tmp_path: Path) -> None:
    assert errors(read(tmp_path, f"E1,01/04/2026,{text},A,1.00\n")) == []


def test_an_unknown_code_is_reported_once_with_its_rows_and_its_sum(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "Bed,01/04/2026,t,A,1.00\nBed,02/04/2026,t,B,2.50\n").findings
    assert "(2 rows, £3.50 together)" in found.message
    assert "did you mean `Beds`?" in found.help


def test_a_scheme_may_stand_in_the_ledger_by_its_own_name(tmp_path: Path) -> None:
    assert sums(read(tmp_path, "Slings,01/04/2026,t,A,1.00\n")) == {"Slings": 100}


def test_everything_wrong_comes_at_once(tmp_path: Path) -> None:
    rows = "E7,1/4/26,t,A,1.234\nE1,31/03/2026,t,B,x\nE1,01/04/2026,Total,C,1\n"
    assert sorted(code for code, _ in errors(read(tmp_path, rows))) == ["OUT003", "OUT003", "OUT004", "OUT008"]


def test_a_file_without_rows_and_the_same_file_twice(tmp_path: Path) -> None:
    assert errors(read(tmp_path, "")) == [("OUT001", "1:1")]
    with pytest.raises(Unusable, match="byte for byte"):
        read(tmp_path, ALL_YEAR, ALL_YEAR)


def test_a_header_further_down_is_offered_and_then_read(tmp_path: Path) -> None:
    preamble = "Ledger of the Council\n\n"
    wrong = read(tmp_path, ALL_YEAR, header=preamble + HEADER)
    assert errors(wrong) == [("OUT001", "1:1")]
    assert "header row: 3" in wrong.findings[0].help
    right = read(tmp_path, ALL_YEAR, header=preamble + HEADER, mapping=MAPPING + "header row: 3\n")
    assert (errors(right), sums(right)["Beds"]) == ([], 4800)


def test_a_column_that_is_not_there_is_reported_where_the_mapping_names_it(tmp_path: Path) -> None:
    (found,) = read(tmp_path, ALL_YEAR, header=HEADER.replace("Net", "Net amount")).findings
    assert (found.code, found.span and found.span.line) == ("MAP001", 3)
    assert "did you mean `Net amount`?" in found.help


def test_columns_that_are_not_used_are_named_and_one_of_amounts_is_doubted(tmp_path: Path) -> None:
    rows = "".join(f"{line},x,9.00\n" for line in ALL_YEAR.splitlines())
    spending = read(tmp_path, rows, header="Code,Day,Text,Ref,Net,VAT code,Gross\n")
    assert (spending.ledgers[0].unused, warnings(spending)) == (("VAT code", "Gross"), ["OUT013"])


def test_other_currencies_are_refused_without_being_asked_for(tmp_path: Path) -> None:
    rows = "E1,01/04/2026,t,A,1.00,GBP\nE1,01/04/2026,t,B,1.00,EUR\n"
    assert errors(read(tmp_path, rows, header="Code,Day,Text,Ref,Net,Currency\n")) == [("OUT003", "3:24")]


# ---- how sums are written -----------------------------------------------------------------------------


def test_debits_and_credits(tmp_path: Path) -> None:
    mapping = MAPPING.replace("  amount: Net", "  debit: Dr\n  credit: Cr").replace(
        "spending is positive", "both are positive"
    )
    header, rows = (
        "Code,Day,Text,Ref,Dr,Cr\n",
        "E1,01/04/2026,t,A,5.00,\nE1,02/04/2026,t,B,,2.00\nE1,02/04/2026,t,C,1,0\n",
    )
    assert sums(read(tmp_path, rows, mapping=mapping, header=header)) == {"Beds": 400}
    assert errors(read(tmp_path, "E1,01/04/2026,t,A,5,2\n", mapping=mapping, header=header)) == [("OUT003", "2:21")]
    assert errors(read(tmp_path, "E1,01/04/2026,t,A,,\n", mapping=mapping, header=header)) == [("OUT003", "2:19")]


def test_income_that_is_negative_in_its_column(tmp_path: Path) -> None:
    mapping = MAPPING.replace("  amount: Net", "  expenditure: Exp\n  income: Inc")
    header, rows = "Code,Day,Text,Ref,Exp,Inc\n", "E1,01/04/2026,t,A,5.00,-2.00\nE1,02/04/2026,t,B,4.00,\n"
    stated = mapping.replace("spending is positive", "income is negative")
    assert sums(read(tmp_path, rows, mapping=stated, header=header)) == {"Beds": 700}
    wrong = read(tmp_path, rows, mapping=mapping.replace("spending is positive", "both are positive"), header=header)
    assert (sums(wrong), "OUT011" in warnings(wrong)) == ({"Beds": 1100}, True)


def test_spending_that_is_negative(tmp_path: Path) -> None:
    mapping = MAPPING.replace("is positive", "is negative")
    assert sums(read(tmp_path, "E1,01/04/2026,t,A,-5.00\nE1,01/04/2026,t,B,2.00\n", mapping=mapping)) == {"Beds": 300}


def test_thousands_and_other_marks_between_values(tmp_path: Path) -> None:
    mapping = MAPPING.replace("unit: pounds", "unit: thousands of pounds\ndelimiter: semicolon")
    rows = "E1;01/04/2026;t, with a comma;A;1,234.567\n"
    assert sums(read(tmp_path, rows, mapping=mapping, header=HEADER.replace(",", ";"))) == {"Beds": 123456700}


def test_several_marks_and_the_partner_whose_cost_it_was(tmp_path: Path) -> None:
    mapping = MAPPING.replace("  reference: Ref", "  mark: Ref\n  partner: Text").replace("  description: Text\n", "")
    mapping += "partners:\n  Z1: Trust\n"
    (row,) = read(tmp_path, "E1,01/04/2026,Z1,pay award; one-off;,1.00\n", mapping=mapping).rows
    assert (row.marks, row.partner) == (("pay award", "one-off"), "Trust")
    assert errors(read(tmp_path, "E1,01/04/2026,,x,1.00\n", mapping=mapping)) == [("OUT002", "2:15")]
    assert errors(read(tmp_path, "E1,01/04/2026,Trsut,x,1.00\n", mapping=mapping)) == [("OUT008", "2:15")]
    (row,) = read(tmp_path, "E1,01/04/2026,,x,1.00\n", mapping=mapping + "blank partner: allowed\n").rows
    assert row.partner is None


# ---- days and periods -----------------------------------------------------------------------------------

PERIODS = MAPPING.replace("  reference: Ref", "  period: Ref")


@pytest.mark.parametrize(
    ("day", "period", "counted"),
    [
        ("15/04/2026", "1", "2026-04-15"),
        ("15/05/2026", "1", "2026-04-30"),
        ("15/03/2027", "12", "2027-03-15"),
        ("03/04/2027", "12", "2027-03-31"),
        ("20/04/2027", "13", "2027-03-31"),
        ("15/01/2027", "P10", "2027-01-15"),
        ("", "07", "2026-10-31"),
        ("15/02/2027", "", "2027-02-15"),
    ],
)
def test_a_period_says_when_a_row_counts(day: str, period: str, counted: str, tmp_path: Path) -> None:
    (row,) = read(tmp_path, f"E1,{day},t,{period},1.00\n", mapping=PERIODS).rows
    assert row.day == counted


@pytest.mark.parametrize(
    ("day", "period", "code"),
    [
        ("03/04/2027", "11", "OUT007"),
        ("15/03/2028", "12", "OUT007"),
        ("31/03/2026", "1", "OUT007"),
        ("15/04/2026", "0", "OUT006"),
        ("15/04/2026", "14", "OUT006"),
        ("15/04/2026", "April", "OUT006"),
        ("", "", "OUT006"),
    ],
)
def test_a_period_that_cannot_be(day: str, period: str, code: str, tmp_path: Path) -> None:
    assert [code for code, _ in errors(read(tmp_path, f"E1,{day},t,{period},1.00\n", mapping=PERIODS))] == [code]


def test_a_ledger_without_dates_is_of_the_whole_year_only(tmp_path: Path) -> None:
    mapping = MAPPING.replace("  date: Day\n", "").replace("dd/mm/yyyy", "no dates")
    assert sums(read(tmp_path, "E1,whenever,t,A,1.00\n", mapping=mapping)) == {"Beds": 100}
    part = read(tmp_path, "E1,whenever,t,A,1.00\n", mapping=mapping, to=datetime.date(2026, 9, 30))
    assert errors(part) == [("MAP001", "1:1")]


def test_nothing_spent_is_said_in_the_mapping(tmp_path: Path) -> None:
    spending = read(tmp_path, ALL_YEAR, mapping=MAPPING + "nothing spent: Slings\n")
    assert (sums(spending)["Slings"], spending.nothing_spent, errors(spending)) == (0, ("Slings",), [])
    assert errors(read(tmp_path, ALL_YEAR, mapping=MAPPING + "nothing spent: Beds\n")) == [("MAP001", "16:16")]


# ---- doubts -----------------------------------------------------------------------------------------------


def test_rows_that_are_there_twice(tmp_path: Path) -> None:
    rows = ALL_YEAR + "E1,16/04/2026,other,R0,1.00\nE1,16/04/2026,t,R0,2.00\n"
    assert said(read(tmp_path, rows)) == [("OUT010", "14:1", "the reference `R0` stands twice")]
    strict = read(tmp_path, rows, mapping=MAPPING + "references: one row each\n")
    assert said(strict) == [("OUT010", "14:1", "the reference `R0` stands 3 times")]
    no_reference = ALL_YEAR + "E1,16/04/2026,t,,5.00\nE1,16/04/2026,t,,5.00\nE1,16/04/2026,u,,5.00\n"
    assert [one[:2] for one in said(read(tmp_path, no_reference))] == [("OUT010", "15:1")]


def test_a_row_in_two_files(tmp_path: Path) -> None:
    (found,) = read(tmp_path, ALL_YEAR, "E1,15/04/2026,t,R0,1.00\nE1,15/05/2026,t,Z,2.00\n").findings
    assert [label.span.file.rpartition("/")[2] for label in found.labels] == ["l1.csv", "l0.csv"]


def test_months_without_rows(tmp_path: Path) -> None:
    rows = [line for number, line in enumerate(ALL_YEAR.splitlines(keepends=True)) if number not in (0, 5, 6, 11)]
    assert [message for _, _, message in said(read(tmp_path, "".join(rows)))] == [
        "no row falls in April 2026, September 2026 to October 2026, March 2027",
    ]


def test_months_may_stand_in_files_of_their_own(tmp_path: Path) -> None:
    lines = ALL_YEAR.splitlines(keepends=True)
    assert said(read(tmp_path, "".join(lines[:7]), "".join(lines[7:]))) == []


def test_a_scheme_that_comes_to_income(tmp_path: Path) -> None:
    spending = read(tmp_path, ALL_YEAR + "E3,16/04/2026,t,Z,-100.00\n")
    assert [one[0] for one in said(spending)] == ["OUT011"]
    assert "all rows of Hoists together are income, £70.00" in said(spending)[0][2]


def test_a_last_row_that_is_the_sum_of_the_others(tmp_path: Path) -> None:
    assert [one[:2] for one in said(read(tmp_path, ALL_YEAR + "E1,31/03/2027,t,Z,78.00\n"))] == [("OUT014", "14:1")]


# ---- laws ---------------------------------------------------------------------------------------------------

ROWS = some.lists(
    some.tuples(some.sampled_from(("E1", "E2", "E3", "E9")), some.integers(0, 364), some.integers(-(10**7), 10**7)),
    min_size=1,
    max_size=25,
)


def csv_rows(rows: list[tuple[str, int, int]]) -> list[str]:
    first = YEAR.first_day
    return [
        f"{code},{first + datetime.timedelta(days):%d/%m/%Y},t,R{number},{decimal_pounds(pence)}\n"
        for number, (code, days, pence) in enumerate(rows)
    ]


@given(ROWS, some.randoms(use_true_random=False), some.integers(0, 25))
def test_neither_the_order_of_rows_nor_that_of_files_changes_a_sum(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, int]], chance: random.Random, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("l")
    lines = csv_rows(rows)
    whole = read(folder, "".join(lines))
    mixed = list(lines)
    chance.shuffle(mixed)
    parts = ["".join(part) for part in (mixed[cut:], mixed[:cut]) if part]
    other = read(folder, *parts)
    assert errors(whole) == errors(other) == []
    assert sums(whole) == sums(other)
    total = sum((one.read for one in other.ledgers), Tally(0, 0))
    assert total == whole.ledgers[0].read == Tally(len(rows), sum(pence for _, _, pence in rows))


@given(ROWS, some.integers(-(10**6), 10**6))
def test_splitting_a_row_in_two_changes_no_sum(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, int]], part: int
) -> None:
    folder = tmp_path_factory.mktemp("l")
    (code, days, pence), *others = rows
    split = [(code, days, part), *others, (code, days, pence - part)]
    assert sums(read(folder, "".join(csv_rows(rows)))) == sums(read(folder, "".join(csv_rows(split))))


def workbook(folder: Path, rows: list[tuple[str, int, int]], *, real_dates: bool = True) -> GivenLedger:
    path = folder / "l.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, dated = book.add_worksheet("Ledger"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADER.strip().split(","))
        for number, (code, days, pence) in enumerate(rows, 1):
            day = YEAR.first_day + datetime.timedelta(days)
            sheet.write_row(number, 0, (code, "", "t", f"R{number}"))
            if real_dates:
                sheet.write_datetime(number, 1, day, dated)
            else:
                sheet.write_string(number, 1, f"{day:%d/%m/%Y}")
            sheet.write_number(number, 4, pence / 100)
    (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    return GivenLedger(str(path), str(folder / "m.yaml"))


@given(ROWS, some.booleans())
def test_a_workbook_says_what_the_csv_says(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, int]], real_dates: bool
) -> None:
    folder = tmp_path_factory.mktemp("l")
    from_csv = read(folder, "".join(csv_rows(rows)))
    given = workbook(folder, rows, real_dates=real_dates)
    from_book = read_ledgers((given,), YEAR, YEAR.last_day, ["Beds", "Hoists"], [])
    assert errors(from_book) == []
    assert [(row.scheme, row.pence, row.day) for row in from_book.rows] == [
        (row.scheme, row.pence, row.day) for row in from_csv.rows
    ]
    assert from_book.ledgers[0].read == from_csv.ledgers[0].read


def test_a_row_of_a_workbook_has_the_name_of_its_cell(tmp_path: Path) -> None:
    given = workbook(tmp_path, [("E1", 3, 100)])
    spending = read_ledgers((given,), YEAR, YEAR.last_day, ["Beds", "Hoists"], [])
    place = spending.rows[0].place
    assert place == f"{tmp_path}/l.xlsx:Ledger!A2"
    (label,) = spending.located(place)
    assert (label.span.line, label.span.column) == (2, 1)


@given(
    some.lists(some.lists(some.text(some.sampled_from("ab \",;1'é"), max_size=6), min_size=3, max_size=3), max_size=8)
)
def test_cells_are_cut_as_csv_is_written(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([["a", "b", "c"], *rows])
    table = ledger_csv.CsvTable(SourceText("l.csv", written.getvalue()))
    read_back = [[cell.strip() for cell in cells] for _, cells in table.rows()]
    expected = [[cell.strip() for cell in row] for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    assert table.findings == []
    assert [row or ["", "", ""] for row in read_back] == expected


# ---- which mapping for which ledger ------------------------------------------------------------------------


def test_one_mapping_for_all_or_one_for_each() -> None:
    assert pair_up(("a", "b"), ("m",)) == (GivenLedger("a", "m"), GivenLedger("b", "m"))
    assert pair_up(("a", "b"), ("m", "n")) == (GivenLedger("a", "m"), GivenLedger("b", "n"))
    for ledgers, mappings in ((("a",), ()), (("a",), ("m", "n")), (("a", "b", "c"), ("m", "n"))):
        with pytest.raises(Unusable):
            pair_up(ledgers, mappings)


def test_a_missing_library_is_named_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = workbook(tmp_path, [("E1", 3, 100)])
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Unusable) as fault:
        read_ledgers((given,), YEAR, YEAR.last_day, ["Beds", "Hoists"], [])
    assert 'pip install "poolrules[xlsx]"' in fault.value.help
    assert ledger_xlsx.is_workbook("l.xlsx", b"")
