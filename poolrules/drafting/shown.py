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
    steps_over_term: bool
    """Whether a limit on a step holds over all years together."""
    has_spending: bool
    """Whether a step shares all that was spent."""
    has_causes: bool
    has_decisions: bool
    has_interim: bool
    order: str
    """What these terms are called, and which others come before or after them, as a sentence."""
    over_term: bool
    """Whether a cap on a partner holds over all years together."""
    complete: bool


class KeyShown(Struct, frozen=True):
    """A key, ready to print: its columns are partners; each row is an id, its year, what each counts for, and all."""

    id: str
    name: str
    title: str
    counted: bool
    found_by: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...], str], ...]
    remarks: model.Remarks


class FactShown(Struct, frozen=True):
    """A fact, ready to print."""

    id: str
    name: str
    title: str
    amount: bool
    found_by: str
    remarks: model.Remarks


class IndexShown(Struct, frozen=True):
    """An index, ready to print: each row a year with its id and its rate."""

    id: str
    name: str
    title: str
    rows: tuple[tuple[str, str, str], ...]
    remarks: model.Remarks


class SchemeShown(Struct, frozen=True):
    """A scheme, ready to print; `lends` is whether some step may use its underspend.

    `lead` commissions it, `days` are when it runs, and `anchors` the ids that its paragraph answers for beside its own.
    """

    id: str
    name: str
    title: str
    words: str
    capital: bool
    lends: bool
    aligned: bool
    lead: str
    days: str
    anchors: tuple[str, ...]
    remarks: model.Remarks


class CompartmentShown(Struct, frozen=True):
    """A compartment, ready to print, with the ids that its paragraph answers for."""

    id: str
    name: str
    title: str
    schemes: str
    days: str
    anchors: tuple[str, ...]


class RollShown(Struct, frozen=True):
    """How a year's figures follow from those of the year before.

    `when` says for which years, and `onwards` whether that goes on until something else is stated.
    """

    id: str
    when: str
    onwards: bool
    partners: str
    single: bool
    recurrent_only: bool
    recurrent_variances: bool
    uplift: str | None


class AwaitedShown(Struct, frozen=True):
    """Contributions that are still to be set."""

    id: str
    when: str
    onwards: bool
    partners: str
    single: bool
    by: str
    regard: str


class PartShown(Struct, frozen=True):
    """A contribution for part of a year; `months` where whole months are counted."""

    anchors: tuple[str, ...]
    partner: str
    a_year: int
    part: str
    months: bool


class ShiftShown(Struct, frozen=True):
    """A sum that one partner pays in place of another, in words; without `reversed_in` it never goes back."""

    year: str
    pence: int
    less: str
    more: str
    reversed_in: str


class PaymentShown(Struct, frozen=True):
    """One row of what partners pay one another."""

    id: str
    payer: str
    payee: str
    purpose: str
    pence: int


class BuildUpShown(Struct, frozen=True):
    """How the contribution of each partner is made up: a table whose empty columns are left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


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
    """The schedules of one year; `sourced` and `tied` say whether any contribution names a source or a scheme.

    `conditional` is whether any waits for a fact; `unset` names the partners whose contributions are still to be set.
    """

    year: str
    contributions: tuple[ContributionShown, ...]
    sourced: bool
    tied: bool
    cash: int
    conditional: bool
    unset: tuple[str, ...]
    build_up: BuildUpShown | None
    payments: tuple[PaymentShown, ...]
    net_payments: tuple[str, ...]
    """What is left to pay where two partners pay one another."""
    payment_remarks: model.Remarks
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
    gains: tuple[FlowShown, ...]
    called_terms: tuple[FlowShown, ...]
    """The overspend and underspend blocks that have a name."""
    compartments: tuple[CompartmentShown, ...]
    held_for: dict[str, str]
    """By reserve, whose money it is in words."""
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
    payment_rolls: tuple[RollShown, ...]
    awaited: tuple[AwaitedShown, ...]
    parts: tuple[PartShown, ...]
    shifts: tuple[ShiftShown, ...]
    changed: bool
    """Whether any contribution is changed by a line of its own."""
    conditional: bool
    indicative: bool
    charged: bool
    """Whether any contribution is stated gross or net of what users pay."""
    paid: str
    """When contributions are paid, in words; empty where that is not said, or where nobody pays in."""
    interest: bool
    """Whether a late payment bears any interest."""
    retained: bool
    """Whether each partner keeps its contribution."""
    profiled: bool
    """Whether instalments are stated parts of a contribution."""
    by_period: bool
    """Whether instalments come round period by period."""


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


class VariationShown(Struct, frozen=True):
    """A deed of variation that is in the text: its number, the day it took effect, and how it was agreed."""

    number: int
    from_day: str
    agreed: str
    minute: str
