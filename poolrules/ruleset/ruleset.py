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
    """A scheme of a fund and who answers for its variance; `bearer` is a partner's name or nothing."""

    id: str
    name: str
    title: str
    mode: Mode
    bearer: str | None = None
    capital: bool = False

    @property
    def pooled(self) -> bool:
        """Whether its budget is paid from the fund's money."""
        return self.mode.pooled


class ContributionRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What one partner puts in for one year, in whole pence."""

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


class ReserveRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Money a fund holds from year to year: what it opens with in the first year and the bounds it is kept within."""

    id: str
    name: str
    title: str
    opening: int
    floor: int = 0
    ceiling: int | None = None


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One partner's integer weight in a sharing."""

    partner: str
    weight: int


class Weights(Struct, frozen=True, forbid_unknown_fields=True, tag="weights"):
    """A sharing in stated proportions: percentages, equal shares, parts, or one partner alone."""

    parts: tuple[Part, ...]


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


Sharing: TypeAlias = Weights | ByContributions


class Cap(Struct, frozen=True, forbid_unknown_fields=True):
    """The most one partner pays, in whole pence a year; without a sum, its own cash contribution to the fund."""

    id: str
    partner: str
    pence: int | None


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


class CarryForward(Struct, frozen=True, forbid_unknown_fields=True, tag="carry forward"):
    """Keeps money in the fund for next year, for one scheme where one is named."""

    scheme: str | None = None


class ByPartners(Struct, frozen=True, forbid_unknown_fields=True, tag="by partners"):
    """Charges (or returns to) partners; what a cap turns away goes on to the next step."""

    sharing: Sharing
    caps: tuple[Cap, ...] = ()


class Decided(Struct, frozen=True, forbid_unknown_fields=True, tag="decided"):
    """Leaves the split to a body (a board's name, or `all partners`), with what happens failing a decision."""

    body: str
    within: str | None = None
    failing: Sharing | None = None


class Silent(Struct, frozen=True, forbid_unknown_fields=True, tag="silent"):
    """The agreement does not say: the amount stays unallocated, with the gap in words."""

    gap: str


Taker: TypeAlias = FromUnderspends | FromReserve | IntoReserve | CarryForward | ByPartners | Decided | Silent


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a waterfall: takes the least of its limits and what is left, and gives it to its taker.

    `at_most` limits the step alone; `until` limits the running total of this and all earlier
    steps; `cause` limits it to spending marked with that cause in the overspent schemes. Whole pence.
    """

    id: str
    taker: Taker
    at_most: int | None = None
    until: int | None = None
    cause: str | None = None
    remainder: bool = False


class Trigger(Enum):
    """What sets a waterfall off."""

    OVERSPEND = "overspend"
    UNDERSPEND = "underspend"


class Waterfall(Struct, frozen=True, forbid_unknown_fields=True):
    """Ordered steps that deal with the overspends or underspends of some shared schemes of one fund.

    `separately` runs it once for each scheme in its written order, else the schemes are taken together.
    `caps` hold over all its steps and runs in a year. The last step is the remainder; a
    waterfall without one leaves what is left unallocated.
    """

    id: str
    fund: str
    trigger: Trigger
    schemes: tuple[str, ...]
    steps: tuple[Step, ...]
    separately: bool = False
    caps: tuple[Cap, ...] = ()


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


class PartnerRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A partner: its short name, its full name and what kind of body it is."""

    id: str
    name: str
    title: str
    kind: str


class Duty(Struct, frozen=True, forbid_unknown_fields=True):
    """A date, deadline, notice or threshold that somebody must keep, as data for the draft and the calendar.

    `what` says it in words; the rest is the quantity: a length of time (`count`, `unit`), an ISO
    `day`, an amount in `pence`, a percentage as text, who must keep it.
    """

    id: str
    what: str
    who: str | None = None
    count: int | None = None
    unit: str | None = None
    day: str | None = None
    pence: int | None = None
    percent: str | None = None


class Outcome(Enum):
    """What an example expects of somebody."""

    PAYS = "pays"
    RECEIVES = "receives"
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
    """Spending that an example supposes, in whole pence; `cause` marks it where one is given."""

    scheme: str
    pence: int
    cause: str | None = None


class GivenDecision(Struct, frozen=True, forbid_unknown_fields=True):
    """A decision that an example supposes; without a sharing, that the body's time ran out."""

    body: str
    sharing: Sharing | None


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


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a rule was written."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Ruleset(Struct, frozen=True, forbid_unknown_fields=True):
    """An agreement, compiled."""

    title: str
    basis: str
    partners: tuple[PartnerRule, ...]
    funds: tuple[FundRules, ...]
    duties: tuple[Duty, ...] = ()
    examples: tuple[ExampleRule, ...] = ()
    clauses: dict[str, str] = {}
    """Rule id to clause number in the draft."""
    places: dict[str, Place] = {}
    """Rule id to where it was written."""
    source_fingerprint: str = ""
    """SHA-256 of the source text, hex."""
    format: str = FORMAT
