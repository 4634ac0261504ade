"""A settlement for machines, as JSON: all of it, with the words and clause of every rule that made a figure."""

from collections.abc import Iterator
from typing import Final

import msgspec

from poolrules.base.money import decimal_pounds
from poolrules.reporting.account import Account
from poolrules.ruleset.words import step_words

FORMAT: Final = "poolrules settlement 1"
"""The version of this form; a new key may be added in it, none is removed or changes its meaning."""

_MONEY: Final = frozenset(
    (
        *("pence", "before", "taken", "limit", "turned_away", "amount", "budget", "spent", "variance", "lent"),
        *("cash", "in_kind", "pays", "receives", "net", "opening", "drawn", "added", "closing", "left", "right"),
    )
)
"""The keys of a settlement whose numbers are money."""


def write_statement_json(account: Account) -> bytes:
    """Write a settlement as indented JSON; every sum has its whole `pence` and, as text, its decimal `pounds`.

    What is a sum itself (an allocation, a transfer) has them beside its other keys; where a thing has
    several sums, each is an object of its own.
    """
    settlement = _with_pounds(msgspec.to_builtins(account.settlement))
    whole = {
        "format": FORMAT,
        "status": "provisional" if account.provisional else "final",
        "made_from": msgspec.to_builtins(account.made_from),
        "facts": {
            "decisions": msgspec.to_builtins(account.facts.decisions),
            "openings": [{"reserve": name, "opening": _sum(pence)} for name, pence in account.facts.openings],
            "paid": [{"fund": fund, "partner": who, "paid": _sum(pence)} for fund, who, pence in account.facts.paid],
        },
        "settlement": settlement,
        "rules": {rule: _rule(account, rule) for rule in sorted(set(_rules_used(account)))},
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _sum(pence: int) -> dict[str, int | str]:
    """A sum of money both ways."""
    return {"pence": pence, "pounds": decimal_pounds(pence)}


def _with_pounds(node: object) -> object:
    """Write every sum of a settlement both ways; percentages and counts stay as they are."""
    if isinstance(node, dict):
        written: dict[str, object] = {}
        for key, value in node.items():
            if key not in _MONEY or type(value) is not int:
                written[key] = _with_pounds(value)
            elif key == "pence":
                written.update(_sum(value))
            else:
                written[key] = _sum(value)
        return written
    return [_with_pounds(item) for item in node] if isinstance(node, list | tuple) else node


def _rules_used(account: Account) -> Iterator[str]:
    """The rules whose figures are in a settlement."""
    settlement = account.settlement
    yield from (line.rule for line in settlement.schemes)
    yield from (line.rule for line in settlement.reserves)
    for run, step in account.step_results():
        yield run.rule
        yield step.rule
        yield from (one.cap for one in step.allocations if one.cap)


def _rule(account: Account, rule: str) -> dict[str, object]:
    """The clause, the words and the place of a rule."""
    place = account.place(rule)
    known = account.steps.get(rule)
    return {
        "clause": account.rules.clauses.get(rule),
        "says": step_words(*known) if known else None,
        "place": str(place) if place else None,
    }
