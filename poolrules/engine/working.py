"""The open books of one year: what the stages of a settlement read and write.

This is the only thing in the engine that changes; it is made for one call of `settle`, passed
from stage to stage, and closed into a `Settlement`. All amounts are whole pence.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from poolrules.base.dates import days_in
from poolrules.base.pennies import part_of
from poolrules.engine.contributed import Contributed, contributed
from poolrules.engine.settlement import (
    Allocation,
    Carried,
    Control,
    DecisionMade,
    Due,
    Facts,
    FactSaid,
    PartnerResult,
    Position,
    ReserveResult,
    Run,
    Transfer,
)
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Cap,
    Condition,
    FundRules,
    KeyRule,
    ReserveRule,
    Ruleset,
    SchemeRule,
    YearFigures,
)

ONE_OFF: Final = "one-off"
"""The mark of spending that does not recur, for which alone some money may be carried forward."""


class SchemeLine(Struct):
    """One scheme's year. `open` is the size of the variance that nothing has dealt with yet.

    `budget` is for the part of the year that is settled, `whole` for all of it; `brought` was carried forward
    for it. `marks` add up the rows marked with each cause or kind.
    """

    fund: FundRules
    rule: SchemeRule
    budget: int
    spent: int
    open: int = 0
    lent: int = 0
    allocations: list[Allocation] = field(default_factory=list)
    brought: int = 0
    whole: int = 0
    marks: dict[str, int] = field(default_factory=dict)

    @property
    def variance(self) -> int:
        """Spending less budget and what was brought forward: positive is an overspend."""
        return self.spent - self.budget - self.brought

    def close(self, allocation: Allocation) -> None:
        """Give all that is open of the variance to whoever bears it outside any waterfall."""
        self.allocations.append(allocation)
        self.open -= allocation.pence


class ReserveLine(Struct):
    """One reserve's year: what it opened with and what it holds now."""

    fund: FundRules
    rule: ReserveRule
    opening: int
    holding: int


class Wanted(Enum):
    """What a run may come to need of a year that no ledger shows."""

    FACT = "fact"
    AMOUNT = "amount"
    COUNT = "count"
    VALUES = "values of a key"


class Need(Struct, frozen=True):
    """Something that a rule asks of the year and that nobody has said: a fact or key, of a partner if counted."""

    wanted: Wanted
    name: str
    partner: str = ""


class Working(Struct):
    """The books of one year. `figures` has only the funds that the agreement gives figures for in that year."""

    ruleset: Ruleset
    facts: Facts
    figures: dict[str, YearFigures]
    reserves: dict[str, ReserveLine]
    decisions: dict[str, DecisionMade]
    paid: dict[tuple[str, str], int] | None = None
    """By fund and partner; where there is nothing at all, contributions count as agreed."""
    said: dict[str, FactSaid] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    """By key and partner."""
    keys: dict[str, KeyRule] = field(default_factory=dict)
    made: Contributed = Contributed()
    schemes: dict[str, SchemeLine] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    """By rule id, what has been used of a cap this year, and of what holds over the term in all years so far."""
    spending_shared: set[str] = field(default_factory=set)
    """The schemes whose total spending has been shared."""
    needs: list[Need | ByContributions] = field(default_factory=list)
    """What runs came to need and nobody has said; a sharing by contributions as paid needs what was paid."""
    brought: list[Carried] = field(default_factory=list)
    """What the funds settled have brought forward."""
    kept_on: list[Carried] = field(default_factory=list)
    """What of it could not be used and is carried again."""
    dues: list[Due] = field(default_factory=list)
    """What falls due this year by rules of earlier ones."""
    runs: list[Run] = field(default_factory=list)
    unbudgeted: list[tuple[str, Allocation]] = field(default_factory=list)
    partners: list[PartnerResult] = field(default_factory=list)
    reserve_results: list[ReserveResult] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    closing: Position = Position("", "", "")

    @property
    def funds(self) -> tuple[FundRules, ...]:
        """The funds settled this year, in written order."""
        return tuple(fund for fund in self.ruleset.funds if fund.name in self.figures)

    def cash_of(self, fund: str, partner: str) -> int:
        """What a partner pays into a fund for the whole year; money tied to a scheme not pooled never comes in."""
        return self.made.cash.get((fund, partner), 0)

    def part_year(self, pence: int) -> int:
        """The part of a year's sum that counts for the months or days settled; all of it for a whole year."""
        if self.facts.days is not None:
            return part_of(pence, self.facts.days, days_in(self.facts.year))
        return part_of(pence, self.facts.months, 12)

    def holds(self, condition: Condition) -> bool:
        """Whether a condition is met; what nobody has said is noted as needed, and until then it is not met."""
        said = self.said.get(condition.fact)
        if said is None or said.holds is None:
            self.needs.append(Need(Wanted.FACT, condition.fact))
            return False
        return said.holds is condition.holds

    def amount_of(self, fact: str) -> int:
        """The amount of a fact; what nobody has said is noted as needed, and until then it is nothing."""
        said = self.said.get(fact)
        if said is None or said.pence is None:
            self.needs.append(Need(Wanted.AMOUNT, fact))
            return 0
        return said.pence

    def use(self, rule: str, pence: int) -> None:
        """Note what is used of a cap, or of a step that is limited over the term."""
        self.used[rule] = self.used.get(rule, 0) + pence


