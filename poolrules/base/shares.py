"""Percentages: exact fractions, read from and written as text."""

import re
from fractions import Fraction
from typing import Final

from poolrules.base.unreadable import Unreadable

_PERCENT: Final = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,12}))?%")
_PART: Final = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")


def read_percent(text: str) -> Fraction:
    """Read a percentage such as `60%` or `50.77%` as an exact fraction of one.

    Raises `Unreadable` for anything else; more than 100% is allowed here, and judged where it is used.

    >>> read_percent("5.66%")
    Fraction(283, 5000)
    """
    matched = _PERCENT.fullmatch(text)
    if matched is None:
        raise Unreadable(f"`{text[:24]}` is not a percentage", "write a percentage such as 60% or 50.77%")
    whole, part = matched[1], matched[2] or ""
    return Fraction(int(whole + part), 100 * 10 ** len(part))


def format_percent(share: Fraction) -> str:
    """Write a fraction of one as a percentage: exact where decimals can be, else to four places with "about".

    >>> format_percent(Fraction(1, 8)), format_percent(Fraction(1, 3))
    ('12.5%', 'about 33.3333%')
    """
    percent = share * 100
    rest = percent.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"about {_decimals(Fraction(round(percent * 10_000), 10_000))}%"
    return f"{_decimals(percent)}%"


def _decimals(value: Fraction) -> str:
    """Write a fraction that ends in decimal notation, with no digits to spare."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = f"{abs(value * 10**places).numerator:0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def read_part(text: str) -> Fraction:
    """Read a part of a whole, `50%` or `5/6`, as an exact fraction of one that is not above it. Raises `Unreadable`.

    >>> read_part("5/6"), read_part("2%")
    (Fraction(5, 6), Fraction(1, 50))
    """
    matched = _PART.fullmatch(text)
    if matched and int(matched[2]) == 0:
        raise Unreadable(f"`{text}` divides by nothing", "write a part such as 5/6 or 50%")
    part = Fraction(int(matched[1]), int(matched[2])) if matched else read_percent(text)
    if part > 1:
        raise Unreadable(f"`{text}` is more than the whole", "write a part such as 5/6 or 50%")
    return part


def format_part(part: Fraction) -> str:
    """Write a part of a whole: as a percentage where that is exact, else as a fraction.

    >>> format_part(Fraction(1, 2)), format_part(Fraction(5, 6))
    ('50%', '5/6')
    """
    percent = format_percent(part)
    return f"{part.numerator}/{part.denominator}" if percent.startswith("about") else percent
