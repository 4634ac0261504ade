"""Reading an outturn: strict, whole, and every fault at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from poolrules.base.money import decimal_pounds
from poolrules.pipeline.ledger_codes import PAGES
from poolrules.pipeline.outturn import outturn_text, read_outturn
from poolrules.source.text import SourceText, read_text

SCHEMES = ("Beds", "Hoists", "Totals")


def rows(text: str) -> list[tuple[str, int, str | None]]:
    outturn = read_outturn(SourceText("o.csv", text), SCHEMES)
    assert outturn.findings == ()
    return [(row.scheme, row.pence, "; ".join(row.marks) or None) for row in outturn.rows]


def faults(text: str) -> list[tuple[str, str]]:
    found = read_outturn(SourceText("o.csv", text), SCHEMES).findings
    assert {fault.code for fault in found} <= set(PAGES)
    return [(fault.code, f"{fault.span.line}:{fault.span.column}" if fault.span else "") for fault in found]


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("5", 500),
        ("5.5", 550),
        ("5.05", 505),
        ("0", 0),
        ("-5", -500),
        ("£5", 500),
        ("-£5.00", -500),
        ('"1,234,567.89"', 123456789),
        (' " £1,000 " ', 100000),
        ("007", 700),
        ("(5)", -500),
        ('"(£1,234.50)"', -123450),
        ("( 5.00 )", -500),
        ("999999999999.99", 99999999999999),
    ],
)
def test_amounts(written: str, pence: int) -> None:
    assert rows(f"scheme,spent\nBeds,{written}\n") == [("Beds", pence, None)]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "1.234",
            "1e5",
            "NaN",
            "Infinity",
            "1_000",
            "٣",
            "¹",
            "1 000",
            "€5",
            "$5",
            "5-",
            "5CR",
            "(-5)",
            "(5",
            "£-5",
            "-",
            "+5",
            "--5",
        ),
        *('"1,23"', '"12,34.00"', '"1,234,56"', '"1.000,00"', "0x10", ".5", "5.", "TRUE", "=1+1", "£", "1000000000000"),
    ],
)
def test_no_other_amount(written: str) -> None:
    assert faults(f"scheme,spent\nBeds,{written}\n") == [("OUT003", "2:6")]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "OUT001", "1:1"),
        ("\nscheme,spent\nBeds,5\n", "OUT001", "1:1"),
        ("Beds,5\n", "OUT001", "1:1"),
        ('{"scheme": "Beds", "spent": 5}\n', "OUT001", "1:1"),
        ("scheme|spent\nBeds|5\n", "OUT001", "1:1"),
        ("scheme,spent,notes\nBeds,5,x\n", "OUT001", "1:14"),
        ("scheme,spent,Spent\nBeds,5,5\n", "OUT001", "1:14"),
        ("scheme,spent,\nBeds,5,6\n", "OUT002", "2:8"),
        ("scheme,spent,\nBeds,5,,\n", "OUT002", "2:1"),
        ("scheme,,spent\nBeds,,5\n", "OUT001", "1:8"),
        ("scheme;spent;cause\nBeds;5;\nHoists;6;\n", "OUT001", "1:1"),
        ('"scheme"\t"spent"\nBeds\t5\n', "OUT001", "1:1"),
        ("scheme;spent, in pounds\nBeds;5\n", "OUT001", "1:1"),
        ("scheme,spent\nBeds,5\n,\nHoists,6\n", "OUT002", "3:1"),
        ("scheme,cause\nBeds,x\n", "OUT001", "1:1"),
        ("scheme,spent\n", "OUT001", "1:1"),
        ('scheme,"spent\nBeds,5\n', "OUT002", "1:8"),
        ("scheme,spent\nBeds\n", "OUT002", "2:1"),
        ("scheme,spent\nBeds,5,6\n", "OUT002", "2:1"),
        ("scheme,spent\n,5\n", "OUT002", "2:1"),
        ("scheme,spent\nBeds,5\n\nHoists,6\n", "OUT002", "3:1"),
        ('scheme,spent\nBeds,"5\nHoists,6\n', "OUT002", "2:6"),
        ('scheme,spent\nBeds,5"6\n', "OUT002", "2:7"),
        ('scheme,spent\nBeds,"5"6\n', "OUT002", "2:6"),
        ("scheme,spent\nTotal,5\n", "OUT004", "2:1"),
        ("scheme,spent\nGrand total,5\n", "OUT004", "2:1"),
        ("scheme,spent\nSub-total beds,5\n", "OUT004", "2:1"),
    ],
)
def test_faults_of_a_file(text: str, code: str, place: str) -> None:
    assert faults(text) == [(code, place)]


def test_a_lost_quotation_mark_loses_no_other_row() -> None:
    outturn = read_outturn(SourceText("o.csv", 'scheme,spent\nBeds,"5\nHoists,6\n'), SCHEMES)
    assert [row.scheme for row in outturn.rows] == ["Hoists"]


def test_a_scheme_may_be_called_a_total() -> None:
    assert rows("scheme,spent\nTotals,5\n") == [("Totals", 500, None)]


def test_columns_in_any_order_and_case_with_spaces() -> None:
    assert rows(" Cause , SPENT,Scheme \n pay award ,5, Beds \n,6,Beds\n") == [
        ("Beds", 500, "pay award"),
        ("Beds", 600, None),
    ]


def test_empty_columns_on_the_right_are_left_out() -> None:
    assert rows("scheme,spent,,\nBeds,5,,\nHoists,6\nHoists,7,\n,,,\n") == [
        ("Beds", 500, None),
        ("Hoists", 600, None),
        ("Hoists", 700, None),
    ]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("-", "write 0"),
        ("–", "write 0"),
        ("nil", "write 0"),
        ("5.00CR", "(1200.00)"),
        ("£-5", "a minus in front"),
    ],
)
def test_what_is_likely_meant_is_said(written: str, help: str) -> None:
    (fault,) = read_outturn(SourceText("o.csv", f"scheme,spent\nBeds,{written}\n"), SCHEMES).findings
    assert help in fault.help


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_another_separator_is_named_once(mark: str, name: str) -> None:
    (fault,) = read_outturn(SourceText("o.csv", f"scheme{mark}spent\nBeds{mark}5\nBeds{mark}6\n"), SCHEMES).findings
    assert name in fault.message


@pytest.mark.parametrize(
    ("data", "message", "help"),
    [
        (b"\xd0\xcf\x11\xe0\xa1", "an Excel workbook", '"CSV UTF-8 (Comma delimited)"'),
        (b"PK\3\4....xl/workbook.xml", "an Excel workbook", '"CSV UTF-8 (Comma delimited)"'),
        (b"PK\3\4mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument", '"Text CSV"'),
        (b"PK\3\4....outturn.csv", "a ZIP archive", "CSV file"),
        ("scheme,spent\nBeds,£5\n".encode("cp1252"), "its £ is written as Windows", '"CSV UTF-8 (Comma delimited)"'),
        ("scheme,spent\nBéds,5\n".encode("cp1252"), "not UTF-8", '"CSV UTF-8 (Comma delimited)"'),
        ("scheme,spent\nBeds,5\n".encode("utf-16"), "not UTF-8", '"CSV UTF-8 (Comma delimited)"'),
    ],
)
def test_a_file_that_is_no_text_is_named(data: bytes, message: str, help: str) -> None:
    found = outturn_text("o.csv", data)
    assert isinstance(found, list)
    assert (message in found[0].message, help in found[0].help, len(found)) == (True, True, 1)


def test_unseen_characters_are_told_as_in_any_text() -> None:
    found = outturn_text("o.csv", b"scheme,spent\nBe\x1bds,5\n")
    assert isinstance(found, list)
    assert "cannot be seen" in found[0].message


def test_what_a_spreadsheet_writes_is_read() -> None:
    source = read_text("o.csv", b'\xef\xbb\xbfscheme,spent\r\n"Beds","1,000.00"\r\n,\r\n\r\n')
    assert isinstance(source, SourceText)
    outturn = read_outturn(source, SCHEMES)
    assert [(row.scheme, row.pence, row.place) for row in outturn.rows] == [("Beds", 100000, "o.csv:2:1")]
    assert outturn.findings == ()


@given(some.lists(some.tuples(some.sampled_from(SCHEMES), some.integers(-(10**12), 10**12)), min_size=1))
def test_what_is_written_is_read(given_rows: list[tuple[str, int]]) -> None:
    text = "scheme,spent\n" + "".join(f"{scheme},{decimal_pounds(pence)}\n" for scheme, pence in given_rows)
    assert [(scheme, pence) for scheme, pence, _ in rows(text)] == given_rows


@given(some.text(some.characters(exclude_categories=["Cs"]), max_size=60))
def test_every_row_is_read_or_reported(text: str) -> None:
    outturn = read_outturn(SourceText("o.csv", f"scheme,spent\n{text}"), SCHEMES)
    lines = text.rstrip().split("\n")
    while lines and not lines[-1].strip(" ,"):
        lines.pop()
    assert len(outturn.rows) + len({found.span.line for found in outturn.findings if found.span} - {1}) >= len(lines)
