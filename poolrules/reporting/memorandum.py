"""The memorandum account of each fund (R10), as the note to a council's or a health body's accounts has it, two years.

What was put in, what was spent, and the surplus or deficit of the year; then how the agreement shares that. Both sides
add up. The column of the year before is there only where that year is settled in the same run: no closing position
holds its figures.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import msgspec
from msgspec import Struct

from poolrules.base.money import decimal_pounds
from poolrules.base.shares import format_percent
from poolrules.engine.settlement import To
from poolrules.reporting.account import Account
from poolrules.reporting.csv_cells import safe_cell, write_csv
from poolrules.reporting.lines import NARROWEST, amount, hanging, wrapped
from poolrules.reporting.over_years import day_words
from poolrules.reporting.steps import said_by_rule
from poolrules.reporting.wide import cells, pad
from poolrules.ruleset.ruleset import ExitBalance, FundRules, Trigger
from poolrules.source.text import visible

FORMAT: Final = "poolrules memorandum account 1"
UNKNOWN: Final = "n/a"

COLUMNS: Final = ("fund_id", "section", "line", "prior_year", "this_year")


class Line(Struct, frozen=True):
    """One line: its section, its words, its sum in whole pence (an outgoing is negative), and whether it is a total."""

    section: str
    words: str
    pence: int
    total: bool = False
    share: str = ""
    """The percentage that a partner's part is of the whole, in words."""


class Memorandum(Struct, frozen=True):
    """The memorandum account of one fund for a year, and for the year before where it is known."""

    fund: FundRules
    account: Account
    lines: tuple[Line, ...]
    prior_year: str
    prior: dict[tuple[str, str], int] | None
    note: tuple[str, ...]

    def before(self, line: Line) -> int | None:
        """The sum of a line in the year before: nothing where that is unknown."""
        return None if self.prior is None else self.prior.get((line.section, line.words), 0)

    @property
    def every(self) -> tuple[Line, ...]:
        """The lines of this year, with those only of the year before ahead of the line that they precede there."""
        lines = list(self.lines)
        place = len(lines)
        for section, words in reversed(self.prior or {}):
            found = [at for at, one in enumerate(lines) if (one.section, one.words) == (section, words)]
            if not found:
                lines.insert(place, Line(section, words, 0))
            else:
                place = found[0]
        return tuple(lines)


FUNDING: Final = "Funding provided to the pooled budget"
SPENDING: Final = "Expenditure met from the pooled budget"
NET: Final = "Net surplus/(deficit) arising during the year"
SHARED: Final = "How the agreement deals with it"


def memoranda(accounts: Sequence[Account]) -> tuple[Memorandum, ...]:
    """The memorandum account of each fund for the last of some years, beside the one before it where there is one."""
    account = accounts[-1]
    before = accounts[-2] if len(accounts) > 1 else None
    start = int(account.settlement.year[:4]) - 1
    prior_year = f"{start}/{(start + 1) % 100:02d}"
    found = []
    for fund in account.funds:
        prior = None
        if before is not None and any(one.name == fund.name for one in before.funds):
            prior = {(one.section, one.words): one.pence for one in _lines(before, fund)}
        found.append(
            Memorandum(fund, account, tuple(_lines(account, fund)), prior_year, prior, tuple(_note(account, fund)))
        )
    return tuple(found)


def _lines(account: Account, fund: FundRules) -> Iterator[Line]:
    """Every line of one fund's account."""
    funding, spending = list(_funding(account, fund)), list(_spending(account, fund))
    put_in, spent = sum(one.pence for one in funding), sum(one.pence for one in spending)
    net = put_in + spent
    yield from funding
    yield Line(FUNDING, "total funding", put_in, total=True)
    yield from spending
    yield Line(SPENDING, "total expenditure", spent, total=True)
    yield Line(NET, NET, net, total=True)
    shared = list(_shared(account, fund, net))
    yield from shared
    rest = net - sum(one.pence for one in shared)
    if rest:
        yield Line(SHARED, "other funds of the agreement, gains and loans repaid", rest)
    yield Line(SHARED, "total", net, total=True)


