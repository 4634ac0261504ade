"""Payments: what each partner has to pay in a year, what it has paid, what is late and what that costs.

`payments(rules, year, made, as_at)` is pure: no clock is read, so without a day to look from nothing that is
still to be paid is late. A payment goes to the instalment it names, else to the oldest that is open; what is paid
beyond all of them is shown as paid too much, and never dropped.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from msgspec import Struct

from poolrules.base.near import did_you_mean
from poolrules.engine.inputs import InputFault
from poolrules.engine.instalments import Instalment, Moves
from poolrules.engine.revised import Earlier, planned_under
from poolrules.ruleset.ruleset import ContributionRule, FundRules, InterestRule, Ruleset, YearFigures

_NEVER: Final = "9999-12-31"
"""Sorts what has no day after every day."""

_STAYS: Final = (Moves.HOST, Moves.RETAINED, Moves.NOT_POOLED)
"""Contributions whose money never moves, so that nobody can have paid them."""


class PaymentMade(Struct, frozen=True):
    """A sum that a partner paid into a fund on a day (ISO), in whole pence above nought.

    `instalment` and `source` name the instalment it is for, where they are given. `place` is where the row stands.
    """

    day: str
    payer: str
    fund: str
    pence: int
    reference: str = ""
    instalment: int | None = None
    source: str | None = None
    place: str = ""


class PaymentRow(Struct, frozen=True):
    """A row of the payment schedule: an instalment, or what was paid towards one, or a part of it that is open.

    `amount` is the whole instalment in its first row and nothing in the rows that follow it; `balance` is what is
    still open in its last row and nothing before. So each column adds up. `days_late` counts from the due day.
    A row without a number may be what was paid too much: its balance is below nought.
    """

    instalment: Instalment
    amount: int | None
    balance: int | None
    paid_on: str = ""
    paid: int | None = None
    reference: str = ""
    days_late: int | None = None
    interest: int = 0
    interest_rule: str = ""
    overpaid: bool = False


class PartnerTotal(Struct, frozen=True):
    """What one partner has to pay into a fund in a year, what of it has fallen due, what it paid, and what is open.

    `open` is below nought where more was paid than all instalments; `interest` is what its late payments bear.
    """

    fund: str
    partner: str
    to_pay: int
    fallen_due: int | None
    paid: int
    open: int
    interest: int


class NetBetween(Struct, frozen=True):
    """What one partner pays another on balance for what the two pay each other beside their contributions."""

    payer: str
    payee: str
    pence: int
    rules: tuple[str, ...]


class PaymentSchedule(Struct, frozen=True):
    """Everything that is to be paid for a year, and what was paid; `as_at` is ISO, or empty where no day is given."""

    title: str
    year: str
    as_at: str
    rows: tuple[PaymentRow, ...]
    totals: tuple[PartnerTotal, ...]
    between: tuple[NetBetween, ...]
    in_kind: tuple[tuple[str, ContributionRule], ...]
    """By fund, the contributions that are no money."""
    unset: tuple[tuple[str, str], ...]
    """Fund and partner whose contributions are still to be set."""
    after: tuple[PaymentMade, ...]
    """Payments made after the day that is looked from: not counted."""
    counted: int
    """How many payments were counted."""


def payments(
    rules: Ruleset,
    year: str,
    made: Sequence[PaymentMade] = (),
    as_at: str = "",
    earlier: Sequence[Earlier] = (),
) -> PaymentSchedule | tuple[InputFault, ...]:
    """Work out the payments of a year, or list everything that stands in the way.

    `earlier` are the rules before each deed of variation that takes effect within the year, oldest first.
    """
    funds = {fund.name: (fund, figures) for fund in rules.funds for figures in fund.years if figures.year == year}
    if not funds:
        known = ", ".join(sorted({figures.year for fund in rules.funds for figures in fund.years}))
        return (InputFault(f"the agreement has no figures for {year}", f"it has figures for {known}" if known else ""),)
    plans = {name: planned_under(rules, fund, figures, earlier) for name, (fund, figures) in funds.items()}
    days = dict.fromkeys(no_day for plan in plans.values() for no_day in plan.no_days)
    faults = [
        *(InputFault(no_day.why, no_day.help) for no_day in days),
        *(fault for one in made for fault in _faults(rules, year, funds, one)),
    ]
    if days:  # no instalment can be named before its day is known
        return tuple(faults)
    faults += [fault for one in made for fault in _names_none(plans[one.fund].instalments, one)] if not faults else []
    if faults:
        return tuple(faults)
    counted = [one for one in made if not as_at or one.day <= as_at]
    rows = [
        row
        for name, (fund, figures) in funds.items()
        for row in _fund_rows(
            fund, figures, plans[name].instalments, [one for one in counted if one.fund == name], as_at
        )
    ]
    return PaymentSchedule(
        title=rules.title,
        year=year,
        as_at=as_at,
        rows=tuple(rows),
        totals=tuple(total for name, (fund, _) in funds.items() for total in _totals(fund, rows, as_at)),
        between=tuple(_between([figures for _, figures in funds.values()])),
        in_kind=tuple((name, line) for name, plan in plans.items() for line in plan.in_kind),
        unset=tuple((name, partner) for name, (_, figures) in funds.items() for partner in figures.unset),
        after=tuple(one for one in made if as_at and one.day > as_at),
        counted=len(counted),
    )


# ---- what is wrong with payments made -----------------------------------------------------------------

_Funds = dict[str, tuple[FundRules, YearFigures]]


def _faults(rules: Ruleset, year: str, funds: _Funds, one: PaymentMade) -> Iterator[InputFault]:
    """Report a payment by nobody, into nothing, or that moves no money."""
    partners = [partner.name for partner in rules.partners]
    if one.payer not in partners:
        yield InputFault(f"there is no partner `{one.payer}`", did_you_mean(one.payer, partners), one.place)
    if one.fund not in {fund.name for fund in rules.funds}:
        known = [fund.name for fund in rules.funds]
        yield InputFault(f"there is no fund `{one.fund}`", did_you_mean(one.fund, known), one.place)
        return
    if one.fund not in funds:
        message = f"the fund `{one.fund}` has no figures for {year}"
        yield InputFault(message, "give its contributions for that year in the agreement", one.place)
        return
    fund = funds[one.fund][0]
    if one.payer in partners and one.payer not in fund.partners:
        message = f"`{one.payer}` is no partner of the fund `{one.fund}`"
        yield InputFault(message, f"its partners are {', '.join(fund.partners)}", one.place)


def _names_none(instalments: Iterable[Instalment], one: PaymentMade) -> Iterator[InputFault]:
    """Report a payment by the host, into a notional pool, or for an instalment that there is not."""
    own = [each for each in instalments if each.payer == one.payer]
    to_pay = [each for each in own if each.moves is Moves.DUE]
    if own and all(each.moves in _STAYS for each in own):
        help = "delete the row: it is no payment under this agreement"
        yield InputFault(f"`{one.payer}` pays nothing into `{one.fund}`: {own[0].moves.value}", help, one.place)
        return
    if one.source is not None and one.source not in {each.source for each in to_pay}:
        sources = list(dict.fromkeys(each.source for each in to_pay if each.source))
        message = f"`{one.payer}` pays nothing into `{one.fund}` from `{one.source}`"
        yield InputFault(message, did_you_mean(one.source, sources), one.place)
        return
    fits = [each for each in to_pay if one.source in (None, each.source)]
    if one.instalment is not None and one.instalment not in {each.number for each in fits}:
        most = max((each.number or 0 for each in fits), default=0)
        help = f"its instalments are numbered from 1 to {most}" if most else "leave the number out"
        yield InputFault(f"`{one.payer}` has no instalment {one.instalment} for `{one.fund}`", help, one.place)


# ---- what was paid towards what -----------------------------------------------------------------------


class _Open:
    """An instalment while payments are matched to it: what is still open of it, and what was paid towards it."""

    def __init__(self, instalment: Instalment) -> None:
        self.instalment = instalment
        self.left = instalment.pence
        self.paid: list[tuple[PaymentMade, int]] = []

    def take(self, one: PaymentMade, pence: int) -> int:
        """Put as much of a payment towards it as is open, and give what is left of the payment."""
        taken = min(pence, self.left)
        if taken:
            self.paid.append((one, taken))
            self.left -= taken
        return pence - taken


def _fund_rows(
    fund: FundRules,
    figures: YearFigures,
    instalments: Iterable[Instalment],
    made: Sequence[PaymentMade],
    as_at: str,
) -> Iterator[PaymentRow]:
    """The rows of one fund: its instalments, what was paid too much, what partners pay each other."""
    opened = [_Open(one) for one in instalments]
    excess = [(one, left) for one in sorted(made, key=lambda one: one.day) if (left := _match(opened, one))]
    for one in opened:
        yield from _instalment_rows(one, fund.interest, as_at)
    for payment, pence in excess:
        none = Instalment(fund.name, payment.payer, fund.host, "", 0, fund.id, Moves.DUE)
        yield PaymentRow(none, None, -pence, payment.day, pence, payment.reference, overpaid=True)
    for rule in figures.payments:
        between = Instalment(
            fund.name, rule.payer, rule.payee, rule.purpose, rule.pence, rule.id, Moves.BETWEEN, number=1
        )
        yield PaymentRow(between, rule.pence, rule.pence)


def _match(opened: Sequence[_Open], one: PaymentMade) -> int:
    """Put a payment towards the instalments it names, then towards the oldest open ones; gives what is left."""
    own = [each for each in opened if each.instalment.payer == one.payer and each.instalment.moves is Moves.DUE]
    oldest = sorted(own, key=lambda each: each.instalment.due or _NEVER)
    named = [each for each in oldest if _names(one, each.instalment)]
    left = one.pence
    for each in (*named, *oldest):
        left = each.take(one, left)
    return left


def _names(one: PaymentMade, instalment: Instalment) -> bool:
    """Whether a payment names an instalment by its number, its source or both."""
    if one.instalment is None and one.source is None:
        return False
    return one.instalment in (None, instalment.number) and one.source in (None, instalment.source)


def _instalment_rows(one: _Open, interest: InterestRule | None, as_at: str) -> Iterator[PaymentRow]:
    """The rows of one instalment: each payment towards it, and what is open of it."""
    instalment = one.instalment
    amount: int | None = instalment.pence
    for place, (payment, pence) in enumerate(one.paid, 1):
        late = _days_late(instalment.due, payment.day)
        yield PaymentRow(
            instalment,
            amount,
            0 if place == len(one.paid) and not one.left else None,
            payment.day,
            pence,
            payment.reference,
            late,
            interest_on(pence, late, interest),
            interest.id if interest and late else "",
        )
        amount = None
    if one.paid and not one.left:
        return
    due = instalment.moves is Moves.DUE
    late = _days_late(instalment.due, as_at) if as_at and due else None
    yield PaymentRow(
        instalment,
        amount,
        one.left if due else None,
        days_late=late,
        interest=interest_on(one.left, late, interest),
        interest_rule=interest.id if interest and late else "",
    )


def _days_late(due: str, day: str) -> int | None:
    """How many days after its due day something is paid; nothing where it is not late, or has no due day."""
    if not due or day <= due:
        return None
    return (datetime.date.fromisoformat(day) - datetime.date.fromisoformat(due)).days


def interest_on(pence: int, days: int | None, interest: InterestRule | None) -> int:
    """The simple interest on a sum that is so many days late, by days of 365, half a penny upwards.

    >>> interest_on(100_000_00, 73, InterestRule("", 1, 25))
    80000
    """
    if not days or interest is None:
        return 0
    year = interest.denominator * 365
    return (2 * pence * interest.numerator * days + year) // (2 * year)


# ---- totals ------------------------------------------------------------------------------------------


def _totals(fund: FundRules, rows: Sequence[PaymentRow], as_at: str) -> Iterator[PartnerTotal]:
    """What comes together for each partner that has something to pay into a fund, or paid something."""
    own = [row for row in rows if row.instalment.fund == fund.name and row.instalment.moves is Moves.DUE]
    for partner in dict.fromkeys(row.instalment.payer for row in own):
        mine = [row for row in own if row.instalment.payer == partner]
        fallen = [row for row in mine if row.instalment.due and row.instalment.due <= as_at]
        yield PartnerTotal(
            fund=fund.name,
            partner=partner,
            to_pay=sum(row.amount or 0 for row in mine),
            fallen_due=sum(row.amount or 0 for row in fallen) if as_at else None,
            paid=sum(row.paid or 0 for row in mine),
            open=sum(row.balance or 0 for row in mine),
            interest=sum(row.interest for row in mine),
        )


def _between(years: Sequence[YearFigures]) -> Iterator[NetBetween]:
    """What each pair of partners pay each other on balance, beside their contributions."""
    rules = [rule for figures in years for rule in figures.payments]
    names = list(dict.fromkeys(name for rule in rules for name in (rule.payer, rule.payee)))
    for one, other in combinations(names, 2):
        both = [rule for rule in rules if {rule.payer, rule.payee} == {one, other}]
        if both:
            net = sum(rule.pence if rule.payer == one else -rule.pence for rule in both)
            payer, payee = (one, other) if net >= 0 else (other, one)
            yield NetBetween(payer, payee, abs(net), tuple(rule.id for rule in both))
