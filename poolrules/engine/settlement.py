"""What comes of settling a year: every figure with the rule that made it.

All amounts are whole pence and never negative unless a docstring says so; the words (pays,
receives, draws) carry the direction.
"""

from enum import Enum

from msgspec import Struct

from poolrules.ruleset.ruleset import Sharing, Trigger


class Spending(Struct, frozen=True):
    """One row of outturn: pence spent on a scheme (negative for income), its cause where marked, where it stands."""

    scheme: str
    pence: int
    cause: str | None = None
    place: str = ""


class DecisionMade(Struct, frozen=True):
    """What a body decided; without a sharing, that its time ran out with no decision."""

    body: str
    sharing: Sharing | None


class Facts(Struct, frozen=True):
    """Everything that happened in one financial year, as far as a settlement needs it."""

    year: str
    spending: tuple[Spending, ...]
    decisions: tuple[DecisionMade, ...] = ()
    openings: tuple[tuple[str, int], ...] = ()
    """Opening balance of each reserve in pence, within its bounds; may be left out for the agreement's first year."""
    paid: tuple[tuple[str, str, int], ...] = ()
    """Fund, partner, pence actually paid in; needed only where a run comes to a step that shares by it."""


class To(Enum):
    """Where a sum goes or comes from."""

    PARTNER = "partner"
    RESERVE = "reserve"
    UNDERSPEND = "underspend"
    """The underspend of another scheme."""
    CARRIED = "carried forward"
    RING_FENCE = "ring-fence"
    UNDECIDED = "undecided"
    UNALLOCATED = "unallocated"


class Allocation(Struct, frozen=True):
    """One sum of a step. `name` is the partner, reserve, scheme or deciding body.

    `gap` says what the agreement leaves open. A sum carried forward for no scheme is named after
    its fund; an unallocated one has no name.
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

    `limit` is what it could take at the most, when anything bounds it. `provisional` shows who
    would bear an undecided sum failing a decision.
    """

    rule: str
    before: int
    taken: int
    allocations: tuple[Allocation, ...]
    limit: int | None = None
    provisional: tuple[Allocation, ...] = ()


class Run(Struct, frozen=True):
    """One run of a waterfall over the schemes taken together. The allocations of its steps add up to `amount`."""

    rule: str
    fund: str
    trigger: Trigger
    schemes: tuple[str, ...]
    amount: int
    steps: tuple[StepResult, ...]


class SchemeResult(Struct, frozen=True):
    """A scheme's year. `variance` is spending less budget: positive is an overspend.

    `allocations` say who bears it where no waterfall does: own risk, fixed share, ring-fence, aligned.
    `lent` is what other schemes' overspends used of its underspend.
    """

    rule: str
    fund: str
    scheme: str
    budget: int
    spent: int
    variance: int
    allocations: tuple[Allocation, ...] = ()
    lent: int = 0


class PartnerResult(Struct, frozen=True):
    """One partner's year in one fund. `net` is positive when it pays in beyond its contribution, else it receives."""

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
    """Money that moves between partners; `bears` marks a host meeting (or keeping) its own share: nothing moves."""

    fund: str
    payer: str
    payee: str
    pence: int
    rules: tuple[str, ...]
    bears: bool = False


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
