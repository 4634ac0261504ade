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

from poolrules.base.dates import DayOfYear, FinancialYear, Length, years_between
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


# ---- keys, facts and indices ---------------------------------------------------------------------


class KeyUnit(Enum):
    """What the values of a key are: any may set a proportion, and only sums of money can be added up to a limit."""

    NUMBER = "whole numbers"
    PERCENT = "percentages"
    MONEY = "amounts"


class KeyValue(Struct, frozen=True):
    """What one partner counts for in a key: a whole number, a share of one, or pence."""

    partner: Text
    value: Fraction
    span: Span


class KeyYear(Struct, frozen=True):
    """The values of a key in one year, in the years up to `last`, or in every year from it on."""

    year: FinancialYear
    last: FinancialYear
    onwards: bool
    unit: KeyUnit
    values: tuple[KeyValue, ...]
    span: Span


class Key(Struct, frozen=True):
    """A named table of values by partner that sums are shared by; `counted` ones are given when a year is settled."""

    name: Text
    title: Text
    years: tuple[KeyYear, ...]
    counted: bool
    in_pounds: bool
    """Whether its values are sums of money, stated or counted."""
    found_by: Text | None
    remarks: Remarks
    span: Span


class Fact(Struct, frozen=True):
    """Something about a year that a rule asks and no ledger shows: whether it holds, or an amount."""

    name: Text
    title: Text
    an_amount: bool
    found_by: Text | None
    remarks: Remarks
    span: Span


class Rate(Struct, frozen=True):
    """By how much an index raises the figures of one year."""

    year: FinancialYear
    percent: Percent
    span: Span


class Index(Struct, frozen=True):
    """A published index that figures are raised by, with its rates given as data."""

    name: Text
    title: Text
    rates: tuple[Rate, ...]
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


class Runs(Struct, frozen=True):
    """From its first to its last day, both inclusive."""

    first: Day
    last: Day
    span: Span


class Compartment(Struct, frozen=True):
    """A part of a fund that is accounted for on its own: its schemes, and when they run."""

    name: Text
    title: Text
    schemes: tuple[Text, ...]
    runs: Runs | None
    span: Span


class Scheme(Struct, frozen=True):
    """A scheme of a fund; `bearer` is the partner at risk, or the lead of an aligned scheme, where one is said.

    With `over_only` the bearer answers for an overspend alone. `lead` commissions it; `runs` is said where it does
    not run for the whole term.
    """

    name: Text
    title: Text
    mode: Mode
    bearer: Text | None
    capital: bool
    remarks: Remarks
    span: Span
    over_only: bool = False
    lead: Text | None = None
    runs: Runs | None = None

    @property
    def pooled(self) -> bool:
        """Whether its budget is paid from the fund's money."""
        return self.mode.pooled


class Given(Struct, frozen=True):
    """A fact that must hold, or without `holds` must not, before money is due or a step takes anything."""

    fact: Text
    holds: bool


class PartOfAYear(Struct, frozen=True):
    """The days, both inclusive, that a contribution is for, and whether whole months are counted, or days."""

    first: Day | None
    last: Day | None
    by_months: bool
    span: Span


class Charged(Struct, frozen=True):
    """What users pay for the services; with `gross` the contribution includes it."""

    amount: Amount
    gross: bool


class Marks(Struct, frozen=True):
    """What may be said of any money that comes in, beside how much it is and whose."""

    capital: bool = False
    recurrent: bool = True
    only_for: Text | None = None
    given: Given | None = None
    indicative: bool = False


class Contribution(Struct, frozen=True):
    """What one partner puts in; `in_kind` says what is provided when it is not money; nil is said, not left out.

    With `part` the amount is that of a whole year.
    """

    partner: Text
    amount: Amount
    source: Text | None
    in_kind: Text | None
    marks: Marks
    part: PartOfAYear | None
    charged: Charged | None
    span: Span

    @property
    def capital(self) -> bool:
        """Whether it is capital."""
        return self.marks.capital

    @property
    def recurrent(self) -> bool:
        """Whether it may be rolled forward as recurring money."""
        return self.marks.recurrent

    @property
    def only_for(self) -> Text | None:
        """The one scheme that it may be spent on, where it is tied to one."""
        return self.marks.only_for


class ChangeKind(Enum):
    """Why a contribution is more or less than the lines that it stands beside."""

    RECURRENT = "recurrent change"
    PLANNED = "planned"
    EFFICIENCY = "efficiency"


class Uplift(Struct, frozen=True):
    """By how much something is raised: a percentage, else the name of an index that says it for each year."""

    percent: Percent | None
    index: Text | None
    span: Span


class ContributionChange(Struct, frozen=True):
    """What is added to one partner's other lines of the year, or with `less` taken from them, and why."""

    partner: Text
    amount: Amount
    less: bool
    kind: ChangeKind
    why: Text
    marks: Marks
    uplift: Uplift | None
    span: Span


