"""What a command line says of a year beside its outturn: opening balances, decisions, and what was paid in."""

import re
from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import Final

from poolrules.base.money import read_money
from poolrules.base.shares import format_percent, read_percent
from poolrules.base.unreadable import Unreadable
from poolrules.engine.settlement import Counted, DecisionMade, Eased, FactSaid, Marked
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


_SAID: Final = re.compile(r"(?P<name>[A-Z][A-Za-z0-9-]*)\s*:\s*(?P<value>.+)")
_COUNT: Final = re.compile(r"(?P<partner>[A-Z][A-Za-z0-9-]*)\s+(?P<number>£?[0-9][0-9,.]*)")
_BETWEEN: Final = re.compile(r",\s+|,(?=[A-Z])")
_NUMBER: Final = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4}")
_MARKED: Final = re.compile(r"(?P<scheme>[A-Z][A-Za-z0-9-]*)\s+(?P<mark>\S.*?)\s+(?P<amount>£\S+)")


def read_said(text: str) -> FactSaid:
    """Read what was found of a fact, such as `Consent: yes` or `Offer: £3,500,000`. Raises `Unusable`.

    >>> read_said("Consent: no").holds, read_said("Offer: £1").pence
    (False, 100)
    """
    found = _SAID.fullmatch(text.strip())
    if found is None:
        raise Unusable(f"`{text}` is not a fact", 'write it as "Consent: yes", "Consent: no" or "Offer: £3,500,000"')
    return fact_said(found["name"], found["value"], None)


def fact_said(name: str, value: str, evidence: str | None) -> FactSaid:
    """What was found of a fact, from the words yes or no, or from an amount. Raises `Unusable`."""
    if value in ("yes", "no"):
        return FactSaid(name, holds=value == "yes", evidence=evidence)
    if not value.startswith("£"):
        raise Unusable(
            f"`{value}` says nothing of the fact `{name}`", "write yes or no, or an amount such as £3,500,000"
        )
    return FactSaid(name, pence=read_pounds(value, f"the fact `{name}`"), evidence=evidence)


def read_counts(text: str) -> tuple[Counted, ...]:
    """Read the values of a key, such as `Visits: ICB 98, Council 92`. Raises `Unusable`.

    >>> [(one.partner, one.number) for one in read_counts("Visits: ICB 1,098, Council 92")]
    [('ICB', 1098), ('Council', 92)]
    """
    found = _SAID.fullmatch(text.strip())
    said = [_COUNT.fullmatch(one.strip()) for one in _BETWEEN.split(found["value"])] if found else []
    if found is None or not all(said):
        raise Unusable(f"`{text}` is no count", 'write it as "Visits: ICB 98, Council 92"')
    return tuple(Counted(found["name"], one["partner"], read_count(one["number"])) for one in said if one)


def read_count(text: str) -> int:
    """Read one value of a key: a whole number, or an amount of money as its pence. Raises `Unusable`.

    >>> read_count("1,098"), read_count("£2.50")
    (1098, 250)
    """
    if text.startswith("£"):
        return read_pounds(text, "a count")
    if _NUMBER.fullmatch(text) is None:
        raise Unusable(
            f"`{text[:40]}` is not a whole number", "write a number such as 98 or 1,098, or an amount such as £2,500"
        )
    return int(text.replace(",", ""))


def read_marked(text: str) -> Marked:
    """Read how much of a scheme's difference has a mark, such as `Equipment windfall £100,000`. Raises `Unusable`.

    >>> read_marked("Equipment pay award £100,000")
    Marked(scheme='Equipment', mark='pay award', pence=10000000, evidence=None)
    """
    found = _MARKED.fullmatch(text.strip())
    if found is None:
        raise Unusable(f"`{text}` does not say how much is marked", 'write it as "Equipment windfall £100,000"')
    pence = read_pounds(found["amount"], "what is marked")
    return Marked(found["scheme"], found["mark"].strip('"“”'), pence)


def read_debt(text: str) -> Eased:
    """Read what was agreed of a debt: `BCF.overspend.3: put off 1 year`, or `…: written off £1,000`. Raises `Unusable`.

    >>> read_debt("12.3(c): put off 2 years").years, read_debt("12.3(c): written off £5").written_off
    (2, 500)
    """
    rule, colon, said = text.partition(":")
    if not (rule.strip() and colon):
        raise Unusable(f"`{text}` does not say what was agreed of which debt", _DEBT)
    return debt_eased(rule.strip(), said.strip())


def debt_eased(rule: str, said: str, evidence: str | None = None) -> Eased:
    """What was agreed of the debt that a rule, or a clause, left. Raises `Unusable`."""
    put_off = _PUT_OFF.fullmatch(said)
    if put_off is not None:
        return Eased(rule, int(put_off[1]), evidence=evidence)
    if said.startswith("written off "):
        return Eased(rule, written_off=read_pounds(said.removeprefix("written off ").strip(), rule), evidence=evidence)
    raise Unusable(f"`{said}` is not what can be agreed of a debt", _DEBT)


def read_pounds(text: str, what: str) -> int:
    """Read an amount, with or without its pound sign, as whole pence. Raises `Unusable`, which says what it was for."""
    try:
        return read_money(text if not text[:1].isdigit() else f"£{text}")
    except Unreadable as fault:
        raise Unusable(f"{what} is no amount: {fault.message}", fault.help) from None


_PUT_OFF: Final = re.compile(r"put off +([1-9][0-9]?) +years?")
_DEBT: Final = 'write it as "12.3(c): put off 1 year" or "12.3(c): written off £1,000"'

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
    return decision_made(body.strip(), said.strip(), partners_of)


def decision_made(body: str, said: str, partners_of: PartnersOf) -> DecisionMade:
    """What a body decided, from the words for it. Raises `Unusable`."""
    return DecisionMade(body, _sharing(f"{body}: {said}", body, said, partners_of))


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
