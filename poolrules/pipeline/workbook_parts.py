"""The parts of an .xlsx workbook, taken out of its archive within limits and handed on only when they are harmless.

A workbook is a ZIP archive of XML parts, and comes from anywhere. What stands in the archive's own table of contents
is not believed: parts are unpacked here up to a limit, a document type is refused wherever it stands, and the reader
of sheets gets a new archive that holds nothing but the parts that were looked at.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from msgspec import Struct

from poolrules.base.limits import MAX_SHEET_CELLS, MAX_WORKBOOK_BYTES, MAX_WORKBOOK_PARTS
from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.ledger_csv import EXCEL_TYPE

_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError),
    *(OverflowError, RuntimeError, IndexError),
)
"""What Python's reader of archives raises for one that is not whole."""

_MOST_ROWS: Final = 1_048_576
"""A sheet has no more rows than this, in any spreadsheet."""

_SAVE_AGAIN: Final = "open it in Excel and save it again as .xlsx"
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF8: Final = frozenset((b"utf-8", b"utf8", b"us-ascii"))
_LOOKED_AT: Final = 1_000
"""How many bytes after a cell begins its error is looked for: only its name depends on it."""

_PREFIX: Final = rb"(?:[A-Za-z_][\w.-]*:)?"
_CELL: Final = re.compile(rb"<" + _PREFIX + rb"c[\s/>]")
_REFERENCE: Final = re.compile(rb"<" + _PREFIX + rb'c\s(?:[^<>]*?\s)?r="([A-Z]{1,3})([0-9]{1,7})"')
_PLAIN_REFERENCE: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_ODD_CELL: Final = re.compile(rb"<(?:c[^ a-zA-Z]|[A-Za-z_][\w.-]*:c[\s/>])")
_ERROR: Final = re.compile(rb"<" + _PREFIX + rb"""c\s([^<>]*?\bt\s*=\s*["']e["'][^<>]*)>""")
_ERROR_NAME: Final = re.compile(rb">(#[A-Z0-9/?!_]{1,24})<")
_FORMULA: Final = re.compile(
    rb"<" + _PREFIX + rb"c\s([^<>]*)>\s*<" + _PREFIX + rb"f(?:\s[^<>]*)?(?:/>|>[^<]*</" + _PREFIX + rb"f\s*>)\s*"
    rb"(?:<" + _PREFIX + rb"v\s*/>|<" + _PREFIX + rb"v\s*>\s*</" + _PREFIX + rb"v\s*>)?\s*</" + _PREFIX + rb"c\s*>"
)
_ROW: Final = re.compile(rb"<" + _PREFIX + rb"row[\s/>]")
_R: Final = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_TEXT: Final = re.compile(rb"""(?:^|\s)t\s*=\s*["'](?:str|inlineStr|s)["']""")


class Sheet(Struct, frozen=True):
    """One sheet of a workbook: its name, whether it can be seen, and the name of its part."""

    name: str
    hidden: bool
    part: str


class Workbook(Struct, frozen=True):
    """The parts of a workbook by name, and its sheets in their order."""

    parts: dict[str, bytes]
    sheets: tuple[Sheet, ...]

    def rows_in(self, sheet: Sheet) -> int:
        """How many rows a sheet has."""
        return len(_ROW.findall(self.parts.get(sheet.part, b"")))

    def archive_for(self, sheet: Sheet) -> bytes:
        """A new archive of the parts that reading one sheet takes."""
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.parts.items():
                if name == sheet.part or not name.startswith("xl/worksheets/") or name.endswith(".rels"):
                    archive.writestr(zipfile.ZipInfo(name), data)
        return written.getvalue()


def open_workbook(data: bytes) -> Workbook:
    """Take a workbook apart. Raises `Unreadable` where it is damaged, hostile or something else."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        what = "the file is an old Excel workbook (.xls), or one that is protected with a password"
        raise Unreadable(what, "open it in Excel and save it as .xlsx without a password")
    parts = _parts(data)
    if "xl/workbook.bin" in parts or not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(parts):
        raise Unreadable("the file is not an .xlsx workbook", f"save it as .xlsx, or as {EXCEL_TYPE}")
    return Workbook(parts, tuple(_sheets(parts)))


def _parts(data: bytes) -> dict[str, bytes]:
    """Unpack the parts that hold XML, within the limits; the names of others are kept without what is in them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(archive)
    except Unreadable:  # which is a ValueError too
        raise
    except _DAMAGED:
        raise Unreadable("the file is damaged, or it is not an .xlsx workbook", _SAVE_AGAIN) from None


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Unpack the parts of an open archive. Raises `Unreadable`, and what Python's reader raises."""
    found = archive.infolist()
    if len(found) > MAX_WORKBOOK_PARTS:
        raise Unreadable(f"the workbook has {len(found):,} parts", f"the limit is {MAX_WORKBOOK_PARTS:,}")
    parts: dict[str, bytes] = {}
    room = MAX_WORKBOOK_BYTES
    for info in found:
        if info.flag_bits & 1:
            raise Unreadable("the workbook is protected with a password", "save it without one")
        if info.filename in parts:
            raise Unreadable("the workbook holds two parts of one name", _SAVE_AGAIN)
        parts[info.filename] = b""
        if info.filename.lower().endswith((".xml", ".rels")):
            with archive.open(info) as part:
                data = part.read(room + 1)
            room -= len(data)
            if room < 0:
                limit = f"the limit is {MAX_WORKBOOK_BYTES:,} bytes"
                raise Unreadable("the workbook is too large once it is unpacked", limit)
            _check_xml(data)
            parts[info.filename] = data
    return parts


