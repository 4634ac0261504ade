"""Compiling the money of a fund: contributions, budgets and payments between partners, year after year.

Each year follows from the one before where it is rolled forward. A figure that the agreement does not fix (still
to be set, an index without a value, last year's recurrent variances) is never guessed: the partner is named as
`unset` for the year, and so are the later years that follow from it.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.dates import FinancialYear
from poolrules.base.pennies import share_by_name
from poolrules.base.shares import format_percent
from poolrules.model import agreement as model
from poolrules.ruleset import ruleset as rules
from poolrules.ruleset.places import Places
from poolrules.source.span import Span

Block = TypeVar("Block", model.ContributionYear, model.BudgetYear, model.PaymentYear, model.KeyYear)

Weigh = Callable[[model.Fund, model.Sharing, FinancialYear], rules.Weights | rules.Silent]
"""Gives the weights of a sharing for a year, or says why it has none."""


_RECURS = "waits for what recurs of the overspends and underspends of the year before"
_ONCE_SET = "state the sum, in the agreement or in a deed of variation, once it is set"
_ONCE_CLOSED = (
    "once that year has closed, give the year a block of its own with the sum that recurs:"
    ' `ICB plus £10,000, recurrent change "…"`, and `plus £0` where nothing does'
)
_NO_WEIGHTS = "give the key its values for the year, or share the sum by percentages: nobody can pay before it is known"
_SCHEMES = "all schemes"
_PAYMENTS = "all payments"
_FOLLOWS = "follows from that of the year before, which is not fixed"
_INDEX = "give the index its value for the year once it is published"


class Awaited(Struct, frozen=True):
    """A figure that the agreement does not fix: for whom, why, and where it says so."""

    year: FinancialYear
    who: str
    """A partner, or `all schemes` or `all payments`, where these are last year's."""
    why: str
    span: Span
    mend: str
    """What says it once it is known; nothing where it follows from another figure, or from a fault told elsewhere."""


# ---- which block, and how far raised -----------------------------------------------------------------


def years_with_figures(agreement: model.Agreement, fund: model.Fund) -> tuple[FinancialYear, ...]:
    """The years of the term, or where no term is said the years written in the fund."""
    blocks: tuple[model.ContributionYear | model.BudgetYear | model.PaymentYear, ...]
    blocks = (*fund.contributions, *fund.budgets, *fund.payments)
    written = {FinancialYear(start) for block in blocks for start in range(block.year.start, block.last.start + 1)}
    written |= {shift.reversed_in for block in fund.contributions for shift in block.shifts if shift.reversed_in}
    return agreement.years or tuple(sorted(written))


def in_force(blocks: tuple[Block, ...], year: FinancialYear) -> Block | None:
    """The block for a year: its own, else the latest earlier one that goes on."""
    found: Block | None = None
    for block in blocks:
        if not block.onwards and block.year <= year <= block.last:
            return block
        if block.onwards and block.year <= year and (found is None or block.year > found.year):
            found = block
    return found


def raised(pence: int, share: Fraction) -> int:
    """An amount raised by a part of itself, to the nearest penny, half a penny upwards.

    >>> raised(150, Fraction(1, 100)), raised(-150, Fraction(1, 100))
    (152, -151)
    """
    return (pence * (1 + share) + Fraction(1, 2)).__floor__()


class _Rise(Struct, frozen=True):
    """By how much something is raised in a year, and how that is said; without words, not at all."""

    share: Fraction = Fraction(0)
    words: str | None = None

    def of(self, pence: int) -> int:
        """A sum raised so."""
        return raised(pence, self.share)


def _rise(agreement: model.Agreement, uplift: model.Uplift | None, year: FinancialYear) -> _Rise | str:
    """By how much something is raised in a year, or in words what is not known of it."""
    if uplift is None:
        return _Rise()
    if uplift.percent:
        return _Rise(uplift.percent.share, format_percent(uplift.percent.share))
    share = index_value(agreement, str(uplift.index), year)
    if share is None:
        return f"the value of `{uplift.index}` for {year}"
    return _Rise(share, f"{uplift.index}, {format_percent(share)}")


def index_value(agreement: model.Agreement, name: str, year: FinancialYear) -> Fraction | None:
    """The value of an index for a year, as a part of one; nothing where it has none yet."""
    rates = (rate for index in agreement.indices if index.name.text == name for rate in index.rates)
    return next((rate.percent.share for rate in rates if rate.year == year), None)


# ---- part of a year -----------------------------------------------------------------------------------


