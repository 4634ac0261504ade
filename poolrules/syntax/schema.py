"""Comparing a tree read from YAML with the grammar of the YAML form, and telling what is wrong in our words.

The grammar is a JSON Schema. The validator only says which of its words was broken, and where: its
own messages are never shown. A `title` in the schema names what stands in a place ("a fund"), a
`format` names the reader whose sentence tells best why a value cannot be read.
"""

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias

from jsonschema import Draft202012Validator, ValidationError
from msgspec import Struct
from msgspec.structs import replace
from referencing import Registry

from poolrules.base.dates import read_day, read_day_of_year, read_length, read_year
from poolrules.base.limits import MAX_FINDINGS
from poolrules.base.money import read_money
from poolrules.base.near import almost
from poolrules.base.shares import read_percent
from poolrules.base.unreadable import Unreadable
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span
from poolrules.syntax.codes import BAD_SHAPE, BAD_VALUE, NO_AGREEMENT
from poolrules.syntax.deed_schema import agreement_schema, deed_schema
from poolrules.syntax.other_words import FIRST_WORDS, KEYS, SET_PHRASES
from poolrules.syntax.shape import LISTS
from poolrules.syntax.tree import Entry, Mapping, Node, Scalar, Sequence
from poolrules.syntax.yaml_faults import shown

_Plain: TypeAlias = "str | list[_Plain] | dict[str, _Plain] | None"
_Path: TypeAlias = tuple[str | int, ...]

_READERS: Final[dict[str, Callable[[str], object]]] = {
    "money": read_money,
    "percent": read_percent,
    "day": read_day,
    "day of the year": read_day_of_year,
    "year": read_year,
    "length": read_length,
}

_NAME_HELP: Final = "a name begins with a capital letter and holds only letters, digits and hyphens, such as Council"
_OFFERED: Final = 24
"""How many words are listed where no near one can be offered."""

_MOST_FAULTS: Final = 5_000
"""How many broken words of the schema are looked at; a file with more has long had its say."""


class _Fault(Struct, frozen=True):
    """Something wrong with what stands at a path."""

    path: _Path
    code: str
    message: str
    help: str
    kept: bool = False
    """Whether it stays in the tree all the same."""
    at_key: bool = False
    of_whole: bool = False
    """Whether it is about a mapping as a whole, which may have several such faults."""
    beside: str | None = None
    """The word that this one cannot stand beside."""
    words: tuple[str, ...] = ()
    """The words of the language of which one is missing, or the one that was most likely meant."""


def check_shape(root: Mapping) -> tuple[Mapping, list[Finding]]:
    """Compare a tree with the grammar of the YAML form: gives what of it is sound, and the findings."""
    validator = _validator(deed=root.get("deed") is not None)
    errors = _some(validator.iter_errors(_plain(root)))
    if not errors:
        return root, []
    places = dict(_places(root, ()))
    faults = [fault for error in errors for fault in _faults(error)]
    kept = _one_each(sorted(faults, key=lambda fault: (_span(places, fault), fault.beside is not None)))
    assert isinstance(validator.schema, dict)
    left_out = _LeftOut(places, validator.schema)
    for fault in faults:
        left_out.add(fault)
    findings = []
    for fault in kept:
        main = _span(places, fault)
        labels = (Label(main), *(label for label in left_out.with_it(fault) if label.span.line < main.line))
        findings.append(Finding(fault.code, Severity.ERROR, fault.message, labels, fault.help))
    if len(errors) == _MOST_FAULTS:
        return replace(root, entries=()), findings  # nobody has looked at the rest of it
    sound = _without(root, (), left_out.paths)
    assert isinstance(sound, Mapping)
    return sound, findings


