"""Writing sheets as an Excel workbook. Nothing in it depends on the day or the machine that writes it."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final

from poolrules.reporting.workbook.sheet import Cell, Formula, Look, Pounds, Sheet, Whole, Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_RUNS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet would run, once somebody edits the cell or saves it as CSV."""

_POUNDS: Final = "#,##0.00_);-#,##0.00_);0.00_)"
_LINE: Final = 15
"""The height of a line, in points."""

_SPARE: Final = 8
"""How many of a column's characters are left free where a text goes on below itself: letters differ in width."""

_WHOLE: Final = "#,##0_);-#,##0_);0_)"
_LOOKS: Final[dict[Look, dict[str, object]]] = {
    Look.PLAIN: {},
    Look.TITLE: {"bold": True, "font_size": 14},
    Look.HEADING: {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True},
    Look.SECTION: {"bold": True, "font_size": 12, "font_color": "#1F3864"},
    Look.TOTAL: {"bold": True},
    Look.INPUT: {"bg_color": "#FFF9DB"},
    Look.CHECK: {"bold": True, "indent": 1},
    Look.PARAGRAPH: {"font_color": "#595959", "text_wrap": True},
    Look.NOTE: {"italic": True, "font_color": "#595959", "indent": 1},
}
_CREATED: Final = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed moment, so that the same inputs give the same bytes


def write_sheets(sheets: Sequence[Sheet], properties: dict[str, str], title: str) -> bytes:
    """Write sheets to the bytes of a workbook, with some custom properties. Raises `ImportError` without XlsxWriter."""
    from xlsxwriter import Workbook

    written = BytesIO()
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _CREATED})
    for name, value in properties.items():
        book.set_custom_property(name, value, "text")
    looks = _Looks(book)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, looks)
    book.close()
    return written.getvalue()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self.book = book
        self.made: dict[tuple[Look, str], Format] = {}

    def __call__(self, look: Look, kind: str = "") -> "Format":
        if (look, kind) not in self.made:
            kinds: dict[str, dict[str, object]] = {
                "": {},
                "runs": {"quote_prefix": True},
                "pounds": {"num_format": _POUNDS},
                "whole": {"num_format": _WHOLE},
            }
            self.made[look, kind] = self.book.add_format({"valign": "top", **_LOOKS[look], **kinds[kind]})
        return self.made[look, kind]


def _write(page: "Worksheet", sheet: Sheet, looks: _Looks) -> None:
    """Write one sheet."""
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for (row, column), cell in sheet.cells.items():
        _write_cell(page, row, column, cell, looks)
        if isinstance(cell, Words) and cell.look is Look.PARAGRAPH:
            lines = -(-len(cell.text) // (sheet.widths[column] - _SPARE))
            page.set_row(row, _LINE * lines)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if sheet.header is not None:
        page.set_row(sheet.header, 32)
        page.freeze_panes(sheet.header + 1, 0)
        page.repeat_rows(sheet.header)
    page.set_footer("&L&A&RPage &P of &N")


def _write_cell(page: "Worksheet", row: int, column: int, cell: Cell, looks: _Looks) -> None:
    """Write one cell. A formula has no value until a spreadsheet computes it, as each does when it opens the file."""
    match cell:
        case Words(text, look):
            page.write_string(row, column, text, looks(look, "runs" if text.startswith(_RUNS) else ""))
        case Pounds(pence, look):
            page.write_number(row, column, Decimal(pence).scaleb(-2), looks(look, "pounds"))
        case Whole(number, look):
            page.write_number(row, column, number, looks(look, "whole"))
        case Formula(expression, look, pounds):
            page.write_formula(row, column, f"={expression}", looks(look, "pounds" if pounds else "whole"), "")
