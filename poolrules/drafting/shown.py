"""What the clause files are shown: records that hold words and sums ready to print."""

from msgspec import Struct

from poolrules.model import agreement as model
from poolrules.ruleset.ruleset import FundRules


class StepShown(Struct, frozen=True):
    """One step of a waterfall: its place in words, what it does, and the ids that its paragraph answers for."""

    id: str
    ordinal: str
    words: str
    anchors: tuple[str, ...]


class CapShown(Struct, frozen=True):
    """A limit on one partner over a whole waterfall."""

    id: str
    words: str


class FlowShown(Struct, frozen=True):
    """An overspend or underspend block, ready to print; `several` schemes, which may be taken `separately`."""

    id: str
    said: model.Waterfall
    schemes: str
    several: bool
    separately: bool
    threshold: str
    steps: tuple[StepShown, ...]
    caps: tuple[CapShown, ...]
    has_caps: bool
    has_limits: bool
    has_causes: bool
    has_decisions: bool
    complete: bool


class SchemeShown(Struct, frozen=True):
    """A scheme, ready to print; `lends` is whether some step may use its underspend."""

    id: str
    name: str
    title: str
    words: str
    capital: bool
    lends: bool
    remarks: model.Remarks


class RollShown(Struct, frozen=True):
    """How a year's figures follow from those of the year before."""

    id: str
    year: str
    partners: str
    single: bool
    recurrent_only: bool
    uplift: str | None


class ContributionShown(Struct, frozen=True):
    """One row of the schedule of contributions."""

    id: str
    partner: str
    source: str
    kind: str
    scheme: str
    pence: int


class BudgetShown(Struct, frozen=True):
    """One row of the schedule of schemes and budgets."""

    id: str
    scheme: str
    title: str
    pence: int
    risk: str


class YearShown(Struct, frozen=True):
    """The schedules of one year; `sourced` and `tied` say whether any contribution names a source or a scheme."""

    year: str
    contributions: tuple[ContributionShown, ...]
    sourced: bool
    tied: bool
    cash: int
    budgets: tuple[BudgetShown, ...]
    unbudgeted: tuple[BudgetShown, ...]
    contribution_remarks: model.Remarks
    budget_remarks: model.Remarks


class FundShown(Struct, frozen=True):
    """A fund: what was said of it, its rules, and what tells its clauses from those of other funds.

    `called` is its short name as a sentence says it, `suffix` what its headings end in where there are several funds.
    """

    name: str
    called: str
    title: str
    said: model.Fund
    rules: FundRules
    suffix: str
    mark: str
    partners: tuple[str, ...]
    schemes: tuple[SchemeShown, ...]
    overspends: tuple[FlowShown, ...]
    underspends: tuple[FlowShown, ...]
    beside: tuple[str, ...]
    """The schemes whose money is not pooled."""
    shares: bool
    """Whether any scheme is shared."""
    no_overspends: tuple[str, ...]
    """The shared schemes whose overspend no block deals with."""
    no_underspends: tuple[str, ...]
    years: tuple[YearShown, ...]
    rolls: tuple[RollShown, ...]
    budget_rolls: tuple[RollShown, ...]


class ExpectShown(Struct, frozen=True):
    """One row of a worked example."""

    id: str
    who: str
    verb: str
    pence: int
    nearest: str


class ExampleShown(Struct, frozen=True):
    """A worked example, ready to print."""

    id: str
    title: str
    year: str
    given: str
    expects: tuple[ExpectShown, ...]
    remarks: model.Remarks


class LawShown(Struct, frozen=True):
    """What a draft says differently by its legal basis: the basis by its key and name, and words that depend on it."""

    key: str
    basis: str
    manager: str
    """What the officer who manages the fund is called; `pooled fund` is a term of health and care law only."""
    scotland: bool
