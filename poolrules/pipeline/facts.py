"""What a command line says of a year beside its outturn: opening balances, decisions, and what was paid in."""

import re
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
_SHARE: Final = re.compile(r"(?P<name>\S+)(?:\s+(?P<share>[0-9][0-9.]*%|[0-9]{1,9}))?")
_DECISION: Final = 'write a decision as "Board: ICB 70%, Council 30%"'


def read_opening(text: str) -> tuple[str, int]:
    """Read an opening balance such as `Contingency=£400,000`. Raises `Unusable`.

    >>> read_opening("Contingency=£400,000")
    ('Contingency', 40000000)
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
    try:
        return found["name"], read_money(found["amount"])
    except Unreadable as fault:
        raise Unusable(f"`{text}` is not {what}: {fault.message}", fault.help) from None


def read_decision(text: str) -> DecisionMade:
    """Read a decision: percentages that make 100%, whole-number parts, or one partner alone. Raises `Unusable`.

    >>> read_decision("Board: ICB 70%, Council 30%").sharing
    Weights(parts=(Part(partner='ICB', weight=70), Part(partner='Council', weight=30)))
    """
    body, colon, said = text.partition(":")
    found = [_SHARE.fullmatch(share.strip()) for share in said.split(",")]
    shares = [(one["name"], one["share"]) for one in found if one]
    if not (body.strip() and colon) or len(shares) != len(found):
        raise Unusable(f"`{text}` is not a decision", _DECISION)
    names = [name for name, _ in shares]
    if len(set(names)) != len(names):
        raise Unusable(f"`{text}` names a partner twice", _DECISION)
    return DecisionMade(body.strip(), _weights(text, shares))


def _weights(text: str, shares: list[tuple[str, str | None]]) -> Weights:
    """Turn the shares of a decision into whole weights."""
    if len(shares) == 1 and shares[0][1] is None:
        return Weights((Part(shares[0][0], 1),))
    if all(share and not share.endswith("%") and share.isdigit() for _, share in shares):
        return Weights(tuple(Part(name, int(share or 0)) for name, share in shares))
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
    return Weights(tuple(Part(name, int(share * whole)) for (name, _), share in zip(shares, percents, strict=True)))
