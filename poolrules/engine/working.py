"""The open books of one year: what the stages of a settlement read and write.

This is the only thing in the engine that changes; it is made for one call of `settle`, passed
from stage to stage, and closed into a `Settlement`. All amounts are whole pence.
"""

from msgspec import Struct, field

from poolrules.engine.settlement import (
    Allocation,
    Control,
    DecisionMade,
    Facts,
    PartnerResult,
    ReserveResult,
    Run,
    Transfer,
)
from poolrules.ruleset.ruleset import ByContributions, FundRules, ReserveRule, Ruleset, SchemeRule, YearFigures


class SchemeLine(Struct):
    """One scheme's year. `open` is the size of the variance that nothing has dealt with yet."""

    fund: FundRules
    rule: SchemeRule
    budget: int
    spent: int
    open: int = 0
    lent: int = 0
    allocations: list[Allocation] = field(default_factory=list)

    @property
    def variance(self) -> int:
        """Spending less budget: positive is an overspend."""
        return self.spent - self.budget

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


class Working(Struct):
    """The books of one year. `figures` has only the funds that the agreement gives figures for in that year."""

    ruleset: Ruleset
    facts: Facts
    figures: dict[str, YearFigures]
    reserves: dict[str, ReserveLine]
    decisions: dict[str, DecisionMade]
    paid: dict[tuple[str, str], int] | None = None
    """By fund and partner; where there is nothing at all, contributions count as agreed."""
    schemes: dict[str, SchemeLine] = field(default_factory=dict)
    cap_used: dict[str, int] = field(default_factory=dict)
    """By the rule id of the cap: what its partner has been given under it so far this year."""
    as_paid: list[ByContributions] = field(default_factory=list)
    """The sharings by contributions as paid that some run came to."""
    runs: list[Run] = field(default_factory=list)
    unbudgeted: list[tuple[str, Allocation]] = field(default_factory=list)
    partners: list[PartnerResult] = field(default_factory=list)
    reserve_results: list[ReserveResult] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)

    @property
    def funds(self) -> tuple[FundRules, ...]:
        """The funds settled this year, in written order."""
        return tuple(fund for fund in self.ruleset.funds if fund.name in self.figures)

    def cash_of(self, fund: str, partner: str) -> int:
        """What a partner pays into a fund for the year; money tied to a scheme that is not pooled never comes in."""
        return sum(
            rule.pence
            for rule in self.figures[fund].contributions
            if rule.partner == partner and not rule.in_kind and self.comes_in(fund, rule.scheme)
        )

    def comes_in(self, fund: str, scheme: str | None) -> bool:
        """Whether money tied to this scheme (or to none) is paid into the fund."""
        return scheme is None or scheme not in self._beside(fund)

    def _beside(self, fund: str) -> tuple[str, ...]:
        """The schemes of a fund whose budgets are not paid from it."""
        rules = next(rules for rules in self.ruleset.funds if rules.name == fund)
        return tuple(scheme.name for scheme in rules.schemes if not scheme.pooled)


def first_year(fund: FundRules) -> str:
    """The first financial year that a fund has figures for."""
    return min(figures.year for figures in fund.years)


def open_books(ruleset: Ruleset, facts: Facts) -> Working:
    """Open the books for the year of the facts, which must have been found free of faults."""
    figures = {fund.name: year for fund in ruleset.funds for year in fund.years if year.year == facts.year}
    return Working(
        ruleset=ruleset,
        facts=facts,
        figures=figures,
        reserves=_reserves(ruleset, facts, figures),
        decisions={decision.body: decision for decision in facts.decisions},
        paid={(fund, partner): pence for fund, partner, pence in facts.paid},
    )


def _reserves(ruleset: Ruleset, facts: Facts, figures: dict[str, YearFigures]) -> dict[str, ReserveLine]:
    """Open each reserve with the balance given, else (in a fund's first year) with what the agreement says."""
    given = dict(facts.openings)
    return {
        rule.name: ReserveLine(fund, rule, opening, opening)
        for fund in ruleset.funds
        if fund.name in figures
        for rule in fund.reserves
        for opening in (given.get(rule.name, rule.opening),)
    }
