"""Amounts of money: whole pence, read from and written as pounds."""

import re
from typing import Final

from poolrules.base.limits import MAX_POUND_DIGITS
from poolrules.base.unreadable import Unreadable

_AMOUNT: Final = re.compile(r"(?P<pounds>0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.(?P<pence>[0-9]{2}))?")
_SHOWN: Final = 24


def read_money(text: str) -> int:
    """Read an amount such as `£24,512,300` or `£0.50` as whole pence.

    The pound sign is required, commas stand between thousands or nowhere, and pence are
    two digits or absent. Raises `Unreadable` with a mend for everything else.

    >>> read_money("£1,200.50")
    120050
    """
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    if not text.startswith("£"):
        if text[:1] in ("€", "$"):
            raise Unreadable(f"`{shown}` is not in pounds", "amounts are in pounds sterling, such as £1,200.50")
        raise Unreadable(f"`{shown}` is not an amount", "write an amount with a pound sign, such as £1,200.50")
    matched = _AMOUNT.fullmatch(text, 1)
    if matched is None:
        raise Unreadable(f"`{shown}` is not an amount", _mend(text))
    pounds = matched["pounds"].replace(",", "")
    if len(pounds) > MAX_POUND_DIGITS:
        limit = f"an amount has at most {MAX_POUND_DIGITS} digits before the point"
        raise Unreadable(f"`{shown}` has too many digits", limit)
    return int(pounds) * 100 + int(matched["pence"] or 0)


def _mend(text: str) -> str:
    """Say what is most likely wrong with an amount that could not be read."""
    if text[1:2] in ("-", "−"):
        return "amounts are never negative here: the words say who pays and who receives"
    if re.fullmatch(r"£[0-9.,]+ ?(k|m|bn|million|thousand)", text):
        return "write the amount out in full, such as £1,200,000"
    if re.fullmatch(r"£[0-9,]+\.([0-9]|[0-9]{3,})", text):
        return "pence are two digits after the point, such as £1,200.50"
    if "," in text:
        return "put commas between thousands, such as £1,200,000, or none at all"
    return "write an amount such as £1,200.50"


def format_money(pence: int) -> str:
    """Write whole pence as pounds, pence shown only where there are some.

    >>> format_money(2451230000), format_money(-50)
    ('£24,512,300', '-£0.50')
    """
    pounds, odd = divmod(abs(pence), 100)
    sign = "-" if pence < 0 else ""
    return f"{sign}£{pounds:,}.{odd:02d}" if odd else f"{sign}£{pounds:,}"


def format_money_full(pence: int) -> str:
    """Write whole pence as pounds with both digits of pence, for columns that must line up.

    >>> format_money_full(39000000)
    '£390,000.00'
    """
    pounds, odd = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}.{odd:02d}"


def decimal_pounds(pence: int) -> str:
    """Write whole pence as plain decimal pounds for machines: `390000.00`.

    >>> decimal_pounds(-7)
    '-0.07'
    """
    pounds, odd = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{pounds}.{odd:02d}"
