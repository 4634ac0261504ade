"""The sheet of a workbook as rows of cells: numbers as they are stored, and every cell without a value named as one."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from poolrules.base.near import did_you_mean
from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.ledger_codes import HIDDEN
from poolrules.pipeline.ledger_table import NoValue, Value, cell_text
from poolrules.pipeline.mapping import LedgerMapping
from poolrules.pipeline.workbook_parts import (
    Sheet,
    Workbook,
    cells_without_value,
    check_extent,
    column_letters,
    column_number,
    open_workbook,
)
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.source.text import visible

_CELL_NAME: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SAVE_AGAIN: Final = "open it in Excel and save it again as .xlsx"


class _Read(Struct, frozen=True):
    """The cells of a sheet: the row (from 1) and column index (from 0) of the first, and the rows from there."""

    row: int
    column: int
    rows: list[list[Value]]


class SheetTable:
    """One sheet of a workbook as rows of cells."""

    shifts = False

    def __init__(self, file: str, sheet: str, read: _Read, header_row: int) -> None:
        self.file = file
        self.sheet = sheet
        self.header_row = header_row
        self.findings: list[Finding] = []
        self._first = read.row
        self._rows = read.rows
        self._pad: list[Value] = [""] * read.column
        at = header_row - read.row
        top = self._pad + read.rows[at] if 0 <= at < len(read.rows) else []
        self.header = [cell_text(cell) for cell in top]

    def rows(self) -> Iterator[tuple[int, Sequence[Value]]]:
        """Every row below the header."""
        pad = self._pad
        last = len(self._rows)
        while last and _is_empty(self._rows[last - 1]):
            last -= 1
        for number, row in enumerate(self._rows[:last], self._first):
            if number > self.header_row:
                yield number, () if _is_empty(row) else pad + row if pad else row

    def span(self, number: int, index: int | None) -> Span:
        """A cell by its row and column, both from 1."""
        return line_span(self.file, number, (index or 0) + 1, 1)

    def cell(self, number: int, index: int | None) -> str:
        """The name of a cell, before a sentence about it."""
        return f"row {number}: " if index is None else f"cell {column_letters(index)}{number}: "

    def place(self, number: int, index: int) -> str:
        """The place of a cell as spreadsheets write it, after the name of the file."""
        return f"{self.file}:{self.sheet}!{column_letters(index)}{number}"

    def span_of(self, place: str) -> Span | None:
        """Where a place is, if it is one of this sheet."""
        start = f"{self.file}:{self.sheet}!"
        found = _CELL_NAME.fullmatch(place, len(start)) if place.startswith(start) else None
        return self.span(int(found[2]), column_number(found[1])) if found else None


def is_workbook(file: str, data: bytes) -> bool:
    """Whether a ledger is to be read as a workbook: by its name or by how its bytes begin."""
    return file.lower().endswith((".xlsx", ".xlsm")) or data.startswith(b"PK\3\4")


def read_sheet(file: str, data: bytes, mapping: LedgerMapping) -> SheetTable:
    """Read the sheet that a mapping names. Raises `Unreadable`, and `Unusable` where the library is not installed."""
    workbook = open_workbook(data)
    sheet = _chosen(workbook, mapping)
    part = workbook.parts.get(sheet.part, b"")
    if not part:
        raise Unreadable(f"the sheet `{visible(sheet.name)}` is not in the workbook", _SAVE_AGAIN)
    check_extent(part)
    read = _with_cells_without_value(_read(workbook, sheet), cells_without_value(part))
    table = SheetTable(file, sheet.name, read, mapping.header_row)
    table.findings += _hidden(file, workbook, sheet)
    return table


def _chosen(workbook: Workbook, mapping: LedgerMapping) -> Sheet:
    """The sheet to be read: the one that is named, or the only one that can be seen. Raises `Unreadable`."""
    names = [sheet.name for sheet in workbook.sheets]
    if mapping.sheet is not None:
        for sheet in workbook.sheets:
            if sheet.name == mapping.sheet.text:
                return sheet
        raise Unreadable(
            f"the workbook has no sheet `{mapping.sheet.text}`, which the mapping names",
            did_you_mean(mapping.sheet.text, [visible(name) for name in names]),
        )
    seen = [sheet for sheet in workbook.sheets if not sheet.hidden]
    if len(seen) != 1:
        listed = ", ".join(f"`{visible(name)}`" for name in names[:12])
        raise Unreadable(
            f"the workbook has {len(seen)} sheets", f"say in the mapping which is read: `sheet: …`, of {listed}"
        )
    return seen[0]


def _hidden(file: str, workbook: Workbook, chosen: Sheet) -> Iterator[Finding]:
    """Report that the sheet read is hidden, and hidden sheets that hold rows."""
    place = (Label(line_span(file, 1, 1, 1)),)
    for sheet in workbook.sheets:
        name = visible(sheet.name)
        if sheet.hidden and sheet is chosen:
            yield Finding(
                HIDDEN, Severity.WARNING, f"the sheet `{name}` that is read is hidden", place, "is it the right one?"
            )
        elif sheet.hidden and (rows := workbook.rows_in(sheet)):
            what = f"the hidden sheet `{name}` is not read, and has {rows:,} row{'' if rows == 1 else 's'}"
            yield Finding(HIDDEN, Severity.WARNING, what, place, "make sure that nothing of the year stands in it")


def _read(workbook: Workbook, sheet: Sheet) -> _Read:
    """Have the cells of a sheet read. Raises `Unreadable` and `Unusable`."""
    try:
        import python_calamine as calamine
    except ImportError:
        raise Unusable(
            "Excel workbooks need an extra library", 'install it with: pip install "poolrules[xlsx]", or give CSV'
        ) from None
    faults = (
        *(calamine.CalamineError, calamine.XmlError, calamine.ZipError, calamine.WorksheetNotFound),
        *(calamine.PasswordError, ValueError, OSError),
    )
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook.archive_for(sheet))) as book:
            cells = book.get_sheet_by_name(sheet.name)
            start = cells.start or (0, 0)
            return _Read(start[0] + 1, start[1], [list(row) for row in cells.iter_rows()] if cells.start else [])
    except faults:
        raise Unreadable("the workbook is damaged", _SAVE_AGAIN) from None
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # what the library, written in Rust, raises where it gives up
            raise
        raise Unreadable("the workbook is damaged", _SAVE_AGAIN) from None


def _is_empty(cells: Sequence[Value]) -> bool:
    """Whether nothing stands in a row."""
    return all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _with_cells_without_value(read: _Read, without: dict[tuple[int, int], str]) -> _Read:
    """Put cells that hold an error or no value where they stand: the library leaves them empty, or out."""
    if not without:
        return read
    corners = [*without, *([(read.row, read.column)] if read.rows else [])]
    first, left = min(row for row, _ in corners), min(column for _, column in corners)
    last = max(read.row + len(read.rows) - 1, *(row for row, _ in corners))
    width = max(read.column + max(map(len, read.rows), default=0), *(column + 1 for _, column in corners)) - left
    grid: list[list[Value]] = []
    for number in range(first, last + 1):
        at = number - read.row
        row: list[Value] = [*[""] * (read.column - left), *read.rows[at]] if 0 <= at < len(read.rows) else []
        grid.append([*row, *[""] * (width - len(row))])
    for (number, column), what in without.items():
        grid[number - first][column - left] = NoValue(what)
    return _Read(first, left, grid)
