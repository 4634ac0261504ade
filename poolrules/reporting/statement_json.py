"""A settlement for machines, as JSON: all of it, with the words and clause of every rule that made a figure."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from poolrules.base.money import decimal_pounds
from poolrules.engine.settlement import FactSaid, Position
from poolrules.reporting.account import Account
from poolrules.reporting.ledger_lines import doubts_json, ledger_json
from poolrules.reporting.used_facts import used_facts
from poolrules.ruleset.words import step_words

FORMAT: Final = "poolrules settlement 1"
"""The version of this form; a new key may be added in it, none is removed or changes its meaning."""

SEVERAL: Final = "poolrules settlements 1"
"""The version of the form for several years, whose parts have the form of one."""

_MONEY: Final = frozenset(
    (
        *(
            "pence",
            "before",
            "taken",
            "limit",
            "turned_away",
            "amount",
            "written_off",
            "budget",
            "spent",
            "variance",
            "lent",
        ),
        *("cash", "in_kind", "pays", "receives", "net", "opening", "drawn", "added", "closing", "left", "right"),
        *("written_off", "brought", "deferred", "interim", "due", "billed", "call", "retained"),
        *("at_most", "until"),
    )
)
"""The keys of a settlement whose numbers are money."""


def write_statements_json(accounts: Sequence[Account]) -> bytes:
    """Write the settlement of one year, or those of several years in turn as one list."""
    if len(accounts) == 1:
        return write_statement_json(accounts[0])
    whole = {"format": SEVERAL, "settlements": [_whole(account) for account in accounts]}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def write_statement_json(account: Account) -> bytes:
    """Write a settlement as indented JSON; every sum has its whole `pence` and, as text, its decimal `pounds`.

    What is a sum itself (an allocation, a transfer) has them beside its other keys; where a thing has
    several sums, each is an object of its own.
    """
    return msgspec.json.format(msgspec.json.encode(_whole(account)), indent=2) + b"\n"


def _whole(account: Account) -> dict[str, object]:
    """A settlement as plain data."""
    settlement = _with_pounds(msgspec.to_builtins(account.settlement))
    assert isinstance(settlement, dict)
    settlement["closing"] = _position(account.settlement.closing)
    return {
        "format": FORMAT,
        "status": "provisional" if account.provisional else "final",
        "made_from": msgspec.to_builtins(account.made_from),
        "facts": {
            "decisions": msgspec.to_builtins(account.facts.decisions),
            "openings": [{"reserve": name, "opening": _sum(pence)} for name, pence in account.facts.openings],
            "paid": [{"fund": fund, "partner": who, "paid": _sum(pence)} for fund, who, pence in account.facts.paid],
            "said": [_said(one) for one in account.facts.said],
            "counts": msgspec.to_builtins(account.facts.counts),
            "marked": [_with_pounds(msgspec.to_builtins(one)) for one in account.facts.marked],
            "asked_by": {one.name: list(one.rules) for one in used_facts(account)},
            "position": _position(account.facts.position) if account.facts.position else None,
            "billed": [_with_pounds(msgspec.to_builtins(one)) for one in account.facts.billed],
            "to": account.facts.to,
            "months": account.facts.months,
            "debts": [_with_pounds(msgspec.to_builtins(one)) for one in account.facts.eased],
            "nothing_spent": list(account.nothing_spent),
            "evidence": [{"for": what, "evidence": evidence} for what, evidence in account.evidence],
        },
        "ledgers": [ledger_json(one) for one in account.ledgers],
        "doubts": doubts_json(account.warnings),
        "versions": msgspec.to_builtins(account.rules.versions),
        "set_aside": list(account.set_aside),
        "settlement": settlement,
        "rules": {rule: _rule(account, rule) for rule in sorted(set(_rules_used(account)))},
    }


def _sum(pence: int) -> dict[str, int | str]:
    """A sum of money both ways."""
    return {"pence": pence, "pounds": decimal_pounds(pence)}


def _position(position: Position) -> dict[str, object]:
    """What a year closed with."""
    return {
        "title": position.title,
        "year": position.year,
        "to": position.to,
        "reserves": [{"reserve": name, "holds": _sum(pence)} for name, pence in position.reserves],
        "carried": _with_pounds(msgspec.to_builtins(position.carried)),
        "dues": _with_pounds(msgspec.to_builtins(position.dues)),
        "taken": [{"rule": rule, "taken": _sum(pence)} for rule, pence in position.taken],
        "billed": _with_pounds(msgspec.to_builtins(position.billed)),
        "rules": position.rules,
        "deeds": list(position.deeds),
    }


def _said(one: FactSaid) -> dict[str, object]:
    """What was found of a fact: whether it holds, or its amount."""
    amount = {} if one.pence is None else _sum(one.pence)
    return {"name": one.name, "holds": one.holds, "amount": amount or None, "evidence": one.evidence}


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
        "version": version.number if (version := account.version(rule)) else None,
    }
