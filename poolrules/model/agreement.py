"""What the parties mean: the agreement as frozen, exact records, each with the place it was written.

Nothing here is judged: a record may lack what the law asks for, and the checks say so. Names have been
resolved (a partner named in a step exists), amounts are whole pence, shares exact fractions, and
days inclusive.
"""

import datetime
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from poolrules.base.dates import FinancialYear, Length, years_between
from poolrules.base.mode import Mode
from poolrules.model.law import Basis, BodyKind
from poolrules.source.span import Span


class Text(Struct, frozen=True):
    """Words or a name as they were written."""

    text: str
    span: Span

    def __str__(self) -> str:
        return self.text


class Amount(Struct, frozen=True):
    """A sum in whole pence."""

    pence: int
    span: Span


class Day(Struct, frozen=True):
    """A calendar day, inclusive wherever it bounds a period."""

    date: datetime.date
    span: Span


class Time(Struct, frozen=True):
    """A length of time."""

    length: Length
    span: Span


class Percent(Struct, frozen=True):
    """A share of one, as an exact fraction."""

    share: Fraction
    span: Span


class Remarks(Struct, frozen=True):
    """Where the facts of a block come from, and what had to be assumed because no source gives it."""

    sources: tuple[Text, ...] = ()
    assumed: tuple[Text, ...] = ()


# ---- the agreement ---------------------------------------------------------------------------


class Term(Struct, frozen=True):
    """From its first to its last day, both inclusive, and how long it may be extended by agreement."""

    first: Day
    last: Day
    extendable_by: Time | None
    span: Span


class AimedOutcome(Struct, frozen=True):
    """An agreed outcome and how it is measured."""

    text: Text
    measured_by: Text | None
    remarks: Remarks


class Consultation(Struct, frozen=True):
    """When those affected were consulted, and the minute that records it."""

    on: Day
    minute: Text
    span: Span


class Function(Struct, frozen=True):
    """A statutory function a partner brings, and the enactment it stands in."""

    text: Text
    under: Text | None


class Signatory(Struct, frozen=True):
    """Who signs for a partner, and on whose authority."""

    post: Text
    authority: Text | None
    span: Span


class Partner(Struct, frozen=True):
    """A body that is party to the agreement."""

    name: Text
    title: Text
    kind: BodyKind | None
    kind_said: Text | None
    functions: tuple[Function, ...]
    provides: tuple[Text, ...]
    provides_nothing: bool
    signs: Signatory | None
    consent: Text | None
    remarks: Remarks
    span: Span


# ---- funds ---------------------------------------------------------------------------------------


class Manager(Struct, frozen=True):
    """The pooled fund manager: a post, and whose officer holds it (SI 2000/617 reg 7(4))."""

    post: Text
    officer_of: Text
    span: Span


class Report(Struct, frozen=True):
    """The pooled fund manager's regular report: how often, how soon after the period, and to whom."""

    how_often: Text
    months: int
    """The interval in whole months, rounded up; what the law's "quarterly" is compared with."""
    within: Time | None
    to: Text | None
    span: Span


class Vat(Struct, frozen=True):
    """Whose VAT rules govern recovery, and who delivers the services."""

    regime: Text
    delivered_by: Text | None
    span: Span


class Scheme(Struct, frozen=True):
    """A scheme of a fund; `bearer` is the partner at risk, or the lead of an aligned scheme, where one is said."""

    name: Text
    title: Text
    mode: Mode
    bearer: Text | None
    capital: bool
    remarks: Remarks
    span: Span

    @property
    def pooled(self) -> bool:
        """Whether its budget is paid from the fund's money."""
        return self.mode.pooled


class Contribution(Struct, frozen=True):
    """What one partner puts in; `in_kind` says what is provided when it is not money; nil is said, not left out."""

    partner: Text
    amount: Amount
    source: Text | None
    in_kind: Text | None
    capital: bool
    recurrent: bool
    only_for: Text | None
    span: Span


class RolledContributions(Struct, frozen=True):
    """Last year's contributions of these partners, with or without what was one-off, raised by a percentage."""

    partners: tuple[Text, ...]
    recurrent_only: bool
    uplift: Percent | None
    span: Span


class ContributionYear(Struct, frozen=True):
    """The contributions of one year, or of every year from it on."""

    year: FinancialYear
    onwards: bool
    amounts: tuple[Contribution, ...]
    rolled: tuple[RolledContributions, ...]
    remarks: Remarks
    span: Span


class BudgetLine(Struct, frozen=True):
    """What is set aside for one scheme."""

    scheme: Text
    amount: Amount


class RolledBudget(Struct, frozen=True):
    """Last year's budget of every scheme, raised by a percentage."""

    uplift: Percent | None
    span: Span