class _Stretch(Struct, frozen=True):
    """The part of one financial year that a contribution is for; both days inclusive."""

    first: datetime.date
    last: datetime.date
    year: FinancialYear

    @property
    def whole(self) -> bool:
        """Whether it is all of the year."""
        return (self.first, self.last) == (self.year.first_day, self.year.last_day)

    def of(self, pence: int, *, by_months: bool) -> int:
        """What a year's sum comes to, to the nearest penny, half a penny upwards.

        By days it is of the 365 or 366 that the financial year has, by months of 12.
        """
        if by_months:
            count, of = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1, 12
        else:
            count, of = _days(self.first, self.last), _days(self.year.first_day, self.year.last_day)
        return (2 * pence * count + of) // (2 * of)


def _days(first: datetime.date, last: datetime.date) -> int:
    """The days of a period, both inclusive."""
    return (last - first).days + 1


def _stretch(part: model.PartOfAYear | None, year: FinancialYear) -> _Stretch | None:
    """The part of a year that a contribution is for, or nothing where no day of it falls into that year."""
    first = part.first.date if part and part.first else year.first_day
    last = part.last.date if part and part.last else year.last_day
    stretch = _Stretch(max(first, year.first_day), min(last, year.last_day), year)
    return stretch if stretch.first <= stretch.last else None


# ---- the figures of a fund ------------------------------------------------------------------------------


def figures_of(
    agreement: model.Agreement, fund: model.Fund, places: Places, weigh: Weigh
) -> tuple[rules.YearFigures, ...]:
    """Work out contributions, budgets and payments for every year that the agreement gives figures for."""
    money = _Money(agreement, fund, places, weigh)
    return tuple(figures for year in years_with_figures(agreement, fund) if (figures := money.next_year(year)))


def awaited_of(agreement: model.Agreement, fund: model.Fund, weigh: Weigh) -> tuple[Awaited, ...]:
    """List the figures of a fund that the agreement does not fix, in the order of the years."""
    money = _Money(agreement, fund, Places(), weigh)
    for year in years_with_figures(agreement, fund):
        money.next_year(year)
    return tuple(money.awaited)


class _Line(Struct, frozen=True):
    """A contribution before it has its number, where it is written, and whether the next year may go on from it."""

    rule: rules.ContributionRule
    span: Span
    goes_on: bool = True


