"""Whole numbers such as a population or a count of visits, read from text."""

import re
from typing import Final

from poolrules.base.limits import MAX_POUND_DIGITS
from poolrules.base.unreadable import Unreadable

_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*")


def read_count(text: str) -> int:
    """Read a whole number such as `98` or `1,240,000`; commas stand between thousands or nowhere.

    Raises `Unreadable` for anything else.

    >>> read_count("1,240")
    1240
    """
    if _COUNT.fullmatch(text) is None:
        raise Unreadable(f"`{text[:24]}` is not a whole number", "put commas between thousands, such as 1,240,000")
    digits = text.replace(",", "")
    if len(digits) > MAX_POUND_DIGITS:
        raise Unreadable(f"`{text[:24]}` has too many digits", f"a number has at most {MAX_POUND_DIGITS} digits")
    return int(digits)


def format_count(number: int) -> str:
    """Write a whole number with commas between thousands.

    >>> format_count(1240)
    '1,240'
    """
    return f"{number:,}"
