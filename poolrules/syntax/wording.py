"""The words of one line, found from what the line says: the grammar read backwards.

The grammar names every part of a line by its key, so it also tells how to write a value back as
words. A new kind of line needs nothing here: what can be read can be written.
"""

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from poolrules.base.unreadable import Unreadable
from poolrules.syntax.grammar import PUNCTUATION, expansions, expression_of, key_of, parser, word_of
from poolrules.syntax.shape import PLAIN_LISTS
from poolrules.syntax.tree import Entry, Mapping, Node, Scalar, Sequence

Fact: TypeAlias = tuple[str, Node | Entry]
"""Something still to be said: a value and its key, or a value without one (a name of a list, a pair)."""

Said: TypeAlias = tuple[tuple[str, ...], tuple[Fact, ...]]
"""Some words, and the facts that they leave to be said."""

_INLINED: Final = PLAIN_LISTS
"""Rules whose values belong to the rule that uses them, like those whose name begins with an underscore."""


def line_words(rule: str, value: Node | Entry) -> tuple[str, ...]:
    """Find the words that say a value by the rule of its line. Raises `Unreadable` where no words can."""
    found = next(_words(rule, value), None)
    if found is None:
        raise Unreadable(f"`{key_of(rule)}` says something that a .pool file has no words for")
    return found


def join_words(words: Iterable[str]) -> str:
    """Put words on one line: a space between them, none before a comma, semicolon or colon.

    >>> join_words(["manager", '"Head of Service"', ",", "officer", "of", "Council"])
    'manager "Head of Service", officer of Council'
    """
    return "".join(word if word in PUNCTUATION else f" {word}" for word in words).strip()


def _words(rule: str, value: Node | Entry) -> Iterator[tuple[str, ...]]:
    """Every way of saying the whole of a value by a rule."""
    for facts in _facts(value):
        for words, left in _by_rule(rule, key_of(rule), facts):
            if not left:
                yield words


def _facts(value: Node | Entry) -> Iterator[tuple[Fact, ...]]:
    """Take a value apart as the reader would have put it together, each way that it may have."""
    match value:
        case Entry():
            yield ("", value.key), ("", value.value)
            yield ("", value.value), ("", value.key)
        case Sequence():
            yield tuple(("", item) for item in value.items)
        case Mapping():
            yield tuple((entry.key.text, entry.value) for entry in value)
            yield tuple(("", entry) for entry in value)
        case Scalar(text="yes"):
            yield ()
            yield (("", value),)
        case Scalar():
            yield (("", value),)


def _by_rule(rule: str, key: str, facts: tuple[Fact, ...]) -> Iterator[Said]:
    """Say some of the facts by one of the ways of a rule."""
    if "_star_" in rule or "_plus_" in rule:
        yield from _repeated(rule, key, facts)
        return
    for way in expansions(rule):
        yield from _in_turn(way, key, facts)


def _repeated(rule: str, key: str, facts: tuple[Fact, ...]) -> Iterator[Said]:
    """Say as many facts as a repetition can."""
    ways = [way for way in expansions(rule) if way[0] != rule]
    said: tuple[str, ...] = ()
    left = facts
    while found := next((one for way in ways for one in _in_turn(way, key, left) if len(one[1]) < len(left)), None):
        said, left = said + found[0], found[1]
    if said:
        yield said, left


def _in_turn(way: tuple[str, ...], key: str, facts: tuple[Fact, ...]) -> Iterator[Said]:
    """Say facts by one symbol after the other."""
    if not way:
        yield (), facts
        return
    for words, left in _by_symbol(way[0], key, facts):
        for more, rest in _in_turn(way[1:], key, left):
            yield words + more, rest


def _by_symbol(name: str, key: str, facts: tuple[Fact, ...]) -> Iterator[Said]:
    """Say at most one fact by a symbol: a fixed word, a value, or a part that has a rule."""
    if word := word_of(name):
        yield (word,), facts
    elif name in parser().terminals:
        yield from _by_terminal(name, key, facts)
    elif name.startswith("_") or name in _INLINED:
        yield from _by_rule(name, key, facts)
    else:
        wanted = "" if key_of(name) == "pair" else key_of(name)
        for index, (said, value) in enumerate(facts):
            if said == wanted:
                for words in _words(name, value):
                    yield words, facts[:index] + facts[index + 1 :]
                return


def _by_terminal(name: str, key: str, facts: tuple[Fact, ...]) -> Iterator[Said]:
    """Say a value of the rule itself: texts in quotation marks, all else as it is."""
    for index, (said, value) in enumerate(facts):
        if said in ("", key):
            if isinstance(value, Scalar) and (word := _spelt(name, value.text)) is not None:
                yield (word,), facts[:index] + facts[index + 1 :]
            return


def _spelt(terminal: str, text: str) -> str | None:
    """Spell a value as its terminal does, or nothing where it is not such a value."""
    word = f'"{text}"' if terminal == "STRING" else text
    return word if expression_of(terminal).fullmatch(word) else None