class _LeftOut:
    """What is left out of a tree: what is wrong, and whatever cannot stand without it."""

    def __init__(self, places: dict[_Path, Node | Entry], grammar: dict[str, Any]) -> None:
        self.places = places
        self.grammar = grammar
        self.paths: set[_Path] = set()
        self.parts_lost: Counter[_Path] = Counter()

    def add(self, fault: _Fault) -> None:
        """Leave out what is wrong, and what goes with it."""
        path = fault.path
        while not fault.kept and path and path not in self.paths:
            self.paths.add(path)
            self.parts_lost[path[:-1]] += 1
            path = path[:-1] if self._takes_along(path) else ()

    def _takes_along(self, path: _Path) -> bool:
        """Whether what is around a thing cannot stand without it."""
        around, last = path[:-1], path[-1]
        schema = _schema_at(self.grammar, around)
        if "properties" in schema:
            return last in _needed(schema)
        found = self.places[around]
        node = found.value if isinstance(found, Entry) else found
        assert not isinstance(node, Scalar)
        return self.parts_lost[around] == len(node.items if isinstance(node, Sequence) else node.entries)

    def with_it(self, fault: _Fault) -> Iterator[Label]:
        """Point at the largest block that is left out because of a fault, where there is one."""
        for end in range(1, len(fault.path)):
            path = fault.path[:end]
            schema = _schema_at(self.grammar, path)
            if path in self.paths and "properties" in schema:
                found = self.places[path]
                yield Label(found.key.span if isinstance(found, Entry) else found.span, f"in {schema['title']}")
                return


def _schema_at(grammar: dict[str, Any], path: _Path) -> dict[str, Any]:
    """The part of the grammar that is about a path."""
    schema: Any = grammar
    for step in path:
        schema = schema.get("else", schema)
        if isinstance(step, int):
            schema = schema["items"]
        else:
            schema = schema.get("properties", {}).get(step) or schema.get("additionalProperties") or {}
    return schema.get("else", schema) if isinstance(schema, dict) else {}


def _needed(schema: dict[str, Any]) -> set[str]:
    """The keys that a mapping may not be without, or of which it needs one."""
    rules = [*schema.get("allOf", ()), *schema.get("dependentSchemas", {}).values()]
    chosen = {key for rule in rules for choice in rule.get("anyOf", ()) for key in choice["required"]}
    return chosen | set(schema.get("required", ()))


@functools.cache
def _validator(*, deed: bool) -> Draft202012Validator:
    """The grammar of agreements or of deeds, its references followed beforehand.

    Its registry holds nothing: no reference is ever fetched.
    """
    schema = deed_schema() if deed else agreement_schema()
    return Draft202012Validator(_followed(schema, schema["$defs"]), registry=Registry())


def _followed(schema: Any, defined: dict[str, Any]) -> Any:
    """A part of the grammar with what it refers to in place of references: looking them up takes most of the time."""
    match schema:
        case {"$ref": str(name), **own}:
            return {**_followed(defined[name.removeprefix("#/$defs/")], defined), **own}
        case dict():
            return {key: _followed(part, defined) for key, part in schema.items()}
        case list():
            return [_followed(part, defined) for part in schema]
        case _:
            return schema