def _check_xml(data: bytes) -> None:
    """Refuse XML that is not UTF-8, so that nothing can hide in it, and any document type. Raises `Unreadable`."""
    declared = _ENCODING.match(data[:200].lstrip(b"\xef\xbb\xbf"))
    if b"\0" in data[:8] or data[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared[1].lower() not in _UTF8):
        raise Unreadable("a part of the workbook is not UTF-8 text", _SAVE_AGAIN)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable("a part of the workbook has a document type, which no spreadsheet writes", _SAVE_AGAIN)


def _sheets(parts: dict[str, bytes]) -> Iterator[Sheet]:
    """The sheets that a workbook lists, each with the name of its part."""
    targets = {
        said.get("Id", ""): said.get("Target", "")
        for name, said in _elements(parts["xl/_rels/workbook.xml.rels"])
        if name == "Relationship"
        and said.get("Type", "").endswith("/worksheet")
        and said.get("TargetMode") != "External"
    }
    for name, said in _elements(parts["xl/workbook.xml"]):
        relation = next((value for key, value in said.items() if key.rpartition(":")[2] == "id"), "")
        if name == "sheet" and relation in targets:
            part = posixpath.normpath(posixpath.join("/xl", targets[relation])).lstrip("/")
            yield Sheet(said.get("name", ""), said.get("state", "visible") != "visible", part)


def _elements(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small part, by their names without prefixes, with their attributes. Raises `Unreadable`."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, said: found.append((name.rpartition(":")[2], said))
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Unreadable("a part of the workbook is damaged", _SAVE_AGAIN) from None
    return found


# ---- what the reader of sheets does not tell ---------------------------------------------------------


def check_extent(part: bytes) -> None:
    """Refuse a sheet whose cells do not say where they stand, or stand so far apart that nobody could hold them.

    Raises `Unreadable`.
    """
    references = _PLAIN_REFERENCE.findall(part)
    if len(references) != part.count(b"<c ") or _ODD_CELL.search(part):
        references = _REFERENCE.findall(part)  # the same for any spelling of XML, which takes longer
        if len(references) != len(_CELL.findall(part)):
            raise Unreadable("the cells of the sheet do not say where they stand", _SAVE_AGAIN)
    if not references:
        return
    column = max({letters for letters, _ in references}, key=lambda letters: (len(letters), letters))
    row = max(map(int, {digits for _, digits in references}))
    if row > _MOST_ROWS or row * (column_number(column.decode()) + 1) > MAX_SHEET_CELLS:
        raise Unreadable(
            f"the sheet reaches to row {row:,} and column {column.decode()}",
            "something stands far away from the ledger: go to it with Ctrl+End, delete it, and save",
        )


def cells_without_value(part: bytes) -> dict[tuple[int, int], str]:
    """By row (from 1) and column index (from 0), the cells that hold an error, or a formula without a stored value."""
    found = {}
    if b'"e"' in part or b"'e'" in part:
        for match in _ERROR.finditer(part):
            name = _ERROR_NAME.search(part, match.end() - 1, match.end() + _LOOKED_AT)
            found[_place(match[1])] = f"the error {name[1].decode()}" if name else "an error"
    if b"<f" in part or b":f" in part:
        for match in _FORMULA.finditer(part):
            if not _TEXT.search(match[1]):
                found.setdefault(_place(match[1]), "a formula without a stored value")
    return found


def _place(attributes: bytes) -> tuple[int, int]:
    """Where a cell stands; that each says so has been made sure of."""
    at = _R.search(attributes)
    return (int(at[2]), column_number(at[1].decode())) if at else (0, 0)


def column_number(letters: str) -> int:
    """The index, from 0, of a column by its letters.

    >>> column_number("A"), column_number("AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(index: int) -> str:
    """The letters of a column by its index, from 0.

    >>> column_letters(0), column_letters(26), column_letters(701)
    ('A', 'AA', 'ZZ')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
