"""A settlement as CSV, a line for each sum that somebody bears, gets or still has to be given.

The columns, in order: `line` counts from 1; `scheme_id` names the schemes the sum came from; `basis` says who it
goes to and why; `amount` is decimal pounds, never negative; `partner` is the partner, or empty; `sign` is `pay` or
`receive` for a partner and empty for others; `clause` and `rule_id` say what made it; `rounding_adjustment`
is the odd penny in it, if any; `running_total` is what has been dealt with so far of the same overspend or underspend.
"""

import csv
import io
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from msgspec import Struct

from poolrules.base.money import decimal_pounds
from poolrules.engine.settlement import Allocation, To
from poolrules.reporting.account import Account
from poolrules.reporting.steps import allocation_words
from poolrules.ruleset.ruleset import Trigger

COLUMNS: Final = (
    *("line", "scheme_id", "basis", "amount", "partner", "sign"),
    *("clause", "rule_id", "rounding_adjustment", "running_total"),
)

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with, or a spreadsheet would run it."""


class _Line(Struct, frozen=True):
    """One sum, the schemes it came from, and what had been dealt with before and with it."""

    schemes: str
    one: Allocation
    trigger: Trigger
    rule: str
    running: int
    odd: int = 0


def write_statement_csv(account: Account) -> bytes:
    """Write a settlement as CSV with Windows line ends, as RFC 4180 has it, in UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, line in enumerate(_lines(account), 1):
        writer.writerow([safe_cell(cell) for cell in (str(number), *_cells(account, line))])
    return written.getvalue().encode()


def safe_cell(text: str) -> str:
    """Make a cell that a spreadsheet would run into plain text.

    >>> safe_cell("=1+1"), safe_cell("ICB")
    ("'=1+1", 'ICB')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _lines(account: Account) -> Iterator[_Line]:
    """Every sum, scheme by scheme and then step by step."""
    for scheme in account.settlement.schemes:
        trigger = Trigger.OVERSPEND if scheme.variance > 0 else Trigger.UNDERSPEND
        running = accumulate((one.pence for one in scheme.allocations), initial=scheme.lent)
        next(running)
        for one, so_far in zip(scheme.allocations, running, strict=True):
            yield _Line(scheme.scheme, one, trigger, scheme.rule, so_far)
    for run in account.settlement.runs:
        so_far = 0
        for step in run.steps:
            shared = sum(one.pence + one.turned_away for one in step.allocations)
            for one in step.allocations:
                so_far += one.pence
                yield _Line("; ".join(run.schemes), one, run.trigger, step.rule, so_far, _odd(one, shared))
    for fund, one in account.settlement.unbudgeted:
        yield _Line("", one, Trigger.OVERSPEND, fund, one.pence)


def _cells(account: Account, line: _Line) -> tuple[str, ...]:
    """The cells of one line after its number."""
    one = line.one
    to_partner = one.to is To.PARTNER
    pays = "pay" if line.trigger is Trigger.OVERSPEND else "receive"
    basis = allocation_words(one, line.trigger) + (f": {one.gap}" if one.gap else "")
    return (
        line.schemes,
        basis,
        decimal_pounds(one.pence),
        one.name if to_partner else "",
        pays if to_partner else "",
        account.clause(line.rule),
        line.rule,
        decimal_pounds(line.odd),
        decimal_pounds(line.running),
    )


def _odd(one: Allocation, shared: int) -> int:
    """The pence that rounding added to a share of a sum, before any cap."""
    if one.weight is None or not one.weight_of:
        return 0
    return one.pence + one.turned_away - shared * one.weight // one.weight_of