class _Money:
    """Works out the money of one fund, one year after the other; what a year leaves is where the next begins."""

    def __init__(self, agreement: model.Agreement, fund: model.Fund, places: Places, weigh: Weigh) -> None:
        self.agreement = agreement
        self.fund = fund
        self.places = places
        self.weigh = weigh
        self.awaited: list[Awaited] = []
        self.lines: tuple[_Line, ...] = ()
        self.unknown: frozenset[str] = frozenset()
        """For whom the year before has figures that are not fixed."""
        self.budgets: tuple[rules.BudgetRule, ...] = ()
        self.payments: tuple[rules.PaymentRule, ...] = ()

    def next_year(self, year: FinancialYear) -> rules.YearFigures | None:
        """The figures of a year, which follows the one asked for before; nothing where there are none."""
        known = len(self.awaited)
        self.lines = tuple(self._contributions(year))
        self.budgets = tuple(self._budgets(year))
        self.payments = tuple(self._payments(year))
        self.unknown = frozenset(one.who for one in self.awaited[known:])
        contributions = tuple(self._numbered(year))
        if not (contributions or self.unknown or self.budgets or self.payments or self.fund.gains):
            return None
        unset = tuple(name for name in self.fund.partners if name in self.unknown)
        return rules.YearFigures(str(year), contributions, self.budgets, self.payments, unset)

    def _await(self, year: FinancialYear, who: str, why: str, span: Span, mend: str = "") -> None:
        """Note a figure that is not fixed."""
        self.awaited.append(Awaited(year, who, why, span, mend))

    # ---- contributions ----

    def _numbered(self, year: FinancialYear) -> Iterator[rules.ContributionRule]:
        """The contributions of a year with the ids that they go by."""
        for number, line in enumerate(self.lines, 1):
            found = f"{self.fund.name}.contributions.{year}.{number}"
            self.places.note(found, line.span)
            yield replace(line.rule, id=found)

    def _contributions(self, year: FinancialYear) -> Iterator[_Line]:
        """The contributions of one year: those written for it, those rolled forward, changes, and shifts."""
        block = in_force(self.fund.contributions, year)
        if block:
            for line in block.amounts:
                yield from _written(line, year)
            for total in block.totals:
                yield from self._shared(total, year)
            for rolled in block.rolled:
                yield from self._rolled(block, rolled, year)
            for change in block.changes:
                yield from self._changed(change, year)
            for awaited in block.awaited:
                for partner in awaited.partners:
                    self._await(year, partner.text, "is still to be set", awaited.span, _ONCE_SET)
        for other in self.fund.contributions:
            for shift in other.shifts:
                yield from _shifted(shift, other.year, year)

    def _shared(self, total: model.TotalContribution, year: FinancialYear) -> Iterator[_Line]:
        """One line for each partner with a share of a total, which the lines make up to the penny."""
        weights = self.weigh(self.fund, total.sharing, year)
        if isinstance(weights, rules.Silent):
            named = [partner.text for partner in model.partners_in(total.sharing)] or self.fund.partners
            mend = "" if isinstance(total.sharing, model.Shares) else _NO_WEIGHTS  # a check tells of bad shares
            for partner in dict.fromkeys(named):
                self._await(year, partner, f"cannot be shared out: {weights.gap}", total.span, mend)
            return
        positive = {part.partner: part.weight for part in weights.parts if part.weight}
        host = self.fund.host.text if self.fund.host else None
        odd_to = self.fund.odd_pennies.text if self.fund.odd_pennies else None
        parts = share_by_name(total.amount.pence, positive, host, odd_to)
        for partner in positive:
            yield _Line(_rule(partner, parts[partner], total.marks, source=total.source), total.span)

    def _rolled(
        self, block: model.ContributionYear, rolled: model.RolledContributions, year: FinancialYear
    ) -> Iterator[_Line]:
        """Last year's lines of some partners, raised; a partner of whom something is not known has none."""
        rise = _rise(self.agreement, rolled.uplift, year)
        for partner in rolled.partners:
            if partner.text in self.unknown:
                self._await(year, partner.text, _FOLLOWS, rolled.span)
            elif isinstance(rise, str):
                self._await(year, partner.text, f"waits for {rise}", rolled.span, _INDEX)
            elif rolled.recurrent_variances and not _says_what_recurs(block, partner.text):
                self._await(year, partner.text, _RECURS, rolled.span, _ONCE_CLOSED)
            else:
                for old in _bases(self.lines, partner.text, recurrent_only=rolled.recurrent_only):
                    yield _Line(_risen(old, rise), rolled.span)

    def _changed(self, change: model.ContributionChange, year: FinancialYear) -> Iterator[_Line]:
        """A change as a line of its own; a sum at last year's prices is raised first."""
        rise = _rise(self.agreement, change.uplift, year)
        if isinstance(rise, str):
            self._await(year, change.partner.text, f"waits for {rise}", change.span, _INDEX)
            return
        pence = -change.amount.pence if change.less else change.amount.pence
        rule = _rule(change.partner.text, pence, change.marks, source=change.why)
        rule = replace(rule, change=rules.Change(change.kind.value))
        yield _Line(_risen(rule, rise) if rise.words else rule, change.span)

    # ---- budgets and payments ----

    def _budgets(self, year: FinancialYear) -> Iterator[rules.BudgetRule]:
        """The budget of one year: what is written for a scheme, else last year's, raised, where the block says so."""
        block = in_force(self.fund.budgets, year)
        if block is None:
            return
        written = {line.scheme.text for line in block.lines}
        for line in block.lines:
            yield self._budget(year, line.scheme.text, line.amount.pence, line.amount.span)
        rise = _rise(self.agreement, block.rolled.uplift if block.rolled else None, year)
        if block.rolled and _SCHEMES in self.unknown:
            self._await(year, _SCHEMES, _FOLLOWS, block.rolled.span)
        elif block.rolled and isinstance(rise, str):
            self._await(year, _SCHEMES, f"waits for {rise}", block.rolled.span, _INDEX)
        elif block.rolled and isinstance(rise, _Rise):
            for old in self.budgets:
                if old.scheme not in written:
                    yield self._budget(year, old.scheme, rise.of(old.pence), block.rolled.span)

    def _budget(self, year: FinancialYear, scheme: str, pence: int, span: Span) -> rules.BudgetRule:
        """The budget of one scheme."""
        found = f"{self.fund.name}.budget.{year}.{scheme}"
        self.places.note(found, span)
        return rules.BudgetRule(found, scheme, pence)

    def _payments(self, year: FinancialYear) -> Iterator[rules.PaymentRule]:
        """What partners pay one another in a year: what is carried on, then what is written.

        What is written takes the place of last year's between the same partners for the same purpose.
        """
        block = in_force(self.fund.payments, year)
        if block is None:
            return
        paid = [
            (line.payer.text, line.payee.text, line.amount.pence, line.purpose.text, line.span) for line in block.lines
        ]
        written = {(payer, payee, purpose) for payer, payee, _, purpose, _ in paid}
        rise = _rise(self.agreement, block.rolled.uplift if block.rolled else None, year)
        if block.rolled and _PAYMENTS in self.unknown:
            self._await(year, _PAYMENTS, _FOLLOWS, block.rolled.span)
        elif block.rolled and isinstance(rise, str):
            self._await(year, _PAYMENTS, f"waits for {rise}", block.rolled.span, _INDEX)
        elif block.rolled and isinstance(rise, _Rise):
            kept = [old for old in self.payments if (old.payer, old.payee, old.purpose) not in written]
            span = block.rolled.span
            paid = [(old.payer, old.payee, rise.of(old.pence), old.purpose, span) for old in kept] + paid
        for number, (payer, payee, pence, purpose, place) in enumerate(paid, 1):
            found = f"{self.fund.name}.payments.{year}.{number}"
            self.places.note(found, place)
            yield rules.PaymentRule(found, payer, payee, pence, purpose)


