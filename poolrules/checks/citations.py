"""Which sections of an Act a citation names, as lawyers write them."""

import re
from typing import Final

_NUMBER: Final = r"[0-9]+[A-Z]{0,2}(?:\([0-9a-zA-Z]+\))*"
_ROMAN: Final = r"[IVX]+"
_JOIN: Final = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+to\s+|\s*[-–]\s*)"
_RUN: Final = (
    rf"(?:(?:ss?\.?|sections?)\s*(?:{_NUMBER})(?:{_JOIN}(?:ss?\.?\s*)?{_NUMBER})*"
    rf"|parts?\s+(?:{_ROMAN}|[0-9]+)(?:{_JOIN}(?:{_ROMAN}|[0-9]+))*)"
)
_ONE: Final = re.compile(rf"{_NUMBER}|\b{_ROMAN}\b")
_RANGE: Final = re.compile(r"\b([0-9]+)(?:\s+to\s+|\s*[-–]\s*)([0-9]+)\b|\b([IVX]+)(?:\s+to\s+|\s*[-–]\s*)([IVX]+)\b")
_NUMERALS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LONGEST_RANGE: Final = 200


def cited(citation: str, act: str) -> frozenset[str]:
    """Find the sections (`14`, `2(3)`) and Parts (`Part VII`) of an Act that a citation names.

    >>> sorted(cited("Care Act 2014 ss 14 and 17", "Care Act 2014"))
    ['14', '17']
    >>> sorted(cited("section 117 of the Mental Health Act 1983", "Mental Health Act 1983"))
    ['117']
    >>> sorted(cited("Children Act 1989 Parts VII to IX", "Children Act 1989"))
    ['Part IX', 'Part VII', 'Part VIII']
    """
    name = re.escape(act).replace(r"\ ", r"\s+")
    found = re.compile(
        rf"({_RUN})\s+(?:of\s+)?(?:the\s+)?{name}|{name}\s*,?\s*({_RUN}(?:{_JOIN}{_RUN})*)", re.IGNORECASE
    )
    runs = [run for match in found.finditer(citation) for run in match.groups() if run]
    return frozenset(section for run in runs for section in _sections(run))


def _sections(run: str) -> frozenset[str]:
    """Spell out a run such as `ss 17 to 19`."""
    sections: set[str] = set()
    for piece in re.split(r"(?i)(?=\bparts?\b|\bsections?\b|\bss?\b)", run):
        prefix = "Part " if piece.lower().startswith("part") else ""
        words = re.sub(r"(?i)^(parts?|sections?|ss?)\.?", "", piece)
        sections |= {prefix + one for one in _ONE.findall(words)}
        for first, last, roman_first, roman_last in _RANGE.findall(words):
            if first:
                numbers = range(int(first), min(int(last), int(first) + _LONGEST_RANGE) + 1)
                sections |= {f"{prefix}{number}" for number in numbers}
            elif roman_first in _NUMERALS and roman_last in _NUMERALS:
                bounds = _NUMERALS.index(roman_first), _NUMERALS.index(roman_last)
                sections |= {f"{prefix}{numeral}" for numeral in _NUMERALS[bounds[0] : bounds[1] + 1]}
    return frozenset(sections)
