"""The legal bases and kinds of body that the language knows, read from dated data files.

The data are in `law/`: what the law says changes on its own dates, so it is data with sources, not code.
"""

import datetime
import functools

import msgspec
from msgspec import Struct

from poolrules.base.resources import read_resource


class BodyKind(Struct, frozen=True):
    """A kind of public body: its nation, which side of a pool it is on, and the bases it may contribute under.

    `side` is `nhs`, `council`, `police`, `probation`, `school` or `other`; `may_contribute` holds keys of bases.
    `also_called` is what people call it: enough to offer the kind, too loose to be accepted for it.
    """

    kind: str
    nation: str
    side: str
    may_contribute: tuple[str, ...]
    source: str
    needs_consent: bool = False
    abolished: datetime.date | None = None
    successor: str | None = None
    also_called: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name that an agreement writes, and what else the kind is called."""
        return (self.kind, *self.also_called)


class Basis(Struct, frozen=True):
    """A legal basis; `power` is whether it lets bodies pool at all, and `instead` what to use where it does not.

    `aliases` are as good as its name; `also_called` is what people call it, enough to offer the basis and no more.
    """

    key: str
    name: str
    nation: str
    power: bool
    source: str
    aliases: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    """The sides that must each contribute."""
    particulars: str | None = None
    """The enactment that lists what the written agreement must say."""
    why: str | None = None
    instead: str | None = None
    repealed: datetime.date | None = None
    also_called: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name that an agreement writes, and what else the basis is called."""
        return (self.name, *self.aliases, *self.also_called)


class _Bodies(Struct, frozen=True):
    """The file of kinds of body."""

    as_at: datetime.date
    about: str
    bodies: tuple[BodyKind, ...]


class _Bases(Struct, frozen=True):
    """The file of legal bases."""

    as_at: datetime.date
    about: str
    bases: tuple[Basis, ...]


@functools.cache
def body_kinds() -> dict[str, BodyKind]:
    """Every kind of body by the name an agreement uses for it, case folded."""
    read = msgspec.json.decode(read_resource("law", "bodies.json"), type=_Bodies)
    return {body.kind.casefold(): body for body in read.bodies}


@functools.cache
def bases() -> dict[str, Basis]:
    """Every legal basis by its name and its other names, case folded."""
    read = msgspec.json.decode(read_resource("law", "bases.json"), type=_Bases)
    return {name.casefold(): basis for basis in read.bases for name in (basis.name, *basis.aliases)}
