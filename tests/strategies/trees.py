"""Whole agreements as Hypothesis draws them: every kind of line that the grammar knows, in every block.

What is drawn follows the grammar itself, so a new kind of line is drawn as soon as it can be read.
The agreements are well written, not sensible: names need not be anybody's, nor shares add up.
"""

import datetime
import re

from hypothesis import strategies as st

from poolrules.base.dates import DayOfYear, format_day
from poolrules.base.money import format_money
from poolrules.source.span import Span
from poolrules.syntax.grammar import expansions, expression_of, key_of, line_rules, parser, word_of
from poolrules.syntax.shape import AMOUNTS, BLOCKS, LISTS, PARTED, PLAIN_LISTS, TEXT_LISTS, VARIED_FILE, block_below
from poolrules.syntax.tree import NO_COMMENTS, Comments, Entry, Mapping, Node, Scalar, Sequence

NOWHERE = Span("drawn", 1, 1, 1, 1)

_UNQUOTED = st.characters(
    exclude_characters='"\ufffc\ufffd\u115f\u1160\u2800\u3164\uffa0', categories=["Lu", "Ll", "Nd", "Po", "Sc", "Sm"]
)
_PHRASES = (
    "section 75 of the NHS Act 2006",
    "integrated care board",
    "county council",
    "yes",
    "community rehabilitation",
)

_NAMES = st.sampled_from(["ICB", "Council", "Trust", "Board", "Contingency", "Homecare", "BCF"]) | st.from_regex(
    r"[A-Z][A-Za-z0-9]{0,6}(-[A-Za-z0-9]{1,4})?", fullmatch=True
).filter(str.isascii)
_TEXTS = st.sampled_from(["yes", "", "Board, 12 March 2026", "# no comment; £5: a text"]) | st.text(
    _UNQUOTED | st.just(" "), max_size=40
).map(str.strip)
_DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2150, 1, 1)).map(format_day)
_DAYS_OF_YEAR = st.builds(DayOfYear, st.integers(1, 12), st.integers(1, 28)).map(str)
_YEARS = st.integers(1990, 2150).map(lambda start: f"{start}/{(start + 1) % 100:02d}")
_NUMBERS = st.integers(0, 10**9).map(lambda number: f"{number:,}")
_MONEY = st.integers(0, 10**12).map(format_money)

_VALUES: dict[str, st.SearchStrategy[str]] = {
    "NAME": _NAMES,
    "STRING": _TEXTS,
    "DAY": _DAYS,
    "DAY_OF_YEAR": _DAYS_OF_YEAR,
    "YEAR": _YEARS,
    "MONEY": _MONEY,
    "NUMBER": _NUMBERS,
    "PHRASE": st.sampled_from(_PHRASES),
}

_COMMENT = st.text(_UNQUOTED | st.sampled_from(' "'), max_size=20).map(lambda text: f"# {text}".rstrip())
_COMMENTS = st.builds(
    Comments,
    before=st.lists(_COMMENT, max_size=2).map(tuple) | st.just(("",)) | st.tuples(st.just(""), _COMMENT),
    beside=st.none() | _COMMENT,
)


@st.composite
def trees(draw: st.DrawFn) -> Mapping:
    """An agreement with a few lines of each of a few blocks, some with comments."""
    title = draw(_value("agreement"))
    own = draw(_block("agreement"))
    others = draw(_block("file"))
    entries = (Entry(_key("agreement"), title), *own, *(entry for entry in others if entry.key.text != "agreement"))
    return Mapping(entries, NOWHERE, Comments(after=draw(st.lists(_COMMENT, max_size=2).map(tuple))))


@st.composite
def deeds(draw: st.DrawFn) -> Mapping:
    """A deed of variation with a few lines of each of a few blocks, some with comments."""
    head = draw(_value("deed"))
    title = [Entry(_key("agreement"), draw(_value("agreement")))] if draw(st.booleans()) else []
    own = draw(_block("agreement"))
    others = draw(_block(VARIED_FILE))
    others = tuple(entry for entry in others if entry.key.text not in ("agreement", "deed"))
    after = Comments(after=draw(st.lists(_COMMENT, max_size=2).map(tuple)))
    return Mapping((Entry(_key("deed"), head), *title, *own, *others), NOWHERE, after)


def _key(text: str) -> Scalar:
    return Scalar(text, NOWHERE)


