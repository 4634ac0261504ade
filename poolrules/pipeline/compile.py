"""Compiling an agreement to rules that know their clause numbers, or reading such rules from a file."""

import datetime
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.dates import format_day
from poolrules.base.unreadable import Unreadable
from poolrules.model.agreement import Agreement
from poolrules.model.deed import Deed
from poolrules.pipeline.files import Notation, Unusable, notation_of, read_bytes
from poolrules.pipeline.load import Loaded
from poolrules.pipeline.vary import load_varied
from poolrules.ruleset.codec import read_ruleset
from poolrules.ruleset.from_model import compile_rules
from poolrules.ruleset.places import ids_of
from poolrules.ruleset.ruleset import Ruleset, Version

if TYPE_CHECKING:
    from poolrules.drafting.number import Numbered


class DraftFault(Exception):
    """Our own fault: the clause files that travel with us could not be made into a draft."""


def compiled(loaded: Loaded) -> Ruleset:
    """Compile an agreement without faults of writing, every rule with its clause number in the draft.

    Raises `DraftFault` where our clause files cannot draft it.
    """
    agreement, rules = understood(loaded)
    numbers = drafted(agreement, rules).numbers
    return replace(rules, clauses={rule: numbers[rule] for rule in sorted(ids_of(rules)) if rule in numbers})


def understood(loaded: Loaded) -> tuple[Agreement, Ruleset]:
    """The agreement and rules of a file without faults of writing; their clauses are not numbered yet."""
    if loaded.agreement is None or loaded.source is None or loaded.findings:
        raise ValueError(f"{loaded.file} cannot be compiled: it has faults of writing")
    rules = compile_rules(loaded.agreement, fingerprint(loaded.source.text.encode()), loaded.earlier)
    return loaded.agreement, replace(rules, versions=tuple(_versions(loaded)))


def _versions(loaded: Loaded) -> Iterator[Version]:
    """The agreement as signed, and each deed laid over it."""
    signed = loaded.signed or loaded.agreement
    assert signed is not None
    assert loaded.source is not None
    yield Version(
        number=0,
        what="the agreement as signed",
        from_day=str(signed.term.first.date) if signed.term else "",
        file=loaded.file,
        fingerprint=fingerprint(loaded.source.text.encode()),
        agreed=str(signed.signed.date) if signed.signed else None,
    )
    for version in loaded.versions:
        yield version_of(version.deed, version.text)


def version_of(deed: Deed, text: str) -> Version:
    """The version that a deed makes, from what it says of itself and the text of its file."""
    return Version(
        number=deed.number,
        what=deed.name,
        from_day=str(deed.from_day.date),
        file=deed.span.file,
        fingerprint=fingerprint(text.encode()),
        agreed=str(deed.agreed_on.date) if deed.agreed_on else None,
        minute=deed.document,
    )


def drafted(agreement: Agreement, rules: Ruleset) -> "Numbered":
    """Draft an agreement with the clause files that travel with us. Raises `DraftFault`."""
    # Jinja takes longer to load than a whole check: only what prints clause numbers pays for it.
    from poolrules.drafting.content import values_of
    from poolrules.drafting.draft import draft

    numbered = draft(values_of(agreement, rules))
    if isinstance(numbered, list):
        raise DraftFault("; ".join(f"{found.span}: {found.message}" for found in numbered))
    return numbered


class Rules(Struct, frozen=True):
    """Rules to settle by, and the agreement they were compiled from where that was what was given."""

    ruleset: Ruleset
    loaded: Loaded | None


def rules_in(
    path: str, *, yaml: bool = False, variations: tuple[str, ...] = (), as_at: datetime.date | None = None
) -> Rules | Loaded:
    """Read rules from an agreement or a compiled ruleset; an agreement with faults of writing is given as it is.

    Deeds of variation are laid over an agreement, with a day those in force on it. Those of a ruleset were laid when it
    was compiled, and on that day all of them must be in force.

    Raises `Unusable` for a file that cannot be read, or that is no ruleset though its name says so.
    """
    if notation_of(path, yaml=yaml) is not Notation.RULESET:
        loaded = load_varied(path, yaml=yaml, variations=variations, as_at=as_at)
        return loaded if loaded.findings else Rules(compiled(loaded), loaded)
    if variations:
        raise Unusable(
            f"`{path}` is a ruleset, and has its variations already", "give the agreement to lay others over"
        )
    try:
        rules = read_ruleset(read_bytes(path))
        _check_in_force(path, rules, as_at)
        return Rules(rules, None)
    except Unreadable as fault:
        raise Unusable(f"`{path}` cannot be settled from: {fault.message}", fault.help) from None


def _check_in_force(path: str, rules: Ruleset, as_at: datetime.date | None) -> None:
    """Refuse a ruleset with a deed that was not in force on a day. Raises `Unusable`."""
    for version in rules.versions:
        if as_at is not None and version.number and version.from_day > str(as_at):
            raise Unusable(
                f"`{path}` has {version.what} in it, which was not in force on {format_day(as_at)}",
                f'compile the agreement anew with --as-at "{format_day(as_at)}"',
            )


def fingerprint(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
