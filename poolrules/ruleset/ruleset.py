"""The compiled form of an agreement: plain data that the engine runs.

Everything here is whole pence, integer weights, names and text, so that a ruleset can be
written to JSON, read back, proved, and settled from without its source. Every rule has an
`id` such as `BCF.overspend.3`; `clauses` gives its number in the draft and `places` where it
was written.
"""

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from poolrules.base.mode import Mode

FORMAT = "poolrules ruleset 1"


class SchemeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A scheme of a fund and who answers for its variance; `bearer` is a partner's name or nothing.

    With `over_only` the bearer answers for an overspend, and an underspend goes to the underspend
    terms. `lead` is the partner that commissions it. `first_day` and `last_day` (ISO, inclusive) bound it
    where it does not run for the whole term. `compartment` is the walled part of the fund it belongs to.
    """

    id: str
    name: str
    title: str
    mode: Mode
    bearer: str | None = None
    capital: bool = False
    over_only: bool = False
    lead: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    compartment: str | None = None

    @property
    def pooled(self) -> bool:
        """Whether its budget is paid from the fund's money."""
        return self.mode.pooled


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that must be so (or, without `holds`, must not) before a rule applies: a fact that is yes or no."""

    fact: str
    holds: bool = True


class Change(Enum):
    """What a contribution line adds to, or takes from, the lines that it stands beside."""

    RECURRENT = "recurrent change"
    PLANNED = "planned"
    EFFICIENCY = "efficiency"
    SHIFT = "shifted"
    """Money paid earlier or later in place of another partner, and reversed: it never counts in a proportion."""


class ContributionRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What one partner puts in for one year, in whole pence.

    Only a `change` may be negative. `charges` are what users pay for the services it funds: with `gross`
    the sum includes them, else it is what is left after them; both are stored, as either may be the base of
    a proportion. `condition` must hold before it is due; `indicative` ones may be reported and not billed.
    `last_year` and `uplift` show how a rolled line was built up, `a_year` the full year of a part of one.
    """

    id: str
    partner: str
    pence: int
    source: str | None = None
    """Where the money comes from, or what is provided where it is in kind."""
    in_kind: bool = False
    capital: bool = False
    recurrent: bool = True
    scheme: str | None = None
    """The one scheme the money may be spent on, where it is tied to one."""
    condition: Condition | None = None
    indicative: bool = False
    charges: int = 0
    gross: bool = False
    change: Change | None = None
    last_year: int | None = None
    uplift: str | None = None
    """The percentage it was raised by, or the index and its percentage, as text."""
    a_year: int | None = None
    first_day: str | None = None
    last_day: str | None = None
    """The days (ISO, inclusive) of the part of a year that it is for; nothing where that is as far as the term goes."""

    @property
    def gross_pence(self) -> int:
        """The contribution before users' charges are taken off."""
        return self.pence if self.gross else self.pence + self.charges

    @property
    def net_pence(self) -> int:
        """The contribution after users' charges."""
        return self.pence - self.charges if self.gross else self.pence


class PaymentRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What one partner pays another for a year beside its contribution, such as a lead agency's charge; whole pence."""

    id: str
    payer: str
    payee: str
    pence: int
    purpose: str = ""


class BudgetRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What is set aside for one scheme for one year, in whole pence."""

    id: str
    scheme: str
    pence: int


class YearFigures(Struct, frozen=True, forbid_unknown_fields=True):
    """The money of one fund in one financial year, such as `2026/27`."""

    year: str
    contributions: tuple[ContributionRule, ...]
    budgets: tuple[BudgetRule, ...]
    payments: tuple[PaymentRule, ...] = ()
    unset: tuple[str, ...] = ()
    """Partners whose contributions for the year are still to be set: nothing is settled before they are."""
    first_agreed: tuple[ContributionRule, ...] | None = None
    """The contributions before any variation; nothing where none was varied."""


class ReserveRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Money a fund holds from year to year: what it opens with in the first year and the bounds it is kept within."""

    id: str
    name: str
    title: str
    opening: int
    floor: int = 0
    ceiling: int | None = None
    held_for: tuple["Part", ...] = ()
    """Whose money it is, where the agreement says: by weight."""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One partner's integer weight in a sharing."""

    partner: str
    weight: int


class Weights(Struct, frozen=True, forbid_unknown_fields=True, tag="weights"):
    """A sharing in stated proportions: percentages, equal shares, parts, or one partner alone."""

    parts: tuple[Part, ...]


