"""A settlement as CSV, a line for each sum: what has to be paid first, then every figure behind it.

The columns, in order:

- `line` counts from 1.
- `section` says what kind of sum the line is, and which lines may be added up together:
  `payment`, money that moves between partners; `own part`, what a host bears or keeps, so that nothing moves;
  `contribution`, what a partner puts in;
  `spending`, a scheme's budget, what it spent, and how far that is over or under;
  `allocation`, who bears or gets each part of an overspend or underspend, in the order of the steps;
  `unbudgeted`, where contributions and budgets of a fund differ;
  `reserve`, what one opened with, gave, was given and holds.
- `financial_year` and `fund_id` name the year and the fund.
- `scheme_id` names the schemes that the sum is for or came from, if any.
- `basis` says in words what the sum is, and why.
- `amount` is decimal pounds; only what a scheme spent can be negative, where its income was more than its spending.
- `partner` is who pays or receives, `payee` who gets a payment; both are empty where the line is about neither.
- `sign` is `pay` or `receive` for a partner and empty for others.
- `status` is `provisional` while a sum of the fund is undecided or has no owner, else `final`.
- `clause` and `rule_id` say what made the sum; several have commas between them.
- `rounding_adjustment` is the odd penny in an allocation, if any.
- `running_total` is what has been dealt with so far of the same overspend or underspend, in allocations.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from msgspec import Struct

from poolrules.base.money import decimal_pounds
from poolrules.engine.settlement import Allocation, SchemeResult, To, Transfer
from poolrules.reporting.account import Account
from poolrules.reporting.statement import transfer_words
from poolrules.reporting.steps import allocation_words
from poolrules.ruleset.ruleset import ContributionRule, FundRules, Trigger

COLUMNS: Final = (
    *("line", "section", "financial_year", "fund_id", "scheme_id", "basis", "amount", "partner", "payee", "sign"),
    *("status", "clause", "rule_id", "rounding_adjustment", "running_total"),
)

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell of words must not begin with, or a spreadsheet would run it."""


class _Line(Struct, frozen=True):
    """One sum. `odd` is the odd penny in it and `running` what has been dealt with, with it; both for allocations."""

    section: str
    fund: str
    basis: str
    pence: int
    rules: tuple[str, ...]
    schemes: str = ""
    partner: str = ""
    payee: str = ""
    sign: str = ""
    odd: int | None = None
    running: int | None = None


def write_statement_csv(account: Account) -> bytes:
    """Write a settlement as CSV with Windows line ends, as RFC 4180 has it, in UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, line in enumerate(_lines(account), 1):
        writer.writerow(_cells(account, number, line))
    return written.getvalue().encode()


def safe_cell(text: str) -> str:
    """Make a cell that a spreadsheet would run into plain text.

    >>> safe_cell("=1+1"), safe_cell("ICB")
    ("'=1+1", 'ICB')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(account: Account, number: int, line: _Line) -> tuple[str, ...]:
    """The cells of one line; numbers stay numbers, and words never become formulas."""
    words = (account.settlement.year, line.fund, line.schemes, line.basis)
    made_by = (account.clauses(line.rules), ", ".join(line.rules))
    return (
        *(str(number), line.section),
        *map(safe_cell, words),
        decimal_pounds(line.pence),
        *map(safe_cell, (line.partner, line.payee)),
        *(line.sign, _status(account, line.fund)),
        *map(safe_cell, made_by),
        "" if line.odd is None else decimal_pounds(line.odd),
        "" if line.running is None else decimal_pounds(line.running),
    )


def _status(account: Account, fund: str) -> str:
    """Whether sums of a fund are still open, which may change its figures."""
    still_open = any(result.provisional for result in account.settlement.partners if result.fund == fund)
    return "provisional" if still_open else "final"


def _lines(account: Account) -> Iterator[_Line]:
    """Every sum: the answer first, then what it was made from."""
    yield from (_transfer(account, one) for one in sorted(account.settlement.transfers, key=lambda one: one.bears))
    for fund in account.funds:
        figures = account.figures(fund)
        yield from (_contribution(fund, one) for one in (figures.contributions if figures else ()))
    for scheme in account.settlement.schemes:
        yield from _spending(account, scheme)
    yield from _borne_by_schemes(account)
    yield from _borne_by_steps(account)
    for fund_name, one in account.settlement.unbudgeted:
        yield _allocation(fund_name, "", one, Trigger.OVERSPEND, fund_name, one.pence, section="unbudgeted")
    yield from _reserves(account)


