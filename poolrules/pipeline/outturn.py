"""Reading a year's outturn: a CSV file with a row for each sum spent, `scheme,spent` or `scheme,spent,cause`.

The first row names the columns, in any order. An amount is pounds with at most two decimals, a
pound sign and (between quotation marks) commas if you like. Income has a minus, or stands between
brackets as accountants write it: `(1200.00)` is `-1200.00`. Spaces around a value do not count, and
columns on the right that are wholly empty are left out, as are empty rows at the end: spreadsheets
write both. Several rows of one scheme are added up, so a total must not be among them.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.limits import MAX_FILE_BYTES, MAX_POUND_DIGITS
from poolrules.base.near import did_you_mean
from poolrules.engine.settlement import Spending
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.source.text import SourceText, read_text

NOT_OUTTURN: Final = "OUT001"
BAD_ROW: Final = "OUT002"
BAD_AMOUNT: Final = "OUT003"
TOTAL_LINE: Final = "OUT004"
UNFIT: Final = "OUT005"

PAGES: Final = {
    NOT_OUTTURN: (
        "outturn-not-readable",
        """The file is not an outturn that can be read.

An outturn is a CSV file: values between commas, one row a line. Its first row names the columns
`scheme` and `spent`, and `cause` where a step of the agreement asks what caused the spending:

    scheme,spent
    Equipment,9900000.00
    Homecare,"21,632,300"

Any other column is refused, since a sum in it would be left out without a word. A workbook has to be
saved as CSV first: in Excel choose File, Save As, and the type `CSV UTF-8 (Comma delimited)`.
""",
    ),
    BAD_ROW: (
        "outturn-row-not-whole",
        """A row of the outturn has a value too many or too few, or a quotation mark that is never closed.

Reading on would lose the row, or those that follow it. An amount with commas stands between
quotation marks:

    Homecare,"21,632,300.50"
""",
    ),
    BAD_AMOUNT: (
        "outturn-amount-not-readable",
        """An amount of the outturn cannot be read with certainty.

Write pounds with at most two decimals: `9900000`, `9900000.50`, `£9900000.50` or, between quotation
marks, `"9,900,000.50"`. Income has a minus in front, or stands between brackets: `-1200.00` or
`(1200.00)`. Nothing is rounded, and neither an empty cell nor a dash is taken as nought: write 0
where nothing was spent.
""",
    ),
    TOTAL_LINE: (
        "outturn-holds-a-total",
        """A row of the outturn is a total of other rows.

All rows are added up, so that a total among them would count everything twice. Delete the row.
""",
    ),
    UNFIT: (
        "outturn-does-not-fit",
        """The facts of the year do not fit the agreement, or some are missing.