class Of(Enum):
    """What a part is of; sums are of the run unless something else is said."""

    AMOUNT = "the whole amount"
    """All that the waterfall deals with."""
    LEFT = "what is left"
    """What no earlier step has taken."""
    STEP_BEFORE = "the step before"
    """What the step before this one took."""
    BUDGET = "their budget"
    """The budgets for the year of the schemes that the waterfall is for, whether or not they are off budget."""
    SPENDING = "their spending"
    """What the schemes spent that the waterfall is for."""
    HOLDING = "what it holds"
    """The reserve that the step draws on or fills, as the step finds it."""
    CONTRIBUTIONS = "contributions"
    """The cash contributions to the fund of the partners named, else of all."""


class PartOf(Struct, frozen=True, forbid_unknown_fields=True, tag="part of"):
    """A stated part, `numerator` over `denominator`, of a sum; to the nearest penny, half a penny upwards."""

    numerator: int
    denominator: int
    of: Of
    partners: tuple[str, ...] = ()


class Known(Struct, frozen=True, forbid_unknown_fields=True, tag="fact"):
    """A sum that the agreement does not fix: the amount of a fact."""

    fact: str


class TotalOf(Struct, frozen=True, forbid_unknown_fields=True, tag="total of key"):
    """The total of a key whose values are sums of money."""

    key: str


Limit: TypeAlias = int | PartOf | Known | TotalOf
"""A sum in whole pence, or where to find it."""


class Charges(Enum):
    """Whether a proportion counts contributions before or after users' charges."""

    GROSS = "gross of charges"
    NET = "net of charges"


class Moment(Enum):
    """Which statement of the contributions counts."""

    FIRST_AGREED = "as first agreed"
    LAST_VARIED = "as last varied in writing"
    PAID = "as paid"


class ByContributions(Struct, frozen=True, forbid_unknown_fields=True, tag="contributions"):
    """A sharing in proportion to contributions, with everything that must be said of them.

    Revenue cash always counts; capital cash, contributions in kind and one-off ones only as said.

    `funds` names whose contributions count; `schemes`, where given, keeps only those tied to
    these schemes (in a waterfall that runs separately, to the one scheme of the run); `partners`,
    where given, keeps only those of these partners.
    """

    funds: tuple[str, ...]
    moment: Moment
    in_kind: bool = False
    capital: bool = False
    recurrent_only: bool = False
    schemes: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    charges: Charges | None = None
    """Nothing where no contribution has any: then each counts as it is paid."""


class ByKey(Struct, frozen=True, forbid_unknown_fields=True, tag="key"):
    """A sharing in proportion to the values of a key (population, use, agreed percentages) for the year.

    `partners`, where given, keeps only these partners.
    """

    key: str
    partners: tuple[str, ...] = ()


class OfSpending(Struct, frozen=True, forbid_unknown_fields=True, tag="of spending"):
    """A sharing of all that the schemes of the waterfall spent, each partner having paid in its contribution already.

    A partner whose share of the spending is less than it put in gets the difference back: the only
    sharing in which a partner's part may be negative.
    """

    parts: tuple[Part, ...]


Sharing: TypeAlias = Weights | ByContributions | ByKey | OfSpending


class Cap(Struct, frozen=True, forbid_unknown_fields=True):
    """The most one partner pays, in whole pence a year; without a sum, its own cash contribution to the fund.

    `numerator` over `denominator` takes a part of that contribution, `schemes` keeps only what is tied to these
    schemes. With `over_term` it holds over all years together. `unless` is a fact that lifts it.
    """

    id: str
    partner: str
    pence: int | None
    numerator: int = 1
    denominator: int = 1
    schemes: tuple[str, ...] = ()
    over_term: bool = False
    unless: str | None = None


class FromUnderspends(Struct, frozen=True, forbid_unknown_fields=True, tag="from underspends"):
    """Uses what other schemes have not spent, in the order named; capital never helps revenue, nor the reverse."""

    schemes: tuple[str, ...]


class FromReserve(Struct, frozen=True, forbid_unknown_fields=True, tag="from reserve"):
    """Draws on a reserve down to its floor."""

    reserve: str


class IntoReserve(Struct, frozen=True, forbid_unknown_fields=True, tag="into reserve"):
    """Adds to a reserve, up to what the step says it may hold and never above its ceiling."""

    reserve: str
    until_it_holds: int | None = None


class Outside(Struct, frozen=True, forbid_unknown_fields=True, tag="outside"):
    """Is met by somebody who is no partner, such as a grant or brokerage from a government."""

    funder: str


