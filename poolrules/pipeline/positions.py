"""Closing positions as files: what a year, or a part of one, closed with, for the settlement that starts from it.

The file is JSON that says what it is and carries a fingerprint (SHA-256) over all else in it, so that one edited since
is refused: the figures of a position were settled, and nobody may change them by hand. Layout and the order of keys
do not count. The schema is `grammar/position.schema.json`; `python -m poolrules.pipeline.positions` prints it anew.
"""

import datetime
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct

from poolrules.base.dates import read_year
from poolrules.base.limits import MAX_FIGURES, MAX_FILE_BYTES
from poolrules.base.near import did_you_mean
from poolrules.base.unreadable import Unreadable
from poolrules.engine.settlement import Billed, Carried, Due, Position
from poolrules.ruleset.soundness import MOST
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import line_span
from poolrules.source.text import forbidden_character, visible

FORMAT: Final = "poolrules position 1"
NOT_USABLE: Final = "POS001"

PAGES: Final = {
    NOT_USABLE: (
        "position-not-usable",
        Severity.ERROR,
        """A closing position cannot be used: it was edited, it is incomplete, or it is something else.

`poolrules settle --write-position FILE.json` writes what a year closed with, and `--position FILE.json` starts the next
year from it: reserves, money carried forward, sums that fall due later, what caps over the term have used. A
fingerprint in the file shows that nobody has changed it since. Settle the year before again to make it anew; where that
cannot be done, give what the reserves held with --opening.
""",
    ),
}
"""The name, weight and page of each code made here, for `poolrules explain`."""

_AGAIN: Final = "settle that year again with --write-position, and give the file as it is written"
_SHOWN: Final = 60


class ReserveHeld(Struct, frozen=True, forbid_unknown_fields=True):
    """What one reserve holds, in whole pence."""

    reserve: str
    pence: int


class CarriedOn(Struct, frozen=True, forbid_unknown_fields=True):
    """Money kept for a later year, for a scheme or (with none) for the fund; negative for an overspend."""

    fund: str
    scheme: str | None
    pence: int
    rule: str
    one_off_only: bool


class DueLater(Struct, frozen=True, forbid_unknown_fields=True):
    """A sum that falls due in a later year; without a payer or payee it is the fund's."""

    fund: str
    payer: str | None
    payee: str | None
    year: str
    pence: int
    rule: str
    loan: bool