def _values(terminal: str) -> st.SearchStrategy[str]:
    """What can be written for a terminal, its words a single space apart."""
    if terminal not in _VALUES:
        spaced = expression_of(terminal).pattern.replace(" +", " ").replace("[ \n]+", " ")
        digits = re.sub(r"\[0-9\]\+", "[0-9]{1,3}", spaced)
        _VALUES[terminal] = st.from_regex(digits, fullmatch=True)
    return _VALUES[terminal]


@st.composite
def _block(draw: st.DrawFn, block: str) -> tuple[Entry, ...]:
    """A few lines of a block, each of its keys at most once, lists with one or two items."""
    lines = line_rules(block)
    keys = draw(st.lists(st.sampled_from(sorted(lines)), unique=True, max_size=6))
    return tuple(Entry(_key(key), draw(_lines(block, key, lines[key]))) for key in keys)


@st.composite
def _lines(draw: st.DrawFn, block: str, key: str, rules: tuple[str, ...]) -> Node:
    """What stands under one key of a block."""
    if key == AMOUNTS and key_of(rules[0]) == "pair":
        return _paired([draw(_pair(rules[0])) for _ in range(draw(st.integers(1, 3)))])
    if key_of(rules[0]) in LISTS:
        count = draw(st.integers(1, 2 if key_of(rules[0]) in BLOCKS else 3))
        return Sequence(tuple(draw(_value(rules[min(at, len(rules) - 1)], block)) for at in range(count)), NOWHERE)
    return draw(_value(rules[0], block))


@st.composite
def _value(draw: st.DrawFn, rule: str, block: str = "file", *, line: bool = True) -> Node:
    """What a rule gives: a plain value, a list of them, pairs, or parts under their keys."""
    comments = draw(_COMMENTS) if line and draw(st.integers(0, 4)) == 0 else NO_COMMENTS
    word = key_of(rule)
    parts = draw(_way(rule))
    listed = line and (word in LISTS or word in BLOCKS) and word not in (*TEXT_LISTS, "agreement")
    below = draw(_block(block_below(block, word))) if line and word in BLOCKS and word != "agreement" else ()
    if listed or word in PARTED:
        return _parted(word, parts, below, comments)
    match parts:
        case []:
            return Scalar("yes", NOWHERE, comments)
        case [("", Scalar(text))]:
            return Scalar(text, NOWHERE, comments)
        case [("", Sequence(items))]:
            return Sequence(items, NOWHERE, comments)
    pairs = [part for _, part in parts if isinstance(part, Entry)]
    return _paired(pairs, comments) if pairs else _parted(word, parts, below, comments)


def _paired(pairs: list[Entry], comments: Comments = NO_COMMENTS) -> Mapping:
    return Mapping(tuple({pair.key.text: pair for pair in pairs}.values()), NOWHERE, comments)


def _parted(word: str, parts: list[tuple[str, Node | Entry]], below: tuple[Entry, ...], comments: Comments) -> Mapping:
    own = {key or word: Entry(_key(key or word), part) for key, part in parts if not isinstance(part, Entry)}
    return Mapping((*own.values(), *below), NOWHERE, comments)


@st.composite
def _way(draw: st.DrawFn, rule: str) -> list[tuple[str, Node | Entry]]:
    """The parts that one of the ways of a rule gives."""
    ways = [way for way in expansions(rule) if way[0] != rule]
    times = draw(st.integers(1, 2)) if "_star_" in rule else 1
    return [part for _ in range(times) for name in draw(st.sampled_from(ways)) for part in draw(_symbol(name))]


@st.composite
def _symbol(draw: st.DrawFn, name: str) -> list[tuple[str, Node | Entry]]:
    """The parts that one symbol gives: none for a fixed word."""
    if name in parser().terminals:
        return [] if word_of(name) else [("", Scalar(draw(_values(name)), NOWHERE))]
    if name in PLAIN_LISTS:
        value = _VALUES[expansions(name)[0][0]].map(lambda text: Scalar(text, NOWHERE))
        return [("", Sequence(draw(st.lists(value, min_size=1, max_size=3).map(tuple)), NOWHERE))]
    if name.startswith("_"):
        return draw(_way(name))
    if key_of(name) == "pair":
        return [("", draw(_pair(name)))]
    return [(key_of(name), draw(_value(name, line=False)))]


@st.composite
def _pair(draw: st.DrawFn, rule: str) -> Entry:
    """A name and what it is paired with; a day stands after what it is paired with."""
    (_, name), (_, value) = draw(_way(rule))
    if "DAY_OF_YEAR" in expansions(rule)[0]:
        name, value = value, name
    assert isinstance(name, Scalar)
    assert isinstance(value, Scalar)
    return Entry(name, value)