class TotalContribution(Struct, frozen=True):
    """One sum that partners contribute between them."""

    amount: Amount
    sharing: "Sharing"
    source: Text | None
    marks: Marks
    span: Span


class RolledContributions(Struct, frozen=True):
    """Last year's contributions of these partners, with or without what was one-off, raised by a percentage.

    With `recurrent_variances`, what recurs of last year's overspends and underspends is added: a sum for each
    partner and year that is known only once the year has closed.
    """

    partners: tuple[Text, ...]
    recurrent_only: bool
    recurrent_variances: bool
    uplift: Uplift | None
    span: Span


class AwaitedContributions(Struct, frozen=True):
    """Contributions that are still to be set, by when, and what is weighed when they are."""

    partners: tuple[Text, ...]
    by: Day | None
    having_regard_to: tuple[Text, ...]
    span: Span


class Shift(Struct, frozen=True):
    """A sum that the partner `more` pays in place of the partner `less`, until it is reversed in another year."""

    amount: Amount
    less: Text
    """The partner that pays less this year."""
    more: Text
    """The partner that pays more this year."""
    reversed_in: FinancialYear | None
    span: Span


class ContributionYear(Struct, frozen=True):
    """The contributions of one year, of the years up to `last`, or of every year from it on."""

    year: FinancialYear
    last: FinancialYear
    onwards: bool
    amounts: tuple[Contribution, ...]
    changes: tuple[ContributionChange, ...]
    totals: tuple[TotalContribution, ...]
    rolled: tuple[RolledContributions, ...]
    awaited: tuple[AwaitedContributions, ...]
    shifts: tuple[Shift, ...]
    remarks: Remarks
    span: Span

    @property
    def named(self) -> tuple[Text, ...]:
        """Every partner that is named, in the order of the kinds of line."""
        return (
            *(line.partner for line in self.amounts),
            *(line.partner for line in self.changes),
            *(partner for total in self.totals for partner in partners_in(total.sharing)),
            *(partner for rolled in self.rolled for partner in rolled.partners),
            *(partner for awaited in self.awaited for partner in awaited.partners),
            *(partner for shift in self.shifts for partner in (shift.less, shift.more)),
        )

    @property
    def marked(self) -> tuple[tuple[Marks, Span], ...]:
        """What is said of each sum, and where."""
        lines: tuple[Contribution | ContributionChange | TotalContribution, ...]
        lines = (*self.amounts, *self.changes, *self.totals)
        return tuple((line.marks, line.span) for line in lines)


class BudgetLine(Struct, frozen=True):
    """What is set aside for one scheme."""

    scheme: Text
    amount: Amount


class RolledBudget(Struct, frozen=True):
    """Last year's budget of every scheme, raised by a percentage."""

    uplift: Uplift | None
    span: Span


class BudgetYear(Struct, frozen=True):
    """The budget of one year, of the years up to `last`, or of every year from it on."""

    year: FinancialYear
    last: FinancialYear
    onwards: bool
    lines: tuple[BudgetLine, ...]
    rolled: RolledBudget | None
    remarks: Remarks
    span: Span


class PartnerPayment(Struct, frozen=True):
    """What one partner pays another beside its contribution, and for what."""

    payer: Text
    payee: Text
    amount: Amount
    purpose: Text
    span: Span


class RolledPayments(Struct, frozen=True):
    """Last year's payments between partners, raised by a percentage."""

    uplift: Uplift | None
    span: Span


class PaymentYear(Struct, frozen=True):
    """What partners pay one another in one year, in the years up to `last`, or in every year from it on."""

    year: FinancialYear
    last: FinancialYear
    onwards: bool
    lines: tuple[PartnerPayment, ...]
    rolled: RolledPayments | None
    remarks: Remarks
    span: Span


class VariationOfContributions(Struct, frozen=True):
    """How contributions may be varied (SI 2000/617 reg 7(3)(b)); `body` is the board that decides, where one does."""

    by: Text
    body: str | None
    under_overspend: bool
    span: Span


class PaidByPeriod(Struct, frozen=True):
    """Contributions are paid period by period: how often, in advance or in arrears, and on which day if one is said."""

    how_often: Text
    every: Length
    in_advance: bool
    on: Text | None
    span: Span


class PartPaid(Struct, frozen=True):
    """A day of the year on which a part of each contribution is paid; without a share, an equal part."""

    on: DayOfYear
    share: Fraction | None
    span: Span


class PaidOnDays(Struct, frozen=True):
    """Contributions are paid on stated days of the financial year, in its order: stated parts or equal ones."""

    parts: tuple[PartPaid, ...]
    equal: bool
    span: Span


class Retained(Struct, frozen=True):
    """Nobody pays in: each partner keeps its contribution and spends it itself."""

    span: Span


