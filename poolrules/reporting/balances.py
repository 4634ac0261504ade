"""Balances to agree between partners at the year's end (R10b): what one body's books should hold against each other's.

The columns are

    counterparty, nature, amount, period, matched, difference, explanation

`nature` is income, expenditure, debtor or creditor as the body sees it whose books these are. Given what the
counterparty's books say, seen from its side, each line is matched: its income is our expenditure, its debtor our
creditor. `difference` is ours less theirs.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct

from poolrules.base.money import decimal_pounds, format_money_full
from poolrules.engine.settlement import Transfer
from poolrules.reporting.account import Account
from poolrules.reporting.csv_cells import safe_cell, write_csv
from poolrules.reporting.lines import NARROWEST, amount, hanging, rule_off, table, wrapped
from poolrules.reporting.wide import cells
from poolrules.source.text import visible

FORMAT: Final = "poolrules balances 1"
COLUMNS: Final = ("counterparty", "nature", "amount", "period", "matched", "difference", "explanation")

INCOME, EXPENDITURE, DEBTOR, CREDITOR = "income", "expenditure", "debtor", "creditor"
MIRROR: Final = {INCOME: EXPENDITURE, EXPENDITURE: INCOME, DEBTOR: CREDITOR, CREDITOR: DEBTOR}
"""What one side's line is in the books of the other."""


class Balance(Struct, frozen=True):
    """One line to agree, in whole pence; `theirs` is what the counterparty's books say, where that was given."""

    counterparty: str
    nature: str
    pence: int
    period: str
    explanation: str
    theirs: int | None = None
    asked: bool = False
    """Whether the counterparty's books were given at all."""

    @property
    def difference(self) -> int | None:
        """Ours less theirs; nothing where their books were not given."""
        return self.pence - (self.theirs or 0) if self.asked else None

    @property
    def matched(self) -> str:
        """`Y` or `N`, or nothing where their books were not given."""
        return "" if self.difference is None else "N" if self.difference or self.theirs is None else "Y"


class Balances(Struct, frozen=True):
    """What one body has to agree with the others."""

    account: Account
    body: str
    lines: tuple[Balance, ...]


def bodies_with_books(account: Account) -> tuple[str, ...]:
    """The partners whose books hold something of the pool: every partner of a fund settled."""
    return tuple(dict.fromkeys(name for fund in account.funds for name in (fund.host, *fund.partners)))


def balances_of(account: Account, body: str, theirs: dict[str, dict[str, int]]) -> Balances:
    """What the books of `body` should hold; `theirs` are by counterparty the sums by nature, as that one sees them."""
    sums: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for counterparty, nature, pence, why in _entries(account, body):
        if pence:
            sums.setdefault((counterparty, nature), []).append((pence, why))
    for counterparty, said in theirs.items():
        for nature in said:
            sums.setdefault((counterparty, MIRROR[nature]), [])
    names = bodies_with_books(account)
    lines = []
    for counterparty, nature in sorted(sums, key=lambda key: (names.index(key[0]), list(MIRROR).index(key[1]))):
        parts = sums[counterparty, nature]
        pence = sum(one for one, _ in parts)
        asked = counterparty in theirs
        found = theirs.get(counterparty, {}).get(MIRROR[nature])
        line = Balance(counterparty, nature, pence, account.settlement.year, "", found, asked)
        lines.append(msgspec.structs.replace(line, explanation=_explained(line, parts)))
    return Balances(account, body, tuple(lines))


def _entries(account: Account, body: str) -> Iterator[tuple[str, str, int, str]]:
    """Every sum that the books of a body should hold: counterparty, nature, pence, what it is."""
    for fund in account.funds:
        for result in account.settlement.partners:
            if result.fund != fund.name or result.partner == fund.host:
                continue
            mine = body == fund.host
            if body not in (fund.host, result.partner):
                continue
            other = result.partner if mine else fund.host
            received, given = (INCOME, EXPENDITURE) if mine else (EXPENDITURE, INCOME)
            yield other, received, result.cash, f"contribution to {fund.name}"
            yield (
                other,
                received,
                result.pays,
                f"what it pays beyond that for {fund.name}" if mine else f"more for {fund.name}",
            )
            yield other, given, result.receives, f"given back from {fund.name}"
    for one in account.settlement.transfers:
        yield from _outstanding(account, one, body)
    yield from _due_later(account, body)


