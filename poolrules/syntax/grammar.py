"""What the grammar says of itself: its rules and words, asked for by those who write, and those who explain."""

import functools
import re
from collections.abc import Iterator
from typing import Any, Final

import lark
from lark.grammar import Symbol
from lark.lexer import PatternStr

from poolrules.syntax.shape import AMOUNTS, LISTS
from poolrules.syntax.tables import load_parser

PUNCTUATION: Final = frozenset(",;:")


@functools.cache
def parser() -> lark.Lark:
    """The parser, loaded once for a run."""
    return load_parser()


def key_of(rule: str) -> str:
    """The key of a rule: without what only tells equal keys apart, underscores as spaces.

    >>> key_of("term__from"), key_of("officer_of")
    ('from', 'officer of')
    """
    return rule.rsplit("__", 1)[-1].replace("_", " ")


@functools.cache
def line_rules(block: str) -> dict[str, tuple[str, ...]]:
    """The rules of the lines of a block, by the key that each puts its value under in the tree."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in _named_rules(f"in_{block}"):
        key = key_of(rule)
        place = AMOUNTS if key == "pair" else LISTS.get(key, key)
        found[place] = (*found.get(place, ()), rule)
    return found


def goes_on_with(block: str, text: str, more: str) -> bool:
    """Whether a line would be one with the next if only it ended in a comma."""
    return reach(block, f"{text}, {more}") is None


def reach(block: str, text: str) -> int | None:
    """How far a line can be read in a block: the offset of the first fault, or nothing where all is well."""
    try:
        parser().parse(text, start=f"in_{block}")
    except lark.UnexpectedInput as fault:
        return fault_offset(text, fault)
    return None


def fault_offset(text: str, fault: lark.UnexpectedInput) -> int:
    """Where in a line the parser came to a stand; the end of the line, where it wanted more."""
    if isinstance(fault, lark.UnexpectedToken) and fault.token.type == "$END":
        return len(text)
    assert fault.pos_in_stream is not None
    return fault.pos_in_stream


def expansions(rule: str) -> tuple[tuple[Symbol, ...], ...]:
    """What a rule can be made of; the plainest way of saying a thing comes first."""
    return _rules()[rule]


def word_of(terminal: str) -> str | None:
    """The fixed word of a terminal, where it has one."""
    fixed = _terminals().get(terminal)
    return fixed if isinstance(fixed, str) else None


def expression_of(terminal: str) -> re.Pattern[str]:
    """The expression of a terminal that is not a fixed word."""
    expression = _terminals()[terminal]
    assert isinstance(expression, re.Pattern)
    return expression


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
    for symbol in expansions(rule)[0]:
        word = word_of(symbol.name)
        if word is None:
            break
        words.append(word)
    return words


def wanted_after(block: str, text: str) -> tuple[str, ...]:
    """The terminals that can follow the beginning of a line, in the order of the grammar; `$END` where it may end."""
    try:
        state: Any = parser().parse_interactive(text, start=f"in_{block}")
        state.exhaust_lexer()
    except lark.UnexpectedInput:
        return ()
    accepted = state.accepts()
    return tuple(name for name in (*_terminals(), "$END") if name in accepted)


@functools.cache
def _rules() -> dict[str, tuple[tuple[Symbol, ...], ...]]:
    """The ways of each rule, those with the least punctuation first.

    `from Reserve, at most £5` reads better than `at most £5: from Reserve`.
    """
    found: dict[str, list[tuple[Symbol, ...]]] = {}
    for rule in parser().rules:
        found.setdefault(rule.origin.name, []).append(tuple(rule.expansion))
    return {name: tuple(sorted(ways, key=_marks)) for name, ways in found.items()}


def _marks(way: tuple[Symbol, ...]) -> int:
    """Count the punctuation marks of an expansion."""
    return sum(word_of(symbol.name) in PUNCTUATION for symbol in way)


@functools.cache
def _terminals() -> dict[str, str | re.Pattern[str]]:
    """The word of each fixed terminal, the expression of each other one."""
    return {
        terminal.name: terminal.pattern.value
        if isinstance(terminal.pattern, PatternStr)
        else re.compile(terminal.pattern.to_regexp())
        for terminal in parser().terminals
    }


def _named_rules(rule: str) -> Iterator[str]:
    """The rules with a key of their own that a rule chooses among."""
    for (symbol,) in expansions(rule):
        if symbol.name.startswith("_"):
            yield from _named_rules(symbol.name)
        else:
            yield symbol.name
