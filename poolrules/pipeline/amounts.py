"""Amounts of ledgers and outturns: strictly read from text or from a number of a workbook, into whole pence.

A text is an amount only in the one form that cannot be misread: digits, or digits with commas between
thousands, a pound sign in front if you like, no more decimals than the unit has. Income has a minus in front or
stands between brackets. Nothing else is tried.
"""

import re
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Final

from poolrules.base.limits import MAX_POUND_DIGITS
from poolrules.base.unreadable import Unreadable

_AMOUNT: Final = re.compile(r"(-?)£?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,9}))?")
_BRACKETED: Final = re.compile(r"\( *([^- ].*?) *\)")
_NOUGHT: Final = re.compile(r"[-–—−]+|nil|none|n/?a", re.IGNORECASE)
_SHOWN: Final = 24
_NEAR: Final = Decimal("0.0005")
"""How far, in pence, a stored number may lie from a whole penny: it is what sums of pounds leave in a workbook."""


class Unit(Enum):
    """What the amounts of a ledger are counted in, as a mapping says it."""

    POUNDS = "pounds"
    THOUSANDS = "thousands of pounds"
    PENCE = "pence"

    @property
    def decimals(self) -> int:
        """How many decimals an amount in this unit has at most, so that it is whole pence."""
        return _DECIMALS[self]


_DECIMALS: Final = {Unit.POUNDS: 2, Unit.THOUSANDS: 5, Unit.PENCE: 0}


def read_amount(text: str, unit: Unit = Unit.POUNDS) -> int:
    """Read an amount as whole pence. Raises `Unreadable`.

    >>> read_amount("1,200.5"), read_amount("(£7)"), read_amount("1.25", Unit.THOUSANDS)
    (120050, -700, 125000)
    """
    found = _AMOUNT.fullmatch(text)
    bracketed = None
    if found is None:
        bracketed = _BRACKETED.fullmatch(text)
        found = _AMOUNT.fullmatch(bracketed[1]) if bracketed else None
    minus, whole, after = found.groups("") if found else ("", "", "")
    places = unit.decimals
    if found is None or len(after) > places:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        raise Unreadable(f"`{shown}` is not an amount", _mend(text, unit))
    pounds = whole.replace(",", "")
    if len(pounds) > MAX_POUND_DIGITS:
        raise Unreadable(
            f"the amount has {len(pounds)} digits before the point", f"the limit is {MAX_POUND_DIGITS} digits"
        )
    pence = int(pounds + after.ljust(places, "0"))
    return -pence if minus or bracketed else pence


def read_number(number: float, unit: Unit = Unit.POUNDS) -> int:
    """Turn a number stored in a workbook into whole pence; this is the only place where a float stands for money.

    The shortest decimal that means the stored number is taken, as spreadsheets show it. It must lie within half a
    thousandth of a penny of a whole penny. Raises `Unreadable`.

    >>> read_number(0.1 + 0.2), read_number(999999999999.99), read_number(-1200.0)
    (30, 99999999999999, -120000)
    """
    if not isfinite(number):
        raise Unreadable(f"`{number}` is not an amount", "write the amount itself")
    pence = Decimal(repr(number)).scaleb(unit.decimals)
    whole = int(pence.to_integral_value())
    if len(str(abs(whole))) > MAX_POUND_DIGITS + unit.decimals:
        raise Unreadable(
            f"the amount `{number!r}` is too large", f"the limit is {MAX_POUND_DIGITS} digits before the point"
        )
    if abs(pence - whole) > _NEAR:
        raise Unreadable(
            f"the cell holds {number!r}, which is not whole pence, however it is shown",
            "round it where it was made, so that the total stays right",
        )
    return whole


def _mend(text: str, unit: Unit) -> str:
    """Say what is most likely wrong with an amount."""
    if text[:1] in ("€", "$"):
        return "amounts are in pounds sterling"
    if _NOUGHT.fullmatch(text):
        return "write 0 if nothing was spent"
    if re.fullmatch(r"\(.*\)|£-.*|.*(?:-|CR|DR)", text, re.IGNORECASE):
        return "write income with a minus in front, such as -1200.00, or between brackets, such as (1200.00)"
    if any(letter.isdigit() and not letter.isascii() for letter in text):
        return "only the digits 0 to 9 are read as digits"
    if unit is Unit.PENCE and re.fullmatch(r"-?£?[0-9,]*\.[0-9]+", text):
        return "the mapping says that amounts are whole pence; write `unit: pounds` there if they are pounds"
    if re.fullmatch(r"-?£?[0-9]*\.[0-9]{3,}", text):
        most = "pounds have at most two decimals" if unit is Unit.POUNDS else "an amount is whole pence"
        return f"{most}: round it where it was made, so that the total stays right"
    if re.fullmatch(r"-?£?[0-9.]+,[0-9]{1,2}", text):
        return "write the pence after a point, such as 1200.50"
    return "write pounds with at most two decimals, such as 1200.50"
