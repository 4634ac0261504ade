"""What partnership arrangements may not cover, read from the dated file `law/excluded_functions.json`."""

import datetime
import functools
import re

import msgspec
from msgspec import Struct

from poolrules.base.resources import read_resource


class ExcludedService(Struct, frozen=True):
    """A health service that cannot be pooled, the words that name it, and words around them that mean another thing."""

    service: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    source: str

    def named_in(self, text: str) -> bool:
        """Whether a text names this service."""
        text = " ".join(text.split()).casefold()
        if not any(word.casefold() in text for word in self.words):
            return False  # nearly always: only then are expressions worth compiling
        for other in self.unless:
            text = _phrase(other).sub("", text)
        return any(_phrase(word).search(text) for word in self.words)


class ExcludedFunction(Struct, frozen=True):
    """Sections of an Act under which a council's functions cannot be pooled."""

    act: str
    sections: tuple[str, ...]
    what: str
    source: str


class ChargePair(Struct, frozen=True):
    """Sections on charging, and those on the care charged for, one of which must be in the arrangements too."""

    charge: tuple[str, ...]
    care: tuple[str, ...]


class Charging(Struct, frozen=True):
    """The functions of charging that may be pooled only beside the care they charge for."""

    act: str
    source: str
    pairs: tuple[ChargePair, ...]


class Exclusions(Struct, frozen=True):
    """The whole file."""

    as_at: datetime.date
    about: str
    services: tuple[ExcludedService, ...]
    functions: tuple[ExcludedFunction, ...]
    charging: Charging


@functools.cache
def exclusions() -> Exclusions:
    """Everything that cannot be pooled, or only beside something else."""
    return msgspec.json.decode(read_resource("law", "excluded_functions.json"), type=Exclusions)


@functools.cache
def _phrase(words: str) -> re.Pattern[str]:
    """Find some words as they stand in a folded text."""
    return re.compile(rf"(?<![\w-]){re.escape(words.casefold())}(?!\w)")
