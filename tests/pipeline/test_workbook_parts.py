"""Workbooks that are damaged, hostile or odd: refused in one plain line, or read for what they hold."""

import io
import zipfile
from pathlib import Path

import pytest

from poolrules.base import limits
from poolrules.base.unreadable import Unreadable
from poolrules.pipeline import workbook_parts
from poolrules.pipeline.ledger_table import NoValue
from poolrules.pipeline.ledger_xlsx import SheetTable, read_sheet
from poolrules.pipeline.mapping import LedgerMapping, read_mapping
from poolrules.pipeline.workbook_parts import column_letters, column_number, open_workbook

GOOD = Path(__file__).parents[1] / "bad_inputs/xlsx/ok_plain.xlsx"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"


def mapping(more: str = "") -> LedgerMapping:
    text = "scheme: Beds\ncolumns: {amount: amount}\ndate format: no dates\nsign: spending is positive\nunit: pounds\n"
    read = read_mapping("m.yaml", (text + more).encode())
    assert read.mapping is not None
    return read.mapping


def repacked(parts: dict[str, bytes], *, leave_out: tuple[str, ...] = ()) -> bytes:
    """The plain workbook with some parts in place of its own, or beside them."""
    with zipfile.ZipFile(GOOD) as good:
        kept = {name: good.read(name) for name in good.namelist() if name not in leave_out}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (kept | parts).items():
            archive.writestr(name, data)
    return written.getvalue()


def sheet(rows: bytes) -> bytes:
    return repacked({SHEET: HEAD + OPEN + rows + CLOSE})


def table(data: bytes, more: str = "") -> SheetTable:
    return read_sheet("l.xlsx", data, mapping(more))


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as fault:
        table(data)
    assert fault.value.help
    return fault.value.message


