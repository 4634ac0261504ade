"""Compiling an agreement to rules that know their clause numbers, or reading such rules from a file."""

import hashlib
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.unreadable import Unreadable
from poolrules.model.agreement import Agreement
from poolrules.pipeline.files import Notation, Unusable, notation_of, read_bytes
from poolrules.pipeline.load import Loaded, load
from poolrules.ruleset.codec import read_ruleset
from poolrules.ruleset.from_model import compile_rules
from poolrules.ruleset.places import ids_of
from poolrules.ruleset.ruleset import Ruleset

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
    return loaded.agreement, compile_rules(loaded.agreement, fingerprint(loaded.source.text.encode()))


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


def rules_in(path: str, *, yaml: bool = False) -> Rules | Loaded:
    """Read rules from an agreement or a compiled ruleset; an agreement with faults of writing is given as it is.

    Raises `Unusable` for a file that cannot be read, or that is no ruleset though its name says so.
    """
    if notation_of(path, yaml=yaml) is not Notation.RULESET:
        loaded = load(path, yaml=yaml)
        return loaded if loaded.findings else Rules(compiled(loaded), loaded)
    try:
        return Rules(read_ruleset(read_bytes(path)), None)
    except Unreadable as fault:
        raise Unusable(f"`{path}` cannot be settled from: {fault.message}", fault.help) from None


def fingerprint(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