def _due_later(account: Account, body: str) -> Iterator[tuple[str, str, int, str]]:
    """What falls due in later years by rules of this year and of earlier ones; what is the fund's is its host's."""
    hosts = {fund.name: fund.host for fund in account.funds}
    for one in account.settlement.closing.dues:
        if one.fund not in hosts:
            continue
        payer, payee = one.payer or hosts[one.fund], one.payee or hosts[one.fund]
        why = f"lent for {one.fund}, repaid in later years" if one.loan else f"put off to later years in {one.fund}"
        if payer != payee and body == payee:
            yield payer, DEBTOR, one.pence, why
        elif payer != payee and body == payer:
            yield payee, CREDITOR, one.pence, why


def _outstanding(account: Account, one: Transfer, body: str) -> Iterator[tuple[str, str, int, str]]:
    """What is still to be paid on the settlement."""
    why = f"settlement of {one.fund}" + (", between hosts" if account.between_hosts(one) else "")
    if one.bears:
        return
    if body == one.payee:
        yield one.payer, DEBTOR, one.pence, why
        if account.between_hosts(one):
            yield one.payer, INCOME, one.pence, why
    elif body == one.payer:
        yield one.payee, CREDITOR, one.pence, why
        if account.between_hosts(one):
            yield one.payee, EXPENDITURE, one.pence, why


def _explained(line: Balance, parts: list[tuple[int, str]]) -> str:
    """What a line is made of and, where it does not match, what would account for the difference."""
    reasons = Counter[str]()
    for pence, why in parts:
        reasons[why] += pence
    made_of = (
        "; ".join(f"{why} {format_money_full(pence)}" for why, pence in reasons.items()) or "nothing in these books"
    )
    if not line.asked or line.matched == "Y":
        return made_of
    if line.theirs is None:
        return f"{made_of}. Their books have no such line"
    difference = line.difference or 0
    for why, pence in reasons.items():
        if abs(difference) == pence and len(reasons) > 1:
            return f"{made_of}. The difference is {why}"
    if 0 < abs(difference) < 100:
        return f"{made_of}. They differ by pence: one side may have rounded to pounds"
    if line.pence and difference == 2 * line.pence:
        return f"{made_of}. Their sum has the other sign"
    return f"{made_of}. Not explained"


# ---- for people --------------------------------------------------------------------------------------


def write_balances(found: Balances, width: int = 100) -> str:
    """Write what a body has to agree with each counterparty, in lines of at most `width` cells."""
    width = min(max(width, NARROWEST), 140)
    account, year = found.account, found.account.settlement.year
    title = f"Balances to agree for {year}, from the books of {found.body}: {account.settlement.title}"
    lines = [*wrapped(title, width), "=" * min(width, cells(visible(title)))]
    lines += hanging("Made from  ", f"rules {account.made_from.rules[:12]}, as settled for {year}", width)
    if account.provisional:
        lines += hanging(
            "Status     ", "PROVISIONAL: sums that are still open or only indicative may change these", width
        )
    if not found.lines:
        lines += ["", "  There is nothing to agree with anybody."]
    for counterparty in dict.fromkeys(one.counterparty for one in found.lines):
        own = [one for one in found.lines if one.counterparty == counterparty]
        lines += rule_off(f"With {_title(account, counterparty)}", width)
        for one in own:
            rows = [(one.nature, amount(one.pence))]
            if one.asked:
                theirs = "no such line" if one.theirs is None else amount(one.theirs)
                rows.append(("their books", theirs))
                difference = one.difference or 0
                rows.append(("MATCHED", "") if one.matched == "Y" else ("DIFFERENCE", amount(difference)))
            lines += table(("", "£"), rows, width, texts=1)[1:]
            lines += hanging("    ", one.explanation, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _title(account: Account, partner: str) -> str:
    """The full name of a partner."""
    return next((one.title for one in account.rules.partners if one.name == partner), partner)


# ---- for machines ------------------------------------------------------------------------------------


def write_balances_csv(found: Balances) -> bytes:
    """Write the balances as CSV; `matched` and `difference` are empty where their books were not given."""
    return write_csv(
        COLUMNS,
        [
            (
                *map(safe_cell, (one.counterparty, one.nature)),
                decimal_pounds(one.pence),
                one.period,
                one.matched,
                "" if one.difference is None else decimal_pounds(one.difference),
                safe_cell(one.explanation),
            )
            for one in found.lines
        ],
    )


def write_balances_json(found: Balances) -> bytes:
    """Write the balances as indented JSON; sums are whole pence."""
    whole = {
        "format": FORMAT,
        "title": found.account.settlement.title,
        "year": found.account.settlement.year,
        "body": found.body,
        "status": "provisional" if found.account.provisional else "final",
        "balances": [
            {
                "counterparty": one.counterparty,
                "nature": one.nature,
                "pence": one.pence,
                "period": one.period,
                "matched": one.matched or None,
                "theirs_pence": one.theirs,
                "difference_pence": one.difference,
                "explanation": one.explanation,
            }
            for one in found.lines
        ],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"