Payment: TypeAlias = PaidByPeriod | PaidOnDays | Retained


class LateInterest(Struct, frozen=True):
    """The simple interest that a late payment bears for a year, as a share of it; 0 where none is due."""

    share: Fraction
    span: Span


class Reserve(Struct, frozen=True):
    """Money held from year to year, with what it opens with and the bounds it is kept within."""

    name: Text
    title: Text
    opening: Amount
    at_least: Amount | None
    at_most: Amount | None
    span: Span
    held_for: "Shares | None" = None


# ---- waterfalls --------------------------------------------------------------------------------------


class Share(Struct, frozen=True):
    """One partner's stated share: a percentage as a fraction, or a number of parts."""

    partner: Text
    percent: Fraction | None
    parts: int | None
    span: Span


class Shares(Struct, frozen=True):
    """A sharing in stated percentages or parts; with `others_equally` what is left goes to the other partners alike."""

    shares: tuple[Share, ...]
    span: Span
    others_equally: bool = False


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
    charges: str | None
    """`gross of charges` or `net of charges`."""
    moment: str | None
    """`first agreed`, `last varied in writing` or `paid`."""
    between: tuple[Text, ...]
    """The partners whose contributions count; none named, all."""
    span: Span


class ByKey(Struct, frozen=True):
    """A sharing in proportion to the values of a key, between the partners named, else all that have a value."""

    key: Text
    between: tuple[Text, ...]
    span: Span


class OfSpending(Struct, frozen=True):
    """All that the schemes spent, shared in stated shares: whoever put in more than its share gets the rest back."""

    shares: Shares
    span: Span


Sharing: TypeAlias = Shares | Equally | Alone | Proportion | ByKey | OfSpending


def partners_in(sharing: Sharing) -> tuple[Text, ...]:
    """The partners that a sharing names; none where it is for all of them."""
    match sharing:
        case Shares():
            return tuple(share.partner for share in sharing.shares)
        case Equally():
            return sharing.partners
        case Alone():
            return (sharing.partner,)
        case Proportion() | ByKey():
            return sharing.between
        case OfSpending():
            return partners_in(sharing.shares)


class PartOf(Struct, frozen=True):
    """A share of a sum: of what, as the agreement says it, and of whose contributions where it is of those."""

    share: Fraction
    of: str
    partners: tuple[Text, ...]
    span: Span


class AmountOf(Struct, frozen=True):
    """The amount that a fact turns out to be."""

    fact: Text
    span: Span


class TotalOf(Struct, frozen=True):
    """The total of a key of sums of money."""

    key: Text
    span: Span


Limit: TypeAlias = Amount | PartOf | AmountOf | TotalOf


class PartnerCap(Struct, frozen=True):
    """The most one partner pays; without an amount, `part` of its own contribution (`tied` to those schemes only)."""

    partner: Text
    amount: Amount | None
    span: Span
    part: Fraction = Fraction(1)
    tied: bool = False
    over_term: bool = False
    unless: Text | None = None


class Later(Struct, frozen=True):
    """What follows in later years: `pay_now` for a loan repaid `by` a partner or the fund, else it only falls due then.

    The first of the yearly `instalments` is `after` years after the year settled.
    """

    instalments: int
    after: int
    pay_now: bool
    by: Text | None
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


class FromOutside(Struct, frozen=True):
    """Is met by somebody who is no partner."""

    funder: Text
    span: Span


class IntoReserve(Struct, frozen=True):
    """Adds to a reserve, until it holds a stated sum where one is said."""

    reserve: Text
    until_it_holds: Amount | None
    span: Span


class CarriedForward(Struct, frozen=True):
    """Keeps money for next year: for one scheme where one is named, or for those that did not spend it."""

    scheme: Text | None
    where_it_arose: bool
    one_off_only: bool
    span: Span


class ByPartners(Struct, frozen=True):
    """Charges, or returns to, the partners."""

    sharing: Sharing
    caps: tuple[PartnerCap, ...]
    span: Span
    later: Later | None = None


class DecidedBy(Struct, frozen=True):
    """Leaves it to a body, or to all partners, with what follows when they do not decide in time.

    `interim` is the partner that pays, or holds, the sum until then.
    """

    body: Text
    within: Time | None
    failing: Sharing | FromReserve | IntoReserve | CarriedForward | None
    span: Span
    interim: Text | None = None


class ToBeAgreed(Struct, frozen=True):
    """Leaves it open, with neither a body nor a default."""

    span: Span


Taker: TypeAlias = (
    UnderspendsOf | FromReserve | FromOutside | IntoReserve | CarriedForward | ByPartners | DecidedBy | ToBeAgreed
)