Every scheme with a budget needs a row, every row a scheme of the agreement, every reserve an opening
balance after the first year, and every decision a step that leaves something to that body.
""",
    ),
}
"""The name and page of each code made here, for `poolrules explain`."""

_EXCEL_TYPE: Final = '"CSV UTF-8 (Comma delimited)"'
_COLUMNS: Final = ("scheme", "spent", "cause")
_CELL: Final = re.compile(r'[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*(?=,|$)|(?P<plain>[^",]*)(?=,|$)')
_AMOUNT: Final = re.compile(r"(-?)£?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?")
_BRACKETED: Final = re.compile(r"\( *([^- ].*?) *\)")
_TOTAL: Final = re.compile(r"(?:sub|grand)?[ -]?totals?(?: .*)?|sum", re.IGNORECASE)
_NOUGHT: Final = re.compile(r"[-–—−]+|nil|none|n/?a", re.IGNORECASE)
_OTHER_MARKS: Final = {
    "\t": ("tabs", f"save it as {_EXCEL_TYPE}, not as text with tabs"),
    ";": ("semicolons", "put commas instead: Excel writes the list separator that the computer's settings name"),
    "|": ("bars (|)", "put commas instead"),
}
"""What else may stand between values, and how to mend that."""
_SHOWN: Final = 24


class Outturn(Struct, frozen=True):
    """The rows of an outturn, where each stands, and what is wrong with the file."""

    rows: tuple[Spending, ...]
    spans: dict[str, Span]
    findings: tuple[Finding, ...]


class _Cell(Struct, frozen=True):
    """One value, without spaces and quotation marks, and where it stands."""

    text: str
    span: Span


def outturn_text(file: str, data: bytes) -> SourceText | list[Finding]:
    """Read the bytes of an outturn as text, or say what they are instead and how a spreadsheet would write text."""
    workbook = _workbook(data)
    if workbook:
        place = Label(line_span(file, 1, 1, 1))
        return [Finding(NOT_OUTTURN, Severity.ERROR, f"the file is {workbook[0]}, not CSV", (place,), workbook[1])]
    read = read_text(file, data)
    if isinstance(read, SourceText) or len(data) > MAX_FILE_BYTES:
        return read
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        pound = ": its £ is written as Windows does" if data[fault.start] == _POUND_OF_WINDOWS else ""
        mend = f'in Excel choose File, Save As, and the type {_EXCEL_TYPE}: plain "CSV" is not UTF-8'
        return [replace(found, message=found.message + pound, help=mend) for found in read]
    return read


_POUND_OF_WINDOWS: Final = 0xA3


def _workbook(data: bytes) -> tuple[str, str] | None:
    """Say what kind of workbook (or other archive) some bytes are, and how to save it as CSV."""
    excel = f"open it in Excel and save it as {_EXCEL_TYPE}"
    if data.startswith(b"\xd0\xcf\x11\xe0") or (data.startswith(b"PK\3\4") and b"xl/workbook" in data):
        return "an Excel workbook", excel
    if data.startswith(b"PK\3\4") and b"opendocument.spreadsheet" in data[:200]:
        return "an OpenDocument spreadsheet", 'save it as "Text CSV" with the character set "Unicode (UTF-8)"'
    return ("a ZIP archive", "give the CSV file that is in it") if data.startswith(b"PK\3\4") else None


def read_outturn(source: SourceText, schemes: Collection[str]) -> Outturn:
    """Read the rows of an outturn and everything that is wrong with them; `schemes` are the names that may be totals.

    No row is left out without a finding.
    """
    reader = _Reader(source, schemes)
    reader.read()
    return Outturn(tuple(reader.rows), reader.spans, tuple(reader.findings))


class _Reader:
    """Reads one file, gathering its rows and what is wrong."""

    def __init__(self, source: SourceText, schemes: Collection[str]) -> None:
        self.file = source.file
        self.lines = source.lines
        self.schemes = schemes
        self.rows: list[Spending] = []
        self.spans: dict[str, Span] = {}
        self.findings: list[Finding] = []
        self.width = 0
        """How many values the header has, those of empty columns on its right included."""

    def read(self) -> None:
        """Read the header, and below it every row."""
        while self.lines and not self.lines[-1].strip(" ,"):
            self.lines.pop()
        columns = self._header()
        if columns is None:
            return
        for number, line in enumerate(self.lines[1:], 2):
            self._row(number, line, columns)
        if len(self.lines) == 1:
            self._fault(NOT_OUTTURN, "the outturn has no rows", self._start(1), "add a row for each scheme")

    def _header(self) -> tuple[str, ...] | None:
        """Read the names of the columns, or nothing where the rows below could not be understood."""
        first = self.lines[0] if self.lines else ""
        if not first.strip():
            self._no_outturn("the file is empty" if not self.lines else "the first line is empty")
            return None
        if first.lstrip()[0] in "{[<":
            self._no_outturn("the file is not CSV")
            return None
        mark = _other_mark(first)
        if mark:
            name, mend = _OTHER_MARKS[mark]
            self._fault(NOT_OUTTURN, f"the values of the file are separated by {name}", self._start(1), mend)
            return None
        cells = self._cells(1, first)
        if cells is None:
            return None
        self.width = len(cells)
        while cells and not cells[-1].text:
            cells.pop()
        names = tuple(cell.text.casefold() for cell in cells)
        if not set(names) & set(_COLUMNS):
            self._no_outturn("the first line does not name the columns")
            return None
        before = len(self.findings)
        for cell, name in zip(cells, names, strict=True):
            if name not in _COLUMNS:
                mend = did_you_mean(name, _COLUMNS) if name else "delete the comma"
                self._fault(NOT_OUTTURN, f"there is no column `{cell.text[:_SHOWN]}` in an outturn", cell.span, mend)
        for name in _COLUMNS:
            twice = [cell for cell in cells if cell.text.casefold() == name][1:]
            if twice:
                self._fault(NOT_OUTTURN, f"the column `{name}` is there twice", twice[0].span, "keep one of them")
        for name in _COLUMNS[:2]:
            if name not in names:
                self._fault(
                    NOT_OUTTURN,
                    f"the column `{name}` is missing",
                    self._start(1),
                    "an outturn has the columns scheme,spent or scheme,spent,cause",
                )
        return names if len(self.findings) == before else None

    def _no_outturn(self, message: str) -> None:
        """Report a file that is something else."""
        self._fault(NOT_OUTTURN, message, self._start(1), "begin with the line: scheme,spent")

    def _row(self, number: int, line: str, columns: tuple[str, ...]) -> None:
        """Read one row into a sum spent, or report why it cannot be."""
        if not line.strip(" ,"):
            self._fault(
                BAD_ROW, "there is an empty line among the rows", self._start(number), "delete it, or put the row back"
            )
            return
        cells = self._cells(number, line)
        if cells is None:
            return
        if not len(columns) <= len(cells) <= self.width:
            self._fault(
                BAD_ROW,
                f"the row has {_values(len(cells))}, and the header {_values(len(columns))}",
                self._start(number),
                self._mend_row(cells, columns),
            )
            return
        unnamed = [cell for cell in cells[len(columns) :] if cell.text]
        if unnamed:
            shown = unnamed[0].text[:_SHOWN]
            what = f"`{shown}` stands in a column that has no name"
            self._fault(BAD_ROW, what, unnamed[0].span, self._mend_row(cells, columns))
            return
        row = dict(zip(columns, cells[: len(columns)], strict=True))
        scheme, cause = row["scheme"], row.get("cause")
        if scheme.text not in self.schemes and _TOTAL.fullmatch(scheme.text):
            self._fault(
                TOTAL_LINE,
                f"`{scheme.text[:_SHOWN]}` is no scheme but a total of other rows",
                scheme.span,
                "delete the row, so that nothing counts twice",
            )
            return
        if not scheme.text:
            self._fault(BAD_ROW, "the row names no scheme", scheme.span, "say what the money was spent on")
        pence = self._amount(row["spent"])
        if pence is not None and scheme.text:
            self.spans[str(scheme.span)] = scheme.span
            self.rows.append(Spending(scheme.text, pence, cause.text or None if cause else None, str(scheme.span)))

    def _amount(self, cell: _Cell) -> int | None:
        """Read an amount in pounds as whole pence, or report it."""
        if not cell.text:
            self._fault(BAD_AMOUNT, "no amount is given", cell.span, "write 0 if nothing was spent")
            return None
        bracketed = _BRACKETED.fullmatch(cell.text)
        found = _AMOUNT.fullmatch(bracketed[1] if bracketed else cell.text)
        if found is None:
            shown = cell.text if len(cell.text) <= _SHOWN else cell.text[:_SHOWN] + "…"
            self._fault(BAD_AMOUNT, f"`{shown}` is not an amount", cell.span, _mend_amount(cell.text))
            return None
        pounds = found[2].replace(",", "")
        if len(pounds) > MAX_POUND_DIGITS:
            self._fault(
                BAD_AMOUNT,
                f"the amount has {len(pounds)} digits before the point",
                cell.span,
                f"the limit is {MAX_POUND_DIGITS} digits",
            )
            return None
        pence = int(pounds) * 100 + int((found[3] or "").ljust(2, "0"))
        return -pence if found[1] or bracketed else pence

    def _cells(self, number: int, line: str) -> list[_Cell] | None:
        """Cut a line into values, or report a quotation mark that makes this impossible."""
        cells, at = [], 0
        while True:
            found = _CELL.match(line, at)
            if found is None:
                self._bad_quote(number, line, at)
                return None
            cells.append(self._cell(number, found))
            if found.end() == len(line):
                return cells
            at = found.end() + 1

    def _cell(self, number: int, found: re.Match[str]) -> _Cell:
        """Make a value of what stands between two commas."""
        quoted = found["quoted"]
        raw = found[0]
        start = found.start() + len(raw) - len(raw.lstrip())
        length = max(1, len(raw.strip()))
        text = raw.strip() if quoted is None else quoted.replace('""', '"').strip()
        return _Cell(text, line_span(self.file, number, start + 1, length))

    def _bad_quote(self, number: int, line: str, at: int) -> None:
        """Report a quotation mark that is never closed, or one in the middle of a value."""
        quote = line.index('"', at)
        span = line_span(self.file, number, quote + 1, 1)
        if line[at:quote].strip() or line.count('"', quote) > 1:
            self._fault(
                BAD_ROW,
                "a quotation mark stands inside a value",
                span,
                'put the whole value between quotation marks, and write "" for one inside it',
            )
        else:
            self._fault(
                BAD_ROW, "the quotation mark that opens here is never closed", span, "close it on the same line"
            )

    def _mend_row(self, cells: list[_Cell], columns: tuple[str, ...]) -> str:
        """Say what most likely went wrong with a row of the wrong length."""
        parts = [cell.text for cell in cells]
        if len(cells) > len(columns) and any(re.fullmatch(r"[0-9]{3}(\.[0-9]+)?", part) for part in parts[2:]):
            return "put an amount with commas between quotation marks"
        return f"give one value for each of {', '.join(columns)}"

    def _start(self, number: int) -> Span:
        """The first character of a line."""
        return line_span(self.file, number, 1, max(1, len(self.lines[number - 1]) if number <= len(self.lines) else 1))

    def _fault(self, code: str, message: str, span: Span, help: str) -> None:
        """Gather one fault."""
        self.findings.append(Finding(code, Severity.ERROR, message, (Label(span),), help))


def _values(count: int) -> str:
    """A number of values."""
    return f"{count} value{'' if count == 1 else 's'}"


def _other_mark(first: str) -> str | None:
    """Find what stands between the values of a first line where that is no comma."""
    if _columns_in(first, ","):
        return None
    return next(
        (mark for mark in _OTHER_MARKS if mark in first and ("," not in first or _columns_in(first, mark))), None
    )


def _columns_in(first: str, mark: str) -> bool:
    """Whether a first line names a column of an outturn when it is cut at a mark."""
    return any(name.strip(' "').casefold() in _COLUMNS for name in first.split(mark))


def _mend_amount(text: str) -> str:
    """Say what is most likely wrong with an amount."""
    if text[:1] in ("€", "$"):
        return "amounts are in pounds sterling"
    if _NOUGHT.fullmatch(text):
        return "write 0 if nothing was spent"
    if re.fullmatch(r"\(.*\)|£-.*|.*(?:-|CR|DR)", text, re.IGNORECASE):
        return "write income with a minus in front, such as -1200.00, or between brackets, such as (1200.00)"
    if any(letter.isdigit() and not letter.isascii() for letter in text):
        return "only the digits 0 to 9 are read as digits"
    if re.fullmatch(r"-?£?[0-9]*\.[0-9]{3,}", text):
        return "pounds have at most two decimals: round it where it was made, so that the total stays right"
    if re.fullmatch(r"-?£?[0-9.]+,[0-9]{1,2}", text):
        return "write the pence after a point, such as 1200.50"
    return "write pounds with at most two decimals, such as 1200.50"


def located(outturn: Outturn, place: str) -> Iterator[Label]:
    """The label of the row that stands at a place, where one does."""
    if place in outturn.spans:
        yield Label(outturn.spans[place])