class BudgetYear(Struct, frozen=True):
    """The budget of one year, or of every year from it on."""

    year: FinancialYear
    onwards: bool
    lines: tuple[BudgetLine, ...]
    rolled: RolledBudget | None
    remarks: Remarks
    span: Span


class VariationOfContributions(Struct, frozen=True):
    """How contributions may be varied (SI 2000/617 reg 7(3)(b)); `body` is the board that decides, where one does."""

    by: Text
    body: str | None
    under_overspend: bool
    span: Span


class Payment(Struct, frozen=True):
    """How often contributions are paid, whether in advance or in arrears, and on which day."""

    how_often: Text
    when: Text
    on: Text | None
    span: Span


class Reserve(Struct, frozen=True):
    """Money held from year to year, with what it opens with and the bounds it is kept within."""

    name: Text
    title: Text
    opening: Amount
    at_least: Amount | None
    at_most: Amount | None
    span: Span


# ---- waterfalls --------------------------------------------------------------------------------------


class Share(Struct, frozen=True):
    """One partner's stated share: a percentage as a fraction, or a number of parts."""

    partner: Text
    percent: Fraction | None
    parts: int | None
    span: Span


class Shares(Struct, frozen=True):
    """A sharing in stated percentages or parts."""

    shares: tuple[Share, ...]
    span: Span


class Equally(Struct, frozen=True):
    """A sharing in equal parts, between the partners named, else all partners of the fund."""

    partners: tuple[Text, ...]
    span: Span


class Alone(Struct, frozen=True):
    """Everything to one partner."""

    partner: Text
    span: Span


class Base(Enum):
    """Whose contributions a proportion is of."""

    FUND = "the fund"
    SCHEMES = "those schemes"
    ALL_FUNDS = "all funds"


class Proportion(Struct, frozen=True):
    """A sharing in proportion to contributions, with as much as was said of which contributions count."""

    to: Base | None
    in_kind: bool | None
    capital: bool | None
    recurrent_only: bool | None
    moment: str | None
    """`first agreed`, `last varied in writing` or `paid`."""
    span: Span


Sharing: TypeAlias = Shares | Equally | Alone | Proportion


class PartnerCap(Struct, frozen=True):
    """The most one partner pays; without an amount, its own contribution."""

    partner: Text
    amount: Amount | None
    span: Span


class UnderspendsOf(Struct, frozen=True):
    """Uses what other schemes have not spent: those named, in that order."""

    schemes: tuple[str, ...]
    said: str
    """Which schemes, in the agreement's words."""
    span: Span


class FromReserve(Struct, frozen=True):
    """Draws on a reserve."""

    reserve: Text
    span: Span


class IntoReserve(Struct, frozen=True):
    """Adds to a reserve, until it holds a stated sum where one is said."""

    reserve: Text
    until_it_holds: Amount | None
    span: Span


class CarriedForward(Struct, frozen=True):
    """Keeps money for next year, for one scheme where one is named."""

    scheme: Text | None
    span: Span


class ByPartners(Struct, frozen=True):
    """Charges, or returns to, the partners."""

    sharing: Sharing
    caps: tuple[PartnerCap, ...]
    span: Span


class DecidedBy(Struct, frozen=True):
    """Leaves it to a body, or to all partners, with what follows when they do not decide in time."""

    body: Text
    within: Time | None
    failing: Sharing | None
    span: Span


class ToBeAgreed(Struct, frozen=True):
    """Leaves it open, with neither a body nor a default."""

    span: Span


Taker: TypeAlias = UnderspendsOf | FromReserve | IntoReserve | CarriedForward | ByPartners | DecidedBy | ToBeAgreed


class Step(Struct, frozen=True):
    """One step: `at_most` bounds the step, `until` the running total, `caused_by` the spending it may meet."""

    taker: Taker
    at_most: Amount | None
    until: Amount | None
    caused_by: Text | None
    span: Span


class Notify(Struct, frozen=True):
    """When partners must be told of a forecast overspend: how soon, and over what amount or share of the budget."""

    within: Time
    over_amount: Amount | None
    over_share: Percent | None
    span: Span


class Plan(Struct, frozen=True):
    """When a recovery plan is due, and to whom."""

    within: Time
    to: Text | None
    span: Span


class Waterfall(Struct, frozen=True):
    """Ordered steps for an overspend, or for an underspend, of schemes taken together or each on its own."""

    overspend: bool
    schemes: tuple[str, ...]
    separately: bool
    said_of: str
    """The perimeter in the agreement's words."""
    notify: Notify | None
    plan: Plan | None
    steps: tuple[Step, ...]
    remainder: Step | None
    caps: tuple[PartnerCap, ...]
    remarks: Remarks
    span: Span

    @property
    def word(self) -> str:
        """`overspend` or `underspend`."""
        return "overspend" if self.overspend else "underspend"