class Step(Struct, frozen=True):
    """One step: `at_most` bounds the step, `over_term` all years of it together, `until` the running total.

    `caused_by` bounds it to what is so marked, and `given` must be so before it takes anything.
    """

    taker: Taker
    at_most: Limit | None
    until: Limit | None
    caused_by: Text | None
    span: Span
    over_term: Amount | None = None
    given: Given | None = None


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
    """Ordered steps for an overspend, an underspend or a gain: of schemes taken together or each on its own.

    `called` is the name that other blocks know it by; those that it is `subject_to` come before it, those `despite`
    which it holds after it. A gain has a name and a title and is of no schemes.
    """

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
    called: Text | None = None
    subject_to: tuple[Text, ...] = ()
    despite: tuple[Text, ...] = ()
    gain: Text | None = None
    """The title of a gain, whose name is what it is called."""
    found_by: Text | None = None
    loss: Text | None = None
    """What is agreed for a loss in place of a gain, in words: nothing that the steps could share."""

    @property
    def word(self) -> str:
        """`overspend`, `underspend` or `gain`."""
        return "gain" if self.gain else "overspend" if self.overspend else "underspend"


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
    payments: tuple[PaymentYear, ...]
    varied: VariationOfContributions | None
    paid: Payment | None
    late_interest: LateInterest | None
    settled: Time | None
    """How soon after a settlement statement what it shows is paid."""
    budgets: tuple[BudgetYear, ...]
    reserves: tuple[Reserve, ...]
    odd_pennies: Text | None
    """The partner that takes them; nothing for the largest remainder."""
    overspends: tuple[Waterfall, ...]
    underspends: tuple[Waterfall, ...]
    remarks: Remarks
    span: Span
    gains: tuple[Waterfall, ...] = ()
    compartments: tuple[Compartment, ...] = ()
    host_by_size: Text | None = None
    """Where it is said that the largest contributor is the host; `largest` are those that contribute most."""
    largest: tuple[str, ...] = ()

    @property
    def waterfalls(self) -> tuple[Waterfall, ...]:
        """Overspends, underspends and gains, each in written order."""
        return self.overspends + self.underspends + self.gains

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
    """How long a partner's notice to leave is, its form, and the first day it may be given.

    It is that of `given_by`; where nobody is named, of every partner that has none of its own.
    """

    length: Time
    in_writing: bool
    not_before: Day | None
    given_by: tuple[Text, ...]
    span: Span


class Exit(Struct, frozen=True):
    """What happens when a partner leaves or the agreement ends.

    `balance` is a set phrase, else `balance_shared` says how it is shared, or neither is said. `refund` says how
    the time after a leaver has left is counted, where it gets that part of its contribution back.
    """

    notices: tuple[Notice, ...]
    """The one for all first, where there is one."""
    all_end: Span | None
    """Where it is said that the agreement ends for all when one partner leaves."""
    breach: Time | None
    commitments: bool
    commitments_longest: Time | None
    refund: Text | None
    payment_into: Text | None
    """The reserve that holds what a leaver pays, as agreed when it leaves."""
    balance: Text | None
    balance_shared: Sharing | None
    assets: Text | None
    staff: Text | None
    account: Time | None
    remarks: Remarks
    span: Span


# ---- examples and allowances -------------------------------------------------------------------------------


class Supposed(Struct, frozen=True):
    """One supposition of an example: what a scheme spends, how much of it is marked, what a reserve opens at.

    Or what a body decides (nothing where it does not), whether a fact holds or what it amounts to, or what is counted.
    """

    name: Text
    spends: Amount | None
    caused_by: Text | None
    opens_at: Amount | None
    decides: Sharing | None
    span: Span
    is_decision: bool = False
    has: Amount | None = None
    """How much is marked with `caused_by` where no spending is given."""
    holds: bool | None = None
    amounts_to: Amount | None = None
    counts: tuple[KeyValue, ...] = ()
    off_budget: int | None = None
    """How far above its budget the scheme spends, in pence; below it where it is negative."""


class Expected(Struct, frozen=True):
    """One expectation: who, how much, and what they do.

    That is `contributes`, `pays`, `receives`, `bears`, `gives` or `holds`, or with nobody named `undecided` or
    `unallocated`.
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
    working_days: Text | None
    """The nation whose bank holidays are no working days."""
    month_ends: Text | None
    """Which day is meant by one that its month lacks."""
    partners: tuple[Partner, ...]
    funds: tuple[Fund, ...]
    boards: tuple[Board, ...]
    keys: tuple[Key, ...]
    facts: tuple[Fact, ...]
    indices: tuple[Index, ...]
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

    def key(self, name: str) -> Key:
        """The key of that name; raises `KeyError` where there is none."""
        for key in self.keys:
            if key.name.text == name:
                return key
        raise KeyError(name)

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The financial years of the term, none where no term is said."""
        return years_between(self.term.first.date, self.term.last.date) if self.term else ()
