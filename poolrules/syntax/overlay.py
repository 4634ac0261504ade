"""Laying a deed of variation over the written tree of an agreement.

The overlay knows no kind of line. The grammar says what the lines of a block are, and `shape` which blocks are varied
line by line. In such a block

- a line that may be said once is replaced;
- of lines that may be said more than once, each is known by what names it: a scheme by its name, contributions of a
  year by the year, overspend terms by the schemes they are for, an example by its title. One that is known already is
  replaced whole, another is added;
- what is itself varied line by line (a partner, a fund, a board, the dispute and exit terms) is gone into;
- `remove` takes away what its words name, before anything is added.

Every node keeps its own place, so that each line of the agreement as varied says which file governs it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.near import did_you_mean, nearest
from poolrules.base.unreadable import Unreadable
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span
from poolrules.syntax.codes import VARIES_NOTHING, VARIES_WHAT_IS_NOT_THERE
from poolrules.syntax.grammar import expansions, key_of, line_rules
from poolrules.syntax.shape import (
    BLOCKS,
    IN_ORDER,
    INSTEAD,
    LISTS,
    NAMED_BY,
    TEXT_LISTS,
    VARIED,
    VARIED_FILE,
    block_below,
)
from poolrules.syntax.tree import Comments, Entry, Mapping, Node, Scalar, Sequence
from poolrules.syntax.wording import join_words, line_words

_REMOVES: Final = "removes"

_NOT_LAID: Final = ("deed", _REMOVES)
"""What a deed says that is no part of the agreement."""

_YEARS: Final = {"year": "", "to year": "to", "from year": "from"}
"""The parts of a line that say which years it is for, each with the word before it."""

_REMARKS: Final = tuple(LISTS[word] for word in TEXT_LISTS)


class Known(Struct, frozen=True):
    """What a line of an agreement is known by: the words it begins with, and its title or text where that names it."""

    words: str
    called: str | None = None

    def __str__(self) -> str:
        return self.words if self.called is None else f'{self.words} "{self.called}"'


class Change(Struct, frozen=True):
    """One thing that a deed changes: in which block (none at the margin), what, how it was and how it is now."""

    block: Known | None
    what: Known
    before: Node | None
    after: Node | None
    span: Span
    """Where the deed says so."""


class Overlaid(Struct, frozen=True):
    """An agreement with a deed laid over it: what was changed, and what of the deed does not fit."""

    tree: Mapping
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def lay_over(agreement: Mapping, deed: Mapping) -> Overlaid:
    """Lay a deed over an agreement. What does not fit is left out and reported."""
    layer = _Layer()
    tree = layer.varied(VARIED_FILE, None, agreement, deed)
    if not layer.changes and not layer.findings:
        said = deed.get("deed")
        layer.fault(
            VARIES_NOTHING,
            "this variation changes nothing: all that it says is in the agreement already",
            said.span if said else deed.span,
            "say what is to be different, or leave the variation out",
        )
    return Overlaid(tree, tuple(layer.changes), tuple(layer.findings))


class _Layer:
    """Lays one deed, gathering what it changes and what does not fit."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.findings: list[Finding] = []

    def fault(self, code: str, message: str, span: Span, help: str) -> None:
        """Keep a finding."""
        self.findings.append(Finding(code, Severity.ERROR, message, (Label(span),), help))

    def varied(self, block: str, name: Known | None, own: Mapping, over: Mapping) -> Mapping:
        """A block of the agreement as the deed varies it, line by line."""
        entries = {entry.key.text: entry for entry in own}
        self._remove(block, name, entries, over)
        self._clear_the_way(name, entries, over)
        for entry in over:
            if entry.key.text not in _NOT_LAID and not _names(name, entry):
                self._lay(block, name, entries, entry)
        return replace(own, entries=tuple(entries.values()), comments=_joined(own.comments, over.comments))

    def _lay(self, block: str, name: Known | None, entries: dict[str, Entry], over: Entry) -> None:
        """Lay what the deed says under one key."""
        key, now, was = over.key.text, over.value, entries.get(over.key.text)
        if key in _REMARKS and isinstance(now, Sequence):
            self._lay_remarks(block, name, entries, over)
        elif isinstance(now, Sequence) and _is_list(now) and key not in IN_ORDER:
            rule = _rules(block)[key][0]
            items = list(was.value.items) if was is not None and isinstance(was.value, Sequence) else []
            places = {known_by(block, rule, item): place for place, item in reversed(list(enumerate(items)))}
            years = {year: item for item in items if (year := _year(block, rule, item))}
            for item in now.items:
                self._lay_item(_Among(block, rule, name, items, places, years), item)
            if items:
                entries[key] = Entry(was.key if was else over.key, _sequence(items))
        elif isinstance(now, Mapping) and key in VARIED and was is not None and isinstance(was.value, Mapping):
            inner = self.varied(block_below(block, key), Known(key), was.value, now)
            entries[key] = Entry(was.key, inner)
        else:
            self._lay_single(name, entries, over)

    def _lay_single(self, name: Known | None, entries: dict[str, Entry], over: Entry) -> None:
        """Lay a line that may be said once."""
        key, was = over.key.text, entries.get(over.key.text)
        value = over.value
        if isinstance(value, Mapping) and value.get(_REMOVES) is not None:
            self._nothing_to_remove(value)
            value = _without(value, _NOT_LAID)
        if was is not None and was.value == value:
            return
        entries[key] = Entry(over.key, value)
        self._changed(name, Known(key), was.value if was else None, value, value.span)

    def _clear_the_way(self, name: Known | None, entries: dict[str, Entry], over: Mapping) -> None:
        """Take away the lines that cannot stand beside what the deed says, unless it says them too."""
        said = {entry.key.text: entry for entry in over}
        for key, entry in said.items():
            for other in INSTEAD.get(key, ()):
                if other in entries and other not in said:
                    gone = entries.pop(other)
                    self._changed(name, Known(other), gone.value, None, entry.value.span)

    def _lay_item(self, among: "_Among", item: Node) -> None:
        """Lay one line of those that may be said more than once."""
        assert isinstance(item, Mapping)
        known, items, word = known_by(among.block, among.rule, item), among.items, key_of(among.rule)
        place = among.places.get(known)
        if place is None:
            if self._may_be_added(among, known, item):
                among.places[known] = len(items)
                items.append(_without(item, _NOT_LAID))
                self._changed(among.name, known, None, items[-1], item.span)
            return
        was = items[place]
        if word in VARIED and isinstance(was, Mapping):
            items[place] = self.varied(block_below(among.block, word), known, was, item)
        elif was != item:
            items[place] = item
            self._changed(among.name, known, was, item, item.span)

    def _may_be_added(self, among: "_Among", known: Known, item: Mapping) -> bool:
        """Whether a block that the agreement does not have is new; without a title it is one that was misnamed."""
        word = key_of(among.rule)
        if word in VARIED and item.get("title") is None:
            own = item.get(word)
            said = own.text if isinstance(own, Scalar) else ""
            help = did_you_mean(said, (there.words.removeprefix(f"{word} ") for there in among.places))
            help = f"{help} a new {word} has a title" if help.endswith("?") else f"a new {word} has a title; {help}"
            message = f"there is no {word} called `{said}` in the agreement"
            self.fault(VARIES_WHAT_IS_NOT_THERE, message, (own or item).span, help)
            return False
        same = among.years.get(_year(among.block, among.rule, item))
        if same is not None:
            there = known_by(among.block, among.rule, same)
            help = f"say `{there}` to vary that; to say this beside later years, remove that and say them anew"
            message = f"the agreement has `{there}`, and this is `{known}`"
            labels = (Label(item.span), Label(same.span, "said here"))
            self.findings.append(Finding(VARIES_WHAT_IS_NOT_THERE, Severity.ERROR, message, labels, help))
            return False
        self._nothing_to_remove(item)
        return True

    def _nothing_to_remove(self, item: Mapping) -> None:
        """Report what is to be removed from a block that is new."""
        removes = item.get(_REMOVES)
        for each in removes.items if isinstance(removes, Sequence) else ():
            message = "there is nothing to remove in a block that is new"
            self.fault(VARIES_WHAT_IS_NOT_THERE, message, each.span, "leave the line out")

    def _lay_remarks(self, block: str, name: Known | None, entries: dict[str, Entry], over: Entry) -> None:
        """Add remarks to those that there are."""
        was, word = entries.get(over.key.text), key_of(_rules(block)[over.key.text][0])
        assert isinstance(over.value, Sequence)
        own = was.value.items if was is not None and isinstance(was.value, Sequence) else ()
        new = tuple(item for item in dict.fromkeys(over.value.items) if item not in own)
        if new:
            entries[over.key.text] = Entry(was.key if was else over.key, _sequence([*own, *new]))
        for item in new:
            assert isinstance(item, Scalar)
            self._changed(name, Known(word, item.text), None, item, item.span)

    # ---- removing ----

    def _remove(self, block: str, name: Known | None, entries: dict[str, Entry], over: Mapping) -> None:
        """Take away what the deed removes from a block."""
        removes = over.get(_REMOVES)
        if not isinstance(removes, Sequence):
            return
        there = {known: (key, node) for key, known, node in _lines_of(block, name, entries.values())}
        gone: dict[str, list[Node]] = {}
        for item in removes.items:
            assert isinstance(item, Mapping)
            words, called = item.get("remove"), item.get("called")
            assert isinstance(words, Scalar)
            known = Known(words.text, called.text if isinstance(called, Scalar) else None)
            if known in there:
                key, node = there.pop(known)
                gone.setdefault(key, []).append(node)
                self._changed(name, known, node, None, item.span)
            else:
                self._not_there(name, known, there, entries, item.span)
        for key, nodes in gone.items():
            _take_away(entries, key, nodes)

    def _not_there(
        self,
        name: Known | None,
        known: Known,
        there: dict[Known, tuple[str, Node]],
        entries: dict[str, Entry],
        span: Span,
    ) -> None:
        """Report what is to be removed and is not there, with the nearest that is, or where else it stands."""
        where = f"`{name}`" if name else "the agreement"
        names = [str(one) for one in there]
        help = next((f"it stands in `{inner}`: say so there" for inner in _blocks_with(known, entries.values())), "")
        near = nearest(str(known), names)
        help = help or (f"did you mean `{near}`?" if near else did_you_mean(str(known), names))
        message = f"there is no `{known}` in {where} to remove"
        self.fault(VARIES_WHAT_IS_NOT_THERE, message, span, help)

    def _changed(self, name: Known | None, what: Known, before: Node | None, after: Node | None, span: Span) -> None:
        """Keep a change."""
        self.changes.append(Change(name, what, before, after, span))