def _some(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """As many faults as can matter to anybody."""
    return [error for error, _ in zip(errors, range(_MOST_FAULTS), strict=False)]


def _plain(node: Node) -> _Plain:
    """The tree as a validator knows it; a value that is not there is `None`."""
    match node:
        case Scalar(text=text, span=span):
            return None if not text and (span.line, span.column) == (span.end_line, span.end_column) else text
        case Sequence():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {entry.key.text: _plain(entry.value) for entry in node}


def _places(node: Node, path: _Path) -> Iterator[tuple[_Path, Node | Entry]]:
    """Everything in a tree by its path."""
    if not path:
        yield path, node
    match node:
        case Sequence():
            for index, item in enumerate(node.items):
                yield (*path, index), item
                yield from _places(item, (*path, index))
        case Mapping():
            for entry in node:
                yield (*path, entry.key.text), entry
                yield from _places(entry.value, (*path, entry.key.text))
        case Scalar():
            pass


def _span(places: dict[_Path, Node | Entry], fault: _Fault) -> Span:
    """The stretch that a fault points at: of an entry its value where that is a plain one, else its key."""
    found = places[fault.path]
    if not isinstance(found, Entry):
        return found.span
    value = found.value
    return value.span if isinstance(value, Scalar) and value.text and not fault.at_key else found.key.span


def _one_each(faults: list[_Fault]) -> list[_Fault]:
    """Keep one fault for each slip; `faults` come in file order.

    A thing has one fault, a word that is only misspelt is not missing, and of two words that exclude each other
    the later is the fault.
    """
    kept: dict[_Path, _Fault] = {}
    misspelt = {(*fault.path[:-1], word) for fault in faults if fault.at_key for word in fault.words}
    for fault in faults:
        if fault.at_key or not any((*fault.path, word) in misspelt for word in fault.words):
            kept.setdefault((*fault.path, fault.message) if fault.of_whole else fault.path, fault)
    for fault in list(kept.values()):
        if fault.beside is not None:
            other = kept.get((*fault.path[:-1], fault.beside))
            if other is not None and other.beside == fault.path[-1]:
                del kept[fault.path]
    return list(kept.values())


def _without(node: Node, path: _Path, wrong: set[_Path]) -> Node:
    """A tree without what stands at some paths."""
    match node:
        case Sequence():
            inner = ((index, item) for index, item in enumerate(node.items) if (*path, index) not in wrong)
            return replace(node, items=tuple(_without(item, (*path, index), wrong) for index, item in inner))
        case Mapping():
            entries = (entry for entry in node if (*path, entry.key.text) not in wrong)
            return replace(
                node, entries=tuple(Entry(e.key, _without(e.value, (*path, e.key.text), wrong)) for e in entries)
            )
        case Scalar():
            return node


# ---- the words of the schema, each told in ours ---------------------------------------------------


def _faults(error: ValidationError) -> Iterator[_Fault]:
    """What one broken word of the schema says about the file."""
    path: _Path = tuple(error.absolute_path)
    written: Any = error.instance
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    if "propertyNames" in list(error.absolute_schema_path)[-3:]:
        yield _key_fault(path, schema, str(written))
        return
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(path, schema, written)
        case "required":
            yield from _missing_keys(path, schema, written)
        case "anyOf":
            yield _choice_fault(path, schema)
        case "type" | "minItems" | "minProperties":
            yield _kind_fault(path, schema, written)
        case _:
            yield _value_fault(path, schema, str(written))


def _unknown_keys(path: _Path, schema: dict[str, Any], written: dict[str, Any]) -> Iterator[_Fault]:
    """Keys that are no words of the block they stand in."""
    known = schema["properties"]
    for key in [key for key in written if key not in known][:MAX_FINDINGS]:
        message = f"`{shown(key)}` is not a word of {schema['title']}"
        near = _key_meant(key, known)
        elsewhere = _blocks_with(LISTS.get(key, key))
        help = f"the words here are {_listed(list(known), 'and')}"
        if near is not None:
            help = f"did you mean `{near}`?"
        elif elsewhere:
            there = f", as `{LISTS[key]}`" if LISTS.get(key, key) != key else ""
            help = f"it is said of {' or '.join(elsewhere[:3])}{there}"
        words: tuple[str, ...] = (near,) if near else ()
        if key[:1].isupper() and {"partner", "amount"} <= known.keys():
            words, help = ("partner", "amount"), f"write `partner: {shown(key)}`, and below it `amount: …`"
        yield _Fault((*path, key), BAD_SHAPE, message, help, at_key=True, words=words)


def _key_meant(key: str, known: Iterable[str]) -> str | None:
    """The key that is meant by words that people use for it, or by a slip of the pen."""
    said = key.casefold()
    meant = [said, *(table[said] for table in (KEYS, *FIRST_WORDS.values()) if said in table)]
    listed = [LISTS.get(word, word) for word in meant]
    return next((word for word in (*meant, *listed) if word in known), None) or almost(key, known)


def _blocks_with(key: str) -> list[str]:
    """The kinds of blocks that a key is a word of."""
    defined = agreement_schema()["$defs"].values()
    return [block["title"] for block in defined if key in block.get("properties", ())]


def _missing_keys(path: _Path, schema: dict[str, Any], written: dict[str, Any]) -> Iterator[_Fault]:
    """Keys that must be there and are not."""
    who = schema.get("title") or f"`{schema['propertyNames']['title']}`"
    for key in (key for key in schema["required"] if key not in written):
        if key == "agreement":
            help = "begin with a line such as: agreement: Westshire Better Care Fund"
            yield _Fault(path, NO_AGREEMENT, "the agreement in this file has no name", help, of_whole=True)
        else:
            message = f"{who} needs `{key}`, and there is none here"
            yield _Fault(path, BAD_SHAPE, message, f"add `{key}: …`", of_whole=True, words=(key,))


def _key_fault(path: _Path, schema: dict[str, Any], key: str) -> _Fault:
    """A key that is no name, or that cannot stand beside another."""
    if schema.get("format") in _READERS:
        return _Fault((*path, key), BAD_VALUE, *_why(schema, key), at_key=True)
    if "enum" not in schema:
        return _Fault((*path, key), BAD_VALUE, f"`{shown(key)}` is not a name", _NAME_HELP, at_key=True)
    other = schema["title"]
    message = f"`{shown(key)}` cannot stand beside `{other}`"
    return _Fault((*path, key), BAD_SHAPE, message, "leave out one of the two", at_key=True, beside=other)


def _choice_fault(path: _Path, schema: dict[str, Any]) -> _Fault:
    """None of the keys of which one is needed."""
    words = [choice["required"][0] for choice in schema["anyOf"]]
    message = f"it is not said here {schema['title']}"
    return _Fault(path, BAD_SHAPE, message, f"write {_listed(words, 'or')}", of_whole=True, words=tuple(words))


def _kind_fault(path: _Path, schema: dict[str, Any], written: _Plain) -> _Fault:
    """Nothing where something is needed, a list where a value belongs, and the like."""
    what = f"`{shown(str(path[-1]))}`" if isinstance(path[-1], str) else f"each item of `{path[-2]}`"
    if not written:
        where = f"after {what}" if isinstance(path[-1], str) else f"in this item of `{path[-2]}`"
        return _Fault(path, BAD_SHAPE, f"nothing is said {where}", "say it, or leave the line out")
    kind = schema["type"]
    if kind == "array":
        help = "begin each item on a line of its own, with a dash"
        return _Fault(path, BAD_SHAPE, f"{what} takes a list", help)
    if kind == "object":
        words = schema.get("required") or list(schema.get("properties", ()))
        help = (
            f"write below it {_listed([f'{word}: …' for word in words], 'and')}"
            if words
            else "write `Name: …` below it"
        )
        return _Fault(path, BAD_SHAPE, f"{what} takes words of its own", help)
    found = "a list" if isinstance(written, list) else "words of its own"
    example = next(iter(schema.get("examples") or schema.get("enum") or ()), None)
    help = f"write {schema['title']} such as `{example}`" if example else f"write {schema['title']}"
    return _Fault(path, BAD_SHAPE, f"{what} takes one value, not {found}", help)


def _value_fault(path: _Path, schema: dict[str, Any], written: str) -> _Fault:
    """A value that does not have the form it needs."""
    message, help = _why(schema, written)
    is_name = schema.get("format") == "name"  # a misspelt name stays in the tree, for those that use it to be found
    return _Fault(path, BAD_VALUE, message, help, kept=is_name)


def _why(schema: dict[str, Any], written: str) -> tuple[str, str]:
    """Why a value cannot be read, and how to mend it."""
    if reader := _READERS.get(schema.get("format", "")):
        try:
            reader(written)
        except Unreadable as fault:
            return fault.message, fault.help
    if schema.get("const") == "yes":
        return f"`{shown(written)}` is not `yes`", "what is not so is left out: write `yes`, or delete the line"
    message = f"`{shown(written)}` is not {schema['title']}"
    if "enum" in schema and not schema["title"].startswith("a "):
        message = f"`{shown(written)}` is not a phrase that is known here"
    if meant := _phrases_meant(schema, written):
        return message, f"did you mean {_listed(meant, 'or')}?"
    if "enum" in schema:
        return message, _near(written, schema)
    if schema.get("format") == "name":
        return message, _NAME_HELP
    return message, f"write {schema['title']} such as {_listed(schema['examples'], 'or')}"


def _phrases_meant(schema: dict[str, Any], written: str) -> list[str]:
    """The phrases that fit in a place, of those that are meant by what was written."""
    meant = SET_PHRASES.get(written.casefold(), ())
    known, pattern = schema.get("enum", ()), schema.get("pattern")
    return [phrase for phrase in meant if phrase in known or (pattern and re.search(pattern, phrase))]


def _near(wrong: str, schema: dict[str, Any]) -> str:
    """Offer the phrase from which a wrong one differs by a letter or two, else the phrases there are."""
    near = almost(wrong, schema["enum"])
    if near is None and schema["title"] == "a mode":
        from poolrules.syntax.phrases import modes_listed  # loaded only where something is wrong

        return modes_listed(in_full=False)
    return f"did you mean `{near}`?" if near else f"write {_listed(schema['enum'], 'or')}"


def _listed(words: list[str], last: str) -> str:
    """Some words in a row, at most a dozen."""
    quoted = [f"`{word}`" for word in words[:_OFFERED]]
    if len(words) > _OFFERED:
        return f"{', '.join(quoted)} and others"
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"
