"""A settlement as CSV, a line for each sum: what has to be paid first, then every figure behind it.

The columns, in order:

- `line` counts from 1.
- `section` says what kind of sum the line is, and which lines may be added up together:
  `payment`, money that moves between partners; `own part`, what a host bears or keeps, so that nothing moves;
  `contribution`, what a partner puts in;
  `spending`, a scheme's budget, what it spent, and how far that is over or under;
  `allocation`, who bears or gets each part of an overspend or underspend, in the order of the steps;
  `balance`, what a partner pays or gets on balance, and what of it belongs to other years, is still to be decided,
  was billed before in the year, or is called for now;
  `brought forward`, `carried forward` and `due`, what passes from year to year;
  `fact`, what was found that no ledger shows, whose amount is empty where the fact is not a sum;
  `unbudgeted`, where contributions and budgets of a fund differ;
  `reserve`, what one opened with, gave, was given and holds;
  `ledger`, what a ledger holds: the sums of all rows read, of those used, and of those set aside for each reason.
- `financial_year` and `fund_id` name the year and the fund.
- `scheme_id` names the schemes that the sum is for or came from, if any.
- `basis` says in words what the sum is, and why.
- `amount` is decimal pounds. It can be negative for what a scheme spent or a ledger holds, where income was more than
  spending; for a contribution that takes from another; for an allocation of total spending that gives back; and for an
  overspend that was carried forward.
- `partner` is who pays or receives, `payee` who gets a payment; both are empty where the line is about neither.
- `sign` is `pay` or `receive` for a partner and empty for others.
- `status` is `provisional` while a sum of the fund is undecided or has no owner, else `final`.
- `clause` and `rule_id` say what made the sum; several have commas between them.
- `rounding_adjustment` is the odd penny in an allocation, if any.
- `running_total` is what has been dealt with so far of the same overspend or underspend, in allocations.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct

from poolrules.base.money import decimal_pounds
from poolrules.engine.settlement import Allocation, SchemeResult, StepResult, To, Transfer
from poolrules.reporting.account import Account
from poolrules.reporting.csv_cells import safe_cell, write_csv
from poolrules.reporting.ledger_account import LedgerAccount
from poolrules.reporting.over_years import carried_words, due_words
from poolrules.reporting.statement import contribution_words, transfer_words
from poolrules.reporting.steps import allocation_words, sharing_used
from poolrules.reporting.used_facts import used_facts
from poolrules.ruleset.ruleset import ContributionRule, FundRules, OfSpending, Trigger

COLUMNS: Final = (
    *("line", "section", "financial_year", "fund_id", "scheme_id", "basis", "amount", "partner", "payee", "sign"),
    *("status", "clause", "rule_id", "rounding_adjustment", "running_total", "version"),
)


class _Line(Struct, frozen=True):
    """One sum. `odd` is the odd penny in it and `running` what has been dealt with, with it; both for allocations."""

    section: str
    fund: str
    basis: str
    pence: int | None
    rules: tuple[str, ...]
    schemes: str = ""
    partner: str = ""
    payee: str = ""
    sign: str = ""
    odd: int | None = None
    running: int | None = None


def write_statement_csv(account: Account) -> bytes:
    """Write a settlement as CSV with Windows line ends, as RFC 4180 has it, in UTF-8."""
    return write_statements_csv((account,))


def write_statements_csv(accounts: Sequence[Account]) -> bytes:
    """Write the settlement of one year, or those of several years in turn, as one table."""
    every = [(account, line) for account in accounts for line in _lines(account)]
    return write_csv(COLUMNS, [_cells(account, number, line) for number, (account, line) in enumerate(every, 1)])


def _cells(account: Account, number: int, line: _Line) -> tuple[str, ...]:
    """The cells of one line; numbers stay numbers, and words never become formulas."""
    words = (account.settlement.year, line.fund, line.schemes, line.basis)
    made_by = (account.clauses(line.rules), ", ".join(line.rules))
    return (
        *(str(number), line.section),
        *map(safe_cell, words),
        "" if line.pence is None else decimal_pounds(line.pence),
        *map(safe_cell, (line.partner, line.payee)),
        *(line.sign, _status(account, line.fund)),
        *map(safe_cell, made_by),
        "" if line.odd is None else decimal_pounds(line.odd),
        "" if line.running is None else decimal_pounds(line.running),
        account.version_numbers(line.rules),
    )


def _status(account: Account, fund: str) -> str:
    """Whether sums of a fund are still open, which may change its figures."""
    still_open = any(result.provisional for result in account.settlement.partners if result.fund == fund)
    return "provisional" if still_open else "final"


def _lines(account: Account) -> Iterator[_Line]:
    """Every sum: the answer first, then what it was made from."""
    yield from (_transfer(account, one) for one in sorted(account.settlement.transfers, key=lambda one: one.bears))
    for fund in account.funds:
        yield from (_contribution(fund, one) for one in account.standing(fund))
    for scheme in account.settlement.schemes:
        yield from _spending(account, scheme)
    yield from _borne_by_schemes(account)
    yield from _borne_by_steps(account)
    yield from _balances(account)
    yield from _over_years(account)
    for fact in used_facts(account):
        words = ": ".join(word for word in (fact.name, fact.what, fact.value) if word)
        shown = f" (shown by {fact.evidence})" if fact.evidence else ""
        yield _Line("fact", "", words + shown, fact.pence, fact.rules)
    for fund_name, one in account.settlement.unbudgeted:
        yield _allocation(fund_name, "", one, Trigger.OVERSPEND, fund_name, one.pence, section="unbudgeted")
    yield from _reserves(account)
    for ledger in account.ledgers:
        yield from _ledger(ledger)


def _ledger(one: LedgerAccount) -> Iterator[_Line]:
    """What a ledger holds: read, used and set aside."""
    sums = (("read", one.read), ("used", one.used), *((f"set aside: {why}", tally) for why, tally in one.aside))
    for words, tally in sums:
        yield _Line(
            "ledger", "", f"{one.file}: {tally.rows} row{'' if tally.rows == 1 else 's'} {words}", tally.pence, ()
        )


def _balances(account: Account) -> Iterator[_Line]:
    """What comes of the year for each partner, and what of it is for another time."""
    for result in account.settlement.partners:
        in_parts = bool(result.billed) or account.facts.months < 12
        sums = (
            ("on balance", result.net, True),
            ("put off to later years", result.deferred, bool(result.deferred)),
            ("until a decision is made", result.interim, bool(result.interim)),
            ("due by a rule of an earlier year", result.due, bool(result.due)),
            ("billed before in the year", result.billed, bool(result.billed)),
            ("called for now", result.call, in_parts),
        )
        for words, pence, shown in sums:
            if shown:
                sign = "pay" if pence > 0 else "receive" if pence < 0 else ""
                yield _Line("balance", result.fund, words, abs(pence), result.rules, partner=result.partner, sign=sign)


def _over_years(account: Account) -> Iterator[_Line]:
    """What earlier years left, and what is left to later ones."""
    position, closing = account.facts.position, account.settlement.closing
    for one in position.carried if position else ():
        words = carried_words(one, one.fund)
        yield _Line("brought forward", one.fund, words, one.pence, (one.rule,), one.scheme or "")
    for one in closing.carried:
        words = carried_words(one, one.fund)
        yield _Line("carried forward", one.fund, words, one.pence, (one.rule,), one.scheme or "")
    for due in (*account.settlement.dues, *closing.dues):
        words = f"{due.year}: {due_words(due, due.fund)}"
        payer, payee = due.payer or "", due.payee or ""
        yield _Line("due", due.fund, words, due.pence, (due.rule,), partner=payer, payee=payee)


def _transfer(account: Account, one: Transfer) -> _Line:
    """What one partner pays another, or a host's own part of a result."""
    words = transfer_words(account, one)
    if not one.bears:
        return _Line("payment", one.fund, words, one.pence, one.rules, "", one.payer, one.payee, "pay")
    nets = [result.call for result in account.settlement.partners if (result.fund, result.partner) == _host(one)]
    sign = "pay" if any(net > 0 for net in nets) else "receive"
    return _Line("own part", one.fund, words, one.pence, one.rules, partner=one.payer, sign=sign)


def _host(one: Transfer) -> tuple[str, str]:
    """The fund and the host of a transfer that moves nothing."""
    return one.fund, one.payer


def _contribution(fund: FundRules, one: ContributionRule) -> _Line:
    """One line of what a partner puts in."""
    basis = contribution_words(one) or "contribution"
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
        *((("brought forward", scheme.brought, [scheme.rule]),) if scheme.brought else ()),
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
                odd = _odd(account, step, one, shared)
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
        pays = (trigger is Trigger.OVERSPEND) is (one.pence >= 0)
        sign, partner = "pay" if pays else "receive", one.name
    return _Line(section, fund, basis, one.pence, (rule,), schemes, partner, "", sign, odd, running)


def _odd(account: Account, step: StepResult, one: Allocation, shared: int) -> int:
    """The pence that rounding added to a share of a sum, before any cap."""
    if one.weight is None or not one.weight_of:
        return 0
    known = account.steps.get(step.rule)
    if known and isinstance(sharing_used(account, known[1].taker), OfSpending):
        return int(one.odd_penny)  # what is shared there is all that was spent
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