def _transfer(account: Account, one: Transfer) -> _Line:
    """What one partner pays another, or a host's own part of a result."""
    words = transfer_words(account, one)
    if not one.bears:
        return _Line("payment", one.fund, words, one.pence, one.rules, "", one.payer, one.payee, "pay")
    nets = [result.net for result in account.settlement.partners if (result.fund, result.partner) == _host(one)]
    sign = "pay" if any(net > 0 for net in nets) else "receive"
    return _Line("own part", one.fund, words, one.pence, one.rules, partner=one.payer, sign=sign)


def _host(one: Transfer) -> tuple[str, str]:
    """The fund and the host of a transfer that moves nothing."""
    return one.fund, one.payer


def _contribution(fund: FundRules, one: ContributionRule) -> _Line:
    """One line of what a partner puts in."""
    kinds = (one.source, one.in_kind and "in kind", one.capital and "capital", not one.recurrent and "one-off")
    basis = ", ".join(word for word in kinds if word) or "contribution"
    return _Line("contribution", fund.name, basis, one.pence, (one.id,), one.scheme or "", one.partner, sign="pay")


def _spending(account: Account, scheme: SchemeResult) -> Iterator[_Line]:
    """A scheme's budget, its spending, and the difference."""
    budgets = [
        budget.id
        for fund in account.funds
        for figures in (account.figures(fund),)
        for budget in (figures.budgets if figures else ())
        if budget.scheme == scheme.scheme
    ]
    way = "over budget" if scheme.variance > 0 else "under budget" if scheme.variance < 0 else "on budget"
    for basis, pence, rules in (
        ("budget", scheme.budget, budgets),
        ("spent", scheme.spent, [scheme.rule]),
        (way, abs(scheme.variance), [scheme.rule]),
    ):
        yield _Line("spending", scheme.fund, basis, pence, tuple(rules), scheme.scheme)


def _borne_by_schemes(account: Account) -> Iterator[_Line]:
    """The sums that schemes settle by their own terms."""
    for scheme in account.settlement.schemes:
        trigger = Trigger.OVERSPEND if scheme.variance > 0 else Trigger.UNDERSPEND
        running = accumulate((one.pence for one in scheme.allocations), initial=scheme.lent)
        next(running)
        for one, so_far in zip(scheme.allocations, running, strict=True):
            yield _allocation(scheme.fund, scheme.scheme, one, trigger, scheme.rule, so_far)


def _borne_by_steps(account: Account) -> Iterator[_Line]:
    """The sums of every step of every run."""
    for run in account.settlement.runs:
        so_far = 0
        for step in run.steps:
            shared = sum(one.pence + one.turned_away for one in step.allocations)
            for one in step.allocations:
                so_far += one.pence
                odd = _odd(one, shared)
                yield _allocation(run.fund, "; ".join(run.schemes), one, run.trigger, step.rule, so_far, odd)


def _allocation(
    fund: str,
    schemes: str,
    one: Allocation,
    trigger: Trigger,
    rule: str,
    running: int,
    odd: int = 0,
    section: str = "allocation",
) -> _Line:
    """One sum that somebody bears, gets, or still has to be given."""
    basis = allocation_words(one, trigger) + (f": {one.gap}" if one.gap else "")
    sign, partner = "", ""
    if one.to is To.PARTNER:
        sign, partner = "pay" if trigger is Trigger.OVERSPEND else "receive", one.name
    return _Line(section, fund, basis, one.pence, (rule,), schemes, partner, "", sign, odd, running)


def _odd(one: Allocation, shared: int) -> int:
    """The pence that rounding added to a share of a sum, before any cap."""
    if one.weight is None or not one.weight_of:
        return 0
    return one.pence + one.turned_away - shared * one.weight // one.weight_of


def _reserves(account: Account) -> Iterator[_Line]:
    """Each reserve from opening to closing."""
    for one in account.settlement.reserves:
        sums: Iterable[tuple[str, int]] = (
            ("opens with", one.opening),
            ("gives", one.drawn),
            ("is given", one.added),
            ("holds at the end of the year", one.closing),
        )
        for words, pence in sums:
            yield _Line("reserve", one.fund, f"{one.reserve} {words}", pence, (one.rule,))
