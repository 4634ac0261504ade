"""The payments of a year for people: totals first, then what is late, then every instalment with its clause."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from poolrules.base.calendar import PUBLISHED_TO
from poolrules.base.dates import format_day, format_short_day
from poolrules.base.money import format_money_full
from poolrules.engine.instalments import Moves
from poolrules.engine.payments import PartnerTotal, PaymentRow, PaymentSchedule
from poolrules.reporting.lines import NARROWEST, amount, hanging, rule_off, table, wrapped
from poolrules.reporting.wide import cells
from poolrules.ruleset.ruleset import ContributionRule, FundRules, PaidByPeriod, PaidOnDays, Retained, Ruleset
from poolrules.ruleset.words import interest_words, paid_words, reading
from poolrules.source.text import visible

WIDEST: Final = 120
"""Wider lines are no easier to read."""


def write_payments(rules: Ruleset, schedule: PaymentSchedule, width: int = 100) -> str:
    """Write the payments of a year in lines of at most `width` cells."""
    width = min(max(width, NARROWEST), WIDEST)
    lines = [
        *_heading(rules, schedule, width),
        *_totals(schedule, width),
        *_late(rules, schedule, width),
        *(line for fund in _funds(rules, schedule) for line in _fund(rules, schedule, fund, width)),
        *_between(rules, schedule, width),
        *_after(schedule, width),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def clause_of(rules: Ruleset, rule: str) -> str:
    """The number of a rule's clause in the draft, else the rule's id."""
    return rules.clauses.get(rule, rule)


def _funds(rules: Ruleset, schedule: PaymentSchedule) -> tuple[FundRules, ...]:
    """The funds that have figures for the year."""
    return tuple(fund for fund in rules.funds if any(figures.year == schedule.year for figures in fund.years))


def _day(iso: str) -> str:
    """An ISO day for a sentence."""
    return format_day(date.fromisoformat(iso))


def _short(iso: str) -> str:
    """An ISO day for a column; nothing where there is none."""
    return format_short_day(date.fromisoformat(iso)) if iso else ""


# ---- the head ----------------------------------------------------------------------------------------


def _heading(rules: Ruleset, schedule: PaymentSchedule, width: int) -> Iterator[str]:
    """Which agreement and year this is, from which day it is looked at, and what was counted."""
    title = f"Payments of {schedule.year}: {schedule.title}"
    yield from wrapped(title, width)
    yield "=" * min(width, cells(visible(title)))
    names = (f"{partner.name} is {partner.title}" for partner in rules.partners)
    yield from hanging("Partners   ", "; ".join(names), width)
    seen = (
        f"as at {_day(schedule.as_at)}"
        if schedule.as_at
        else "on no day in particular (--as-at gives one), so nothing that is still to be paid is called late"
    )
    yield from hanging("Looked at  ", seen, width)
    paid = sum(row.paid or 0 for row in schedule.rows)
    counted = f"{_payments(schedule.counted)} counted, {format_money_full(paid)} in all"
    yield from hanging("Received   ", counted if schedule.counted else "no payment is given", width)
    if schedule.after:
        later = sum(one.pence for one in schedule.after)
        after = f"{_payments(len(schedule.after))} after that day, {format_money_full(later)} in all, not counted"
        yield from hanging("           ", after, width)
    for fund, partner in schedule.unset:
        yield from hanging("Not set    ", f"what {partner} contributes to {fund} is still to be set", width)
    if _counts_working_days(rules, schedule):
        yield from hanging("Holidays   ", _holidays(rules, schedule), width)


def _payments(count: int) -> str:
    """So many payments, in words."""
    return f"{count:,} payment{'' if count == 1 else 's'}"


def _counts_working_days(rules: Ruleset, schedule: PaymentSchedule) -> bool:
    """Whether a day of payment follows from bank holidays."""
    paid = (fund.paid for fund in _funds(rules, schedule))
    return any(isinstance(one, PaidByPeriod) and one.working_day for one in paid)


def _holidays(rules: Ruleset, schedule: PaymentSchedule) -> str:
    """Whose bank holidays count, by what, and how far they are known."""
    said = "working-days" in rules.calendar.said
    by = f"clause {clause_of(rules, 'working-days')}" if said else f"as the law of {rules.basis} is"
    whose = f"working days are counted by the bank holidays of {rules.calendar.nation} ({by})"
    if int(schedule.year[:4]) + 1 <= PUBLISHED_TO:
        return whose
    return f"{whose}; those after {PUBLISHED_TO} follow from the standing rules, as none are published yet"


# ---- totals ------------------------------------------------------------------------------------------


def _totals(schedule: PaymentSchedule, width: int) -> Iterator[str]:
    """What comes together for each partner and fund, and in all."""
    yield from rule_off("In all", width)
    if not schedule.totals:
        yield "  Nobody has anything to pay."
        return
    several = len({total.fund for total in schedule.totals}) > 1
    looked, bears = bool(schedule.as_at), any(total.interest for total in schedule.totals)
    rows = [
        _total_row(f"{one.partner}, {one.fund}" if several else one.partner, [one], looked=looked, bears=bears)
        for one in schedule.totals
    ]
    rows.append(_total_row("all", schedule.totals, looked=looked, bears=bears))
    head = [
        "partner",
        "to pay £",
        *(["fallen due £"] if looked else []),
        "paid £",
        "open £",
        *(["interest £"] if bears else []),
    ]
    yield from table(head, rows, width, texts=1)
    if any(total.open < 0 for total in schedule.totals):
        yield from hanging("  ", "A sum below nought was paid too much.", width)


def _total_row(name: str, totals: Sequence[PartnerTotal], *, looked: bool, bears: bool) -> tuple[str, ...]:
    """One row of totals."""
    return (
        name,
        amount(sum(one.to_pay for one in totals)),
        *([amount(sum(one.fallen_due or 0 for one in totals))] if looked else []),
        amount(sum(one.paid for one in totals)),
        amount(sum(one.open for one in totals)),
        *([amount(sum(one.interest for one in totals))] if bears else []),
    )


def _late(rules: Ruleset, schedule: PaymentSchedule, width: int) -> Iterator[str]:
    """What is late, or was paid late, and what it bears."""
    late = [row for row in schedule.rows if row.days_late]
    if not late:
        return
    yield from rule_off("Late", width)
    rows = []
    for row in late:
        one = row.instalment
        how = f"paid {_short(row.paid_on)}" if row.paid_on else "not paid"
        what = (
            f"{one.payer}, instalment {one.number} of {one.source or 'its contribution'}, due {_short(one.due)}, {how}"
        )
        pence = row.paid if row.paid is not None else row.balance
        rows.append((what, amount(pence or 0), f"{row.days_late:,}", amount(row.interest) if row.interest_rule else ""))
    yield from table(("", "£", "days late", "interest £"), rows, width, texts=1)
    for fund in _funds(rules, schedule):
        if any(row.instalment.fund == fund.name for row in late):
            yield from hanging("  ", _interest(rules, fund), width)


def _interest(rules: Ruleset, fund: FundRules) -> str:
    """What late payments into a fund bear, by which clause."""
    if fund.interest is None:
        return f"{fund.name}: the agreement provides for no interest on late payments."
    return f"{fund.name}: {interest_words(fund.interest)} (clause {clause_of(rules, fund.interest.id)})."


# ---- a fund ------------------------------------------------------------------------------------------


def _fund(rules: Ruleset, schedule: PaymentSchedule, fund: FundRules, width: int) -> Iterator[str]:
    """The instalments of one fund, contribution by contribution, and what does not move."""
    rows = [row for row in schedule.rows if row.instalment.fund == fund.name]
    title = f"{fund.name}: {fund.title}"
    yield ""
    yield from wrapped(title, width)
    yield "=" * min(width, cells(visible(title)))
    yield from hanging("", f"{_when(rules, fund)} {_settled(rules, fund)}", width)
    due = [row for row in rows if row.instalment.moves is Moves.DUE and not row.overpaid]
    for _, plan in groupby(due, key=_series):
        yield from _plan(rules, list(plan), width, seen=bool(schedule.counted))
    yield from _too_much(rows, width)
    yield from _not_due(rules, rows, [line for name, line in schedule.in_kind if name == fund.name], width)


def _series(row: PaymentRow) -> tuple[str, str, str, str]:
    """Which payments stand under one heading: those of one rule and source that go the same way."""
    one = row.instalment
    return one.rule, one.payer, one.payee, one.source


def _when(rules: Ruleset, fund: FundRules) -> str:
    """When contributions to a fund are paid, by which clause."""
    clause = f"(clause {clause_of(rules, f'{fund.name}.paid')})"
    match fund.paid:
        case PaidByPeriod() | PaidOnDays():
            return f"Contributions are paid {reading(paid_words(fund.paid))} {clause}."
        case Retained():
            return f"Each partner retains its contribution: nobody pays in {clause}."
        case None:
            return "The agreement does not say when contributions are paid."


def _settled(rules: Ruleset, fund: FundRules) -> str:
    """How soon what a settlement statement shows is paid."""
    if fund.settled_within is None:
        return "The agreement fixes no day for what a settlement statement shows."
    clause = clause_of(rules, f"{fund.name}.settled")
    return f"What a settlement statement shows is paid within {fund.settled_within} of it (clause {clause})."


def _plan(rules: Ruleset, rows: Sequence[PaymentRow], width: int, *, seen: bool) -> Iterator[str]:
    """The instalments of one contribution."""
    one = rows[0].instalment
    source = f", from {one.source}" if one.source else ""
    whole = sum(row.amount or 0 for row in rows)
    title = f"{one.payer} to {one.payee}{source}: {format_money_full(whole)} (clause {clause_of(rules, one.rule)})"
    yield ""
    yield from hanging("  ", title, width)
    lines = []
    for row in rows:
        first = row.amount is not None
        number = str(row.instalment.number) if first else ""
        due = (_short(row.instalment.due) or "no day stated") if first else ""
        sums = [amount(row.amount) if row.amount is not None else ""]
        if seen:
            sums += [amount(row.paid) if row.paid else "", amount(row.balance) if row.balance is not None else ""]
        lines.append((number, due, *([_short(row.paid_on)] if seen else []), *sums))
    head = ("no.", "due", *(["paid on"] if seen else []), "£", *(["paid £", "open £"] if seen else []))
    yield from table(head, lines, width, texts=3 if seen else 2)


def _too_much(rows: Iterable[PaymentRow], width: int) -> Iterator[str]:
    """What was paid beyond all instalments."""
    found = [row for row in rows if row.overpaid]
    if found:
        yield from rule_off("Paid beyond what is due", width)
        lines = [(row.instalment.payer, _short(row.paid_on), row.reference, amount(row.paid or 0)) for row in found]
        yield from table(("partner", "paid on", "reference", "£"), lines, width, texts=3)


def _not_due(
    rules: Ruleset, rows: Iterable[PaymentRow], in_kind: Iterable[ContributionRule], width: int
) -> Iterator[str]:
    """The contributions of which nothing is due, each with the reason."""
    lines = []
    for row in rows:
        one = row.instalment
        if one.moves not in (Moves.DUE, Moves.BETWEEN):
            partner = one.payee if one.moves is Moves.HOST and one.payer != one.payee else one.payer
            why = f"due only {one.why}" if one.why else one.moves.value
            about = f"{one.source}, {why}" if one.source else why
            lines.append((partner, about, clause_of(rules, one.rule), amount(one.pence)))
    for line in in_kind:
        about = f"{line.source or 'in kind'}, in kind: no money"
        lines.append((line.partner, about, clause_of(rules, line.id), amount(line.pence)))
    if lines:
        yield from rule_off("Contributions of which no payment is due", width)
        yield from table(("partner", "", "clause", "£"), lines, width, texts=3)


# ---- between partners, and after the day -----------------------------------------------------------------


def _between(rules: Ruleset, schedule: PaymentSchedule, width: int) -> Iterator[str]:
    """What partners pay each other beside their contributions, and what that comes to for each pair."""
    rows = [row.instalment for row in schedule.rows if row.instalment.moves is Moves.BETWEEN]
    if not rows:
        return
    yield from rule_off("Between partners, beside their contributions", width)
    lines = [(f"{one.payer} to {one.payee}", one.source, clause_of(rules, one.rule), amount(one.pence)) for one in rows]
    for net in schedule.between:
        words = f"{net.payer} to {net.payee}" if net.pence else f"{net.payer} and {net.payee}"
        lines.append((words, "on balance", "", amount(net.pence)))
    yield from table(("", "for", "clause", "£"), lines, width, texts=3)


def _after(schedule: PaymentSchedule, width: int) -> Iterator[str]:
    """The payments made after the day that is looked from."""
    if schedule.after:
        yield from rule_off(f"Paid after {_day(schedule.as_at)}, and not counted", width)
        lines = [(one.payer, one.fund, _short(one.day), one.reference, amount(one.pence)) for one in schedule.after]
        yield from table(("partner", "fund", "paid on", "reference", "£"), lines, width, texts=4)