class CarryForward(Struct, frozen=True, forbid_unknown_fields=True, tag="carry forward"):
    """Keeps money in the fund for next year: for one scheme where one is named, or for those where it arose.

    With `one_off_only` it may be spent next year only on what the ledger marks `one-off`.
    """

    scheme: str | None = None
    where_it_arose: bool = False
    one_off_only: bool = False


class Later(Struct, frozen=True, forbid_unknown_fields=True):
    """What follows in later years from a sum that a step charges to partners, or returns to them.

    With `pay_now` the sum moves now and comes back in equal yearly instalments: a loan, repaid by the fund or by
    the partner `by`. Without it nothing moves now and the sum falls due in these instalments. The first is
    `after` years after the year settled; remainder pennies fall in the last. No interest.
    """

    instalments: int
    after: int = 1
    pay_now: bool = False
    by: str | None = None


class ByPartners(Struct, frozen=True, forbid_unknown_fields=True, tag="by partners"):
    """Charges (or returns to) partners; what a cap turns away goes on to the next step."""

    sharing: Sharing
    caps: tuple[Cap, ...] = ()
    later: Later | None = None


class Decided(Struct, frozen=True, forbid_unknown_fields=True, tag="decided"):
    """Leaves the split to a body (a board, a partner, or `all partners`), with what happens failing a decision.

    `interim` is the partner that pays, or holds, the sum until then, without bearing or owning it.
    """

    body: str
    within: str | None = None
    failing: "Sharing | FromReserve | IntoReserve | CarryForward | None" = None
    interim: str | None = None


class Silent(Struct, frozen=True, forbid_unknown_fields=True, tag="silent"):
    """The agreement does not say: the amount stays unallocated, with the gap in words."""

    gap: str


Taker: TypeAlias = FromUnderspends | FromReserve | IntoReserve | Outside | CarryForward | ByPartners | Decided | Silent


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a waterfall: takes the least of its limits and what is left, and gives it to its taker.

    `at_most` limits the step alone; `until` limits the running total of this and all earlier
    steps; `cause` limits it to what is marked with that cause in the schemes of the run; `over_term` limits
    what the step takes in all years together. `condition` must hold, else the step takes nothing. Whole pence.
    """

    id: str
    taker: Taker
    at_most: Limit | None = None
    until: Limit | None = None
    cause: str | None = None
    remainder: bool = False
    over_term: int | None = None
    condition: Condition | None = None


class Trigger(Enum):
    """What sets a waterfall off."""

    OVERSPEND = "overspend"
    UNDERSPEND = "underspend"
    GAIN = "gain"
    """Money that comes in for a stated reason and is shared out: growth, savings, a surplus."""


class Waterfall(Struct, frozen=True, forbid_unknown_fields=True):
    """Ordered steps that deal with the overspends or underspends of some schemes, or with a gain.

    `separately` runs it once for each scheme in its written order, else the schemes are taken together.
    `caps` hold over all its steps and runs in a year. The last step is the remainder; a
    waterfall without one leaves what is left unallocated. `gain` is the fact that says how much a gain is.
    `subject_to` and `despite` give the ids of waterfalls that come before and after it, as the agreement says; the
    rules stand in an order that follows them, so that the engine only has to run them as they stand.
    Schemes may be of other funds of the agreement: the fund of the waterfall then collects for them.
    """

    id: str
    fund: str
    trigger: Trigger
    schemes: tuple[str, ...]
    steps: tuple[Step, ...]
    separately: bool = False
    caps: tuple[Cap, ...] = ()
    name: str | None = None
    gain: str | None = None
    subject_to: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()


class PaidByPeriod(Struct, frozen=True, forbid_unknown_fields=True, tag="by period"):
    """Cash contributions are paid period by period, in equal instalments, a period being `count` of `unit`.

    `unit` is `month`, `week` or `day`. Periods follow each other from 1 April; what is left of the year after the
    last whole one belongs to it. In advance a sum falls due on the first working day of the period, on the last one
    before it, or on that day of its first month; in arrears on the first working day after the period, on the last
    one of it, or on that day of the month that follows. Without a day it falls due on the first day of the period,
    or on the first day after it.
    """

    id: str
    count: int
    unit: str
    in_advance: bool
    working_day: "PayDay | None" = None
    day: int | None = None


class PayDay(Enum):
    """A working day on which contributions are paid."""

    FIRST = "the first working day"
    LAST = "the last working day"


class PartPaid(Struct, frozen=True, forbid_unknown_fields=True):
    """A day of the year, by month and day, and the weight of what is paid on it."""

    month: int
    day: int
    weight: int


class PaidOnDays(Struct, frozen=True, forbid_unknown_fields=True, tag="on days"):
    """Cash contributions are paid on stated days of the financial year, in its order.

    `equal` parts are whole pence rounded down, what remains falling in the last; others are rounded on
    their running total, half a penny upwards.
    """

    id: str
    parts: tuple[PartPaid, ...]
    equal: bool = False


class Retained(Struct, frozen=True, forbid_unknown_fields=True, tag="retained"):
    """Nobody pays in: each partner keeps its cash contribution and spends it itself."""

    id: str


PaidRule: TypeAlias = PaidByPeriod | PaidOnDays | Retained


class InterestRule(Struct, frozen=True, forbid_unknown_fields=True):
    """The simple interest that a late payment bears: `numerator` over `denominator` of it a year, by days of 365."""

    id: str
    numerator: int
    denominator: int


class FundRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that settles one fund. `odd_pennies` is a partner, or nothing for the largest remainder."""

    id: str
    name: str
    title: str
    host: str
    partners: tuple[str, ...]
    schemes: tuple[SchemeRule, ...]
    years: tuple[YearFigures, ...]
    reserves: tuple[ReserveRule, ...] = ()
    waterfalls: tuple[Waterfall, ...] = ()
    """Overspends before underspends, each in written order."""
    odd_pennies: str | None = None
    paid: PaidRule | None = None
    interest: InterestRule | None = None
    settled_within: str | None = None
    """How long after a settlement statement what it shows is paid, as text."""
    vat: str | None = None
    """Whose VAT rules govern recovery, in the words of the agreement."""


