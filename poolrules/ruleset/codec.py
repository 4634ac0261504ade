"""Writing a ruleset to JSON, and reading it back strictly.

The bytes depend on nothing but the ruleset. What is read may come from anywhere, so nothing is
taken on trust: the format, the shape, every name and every bound is checked before the engine
sees it.
"""

import json
import re
from typing import Final

import msgspec

from poolrules.base.unreadable import Unreadable
from poolrules.ruleset.ruleset import FORMAT, Ruleset
from poolrules.ruleset.soundness import unsound
from poolrules.source.text import forbidden_character, visible

_COMPILE_AGAIN: Final = "compile the agreement again"
_SHOWN: Final = 60
_PLACE: Final = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`$")


class _Header(msgspec.Struct):
    """The part of a ruleset file that says how the rest is to be read."""

    format: str


def write_ruleset(ruleset: Ruleset) -> bytes:
    """Write a ruleset as indented JSON that ends in a line end; equal rulesets give equal bytes."""
    packed = msgspec.json.encode(ruleset, order="deterministic")
    return msgspec.json.format(packed, indent=2) + b"\n"


def read_ruleset(data: bytes) -> Ruleset:
    """Read a ruleset from JSON. Raises `Unreadable` for anything that `write_ruleset` could not have meant."""
    _check_format(data)
    _check_texts(data)
    try:
        ruleset = msgspec.json.decode(data, type=Ruleset)
    except msgspec.ValidationError as fault:
        raise Unreadable(f"the ruleset is not well formed{_where(str(fault))}", _COMPILE_AGAIN) from None
    faults = unsound(ruleset)
    if faults:
        more = f" (and {len(faults) - 1} more like it)" if len(faults) > 1 else ""
        raise Unreadable(f"the ruleset contradicts itself: {faults[0]}{more}", _COMPILE_AGAIN)
    return ruleset


def _check_format(data: bytes) -> None:
    """Refuse what is no JSON, no ruleset, or a ruleset of another version."""
    try:
        header = msgspec.json.decode(data, type=_Header)
    except msgspec.ValidationError:
        raise Unreadable("the file is JSON but not a ruleset", f"a ruleset says `format`: `{FORMAT}`") from None
    except (msgspec.DecodeError, RecursionError):
        raise Unreadable("the file is not JSON", "give a file that `poolrules compile` wrote") from None
    if header.format != FORMAT:
        shown = visible(header.format[:_SHOWN])
        raise Unreadable(
            f"the ruleset has the format `{shown}`, and only `{FORMAT}` can be read here",
            f"{_COMPILE_AGAIN} with this version of poolrules",
        )


def _check_texts(data: bytes) -> None:
    """Refuse a key that stands twice in one object, since the first would be lost, and text that cannot be seen."""
    try:
        json.loads(data, object_pairs_hook=_check_object)
    except Unreadable:
        raise
    except (ValueError, RecursionError):
        raise Unreadable("the file is not JSON", "give a file that `poolrules compile` wrote") from None


def _check_object(pairs: list[tuple[str, object]]) -> None:
    """Check the keys and texts of one object; its value is not needed."""
    seen: set[str] = set()
    for key, value in pairs:
        if key in seen:
            raise Unreadable(f"the ruleset has the key `{visible(key[:_SHOWN])}` twice in one place", _COMPILE_AGAIN)
        seen.add(key)
        for text in (key, *(value if isinstance(value, list) else [value])):
            unseen = forbidden_character(text) if isinstance(text, str) else None
            if unseen is not None:
                raise Unreadable(
                    f"a text of the ruleset holds {unseen}, which cannot be seen on a page", _COMPILE_AGAIN
                )


def _where(message: str) -> str:
    """Take only the place from what the decoder says."""
    found = _PLACE.search(message)
    return f" at {visible(found[1][:_SHOWN])}" if found and found[1] else ""