class _Among(Struct, frozen=True):
    """Lines of one kind in a block: those there are, where each is by what it is known by, and those of a year."""

    block: str
    rule: str
    name: Known | None
    items: list[Node]
    places: dict[Known, int]
    years: dict[str, Node]


def _take_away(entries: dict[str, Entry], key: str, nodes: list[Node]) -> None:
    """Take lines out of a block; a key under which nothing is left goes with them."""
    value, gone = entries[key].value, {id(node) for node in nodes}
    left = [item for item in value.items if id(item) not in gone] if isinstance(value, Sequence) else []
    if id(value) in gone or not left:
        del entries[key]
    else:
        entries[key] = Entry(entries[key].key, _sequence(left))


def known_by(block: str, rule: str, item: Node) -> Known:
    """What an item of a list is known by: its name or title, else all that its own line says.

    Where a line has neither, as a year's contributions, its own words are what a deed would write to remove it.
    """
    word = key_of(rule)
    if isinstance(item, Scalar):
        return Known(word, item.text)
    assert isinstance(item, Mapping)
    said, own = _line_of(block, rule, item), item.get(word)
    years = replace(said, entries=tuple(entry for entry in said if entry.key.text in _YEARS))
    if years.entries:
        return Known(_words_of(rule, years) or f"{word} {_year_words(years)}")
    by = item.get(NAMED_BY.get(word, ""))
    if isinstance(by, Sequence):
        return Known(f"{word} {', '.join(name.text for name in by.items if isinstance(name, Scalar))}")
    if isinstance(own, Scalar):
        named = "STRING" not in expansions(rule)[0]
        return Known(f"{word} {own.text}") if named else Known(word, own.text)
    return Known(_words_of(rule, said) or word)