class Fund(Struct, frozen=True):
    """A pooled fund."""

    name: Text
    title: Text
    partners: tuple[str, ...]
    host: Text | None
    manager: Manager | None
    monitored: Text | None
    report: Report | None
    annual_return: Time | None
    audit: Text | None
    certified: Text | None
    vat: Vat | None
    schemes: tuple[Scheme, ...]
    contributions: tuple[ContributionYear, ...]
    varied: VariationOfContributions | None
    paid: Payment | None
    budgets: tuple[BudgetYear, ...]
    reserves: tuple[Reserve, ...]
    odd_pennies: Text | None
    """The partner that takes them; nothing for the largest remainder."""
    overspends: tuple[Waterfall, ...]
    underspends: tuple[Waterfall, ...]
    remarks: Remarks
    span: Span

    @property
    def waterfalls(self) -> tuple[Waterfall, ...]:
        """Overspends before underspends, each in written order."""
        return self.overspends + self.underspends

    def scheme(self, name: str) -> Scheme:
        """The scheme of that name; raises `KeyError` where the fund has none."""
        for scheme in self.schemes:
            if scheme.name.text == name:
                return scheme
        raise KeyError(name)


# ---- governance, disputes, exit --------------------------------------------------------------------------


class Board(Struct, frozen=True):
    """A body that decides or advises, what it is in law, and how often it meets."""

    name: Text
    title: Text
    form: Text | None
    meets: Text | None
    remarks: Remarks
    span: Span


class DisputeLevel(Struct, frozen=True):
    """One level of escalation and how long it has."""

    who: Text
    within: Time
    span: Span


class Disputes(Struct, frozen=True):
    """How disputes climb, and what ends them."""

    levels: tuple[DisputeLevel, ...]
    finally_by: Text | None
    remarks: Remarks
    span: Span


class Notice(Struct, frozen=True):
    """How long a partner's notice to leave is, its form, and the first day it may be given."""

    length: Time
    in_writing: bool
    not_before: Day | None
    span: Span


class Exit(Struct, frozen=True):
    """What happens when a partner leaves or the agreement ends."""

    notice: Notice | None
    breach: Time | None
    commitments: bool
    commitments_longest: Time | None
    balance: Text | None
    assets: Text | None
    staff: Text | None
    account: Time | None
    remarks: Remarks
    span: Span


# ---- examples and allowances -------------------------------------------------------------------------------


class Supposed(Struct, frozen=True):
    """One supposition of an example: a scheme's spending, a reserve's opening, or a body's decision or silence."""

    name: Text
    spends: Amount | None
    caused_by: Text | None
    opens_at: Amount | None
    decides: Sharing | None
    span: Span


class Expected(Struct, frozen=True):
    """One expectation: who, how much, and what they do.

    That is `pays`, `receives`, `gives` or `holds`, or with nobody named `undecided` or `unallocated`.
    """

    who: Text | None
    outcome: str
    amount: Amount
    to_the_nearest: Amount | None
    span: Span


class Example(Struct, frozen=True):
    """A worked case that every check runs and every draft prints."""

    title: Text
    year: FinancialYear | None
    given: tuple[Supposed, ...]
    rest_on_budget: bool
    expects: tuple[Expected, ...]
    remarks: Remarks
    span: Span


class Allowance(Struct, frozen=True):
    """A finding that the parties accept, why, and who approved it where it is an error."""

    what: Text
    because: Text
    approved_by: Text | None
    span: Span


class Agreement(Struct, frozen=True):
    """An agreement between partners, as one file says it."""

    title: Text
    basis: Basis | None
    basis_said: Text | None
    term: Term | None
    signed: Day | None
    aims: tuple[Text, ...]
    outcomes: tuple[AimedOutcome, ...]
    people: tuple[Text, ...]
    services: tuple[Text, ...]
    consulted: Consultation | None
    not_consulted: Text | None
    improves: Text | None
    review: Text | None
    variation: Text | None
    information_sharing: Text | None
    partners: tuple[Partner, ...]
    funds: tuple[Fund, ...]
    boards: tuple[Board, ...]
    disputes: Disputes | None
    exit: Exit | None
    examples: tuple[Example, ...]
    allowed: tuple[Allowance, ...]
    remarks: Remarks
    span: Span

    def partner(self, name: str) -> Partner:
        """The partner of that name; raises `KeyError` where there is none."""
        for partner in self.partners:
            if partner.name.text == name:
                return partner
        raise KeyError(name)

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The financial years of the term, none where no term is said."""
        return years_between(self.term.first.date, self.term.last.date) if self.term else ()