def _funding(account: Account, fund: FundRules) -> Iterator[Line]:
    """What each partner put in, and what was brought forward."""
    for result in account.settlement.partners:
        if result.fund == fund.name and result.cash:
            yield Line(FUNDING, _title(account, result.partner), result.cash)
    position = account.facts.position
    brought = sum(one.pence for one in (position.carried if position else ()) if one.fund == fund.name)
    if brought:
        yield Line(FUNDING, "brought forward", brought)


def _title(account: Account, partner: str) -> str:
    """The full name of a partner."""
    return next((one.title for one in account.rules.partners if one.name == partner), partner)


def _spending(account: Account, fund: FundRules) -> Iterator[Line]:
    """What was spent from the pool: by the partner that leads each scheme where one is named, else by scheme."""
    by_lead: dict[str, int] = {}
    others: list[Line] = []
    for line in account.settlement.schemes:
        rule = account.schemes[line.scheme]
        if line.fund != fund.name or not rule.pooled:
            continue
        if rule.lead:
            by_lead[rule.lead] = by_lead.get(rule.lead, 0) - line.spent
        else:
            others.append(Line(SPENDING, rule.title or line.scheme, -line.spent))
    yield from (Line(SPENDING, _title(account, lead), pence) for lead, pence in by_lead.items())
    yield from others


def _shared(account: Account, fund: FundRules, net: int) -> Iterator[Line]:
    """Who gets a surplus, or meets a deficit (negative): partners, reserves, later years, outside funders, nobody."""
    for result in account.settlement.partners:
        if result.fund == fund.name and (result.pays or result.receives):
            pence = result.receives - result.pays
            share = f"{format_percent(Fraction(pence, net))} of the whole" if net and (pence > 0) is (net > 0) else ""
            yield Line(SHARED, f"{_title(account, result.partner)}, its share", pence, share=share)
    sums: dict[str, int] = {}
    for words, pence in _beside_partners(account, fund):
        sums[words] = sums.get(words, 0) + pence
    yield from (Line(SHARED, words, pence) for words, pence in sums.items() if pence)


_WORDS: Final = {
    To.RESERVE: "reserves",
    To.CARRIED: "carried forward",
    To.OUTSIDE: "from outside the partners",
    To.RING_FENCE: "kept for the same purpose, ring-fenced",
    To.UNDECIDED: "undecided",
    To.UNALLOCATED: "without an owner",
}


def _beside_partners(account: Account, fund: FundRules) -> Iterator[tuple[str, int]]:
    """What goes to anything but partners (positive), or comes from it."""
    for scheme in account.settlement.schemes:
        if scheme.fund == fund.name and account.schemes[scheme.scheme].pooled:
            sign = -1 if scheme.variance > 0 else 1
            yield from ((_WORDS[one.to], sign * one.pence) for one in scheme.allocations if one.to in _WORDS)
    for run in account.settlement.runs:
        if run.fund == fund.name:
            sign = -1 if run.trigger is Trigger.OVERSPEND else 1
            for step in run.steps:
                yield from ((_WORDS[one.to], sign * one.pence) for one in step.allocations if one.to in _WORDS)
            if run.trigger is Trigger.GAIN:
                yield "gains that came in", -run.amount
    for name, one in account.settlement.unbudgeted:
        if name == fund.name:
            spare = "in no budget" in (one.gap or "")
            yield "contributions that no budget uses, or budgets without any", one.pence if spare else -one.pence


# ---- the text with it ----------------------------------------------------------------------------------


def _note(account: Account, fund: FundRules) -> Iterator[str]:
    """The text with the note: purpose, start, host, partners, how a balance is shared, and what happens to it."""
    rules = account.rules
    names = [_title(account, name) for name in fund.partners]
    host = _title(account, fund.host)
    first, last = rules.first_day, rules.last_day
    since = f" It runs from {day_words(first)} to {day_words(last)}." if first and last else ""
    yield f"{fund.title or fund.name} is a pooled budget of {', '.join(names)}, under {rules.basis}.{since}"
    yield f"{host} hosts it and keeps its accounts. The pool is not an entity of its own."
    for waterfall in fund.waterfalls:
        if waterfall.trigger is Trigger.GAIN:
            continue
        told = "; ".join(said_by_rule(waterfall, step) for step in waterfall.steps)
        clause = account.clause(waterfall.id)
        yield f"{waterfall.trigger.value.capitalize()}s (clause {clause}): {told}."
    balance = rules.exit.balance if rules.exit else None
    if balance is ExitBalance.YEAR_END:
        yield "At the end of the agreement the balance is shared under these terms."
    elif balance is ExitBalance.AGREED:
        yield "At the end of the agreement the balance is shared as the partners agree."
    if account.provisional:
        yield "Sums that are still open or only indicative may change these figures."