class KeyYear(Struct, frozen=True, forbid_unknown_fields=True):
    """The values of a key for one financial year."""

    id: str
    year: str
    parts: tuple[Part, ...]


class KeyRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A named table of values by partner that sums are shared by: population, use, agreed percentages, floors.

    `counted` ones get their values as facts each year; `money` ones hold whole pence.
    """

    id: str
    name: str
    title: str
    years: tuple[KeyYear, ...] = ()
    counted: bool = False
    money: bool = False
    found_by: str | None = None


class FactRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Something about a year that a rule asks and no ledger shows: yes or no, or (with `amount`) a sum in pence."""

    id: str
    name: str
    title: str
    amount: bool = False
    found_by: str | None = None


class ExitRules(Struct, frozen=True, forbid_unknown_fields=True):
    """What the final account does when a partner leaves or the agreement ends.

    `balance` shares what is over or short at the end: by the year-end waterfalls, as the partners agree, or by a
    sharing of its own. `refund` gives a leaver back the part of its contribution for the time after it left.
    """

    id: str
    balance: "ExitBalance | None" = None
    sharing: Sharing | None = None
    all_end: bool = False
    """Whether the agreement ends for all when one partner leaves."""
    refund: "PartYear | None" = None
    payment_into: str | None = None
    """The reserve that holds an exit payment, where one is to be agreed."""
    commitments: bool = False
    commitments_most: str | None = None
    """The longest time for which a leaver bears commitments, as text."""
    account_within: str | None = None
    notices: tuple["NoticeRule", ...] = ()


class ExitBalance(Enum):
    """How what is over or short at the end is shared."""

    YEAR_END = "shared under the year-end terms"
    AGREED = "to be agreed"
    SHARED = "shared as stated"


class PartYear(Enum):
    """How part of a year is counted."""

    DAYS = "by days"
    MONTHS = "by months"


class NoticeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a notice to leave is, for some partners or (where none is named) for all; `not_before` is ISO."""

    id: str
    length: str
    partners: tuple[str, ...] = ()
    not_before: str | None = None


class PartnerRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A partner: its short name, its full name and what kind of body it is."""

    id: str
    name: str
    title: str
    kind: str


class Event(Enum):
    """What a length of time is counted from, where that is not a day of the agreement."""

    PERIOD_END = "the end of each period"
    """The period is how often the duty comes round."""
    YEAR_END = "the end of each financial year"
    END = "the day of leaving or ending"
    STATEMENT = "the settlement statement"
    FORECAST = "a forecast overspend over the threshold"
    TOLD = "the day partners are told"
    OVERSPEND = "a forecast overspend"
    DISPUTE = "the day the dispute comes to this level"
    NOTICE = "the day notice is given"
    BREACH = "the day the partner is told of its breach"


