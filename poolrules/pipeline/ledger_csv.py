"""CSV cut into cells, strictly: no quotation mark, however lost, takes a row with it."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from poolrules.base.limits import MAX_FILE_BYTES
from poolrules.pipeline.ledger_codes import BAD_ROW, NOT_OUTTURN
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.source.text import SourceText, read_text

EXCEL_TYPE: Final = '"CSV UTF-8 (Comma delimited)"'
"""What Excel calls the one kind of CSV that is UTF-8 text."""

_POUND_OF_WINDOWS: Final = 0xA3
_NAMES: Final = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars (|)"}
"""What may stand between values."""


def csv_text(file: str, data: bytes, most: int = MAX_FILE_BYTES) -> SourceText | list[Finding]:
    """Read the bytes of a CSV file as text, or say what they are instead and how a spreadsheet would write text."""
    workbook = other_kind(data)
    if workbook:
        place = Label(line_span(file, 1, 1, 1))
        return [Finding(NOT_OUTTURN, Severity.ERROR, f"the file is {workbook[0]}, not CSV", (place,), workbook[1])]
    read = read_text(file, data, most)
    if isinstance(read, SourceText) or len(data) > most:
        return read
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        pound = ": its £ is written as Windows does" if data[fault.start] == _POUND_OF_WINDOWS else ""
        mend = f'in Excel choose File, Save As, and the type {EXCEL_TYPE}: plain "CSV" is not UTF-8'
        return [replace(found, message=found.message + pound, help=mend) for found in read]
    return read


def other_kind(data: bytes) -> tuple[str, str] | None:
    """Say what kind of workbook (or other archive) some bytes are, and how to save it as CSV."""
    excel = f"open it in Excel and save it as {EXCEL_TYPE}"
    if data.startswith(b"\xd0\xcf\x11\xe0") or (data.startswith(b"PK\3\4") and b"xl/workbook" in data):
        return "an Excel workbook", excel
    if data.startswith(b"PK\3\4") and b"opendocument.spreadsheet" in data[:200]:
        return "an OpenDocument spreadsheet", 'save it as "Text CSV" with the character set "Unicode (UTF-8)"'
    return ("a ZIP archive", "give the CSV file that is in it") if data.startswith(b"PK\3\4") else None


def other_mark(first: str, mark: str, knows: Callable[[str], bool]) -> str | None:
    """Find what stands between the values of a first line where that is not the mark it should be.

    `knows` says of a name whether it is one of a column.
    """

    def columns_in(other: str) -> bool:
        return any(knows(name.strip(' "')) for name in first.split(other))

    if columns_in(mark):
        return None
    others = (other for other in _NAMES if other != mark and other in first)
    return next((other for other in others if mark not in first or columns_in(other)), None)


def mark_name(mark: str) -> str:
    """What a mark between values is called."""
    return _NAMES[mark]


class CsvTable:
    """A CSV file as rows of cells."""

    shifts = True

    def __init__(self, source: SourceText, mark: str = ",", header_row: int = 1) -> None:
        self.file = source.file
        self.mark = mark
        self.header_row = header_row
        self.findings: list[Finding] = []
        self.lines = source.lines
        self.nothing = f" {mark}"
        m = re.escape(mark)
        self._cell = re.compile(rf'[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*(?={m}|$)|(?P<plain>[^"{m}]*)(?={m}|$)')
        while self.lines and not self.lines[-1].strip(self.nothing):
            self.lines.pop()
        top = self.cut(header_row) if len(self.lines) >= header_row else None
        self.named = top is not None
        """Whether the line of the header could be cut; if not, that has been reported or the line is not there."""
        self.header = [name.strip() for name in top or ()]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row below the header that could be cut."""
        mark, nothing = self.mark, self.nothing
        for number, line in enumerate(self.lines[self.header_row :], self.header_row + 1):
            if not line.strip(nothing):
                yield number, []
            elif '"' not in line:
                yield number, line.split(mark)
            else:
                cells = self.cut(number)
                if cells is not None:
                    yield number, cells

    def cut(self, number: int) -> list[str] | None:
        """Cut a line into values, or report a quotation mark that makes this impossible."""
        line, at, match = self.lines[number - 1], 0, self._cell.match
        cells = []
        while True:
            found = match(line, at)
            if found is None:
                self._bad_quote(number, line, at)
                return None
            quoted = found["quoted"]
            cells.append(found[0] if quoted is None else quoted.replace('""', '"'))
            if found.end() == len(line):
                return cells
            at = found.end() + 1

    def span(self, number: int, index: int | None) -> Span:
        """Where a value stands, quotation marks included; the whole line without an index."""
        line = self.lines[number - 1] if number <= len(self.lines) else ""
        at = 0
        for _ in range(index or 0):
            found = self._cell.match(line, at)
            assert found is not None  # the line has been cut before anybody asks for one of its cells
            at = found.end() + 1
        found = None if index is None else self._cell.match(line, at)
        if found is None:
            return line_span(self.file, number, 1, max(1, len(line)))
        raw = found[0]
        start = found.start() + len(raw) - len(raw.lstrip())
        return line_span(self.file, number, start + 1, max(1, len(raw.strip())))

    def cell(self, number: int, index: int | None) -> str:
        """Nothing: the line itself is shown."""
        return ""

    def place(self, number: int, index: int) -> str:
        """The place of a value as `file:line:column`."""
        line = self.lines[number - 1]
        if '"' in line:
            return str(self.span(number, index))
        rest = line.split(self.mark, index)[-1]  # asked for every row, so no span is made
        return (
            f"{self.file}:{number}:{len(line) - len(rest.lstrip()) + 1 if rest.strip() else len(line) - len(rest) + 1}"
        )

    def span_of(self, place: str) -> Span | None:
        """Where a place is; its value begins at its column."""
        file, _, rest = place.rpartition(":")
        file, _, line = file.rpartition(":")
        if file != self.file or not (line.isdigit() and rest.isdigit()):
            return None
        number, column = int(line), int(rest)
        cells = self.cut(number) if 0 < number <= len(self.lines) else None
        spans = (self.span(number, index) for index in range(len(cells or ())))
        return next((span for span in spans if span.column == column), None)

    def _bad_quote(self, number: int, line: str, at: int) -> None:
        """Report a quotation mark that is never closed, or one in the middle of a value."""
        quote = line.index('"', at)
        if line[at:quote].strip() or line.count('"', quote) > 1:
            what = "a quotation mark stands inside a value"
            mend = 'put the whole value between quotation marks, and write "" for one inside it'
        else:
            what, mend = "the quotation mark that opens here is never closed", "close it on the same line"
        span = line_span(self.file, number, quote + 1, 1)
        self.findings.append(Finding(BAD_ROW, Severity.ERROR, what, (Label(span),), mend))
