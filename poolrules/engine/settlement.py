"""What comes of settling a year: every figure with the rule that made it.

All amounts are whole pence and never negative unless a docstring says so; the words (pays,
receives, draws) carry the direction.
"""

from enum import Enum

from msgspec import Struct

from poolrules.ruleset.ruleset import Sharing, Trigger


class Spending(Struct, frozen=True):
    """One row of a ledger or outturn: pence spent on a scheme (negative for income), and where it stands.

    `marks` are its causes and kinds (`unauthorised spending`, `one-off`), each as the agreement says it. `day` is ISO,
    where known; `partner` is whose cost or use it was, `evidence` what shows the marks.
    """

    scheme: str
    pence: int
    marks: tuple[str, ...] = ()
    place: str = ""
    day: str = ""
    partner: str | None = None
    evidence: str | None = None


class FactSaid(Struct, frozen=True):
    """What was found of a fact of the agreement: that it holds or not, or its amount in pence."""

    name: str
    holds: bool | None = None
    pence: int | None = None
    evidence: str | None = None


class Counted(Struct, frozen=True):
    """A value of a key that is counted each year: whole numbers, or pence where the key is of money."""

    key: str
    partner: str
    number: int
    evidence: str | None = None


class Marked(Struct, frozen=True):
    """How much of a scheme's overspend or underspend has a mark that no row of a ledger can show; whole pence."""

    scheme: str
    mark: str
    pence: int
    evidence: str | None = None


class DecisionMade(Struct, frozen=True):
    """What a body decided; without a sharing, that its time ran out with no decision."""

    body: str
    sharing: Sharing | None


class Carried(Struct, frozen=True):
    """Money kept for a later year, for a scheme or (with none) for the fund; whole pence; `rule` kept it.

    It is negative where an overspend is carried forward. With `one_off_only` it may be spent only on rows
    marked `one-off`.
    """

    fund: str
    scheme: str | None
    pence: int
    rule: str
    one_off_only: bool = False


class Due(Struct, frozen=True):
    """A sum that falls due in a later year by a rule of an earlier one; without a payer or payee it is the fund's."""

    fund: str
    payer: str | None
    payee: str | None
    year: str
    pence: int
    rule: str
    loan: bool = False
    """Whether it pays back what the payee lent, rather than pays late what the payer owes."""


class Eased(Struct, frozen=True):
    """What was agreed of sums that a rule of an earlier year left due: put off by years, or (pence) written off."""

    rule: str
    years: int = 0
    written_off: int = 0
    evidence: str | None = None


class Billed(Struct, frozen=True):
    """What a partner has been asked to pay into a fund (positive) or given back (negative) so far in the year.

    With `to_fund` it is what the fund owes that other one, which its host (the partner) has been asked to pay on.
    """

    fund: str
    partner: str
    pence: int
    to_fund: str | None = None


class Position(Struct, frozen=True):
    """Where the money stands at the end of a year, or of a part of one: what the next settlement starts from."""

    title: str
    year: str
    to: str
    """ISO day, inclusive, up to which it was settled."""
    reserves: tuple[tuple[str, int], ...] = ()
    carried: tuple[Carried, ...] = ()
    dues: tuple[Due, ...] = ()
    """Those not yet settled, of this year and later ones."""
    taken: tuple[tuple[str, int], ...] = ()
    """By rule id: what steps limited, and caps that hold, over the term have used so far."""
    billed: tuple[Billed, ...] = ()
    rules: str = ""
    """The fingerprint of the rules that it was made by; whoever writes the position to a file fills it in."""
    deeds: tuple[int, ...] = ()
    """The numbers of the deeds of variation among those rules, in their order."""


class Facts(Struct, frozen=True):
    """Everything that happened in one financial year, as far as a settlement needs it.

    `to` and `months` settle a part of the year: all figures are then those up to that day (ISO, inclusive), budgets
    and contributions for so many twelfths. `position` is what the year before closed with, `billed` what statements
    for earlier parts of the same year have already asked for.
    """

    year: str
    spending: tuple[Spending, ...]
    decisions: tuple[DecisionMade, ...] = ()
    openings: tuple[tuple[str, int], ...] = ()
    """Opening balance of each reserve in pence, within its bounds; may be left out for the agreement's first year."""
    paid: tuple[tuple[str, str, int], ...] = ()
    """Fund, partner, pence actually paid in; needed only where a run comes to a step that shares by it."""
    said: tuple[FactSaid, ...] = ()
    counts: tuple[Counted, ...] = ()
    marked: tuple[Marked, ...] = ()
    eased: tuple[Eased, ...] = ()
    """What was agreed of the dues that the position brings; loans alone can be written off."""
    position: Position | None = None
    billed: tuple[Billed, ...] = ()
    to: str = ""
    months: int = 12
    days: int | None = None
    """How many days of the year are settled, where part of it is counted by days; `months` then counts for nothing."""
    afresh: bool = False
    """Whether nothing was brought forward but what `openings` say, so that no position is asked for."""


