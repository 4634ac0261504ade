"""Tables as CSV: Windows line ends as RFC 4180 has them, UTF-8, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell of words must not begin with, or a spreadsheet would run it."""


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table; its cells are written as they are, so that numbers stay numbers: words go through `safe_cell`."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return written.getvalue().encode()


def safe_cell(text: str) -> str:
    """Make a cell that a spreadsheet would run into plain text.

    >>> safe_cell("=1+1"), safe_cell("ICB")
    ("'=1+1", 'ICB')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