def _line_of(block: str, rule: str, item: Mapping) -> Mapping:
    """What a line says itself, without what stands in the block below it."""
    word = key_of(rule)
    inside = line_rules(block_below(block, word)) if word in BLOCKS else {}
    return replace(item, entries=tuple(entry for entry in item if entry.key.text not in inside))


def _words_of(rule: str, said: Mapping) -> str:
    """The words of a line, spaces made one; none where it has no words for so little."""
    try:
        return " ".join(join_words(line_words(rule, said)).split())
    except Unreadable:
        return ""


def _year_words(years: Mapping) -> str:
    """Which years a line is for, as it says so: `2026/27`, `2026/27 to 2028/29`, `from 2026/27`."""
    found = {entry.key.text: entry.value.text for entry in years if isinstance(entry.value, Scalar)}
    words = [(f"{said} " if said else "") + found[key] for key, said in _YEARS.items() if key in found]
    return " ".join(words)


def _rules(block: str) -> dict[str, tuple[str, ...]]:
    """The rules of the lines of a block by their keys; in the tree the agreement's own stand at the margin."""
    return line_rules("agreement") | line_rules(block) if block == VARIED_FILE else line_rules(block)


def _lines_of(block: str, name: Known | None, entries: Iterable[Entry]) -> Iterator[tuple[str, Known, Node]]:
    """Every line of a block that can be removed, with the key that it stands under."""
    rules = _rules(block)
    for entry in entries:
        key, value = entry.key.text, entry.value
        if _names(name, entry) or key == "agreement":
            continue
        if isinstance(value, Sequence) and (_is_list(value) or key in _REMARKS) and key not in IN_ORDER:
            for item in value.items:
                yield key, known_by(block, rules[key][0], item), item
        else:
            yield key, Known(key), value


