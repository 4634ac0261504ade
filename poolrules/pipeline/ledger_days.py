"""Days of a ledger, read by the one format that its mapping states: which number is the month is never guessed."""

import datetime
import re
from typing import Final

from msgspec import Struct

from poolrules.base.unreadable import Unreadable

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_TOKEN: Final = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dd|d|[ /.-]|(?P<other>.)")
_READS: Final = {
    "yyyy": "(?P<year>[0-9]{4})",
    "yy": "(?P<year>[0-9]{2})",
    "mmmm": f"(?P<name>{'|'.join(_MONTHS)})",
    "mmm": f"(?P<name>{'|'.join(month[:3] for month in _MONTHS)})",
    "mm": "(?P<month>[0-9]{2})",
    "m": "(?P<month>[0-9]{1,2})",
    "dd": "(?P<day>[0-9]{2})",
    "d": "(?P<day>[0-9]{1,2})",
}
_EXAMPLE: Final = {
    "yyyy": "2026",
    "yy": "26",
    "mmmm": "April",
    "mmm": "Apr",
    "mm": "04",
    "m": "4",
    "dd": "14",
    "d": "14",
}
_SHOWN: Final = 32


class DayFormat(Struct, frozen=True):
    """How a ledger writes its days: the format as stated, the expression that reads it, and an example."""

    stated: str
    pattern: re.Pattern[str]
    example: str


def read_day_format(text: str) -> DayFormat:
    """Read a date format such as `dd/mm/yyyy`, `yyyy-mm-dd` or `d mmm yyyy`. Raises `Unreadable`.

    `d` and `m` are a number of one or two digits, `dd` and `mm` of two, `mmm` is `Apr` and `mmmm` is `April`, `yy`
    is a year of this century.

    >>> read_day_format("d mmm yyyy").example
    '14 Apr 2026'
    """
    tokens = list(_TOKEN.finditer(text.casefold()))
    letters = sorted(found[0][0] for found in tokens if found[0] in _READS)
    if letters != ["d", "m", "y"] or any(found["other"] for found in tokens):
        raise Unreadable(
            f"`{text[:_SHOWN]}` is not a date format",
            "write it with d, m and y, such as dd/mm/yyyy, yyyy-mm-dd or d mmm yyyy",
        )
    words = [found[0] for found in tokens]
    pattern = "".join(_READS.get(word) or re.escape(word) for word in words)
    return DayFormat(text, re.compile(pattern, re.IGNORECASE), "".join(_EXAMPLE.get(word, word) for word in words))


def read_day_as(text: str, form: DayFormat) -> datetime.date:
    """Read a day in a stated format. Raises `Unreadable` for any other form and for days that do not exist.

    >>> read_day_as("03/04/2026", read_day_format("dd/mm/yyyy"))
    datetime.date(2026, 4, 3)
    """
    found = form.pattern.fullmatch(text)
    if found is None:
        raise Unreadable(
            f"`{text[:_SHOWN]}` is not a date as the mapping says, {form.stated}",
            f"write it such as {form.example}, or state another `date format` if all dates are written so",
        )
    said = found.groupdict()
    name = said.get("name")
    month = [one[: len(name)] for one in _MONTHS].index(name.casefold()) + 1 if name else int(said["month"])
    year = int(said["year"]) + (2000 if len(said["year"]) == 2 else 0)
    try:
        return datetime.date(year, month, int(said["day"]))
    except ValueError:
        raise Unreadable(
            f"there is no such day as {text[:_SHOWN]}, read as {form.stated}",
            "correct the date, or state the `date format` that the ledger really has",
        ) from None
