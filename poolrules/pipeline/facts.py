"""What a command line says of a year beside its outturn: opening balances, decisions, and what was paid in."""

import re
from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import Final

from poolrules.base.money import read_money
from poolrules.base.shares import format_percent, read_percent
from poolrules.base.unreadable import Unreadable
from poolrules.engine.settlement import DecisionMade
from poolrules.pipeline.files import Unusable
from poolrules.ruleset.ruleset import Part, Weights

_NAMED: Final = re.compile(r"(?P<name>[^=]+?)\s*=\s*(?P<amount>.+)")
_SHARE: Final = re.compile(r"(?P<name>\S+)(?:\s+(?P<share>[0-9][0-9.]*%|[0-9]{1,9})(?:\s+parts?)?)?")
_ALONE: Final = re.compile(r"(?P<name>\S+)(?:\s+alone)?")
_EQUALLY: Final = re.compile(r"equally(?:\s+between\s+(?P<names>.+))?")
_DECISION: Final = (
    'write a decision as "Board: ICB 70%, Council 30%", "Board: ICB 2 parts, Council 1 part",'
    ' "Board: Council alone" or "Board: equally"'
)


def read_opening(text: str) -> tuple[str, int]:
    """Read an opening balance such as `Contingency=£400,000`, with or without the pound sign. Raises `Unusable`.

    >>> read_opening("Contingency=£400,000"), read_opening("Contingency=400000.00")
    (('Contingency', 40000000), ('Contingency', 40000000))
    """
    return _named_amount(text, "an opening balance", "Contingency=£400,000")


def read_paid(text: str) -> tuple[str, str, int]:
    """Read what a partner paid into a fund, such as `BCF.ICB=£24,512,300`. Raises `Unusable`.

    >>> read_paid("BCF.ICB=£1")
    ('BCF', 'ICB', 100)
    """
    example = "BCF.ICB=£24,512,300"
    name, pence = _named_amount(text, "a sum paid in", example)
    fund, point, partner = name.partition(".")
    if not (fund and point and partner):
        raise Unusable(f"`{text}` does not say which partner paid into which fund", f"write it as {example}")
    return fund, partner, pence


def _named_amount(text: str, what: str, example: str) -> tuple[str, int]:
    """Read a name and an amount with an equals sign between them."""
    found = _NAMED.fullmatch(text.strip())
    if found is None:
        raise Unusable(f"`{text}` is not {what}", f'write it as "{example}"')
    amount = found["amount"] if not found["amount"][0].isdigit() else f"£{found['amount']}"
    try:
        return found["name"], read_money(amount)
    except Unreadable as fault:
        raise Unusable(f"`{text}` is not {what}: {fault.message}", fault.help) from None


PartnersOf = Callable[[str], tuple[str, ...]]
"""The partners that a body decides for, or none where that differs from fund to fund."""


def read_decision(text: str, partners_of: PartnersOf) -> DecisionMade:
    """Read a decision in the words of an agreement: percentages that make 100%, whole parts, one alone, equally.

    `partners_of` says between whom `equally` is. Raises `Unusable`.

    >>> read_decision("Board: ICB 70%, Council 30%", lambda body: ()).sharing
    Weights(parts=(Part(partner='ICB', weight=70), Part(partner='Council', weight=30)))
    """
    body, colon, said = text.partition(":")
    if not (body.strip() and colon):
        raise Unusable(f"`{text}` is not a decision", _DECISION)
    return DecisionMade(body.strip(), _sharing(text, body.strip(), said.strip(), partners_of))


def _sharing(text: str, body: str, said: str, partners_of: PartnersOf) -> Weights:
    """Turn what a body decided into weights."""
    equally = _EQUALLY.fullmatch(said)
    if equally:
        names = _names(equally["names"]) if equally["names"] else partners_of(body)
        if not names:
            raise Unusable(
                f"`{text}` does not say between whom",
                f'the partners differ from fund to fund: write "{body}: equally between ICB, Council"',
            )
        return _once(text, [Part(name, 1) for name in names])
    alone = _ALONE.fullmatch(said)
    if alone:
        return Weights((Part(alone["name"], 1),))
    found = [_SHARE.fullmatch(share.strip()) for share in said.split(",")]
    shares = [(one["name"], one["share"]) for one in found if one]
    if len(shares) != len(found):
        raise Unusable(f"`{text}` is not a decision", _DECISION)
    return _weights(text, shares)


def _names(listed: str) -> tuple[str, ...]:
    """The names in a list with commas, as an agreement writes it."""
    return tuple(name.strip() for name in listed.split(","))


def _once(text: str, parts: list[Part]) -> Weights:
    """The weights of partners, none of whom may be named twice."""
    if len({part.partner for part in parts}) != len(parts):
        raise Unusable(f"`{text}` names a partner twice", _DECISION)
    return Weights(tuple(parts))


def _weights(text: str, shares: list[tuple[str, str | None]]) -> Weights:
    """Turn the shares of a decision into whole weights."""
    if all(share and share.isdigit() for _, share in shares):
        return _once(text, [Part(name, int(share or 0)) for name, share in shares])
    if not all(share and share.endswith("%") for _, share in shares):
        raise Unusable(f"`{text}` does not give every partner a share of one kind", _DECISION)
    try:
        percents = [read_percent(share or "") for _, share in shares]
    except Unreadable as fault:
        raise Unusable(f"`{text}` is not a decision: {fault.message}", fault.help) from None
    total = sum(percents, Fraction(0))
    if total != 1:
        raise Unusable(f"the shares of the decision add up to {format_percent(total)}, not to 100%", _DECISION)
    whole = lcm(100, *(percent.denominator for percent in percents))
    return _once(text, [Part(name, int(share * whole)) for (name, _), share in zip(shares, percents, strict=True)])
