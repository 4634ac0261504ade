"""What passes from year to year, as a statement shows it: brought forward, carried on, due later, used so far."""

import datetime
from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from poolrules.base.dates import format_day
from poolrules.base.money import format_money_full
from poolrules.engine.dues import made_by
from poolrules.engine.settlement import Carried, Due, Eased, Position, Run, StepResult
from poolrules.reporting.account import Account
from poolrules.reporting.lines import amount, hanging, rule_off, table
from poolrules.ruleset.ruleset import FundRules

Row = tuple[str, str, str]
"""What it is, the clause, the amount."""


def brought_lines(account: Account, fund: FundRules, width: int) -> Iterator[str]:
    """What earlier years left to a fund: money carried forward, and sums that fall due."""
    position = account.facts.position
    if position is None:
        return
    rows = [
        (carried_words(one, fund.name), account.clause(one.rule), amount(abs(one.pence)))
        for one in position.carried
        if one.fund == fund.name
    ]
    rows += [
        (due_words(one, fund.name), account.clause(one.rule), amount(one.pence))
        for one in account.settlement.dues
        if one.fund == fund.name
    ]
    if rows:
        yield from rule_off(f"Brought forward from {position.year}", width)
        yield from table(("", "clause", "£"), rows, width, texts=2)


def carried_on_lines(account: Account, fund: FundRules, width: int) -> Iterator[str]:
    """What a fund leaves to later years, and how much of what holds over the term has been used."""
    closing = account.settlement.closing
    rows: list[Row] = [
        (carried_words(one, fund.name), account.clause(one.rule), amount(abs(one.pence)))
        for one in closing.carried
        if one.fund == fund.name
    ]
    rows += [
        (f"{one.year}: {due_words(one, fund.name)}", account.clause(one.rule), amount(one.pence))
        for one in closing.dues
        if one.fund == fund.name
    ]
    rows += _over_term(account, fund, closing)
    if rows:
        yield from rule_off("Carried into later years", width)
        yield from table(("", "clause", "£"), rows, width, texts=2)


def _over_term(account: Account, fund: FundRules, closing: Position) -> Iterator[Row]:
    """What steps and caps that hold over the whole term have used so far."""
    taken = dict(closing.taken)
    for waterfall, step in account.steps.values():
        if waterfall.fund == fund.name and taken.get(step.id) and step.over_term is not None:
            words = f"taken over the term so far, of at most {format_money_full(step.over_term)}"
            yield words, account.clause(step.id), amount(taken[step.id])
    own = [cap for cap in account.caps.values() if taken.get(cap.id) and cap.id.startswith(f"{fund.name}.")]
    for cap in own:
        most = format_money_full(cap.pence) if cap.pence is not None else "its contribution"
        yield (
            f"paid by {cap.partner} over the term so far, of at most {most}",
            account.clause(cap.id),
            amount(taken[cap.id]),
        )


def carried_words(one: Carried, fund: str) -> str:
    """Say what was carried forward.

    >>> carried_words(Carried("BCF", "Beds", 100, "BCF.underspend.1", one_off_only=True), "BCF")
    'carried forward for Beds, for one-off spending only'
    """
    what = f"carried forward for {one.scheme or fund}"
    if one.pence < 0:
        return f"overspend {what}"
    return f"{what}, for one-off spending only" if one.one_off_only else what


def eased_words(one: Eased) -> str:
    """Say what was agreed of the dues of a rule, and what shows it."""
    years = f"is put off by {one.years} year{'' if one.years == 1 else 's'}" if one.years else ""
    off = f"is written off as to {format_money_full(one.written_off)}" if one.written_off else ""
    shown = f", shown by {one.evidence}" if one.evidence else ""
    return " and ".join(word for word in (years, off) if word) + shown


def due_words(one: Due, fund: str) -> str:
    """Say who pays whom a sum that falls due, and why.

    >>> due_words(Due("BCF", None, "ICB", "2027/28", 100, "BCF.overspend.1", loan=True), "BCF")
    'BCF repays ICB'
    """
    payer, payee = one.payer or fund, one.payee or fund
    return f"{payer} {'repays' if one.loan else 'pays'} {payee}{'' if one.loan else ', put off from an earlier year'}"


def later_note(account: Account, run: Run, step: StepResult) -> Iterator[str]:
    """What follows in later years from what a step gave in one run of its block, as a note below it."""
    made = tuple(made_by(account.rules, [replace(run, steps=(step,))], account.facts.year))
    by_year = Counter[str]()
    for one in made:
        by_year[one.year] += one.pence
    if made:
        parts = ", ".join(f"{year} {format_money_full(by_year[year])}" for year in sorted(by_year))
        yield f"{'repaid' if made[0].loan else 'not paid now but'} in {parts}"


def day_words(iso: str) -> str:
    """A day as an agreement writes it, from its ISO form.

    >>> day_words("2027-03-31")
    '31 March 2027'
    """
    year, month, day = (int(part) for part in iso.split("-"))
    return format_day(datetime.date(year, month, day))


def period_lines(account: Account, width: int) -> Iterator[str]:
    """Say that only a part of the year is settled, where that is so."""
    months = account.facts.months
    if months < 12:
        to = day_words(account.settlement.closing.to)
        words = (
            f"settled up to {to}, {months} of 12 months: budgets and contributions count for so many twelfths; what is"
            " asked for is the difference to what was billed before"
        )
        yield from hanging("Period     ", words, width)