def test_a_plain_workbook_is_read() -> None:
    assert list(table(GOOD.read_bytes()).rows()) == [
        (2, ["2025-04-14", "borough", 1200.0]),
        (3, ["2025-05-14", "trust", 80.25]),
    ]


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/styles.xml", "docProps/app.xml", "xl/drawings/a.xml.rels"]
)
def test_a_document_type_is_refused_wherever_it_stands(part: str) -> None:
    data = repacked({part: HEAD + b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'})
    assert "document type" in refusal(data)


@pytest.mark.parametrize(
    "part",
    [
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
        '<?xml version="1.0"?><!DOCTYPE x><x/>'.encode("utf-16-le"),
        b'<?xml version="1.0" encoding="UTF-7"?><x/>',
        b'\xef\xbb\xbf<?xml version="1.0" encoding="IBM037"?><x/>',
    ],
)
def test_xml_in_another_encoding_hides_nothing(part: bytes) -> None:
    assert "not UTF-8" in refusal(repacked({"xl/styles.xml": part}))


def test_a_bomb_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "MAX_WORKBOOK_BYTES", 1_000_000)
    assert "too large once it is unpacked" in refusal(repacked({"xl/styles.xml": b" " * 1_000_001}))
    assert "too large once it is unpacked" in refusal(
        repacked({f"xl/s{number}.xml": b" " * 300_000 for number in range(4)})
    )
    assert limits.MAX_WORKBOOK_BYTES > 1_000_000


def test_a_size_that_lies_is_found_out() -> None:
    data = bytearray(repacked({"xl/styles.xml": b"<styleSheet/>" + b" " * 10_000}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo("xl/styles.xml")
    at = data.rindex(info.filename.encode()) - 46  # its entry in the table of contents
    data[at + 24 : at + 28] = (20).to_bytes(4, "little")
    assert "damaged" in refusal(bytes(data))


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "MAX_WORKBOOK_PARTS", 4)
    assert "the workbook has 5 parts" in refusal(GOOD.read_bytes())


@pytest.mark.parametrize("length", [4, 30, 200, 900, 1500])
def test_a_workbook_that_is_cut_short(length: int) -> None:
    assert refusal(GOOD.read_bytes()[:length])


def test_what_is_no_workbook_of_this_kind() -> None:
    assert "old Excel workbook" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert "not an .xlsx workbook" in refusal(repacked({}, leave_out=("xl/workbook.xml",)))
    assert "not an .xlsx workbook" in refusal(repacked({"xl/workbook.bin": b"x"}))
    assert "not in the workbook" in refusal(repacked({}, leave_out=(SHEET,)))


def test_a_sheet_outside_the_workbook_is_never_read() -> None:
    rels = (
        HEAD
        + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        b' Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    assert "0 sheets" in refusal(repacked({"xl/_rels/workbook.xml.rels": rels}))
    inside = rels.replace(b' TargetMode="External"', b"").replace(b"file:///etc/passwd", b"../../../../etc/passwd")
    assert "is not in the workbook" in refusal(repacked({"xl/_rels/workbook.xml.rels": inside}))


def test_the_sheet_is_named_where_there_are_several() -> None:
    data = (GOOD.parent / "hidden_sheet.xlsx").read_bytes()
    shown = repacked_from(data, b' state="hidden"', b"")
    assert "the workbook has 2 sheets" in refusal(shown)
    assert len(list(table(shown, "sheet: Ledger\n").rows())) == 2
    with pytest.raises(Unreadable, match="no sheet `Lodger`") as fault:
        table(shown, "sheet: Lodger\n")
    assert "did you mean `Ledger`?" in fault.value.help
    hidden = table(data, "sheet: Adjust\n")
    assert [found.message for found in hidden.findings] == ["the sheet `Adjust` that is read is hidden"]


def repacked_from(data: bytes, old: bytes, new: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(written, "w") as archive:
        for name in given.namelist():
            archive.writestr(name, given.read(name).replace(old, new))
    return written.getvalue()


# ---- cells --------------------------------------------------------------------------------------------


def cells(row: bytes) -> list[object]:
    head = b'<row r="1"><c r="A1" t="inlineStr"><is><t>amount</t></is></c></row>'
    found = list(table(sheet(head + b'<row r="2">' + row + b"</row>")).rows())
    return list(found[0][1]) if found else []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (b'<c r="A2"><v>12.5</v></c>', 12.5),
        (b'<c s="0" r="A2"><v>12.5</v></c>', 12.5),
        (b'<c r="A2"><f>SUM(B1:B9)</f><v>12.5</v></c>', 12.5),
        (b'<c r="A2" t="str"><f>T(B1)</f><v></v></c>', None),
        (b'<c r="A2" t="e"><v>#N/A</v></c>', NoValue("the error #N/A")),
        (b"<c r='A2' t='e'><f>1/0</f><v>#DIV/0!</v></c>", None),
        (b'<c r="A2" t = "e"><v>#REF!</v></c>', NoValue("the error #REF!")),
        (b'<c r="A2" t="e"></c>', NoValue("an error")),
        (b'<c r="A2"><f>1+1</f></c>', NoValue("a formula without a stored value")),
        (b'<c r="A2"><f>1+1</f><v/></c>', NoValue("a formula without a stored value")),
        (b'<c r="A2"><f t="shared" si="0"/><v></v></c>', NoValue("a formula without a stored value")),
        (b'<x:c xmlns:x="u" r="A2" t="e"><x:v>#N/A</x:v></x:c>', NoValue("the error #N/A")),
        (b'<c r="A2" t="b"><v>1</v></c>', True),
    ],
)
def test_a_cell_is_what_is_stored_or_is_named_as_holding_nothing(cell: bytes, value: object) -> None:
    if value is not None:
        assert cells(cell) == [value]
    elif b"t='e'" in cell:  # a reference in other quotation marks is not where Excel would write it
        assert refusal(sheet(b'<row r="2">' + cell + b"</row>"))
    else:
        assert cells(cell) == []


def test_cells_that_do_not_say_where_they_stand_are_refused() -> None:
    assert "do not say where they stand" in refusal(sheet(b"<row><c><v>1</v></c></row>"))
    assert "do not say where they stand" in refusal(sheet(b'<row><c r="&#65;1"><v>1</v></c></row>'))
    assert "do not say where they stand" in refusal(sheet(b'<row><c r="A1"/><c t="n"><v>1</v></c></row>'))


@pytest.mark.parametrize("cell", ["A9999999", "XFD800", "ZZ20000"])
def test_cells_far_apart_are_refused(cell: str) -> None:
    assert "the sheet reaches to row" in refusal(
        sheet(f'<row r="1"><c r="A1"/><c r="{cell}"><v>1</v></c></row>'.encode())
    )


def test_columns_are_counted_as_spreadsheets_do() -> None:
    for index in (0, 25, 26, 51, 701, 702, 16383):
        assert column_number(column_letters(index)) == index
    assert column_letters(16383) == "XFD"


def test_parts_of_other_sheets_are_not_handed_on() -> None:
    book = open_workbook((GOOD.parent / "hidden_sheet.xlsx").read_bytes())
    with zipfile.ZipFile(io.BytesIO(book.archive_for(book.sheets[0]))) as archive:
        assert "xl/worksheets/sheet2.xml" not in archive.namelist()
        assert SHEET in archive.namelist()
