"""The payments of a year for machines, as JSON: the whole schedule, with the clause of every rule in it."""

from typing import Final

import msgspec

from poolrules.base.money import decimal_pounds
from poolrules.engine.payments import PaymentSchedule
from poolrules.ruleset.ruleset import Ruleset

FORMAT: Final = "poolrules payments 1"
"""The version of this form; a new key may be added in it, none is removed or changes its meaning."""

_MONEY: Final = frozenset(
    ("pence", "amount", "balance", "paid", "interest", "to_pay", "fallen_due", "open", "charges", "last_year", "a_year")
)
"""The keys whose numbers are money."""


def write_payments_json(rules: Ruleset, schedule: PaymentSchedule) -> bytes:
    """Write the payments as indented JSON; every sum is an object of whole `pence` and, as text, decimal `pounds`."""
    used = {row.instalment.rule for row in schedule.rows} | {row.interest_rule for row in schedule.rows}
    used |= {rule for net in schedule.between for rule in net.rules}
    used |= {f"{fund.name}.{line}" for fund in rules.funds for line in ("paid", "settled", "interest")}
    whole = {
        "format": FORMAT,
        "agreement": rules.source_fingerprint,
        "schedule": _with_pounds(msgspec.to_builtins(schedule)),
        "clauses": {rule: rules.clauses[rule] for rule in sorted(used) if rule in rules.clauses},
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _with_pounds(node: object) -> object:
    """Write every sum both ways; numbers of instalments and days stay as they are."""
    if isinstance(node, dict):
        return {
            key: {"pence": value, "pounds": decimal_pounds(value)}
            if key in _MONEY and type(value) is int
            else _with_pounds(value)
            for key, value in node.items()
        }
    return [_with_pounds(one) for one in node] if isinstance(node, list | tuple) else node