class TakenSoFar(Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule that holds over the term has used so far."""

    rule: str
    pence: int


class BilledSoFar(Struct, frozen=True, forbid_unknown_fields=True):
    """What a partner has been asked to pay (positive) or given back (negative) for the year."""

    fund: str
    partner: str
    pence: int
    to_fund: str | None


class DeedInForce(Struct, frozen=True, forbid_unknown_fields=True):
    """A deed of variation that the position was settled under, by its number."""

    variation: int


class PositionFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A closing position as it is written. Days are ISO; `to` is the last day settled, inclusive. Money is pence."""

    format: str
    title: str
    year: str
    to: str
    rules: str
    reserves: tuple[ReserveHeld, ...]
    carried: tuple[CarriedOn, ...]
    dues: tuple[DueLater, ...]
    taken: tuple[TakenSoFar, ...]
    billed: tuple[BilledSoFar, ...]
    deeds: tuple[DeedInForce, ...]
    fingerprint: str


_TEXTS: Final = ("title", "year", "to", "rules")
_LISTS: Final[dict[str, type[Struct]]] = {
    "reserves": ReserveHeld,
    "carried": CarriedOn,
    "dues": DueLater,
    "taken": TakenSoFar,
    "billed": BilledSoFar,
    "deeds": DeedInForce,
}
_KEYS: Final = ("format", *_TEXTS, *_LISTS, "fingerprint")
_SIGNED: Final = ("carried", "billed")
"""The lists whose sums may be negative."""


def write_position(position: Position) -> bytes:
    """Write a position as indented JSON; equal positions give equal bytes."""
    content: dict[str, object] = {
        "format": FORMAT,
        "title": position.title,
        "year": position.year,
        "to": position.to,
        "rules": position.rules,
        "reserves": [{"reserve": name, "pence": pence} for name, pence in position.reserves],
        "carried": [_named(one) for one in position.carried],
        "dues": [_named(one) for one in position.dues],
        "taken": [{"rule": rule, "pence": pence} for rule, pence in position.taken],
        "billed": [_named(one) for one in position.billed],
        "deeds": [{"variation": number} for number in position.deeds],
    }
    whole = content | {"fingerprint": position_fingerprint(content)}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _named(one: Carried | Due | Billed) -> dict[str, object]:
    """A part of a position by the names of its fields."""
    return {name: getattr(one, name) for name in one.__struct_fields__}


def position_fingerprint(content: dict[str, object]) -> str:
    """The SHA-256, in hexadecimal, of everything that a position file says beside the fingerprint itself."""
    rest = {key: value for key, value in content.items() if key != "fingerprint"}
    return hashlib.sha256(msgspec.json.encode(rest, order="deterministic")).hexdigest()


def read_position(file: str, data: bytes) -> Position | list[Finding]:
    """Read a position, or list everything that is wrong with the file; `file` is what it is called in findings."""
    reader = _Reader()
    position = reader.read(data)
    if position is not None and not reader.faults:
        return position
    place = (Label(line_span(file, 1, 1, 1)),)
    return [Finding(NOT_USABLE, Severity.ERROR, message, place, help) for message, help in reader.faults]


def is_position(data: bytes) -> bool:
    """Whether some bytes are a position that nobody has edited since it was written."""
    return isinstance(read_position("", data), Position)


class _Reader:
    """Reads one file, gathering what is wrong with it as messages with their help."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, str]] = []

    def read(self, data: bytes) -> Position | None:
        """Read a position, or nothing where the file does not even have the parts of one."""
        content = self._content(data)
        if content is None:
            return None
        for key in content.keys() - set(_KEYS):
            self._fault(f"there is no `{visible(key[:_SHOWN])}` in a position", did_you_mean(key, _KEYS))
        missing = [key for key in _KEYS if key not in content]
        for key in missing:
            self._fault(f"the position lacks `{key}`", _AGAIN)
        if missing:
            return None
        if content["fingerprint"] != position_fingerprint(content):
            self._fault("the position was edited since it was written: its fingerprint no longer fits", _AGAIN)
        texts = [self._text(key, content[key]) for key in _TEXTS]
        self._days(*texts[1:3])
        lists: dict[str, list[Struct]] = {key: self._list(key, content[key], kind) for key, kind in _LISTS.items()}
        self._once(lists)
        return Position(
            texts[0],
            texts[1],
            texts[2],
            tuple((one.reserve, one.pence) for one in lists["reserves"] if isinstance(one, ReserveHeld)),
            tuple(msgspec.convert(one, Carried, from_attributes=True) for one in lists["carried"]),
            tuple(msgspec.convert(one, Due, from_attributes=True) for one in lists["dues"]),
            tuple((one.rule, one.pence) for one in lists["taken"] if isinstance(one, TakenSoFar)),
            tuple(msgspec.convert(one, Billed, from_attributes=True) for one in lists["billed"]),
            texts[3],
            tuple(one.variation for one in lists["deeds"] if isinstance(one, DeedInForce)),
        )

    def _content(self, data: bytes) -> dict[str, object] | None:
        """The keys and values of the file, where it is a position at all."""
        if len(data) > MAX_FILE_BYTES:
            self._fault("the file is larger than any position", f"the limit is {MAX_FILE_BYTES:,} bytes")
            return None
        try:
            content = json.loads(
                data, object_pairs_hook=self._object, parse_float=_no_number, parse_constant=_no_number
            )
        except (ValueError, RecursionError):
            self._fault("the file is not JSON in whole numbers", "give a file that --write-position wrote")
            return None
        said = content.get("format") if isinstance(content, dict) else None
        if not isinstance(said, str):
            self._fault("the file is JSON but no closing position", f"a position says `format`: `{FORMAT}`")
            return None
        if said != FORMAT:
            shown = visible(said[:_SHOWN])
            self._fault(f"the file has the format `{shown}`, and only `{FORMAT}` can be read here", _AGAIN)
            return None
        assert isinstance(content, dict)
        return content

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """One object of the file, whose keys must differ and whose texts must be visible."""
        for key, count in Counter(key for key, _ in pairs).items():
            if count > 1:
                self._fault(f"the position has the key `{visible(key[:_SHOWN])}` {count} times in one place", _AGAIN)
        for key, value in pairs:
            for text in (key, value):
                unseen = forbidden_character(text) if isinstance(text, str) else None
                if unseen is not None:
                    self._fault(f"a text of the position holds {unseen}, which cannot be seen on a page", _AGAIN)
        return dict(pairs)

    def _text(self, key: str, value: object) -> str:
        """One text at the top of the file."""
        if isinstance(value, str) and (value or key == "rules"):
            return value
        self._fault(f"`{key}` of the position is no text", _AGAIN)
        return ""

    def _days(self, year: str, to: str) -> None:
        """Make sure that the year is one, and the day one of it."""
        try:
            settled = read_year(year) if year else None
            last = _iso_day(to) if to else None
        except Unreadable as fault:
            self._fault(f"the position cannot be read: {fault.message}", _AGAIN)
            return
        if settled and last and not settled.first_day <= last <= settled.last_day:
            self._fault(f"the position is up to {to}, which is not in {year}", _AGAIN)

    def _list(self, key: str, value: object, kind: type[Struct]) -> list[Struct]:
        """One list of the file, each of whose entries is read on its own so that every fault is told."""
        if not isinstance(value, list) or len(value) > MAX_FIGURES:
            self._fault(f"`{key}` of the position is no list, or too long a one", _AGAIN)
            return []
        found: list[Struct] = []
        for place, item in enumerate(value):
            try:
                one = msgspec.convert(item, kind)
            except msgspec.ValidationError:
                self._fault(f"`{key}` of the position is not well formed at entry {place + 1}", _AGAIN)
                continue
            found.append(one)
            self._bounds(f"`{key}` of the position", place + 1, one, least=-MOST if key in _SIGNED else 0)
        return found

    def _bounds(self, where: str, place: int, one: Struct, *, least: int) -> None:
        """Report an amount out of bounds, a name that is empty, and a year that is none."""
        pence = getattr(one, "pence", 0)
        if not least <= pence <= MOST:
            self._fault(f"{where} has an amount out of bounds at entry {place}", _AGAIN)
        if "" in [getattr(one, name) for name in one.__struct_fields__]:
            self._fault(f"{where} has an empty name at entry {place}", _AGAIN)
        if isinstance(one, DueLater):
            try:
                read_year(one.year)
            except Unreadable as fault:
                self._fault(f"{where} cannot be read at entry {place}: {fault.message}", _AGAIN)

    def _once(self, lists: dict[str, list[Struct]]) -> None:
        """Report reserves, rules and billed partners that stand twice."""
        names: Iterator[tuple[str, object]] = (
            (key, one[:-1] if key != "billed" else (one[0], one[1], one[3]))
            for key in ("reserves", "taken", "billed")
            for one in map(_values, lists[key])
        )
        for (key, name), count in Counter(names).items():
            if count > 1:
                assert isinstance(name, tuple)
                shown = visible(" for ".join(str(part) for part in name if part)[:_SHOWN])
                self._fault(f"`{key}` of the position has `{shown}` {count} times", _AGAIN)

    def _fault(self, message: str, help: str) -> None:
        """Gather one fault, once."""
        if (message, help) not in self.faults:
            self.faults.append((message, help))


def _values(one: Struct) -> tuple[object, ...]:
    """The values of a record in the order of its fields."""
    return tuple(getattr(one, name) for name in one.__struct_fields__)


_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _iso_day(text: str) -> datetime.date:
    """Read a day such as `2027-03-31`. Raises `Unreadable`."""
    try:
        if _ISO_DAY.fullmatch(text):
            return datetime.date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        pass
    raise Unreadable(f"`{text[:24]}` is not a day", "a day of a position is written 2027-03-31")


def _no_number(text: str) -> float:
    """Refuse a number that is not whole: money is whole pence."""
    raise ValueError(f"{text} is not a whole number")


def schema_bytes() -> bytes:
    """Write the JSON Schema of a position file, made from the records themselves."""
    schema = msgspec.json.schema(PositionFile)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "description": "What a settled year, or a part of one, closed with. All money is whole pence.",
    }
    return msgspec.json.format(msgspec.json.encode(head | schema, order="deterministic"), indent=2) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(schema_bytes())
