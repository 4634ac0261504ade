"""What the grammar says of itself: its words and rules, asked for by those who write and those who explain."""

import functools
import re
from collections.abc import Iterator
from typing import Final

from poolrules.syntax.lalr import END, Misreading, Parser
from poolrules.syntax.shape import AMOUNTS, LISTS
from poolrules.syntax.tables import load_parser

PUNCTUATION: Final = frozenset(",;:")

_NOWHERE: Final = ' "'
"""A text without an end: no line can go on with it, so reading stops there and says what could stand instead."""


@functools.cache
def parser() -> Parser:
    """The parser, loaded once for a run."""
    return load_parser()


def key_of(rule: str) -> str:
    """The key of a rule: without what only tells equal keys apart, underscores as spaces.

    >>> key_of("term__from"), key_of("officer_of")
    ('from', 'officer of')
    """
    return rule.rsplit("__", 1)[-1].replace("_", " ")


def word_of(terminal: str) -> str | None:
    """The fixed word of a terminal, where it has one."""
    known = parser().terminals.get(terminal)
    return known.text if known else None


def expression_of(terminal: str) -> re.Pattern[str]:
    """The expression of a terminal that is not a fixed word."""
    pattern = parser().terminals[terminal].pattern
    assert pattern is not None
    return re.compile(pattern)


def reach(block: str, text: str) -> int | None:
    """How far a line can be read in a block: the offset of the first fault, or nothing where all is well."""
    try:
        parser().parse(text, start=f"in_{block}")
    except Misreading as fault:
        return fault.start
    return None


def goes_on_with(block: str, text: str, more: str) -> bool:
    """Whether a line would be one with the next if only it ended in a comma."""
    return reach(block, f"{text}, {more}") is None


def wanted_after(block: str, text: str) -> tuple[str, ...]:
    """The terminals that can follow the beginning of a line, in the order of the grammar; `$END` where it may end."""
    try:
        parser().parse(text + _NOWHERE, start=f"in_{block}")
    except Misreading as fault:
        if fault.start >= len(text):
            return tuple(name for name in (*parser().terminals, END) if name in fault.expected)
    return ()


@functools.cache
def openings(block: str) -> dict[str, str]:
    """The words that lines of a block begin with, each with as much of its line as names it: `odd`, `odd pennies`."""
    found: dict[str, str] = {}
    for rules in line_rules(block).values():
        for rule in rules:
            words = _fixed_start(rule)
            if words:
                key = key_of(rule).split()
                found.setdefault(words[0], " ".join(key) if words[: len(key)] == key else words[0])
    return found


def _fixed_start(rule: str) -> list[str]:
    """The fixed words that a rule begins with."""
    words: list[str] = []
    for name in expansions(rule)[0]:
        word = word_of(name)
        if word is None:
            break
        words.append(word)
    return words


@functools.cache
def line_rules(block: str) -> dict[str, tuple[str, ...]]:
    """The rules of the lines of a block, by the key that each puts its value under in the tree."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in _named_rules(f"in_{block}"):
        key = key_of(rule)
        place = AMOUNTS if key == "pair" else LISTS.get(key, key)
        found[place] = (*found.get(place, ()), rule)
    return found


def expansions(rule: str) -> tuple[tuple[str, ...], ...]:
    """What a rule can be made of, rules and terminals; the plainest way of saying a thing comes first."""
    return _rules()[rule]


@functools.cache
def _rules() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The ways of each rule, those with the least punctuation first.

    `from Reserve, at most £5` reads better than `at most £5: from Reserve`.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    for rule in parser().tables.rules:
        found.setdefault(rule.name, []).append(rule.symbols)
    return {name: tuple(sorted(ways, key=_marks)) for name, ways in found.items()}


def _marks(way: tuple[str, ...]) -> int:
    """Count the punctuation marks of an expansion."""
    return sum(word_of(name) in PUNCTUATION for name in way)


def _named_rules(rule: str) -> Iterator[str]:
    """The rules with a key of their own that a rule chooses among."""
    for (name,) in expansions(rule):
        if name.startswith("_"):
            yield from _named_rules(name)
        else:
            yield name