class To(Enum):
    """Where a sum goes or comes from."""

    PARTNER = "partner"
    RESERVE = "reserve"
    UNDERSPEND = "underspend"
    """The underspend of another scheme."""
    CARRIED = "carried forward"
    OUTSIDE = "outside funder"
    RING_FENCE = "ring-fence"
    UNDECIDED = "undecided"
    UNALLOCATED = "unallocated"


class Allocation(Struct, frozen=True):
    """One sum of a step. `name` is the partner, reserve, scheme or deciding body.

    `gap` says what the agreement leaves open. A sum carried forward for no scheme is named after
    its fund; an unallocated one has no name. `pence` is negative only for a partner that gets money back
    where total spending is shared (or pays in, where it is an underspend).
    """

    to: To
    name: str
    pence: int
    weight: int | None = None
    """The partner's weight in the sharing, and below it the whole: what its percentage is of."""
    weight_of: int | None = None
    odd_penny: bool = False
    """Whether rounding gave it the odd penny (or pennies, where one partner takes them all)."""
    turned_away: int = 0
    """What a cap kept off this partner and sent on to the next step."""
    cap: str | None = None
    """The rule id of the cap that did so."""
    gap: str | None = None


class StepResult(Struct, frozen=True):
    """What one step did: `before` was left when it began, it took `taken`, and passed on the rest.

    `limit` is what it could take at the most, when anything bounds it; `at_most` and `until` are what its
    limits came to in pence. `stopped` shows that its condition did not hold. `provisional` shows who would bear
    an undecided sum failing a decision, `meanwhile` who pays or holds it until there is one: neither is part of
    the allocations.
    """

    rule: str
    before: int
    taken: int
    allocations: tuple[Allocation, ...]
    limit: int | None = None
    provisional: tuple[Allocation, ...] = ()
    meanwhile: tuple[Allocation, ...] = ()
    at_most: int | None = None
    until: int | None = None
    stopped: bool = False


class Run(Struct, frozen=True):
    """One run of a waterfall over the schemes taken together. The allocations of its steps add up to `amount`.

    `amounts` is what each of the schemes was over or under by, in the order of `schemes`; a gain has none.
    """

    rule: str
    fund: str
    trigger: Trigger
    schemes: tuple[str, ...]
    amount: int
    steps: tuple[StepResult, ...]
    amounts: tuple[int, ...] = ()


class SchemeResult(Struct, frozen=True):
    """A scheme's year. `variance` is spending less budget and less `brought`: positive is an overspend.

    `allocations` say who bears it where no waterfall does: own risk, fixed share, ring-fence, aligned.
    `lent` is what other schemes' overspends used of its underspend. `brought` is what earlier years carried
    forward for it, negative for an overspend.
    """

    rule: str
    fund: str
    scheme: str
    budget: int
    spent: int
    variance: int
    allocations: tuple[Allocation, ...] = ()
    lent: int = 0
    brought: int = 0


class PartnerResult(Struct, frozen=True):
    """One partner's year in one fund. `net` is positive when it pays in beyond its contribution, else it receives.

    `net` is `pays - receives - deferred + interim + due - retained`, where the last four are positive for what it pays.
    `call` is what is asked for now: `net` less what earlier statements for the year have `billed`.
    """

    fund: str
    partner: str
    cash: int
    in_kind: int
    pays: int
    receives: int
    net: int
    provisional: bool
    """Whether an undecided or unallocated sum of this fund may still change the figure."""
    rules: tuple[str, ...] = ()
    """The rules whose figures made it."""
    deferred: int = 0
    """What it pays, or (negative) receives, by rules of this year in later years."""
    interim: int = 0
    """What it pays, or (negative) holds, of sums that are undecided."""
    due: int = 0
    """What falls due this year by rules of earlier ones."""
    billed: int = 0
    call: int = 0
    retained: int = 0
    """What it pays, or (negative) keeps, with its own money, since nobody pays into a notional pool."""


class ReserveResult(Struct, frozen=True):
    """A reserve's year; `closing` is `opening - drawn + added`."""

    rule: str
    fund: str
    reserve: str
    opening: int
    drawn: int
    added: int
    closing: int


class Transfer(Struct, frozen=True):
    """Money that moves between partners; `bears` marks a host meeting (or keeping) its own share: nothing moves.

    `provisional` marks one that a decision still to be made may change.
    """

    fund: str
    payer: str
    payee: str
    pence: int
    rules: tuple[str, ...]
    bears: bool = False
    provisional: bool = False


class Control(Struct, frozen=True):
    """Two totals that must agree, and do: a settlement that does not add up is never returned."""

    what: str
    left: int
    right: int


class Settlement(Struct, frozen=True):
    """A settled year."""

    title: str
    year: str
    schemes: tuple[SchemeResult, ...]
    runs: tuple[Run, ...]
    partners: tuple[PartnerResult, ...]
    reserves: tuple[ReserveResult, ...]
    transfers: tuple[Transfer, ...]
    unbudgeted: tuple[tuple[str, Allocation], ...]
    """By fund: cash contributions that no budget uses, or budgets that no contribution pays for (see the gap)."""
    controls: tuple[Control, ...]
    rows_read: int
    """How many rows of outturn went in; all of them were used."""
    closing: Position
    """What the next settlement starts from."""
    dues: tuple[Due, ...] = ()
    """The sums of earlier years that were settled in this one."""