# ---- lines ---------------------------------------------------------------------------------------------


def _rule(partner: str, pence: int, marks: model.Marks, *, source: model.Text | None) -> rules.ContributionRule:
    """A contribution without its number."""
    return rules.ContributionRule(
        id="",
        partner=partner,
        pence=pence,
        source=source.text if source else None,
        capital=marks.capital,
        recurrent=marks.recurrent,
        scheme=marks.only_for.text if marks.only_for else None,
        condition=rules.Condition(marks.given.fact.text, marks.given.holds) if marks.given else None,
        indicative=marks.indicative,
    )


def _written(line: model.Contribution, year: FinancialYear) -> Iterator[_Line]:
    """A written contribution, or the part of it that falls into a year."""
    stretch = _stretch(line.part, year)
    if stretch is None:
        return
    rule = _rule(line.partner.text, line.amount.pence, line.marks, source=line.source or line.in_kind)
    if line.charged:
        rule = replace(rule, charges=line.charged.amount.pence, gross=line.charged.gross)
    if line.part and not stretch.whole:
        part = stretch.of(line.amount.pence, by_months=line.part.by_months)
        days = (stretch.first.isoformat(), stretch.last.isoformat())
        rule = replace(rule, pence=part, a_year=line.amount.pence, first_day=days[0], last_day=days[1])
    ends = line.part is not None and line.part.last is not None and line.part.last.date <= year.last_day
    yield _Line(replace(rule, in_kind=line.in_kind is not None), line.span, goes_on=not ends)


def _shifted(shift: model.Shift, made_in: FinancialYear, year: FinancialYear) -> Iterator[_Line]:
    """The two lines of a shift in the year in which it is made, and the two that reverse it."""
    if year not in (made_in, shift.reversed_in):
        return
    less, more = (shift.less, shift.more) if year == made_in else (shift.more, shift.less)
    for partner, pence in ((less, -shift.amount.pence), (more, shift.amount.pence)):
        rule = replace(_rule(partner.text, pence, model.Marks(), source=None), change=rules.Change.SHIFT)
        yield _Line(rule, shift.span, goes_on=False)


def _says_what_recurs(block: model.ContributionYear, partner: str) -> bool:
    """Whether a block of one year says what recurs of a partner's last year: a sum, which may be nil."""
    return any(line.partner.text == partner and line.kind is model.ChangeKind.RECURRENT for line in block.changes)


def _bases(lines: Iterable[_Line], partner: str, *, recurrent_only: bool) -> tuple[rules.ContributionRule, ...]:
    """What one partner's contributions of the next year go on from.

    A part of a year counts as the whole, and what ended not at all. A change joins the first line of its own
    kind; one that finds none goes on as a line of its own, or as a change where it takes money away.
    """
    old = [line.rule for line in lines if line.goes_on and line.rule.partner == partner]
    old = [rule for rule in old if rule.recurrent or not recurrent_only]
    bases = [
        replace(rule, pence=_a_year(rule), a_year=None, first_day=None, last_day=None)
        for rule in old
        if rule.change is None
    ]
    for change in (rule for rule in old if rule.change is not None):
        place = next((at for at, base in enumerate(bases) if _kind(base) == _kind(change)), None)
        if place is None:
            bases.append(replace(change, change=None if change.pence >= 0 else change.change))
        else:
            bases[place] = replace(bases[place], pence=bases[place].pence + change.pence)
    return tuple(bases)


def _a_year(rule: rules.ContributionRule) -> int:
    """What a contribution comes to in a whole year."""
    return rule.pence if rule.a_year is None else rule.a_year


def _kind(rule: rules.ContributionRule) -> tuple[object, ...]:
    """What two contributions of a partner must have in common to be one sum."""
    return (rule.in_kind, rule.capital, rule.recurrent, rule.scheme, rule.condition, rule.indicative)


def _risen(old: rules.ContributionRule, rise: _Rise) -> rules.ContributionRule:
    """A contribution raised, its charges alike, with the sum it is raised from."""
    return replace(old, pence=rise.of(old.pence), charges=rise.of(old.charges), last_year=old.pence, uplift=rise.words)