def first_year(fund: FundRules) -> str:
    """The first financial year that a fund has figures for."""
    return min(figures.year for figures in fund.years)


def open_books(ruleset: Ruleset, facts: Facts) -> Working:
    """Open the books for the year of the facts, which must have been found free of faults."""
    working = bare_books(ruleset, facts)
    position = facts.position or Position("", "", "")
    working.reserves = _reserves(working, position)
    working.paid = {(fund, partner): pence for fund, partner, pence in facts.paid}
    lasting = set(lasting_rules(ruleset))
    working.used = {rule: pence for rule, pence in position.taken if rule in lasting}
    working.brought = [_placed(working, one) for one in position.carried if one.fund in working.figures]
    working.dues = [one for one in position.dues if one.fund in working.figures and one.year <= facts.year]
    return working


def bare_books(ruleset: Ruleset, facts: Facts) -> Working:
    """Open books with nothing in them but what the agreement and the facts say of the year, to look things up in."""
    figures = {fund.name: year for fund in ruleset.funds for year in fund.years if year.year == facts.year}
    working = Working(
        ruleset=ruleset,
        facts=facts,
        figures=figures,
        reserves={},
        decisions={decision.body: decision for decision in facts.decisions},
        said={one.name: one for one in facts.said},
        counts={(one.key, one.partner): one.number for one in facts.counts},
        keys={key.name: key for key in ruleset.keys},
    )
    working.made = contributed(ruleset, figures, working.holds)
    return working


def _reserves(working: Working, position: Position) -> dict[str, ReserveLine]:
    """Open each reserve with what the year before closed with, else the balance given, else what the agreement says."""
    given = {**dict(working.facts.openings), **dict(position.reserves)}
    return {
        rule.name: ReserveLine(fund, rule, opening, opening)
        for fund in working.funds
        for rule in fund.reserves
        for opening in (given.get(rule.name, rule.opening),)
    }


def _placed(working: Working, carried: Carried) -> Carried:
    """What was carried for a scheme that is not pooled, or is there no more, is the fund's."""
    fund = next(fund for fund in working.funds if fund.name == carried.fund)
    pooled = any(scheme.name == carried.scheme and scheme.pooled for scheme in fund.schemes)
    return carried if pooled else replace(carried, scheme=None)


def lasting_rules(ruleset: Ruleset) -> Iterator[str]:
    """The ids of the steps and caps that hold over the term."""
    for fund in ruleset.funds:
        for waterfall in fund.waterfalls:
            yield from (cap.id for cap in waterfall.caps if cap.over_term)
            for step in waterfall.steps:
                yield from [] if step.over_term is None else [step.id]
                yield from (cap.id for cap in caps_of(step.taker) if cap.over_term)


def caps_of(taker: object) -> tuple[Cap, ...]:
    """The caps on what one step gives."""
    return taker.caps if isinstance(taker, ByPartners) else ()
