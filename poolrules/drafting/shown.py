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
    """An overspend or underspend block, ready to print."""

    id: str
    said: model.Waterfall
    perimeter: str
    threshold: str
    steps: tuple[StepShown, ...]
    caps: tuple[CapShown, ...]
    has_caps: bool
    complete: bool


class RollShown(Struct, frozen=True):
    """How a year's figures follow from those of the year before."""

    id: str
    year: str
    partners: str
    they: str
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
    """The schedules of one year."""

    year: str
    contributions: tuple[ContributionShown, ...]
    cash: int
    budgets: tuple[BudgetShown, ...]
    unbudgeted: tuple[BudgetShown, ...]
    assumed: tuple[model.Text, ...]
    sources: tuple[model.Text, ...]


class FundShown(Struct, frozen=True):
    """A fund: what was said of it, its rules, and what tells its clauses from those of other funds."""

    name: str
    title: str
    said: model.Fund
    rules: FundRules
    suffix: str
    mark: str
    overspends: tuple[FlowShown, ...]
    underspends: tuple[FlowShown, ...]
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
    assumed: tuple[model.Text, ...]
    sources: tuple[model.Text, ...]