def _blocks_with(known: Known, entries: Iterable[Entry]) -> Iterator[Known]:
    """The blocks at the margin that hold a line which was looked for elsewhere."""
    for entry in entries:
        value = entry.value
        items = value.items if isinstance(value, Sequence) else (value,)
        for item in items:
            rules = line_rules(VARIED_FILE).get(entry.key.text, ())
            word = key_of(rules[0]) if rules else ""
            if word in VARIED and isinstance(item, Mapping):
                name = known_by(VARIED_FILE, rules[0], item) if item.get(word) else Known(word)
                inner = block_below(VARIED_FILE, word)
                if any(one == known for _, one, _ in _lines_of(inner, name, item.entries)):
                    yield name


def _year(block: str, rule: str, item: Node) -> str:
    """The financial year that a line of money is for, or with which it begins; no text where it is for none."""
    said = _line_of(block, rule, item) if isinstance(item, Mapping) else None
    found = [said.get(key) for key in ("year", "from year")] if said is not None else []
    return next((each.text for each in found if isinstance(each, Scalar)), "")


def _names(name: Known | None, entry: Entry) -> bool:
    """Whether an entry is what names its block, as `fund` does in a fund."""
    said = entry.value.text if isinstance(entry.value, Scalar) else ""
    return name is not None and name.words == f"{entry.key.text} {said}"


def _is_list(value: Sequence) -> bool:
    """Whether a list gathers lines that may be said more than once, and is not one line with several values."""
    return bool(value.items) and isinstance(value.items[0], Mapping)


def _sequence(items: list[Node]) -> Sequence:
    """A list of lines, which may come from several files: it stands where its first line does."""
    return Sequence(tuple(items), items[0].span)


def _without(item: Mapping, keys: tuple[str, ...]) -> Mapping:
    """A mapping without some of its keys."""
    return replace(item, entries=tuple(entry for entry in item if entry.key.text not in keys))


def _joined(own: Comments, over: Comments) -> Comments:
    """The comments of a block with those that the deed has beside it; blank lines of the deed are not taken over."""
    before = (*own.before, *(text for text in over.before if text))
    texts = [text for text in (own.beside, over.beside) if text]
    beside = " ".join([*texts[:1], *(text.lstrip("# ") for text in texts[1:])]) or None
    return Comments(before, beside, (*own.after, *over.after))