# ---- for people --------------------------------------------------------------------------------------


def write_memorandum(found: Sequence[Memorandum], width: int = 100) -> str:
    """Write the accounts in lines of at most `width` cells; outgoings stand between brackets."""
    width = min(max(width, NARROWEST), 100)
    lines: list[str] = []
    for one in found:
        lines += _account(one, width)
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def bracketed(pence: int) -> str:
    """A sum as a note to accounts shows it: an outgoing between brackets.

    >>> bracketed(100), bracketed(-100)
    ('1.00 ', '(1.00)')
    """
    return f"({amount(-pence)})" if pence < 0 else f"{amount(pence)} "


def _account(one: Memorandum, width: int) -> Iterator[str]:
    """The account of one fund."""
    year = one.account.settlement.year
    title = f"{one.fund.title or one.fund.name}: memorandum account {year}"
    yield from wrapped(title, width)
    yield "=" * min(width, cells(visible(title)))
    yield from hanging("Made from  ", f"rules {one.account.made_from.rules[:12]}, as settled for {year}", width)
    section = ""
    rows: list[tuple[str, str, str]] = []
    for line in one.every:
        if line.section != section and line.section != NET:
            rows.append((line.section, "", ""))
        section = line.section
        before = one.before(line)
        words = f"  {line.words}" if not line.total else line.words
        words += f" ({line.share})" if line.share else ""
        rows.append((words, UNKNOWN if before is None else bracketed(before), bracketed(line.pence)))
    yield ""
    yield from _aligned((f"{one.prior_year} £", f"{year} £"), rows, width)
    if one.prior is None:
        known = any(figures.year == one.prior_year for figures in one.fund.years)
        why = "is not settled here, so its figures are unknown: give both years" if known else "is before the agreement"
        told = f"{UNKNOWN}: {one.prior_year} {why}."
        yield ""
        yield from wrapped(told, width)
    for text in one.note:
        yield ""
        yield from wrapped(text, width)
    yield ""
    yield ""


def _aligned(head: tuple[str, str], rows: list[tuple[str, str, str]], width: int) -> Iterator[str]:
    """Lines of words with two columns of sums on the right; a line that belongs below a heading is set in."""
    sums = [max(cells(row[column]) for row in (("", *head), *rows)) for column in (1, 2)]
    room = max(width - sum(sums) - 4, 20)
    for words, *figures in (("", *head), *rows):
        indent = len(words) - len(words.lstrip())
        *others, last = hanging(" " * indent, words.lstrip(), room)
        yield from others
        shown = (pad(one, size, right=True) for one, size in zip(figures, sums, strict=True))
        yield "  ".join((pad(last, room), *shown))


# ---- for machines ------------------------------------------------------------------------------------


def write_memorandum_csv(found: Sequence[Memorandum]) -> bytes:
    """Write the accounts as CSV; outgoings are negative, and what is unknown of the year before says `n/a`."""
    rows = []
    for one in found:
        for line in one.every:
            before = one.before(line)
            prior = UNKNOWN if before is None else decimal_pounds(before)
            rows.append((*map(safe_cell, (one.fund.name, line.section, line.words)), prior, decimal_pounds(line.pence)))
    return write_csv(COLUMNS, rows)


def write_memorandum_json(found: Sequence[Memorandum]) -> bytes:
    """Write the accounts as indented JSON; sums are whole pence, outgoings negative."""
    whole = {
        "format": FORMAT,
        "funds": [
            {
                "fund": one.fund.name,
                "title": one.fund.title,
                "year": one.account.settlement.year,
                "prior_year": one.prior_year,
                "lines": [
                    {
                        "section": line.section,
                        "line": line.words,
                        "prior_year_pence": one.before(line),
                        "this_year_pence": line.pence,
                        "total": line.total,
                    }
                    for line in one.every
                ],
                "note": list(one.note),
            }
            for one in found
        ],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"