class Duty(Struct, frozen=True, forbid_unknown_fields=True):
    """A date, deadline, notice or threshold that somebody must keep, as data for the draft and the calendar.

    `what` says it in words; the rest is the quantity: a length of time (`count`, `unit`) from an event
    (`after`), an ISO `day`, an amount in `pence`, a percentage as text, who must keep it. `every` says how often it
    comes round, in the agreement's words.
    """

    id: str
    what: str
    who: str | None = None
    count: int | None = None
    unit: str | None = None
    day: str | None = None
    pence: int | None = None
    percent: str | None = None
    after: Event | None = None
    every: str | None = None


class Outcome(Enum):
    """What an example expects of somebody."""

    CONTRIBUTES = "contributes"
    PAYS = "pays"
    RECEIVES = "receives"
    BEARS = "bears"
    """What it pays, and what is used of the underspends of its own schemes."""
    GIVES = "gives"
    HOLDS = "holds"
    UNDECIDED = "undecided"
    UNALLOCATED = "unallocated"


class Expectation(Struct, frozen=True, forbid_unknown_fields=True):
    """One expected figure: `who` pays, receives, gives or holds `pence`, right to the nearest `unit` pence."""

    id: str
    who: str | None
    outcome: Outcome
    pence: int
    unit: int = 1


class GivenSpending(Struct, frozen=True, forbid_unknown_fields=True):
    """Spending that an example supposes, in whole pence; `cause` marks it where one is given.

    With `off_budget` the sum is what is spent above the scheme's budget for the year, below it where negative.
    """

    scheme: str
    pence: int
    cause: str | None = None
    off_budget: bool = False


class GivenDecision(Struct, frozen=True, forbid_unknown_fields=True):
    """A decision that an example supposes; without a sharing, that the body's time ran out."""

    body: str
    sharing: Sharing | None


class GivenFact(Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that an example supposes: that it holds or not, or its amount in whole pence."""

    fact: str
    holds: bool | None = None
    pence: int | None = None


class GivenCount(Struct, frozen=True, forbid_unknown_fields=True):
    """What an example supposes to be counted for the partners under a key."""

    key: str
    parts: tuple[Part, ...]


class GivenMark(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of a scheme's overspend or underspend an example supposes to have a mark; whole pence."""

    scheme: str
    mark: str
    pence: int


class ExampleRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A worked case: what is supposed in one year, and what must come of it."""

    id: str
    title: str
    year: str
    spending: tuple[GivenSpending, ...]
    expects: tuple[Expectation, ...]
    rest_on_budget: bool = True
    decisions: tuple[GivenDecision, ...] = ()
    openings: tuple[tuple[str, int], ...] = ()
    """What reserves hold when the year begins, where the example says."""
    facts: tuple[GivenFact, ...] = ()
    counts: tuple[GivenCount, ...] = ()
    marked: tuple[GivenMark, ...] = ()


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a rule was written."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Version(Struct, frozen=True, forbid_unknown_fields=True):
    """A version of the agreement: number 0 as it was signed, each other as a deed of variation left it.

    `from_day` is the ISO day on which it took effect (empty where none is said), `agreed` the ISO day on which it was
    signed or agreed, `minute` what records that. Rules that stand in its `file` came with it.
    """

    number: int
    what: str
    from_day: str
    file: str
    fingerprint: str
    """SHA-256 of the file's text, hex."""
    agreed: str | None = None
    minute: str | None = None


class CalendarRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How days are counted: the nation whose bank holidays are no working days, and days that a month lacks.

    The nation is that of the agreement's line, else that of its legal basis; either may be unknown.
    """

    nation: str | None = None
    month_ends: str | None = None
    said: tuple[str, ...] = ()
    """The ids of the lines that say it."""


class Ruleset(Struct, frozen=True, forbid_unknown_fields=True):
    """An agreement, compiled."""

    title: str
    basis: str
    partners: tuple[PartnerRule, ...]
    funds: tuple[FundRules, ...]
    keys: tuple[KeyRule, ...] = ()
    facts: tuple[FactRule, ...] = ()
    exit: ExitRules | None = None
    first_day: str | None = None
    last_day: str | None = None
    """The term, ISO days, both inclusive; nothing where none is said."""
    calendar: CalendarRules = CalendarRules()
    duties: tuple[Duty, ...] = ()
    examples: tuple[ExampleRule, ...] = ()
    clauses: dict[str, str] = {}
    """Rule id to clause number in the draft."""
    places: dict[str, Place] = {}
    """Rule id to where it was written."""
    versions: tuple[Version, ...] = ()
    """The agreement as signed and each deed laid over it, in order."""
    source_fingerprint: str = ""
    """SHA-256 of the source text, hex; of an agreement with deeds, of the agreement as signed."""
    format: str = FORMAT
