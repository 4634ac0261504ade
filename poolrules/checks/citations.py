"""Which sections of an Act a citation names, as lawyers write them."""

import re
from collections.abc import Iterator
from typing import Final

_ACT: Final = "§"
"""Stands in a citation for the name of the Act that is looked for."""

_TOKEN: Final = re.compile(rf"{_ACT}|[0-9]+[A-Z]{{0,2}}(?:\([0-9a-zA-Z]+\))*|[A-Za-z]+|[-–,;]")
_LEADS: Final = {"s": "", "ss": "", "section": "", "sections": "", "part": "Part ", "parts": "Part "}
_RANGES: Final = ("to", "-", "–")
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
    marked = re.sub(re.escape(act), _ACT, " ".join(citation.split()), flags=re.IGNORECASE)
    if _ACT not in marked:
        return frozenset()
    tokens = _TOKEN.findall(marked)
    sections: set[str] = set()
    for start, end in _runs(tokens):
        before = tokens[: start - 1] if tokens[start - 1 : start] == [","] else tokens[:start]
        after = [token for token in tokens[end:] if token not in ("of", "the")]
        if before[-1:] == [_ACT] or (tokens[end : end + 1] != [","] and after[:1] == [_ACT]):
            sections |= set(_spelt_out(tokens[start:end]))
    return frozenset(sections)


def _runs(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Where runs such as `ss 14, 17 and 69` begin and end: at a leading word, after their last number."""
    start: int | None = None
    end = 0
    for place, token in enumerate([*tokens, ";"]):
        if start is None:
            if token.lower() in _LEADS:
                start, end = place, place
        elif _is_number(token):
            end = place + 1
        elif token.lower() not in _LEADS and token not in (",", "and", *_RANGES):
            if end > start:
                yield start, end
            start = None


def _is_number(token: str) -> bool:
    """Whether a token is the number of a section or Part."""
    return token[0].isdigit() or token in _NUMERALS


def _spelt_out(run: list[str]) -> Iterator[str]:
    """Name every section and Part of a run such as `ss 17 to 19`."""
    lead, last, ranging = "", "", False
    for token in run:
        if token.lower() in _LEADS:
            lead = _LEADS[token.lower()]
        elif token in _RANGES:
            ranging = True
        elif _is_number(token):
            yield from (f"{lead}{one}" for one in (_between(last, token) if ranging else ()))
            yield f"{lead}{token}"
            last, ranging = token, False


def _between(first: str, last: str) -> Iterator[str]:
    """The numbers between two, where both are plain ones of a kind."""
    if first.isdigit() and last.isdigit():
        yield from (str(number) for number in range(int(first) + 1, min(int(last), int(first) + _LONGEST_RANGE)))
    elif first in _NUMERALS and last in _NUMERALS:
        yield from _NUMERALS[_NUMERALS.index(first) + 1 : _NUMERALS.index(last)]
