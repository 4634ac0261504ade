"""Small rulesets and facts for the tests of the engine: pounds in, whole pence out."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from poolrules.base.mode import Mode
from poolrules.engine.settle import settle
from poolrules.engine.settlement import Allocation, DecisionMade, Facts, Settlement, Spending, StepResult
from poolrules.ruleset.ruleset import (
    BudgetRule,
    Cap,
    Condition,
    ContributionRule,
    FundRules,
    Limit,
    Part,
    PartnerRule,
    ReserveRule,
    Ruleset,
    SchemeRule,
    Step,
    Taker,
    Trigger,
    Waterfall,
    Weights,
    YearFigures,
)

YEAR = "2026/27"


def pounds(amount: float) -> int:
    """Pence for an amount in pounds that has at most two decimals."""
    return round(amount * 100)


def weights(**parts: int) -> Weights:
    """A sharing by stated weights."""
    return Weights(tuple(Part(name, weight) for name, weight in parts.items()))


def scheme(name: str, mode: Mode = Mode.SHARED, bearer: str | None = None, *, capital: bool = False) -> SchemeRule:
    """A scheme named after itself."""
    return SchemeRule(f"scheme.{name}", name, name, mode, bearer, capital)


def cash(partner: str, pence: int, **more: object) -> ContributionRule:
    """A contribution; `more` are the fields beyond partner and pence."""
    tied = more.get("scheme")
    return ContributionRule(
        f"contribution.{partner}",
        partner,
        pence,
        in_kind=bool(more.get("in_kind", False)),
        capital=bool(more.get("capital", False)),
        recurrent=bool(more.get("recurrent", True)),
        scheme=tied if isinstance(tied, str) else None,
    )


def steps(prefix: str, *takers: Taker | Step) -> tuple[Step, ...]:
    """Steps numbered from 1; a bare taker has no limit."""
    return tuple(
        replace(one, id=f"{prefix}.{number}") if isinstance(one, Step) else Step(f"{prefix}.{number}", one)
        for number, one in enumerate(takers, 1)
    )


def limited(
    taker: Taker,
    *,
    at_most: Limit | None = None,
    until: Limit | None = None,
    cause: str | None = None,
    over_term: int | None = None,
    condition: Condition | None = None,
) -> Step:
    """A step with limits; `steps` gives it its id."""
    return Step("", taker, at_most, until, cause, over_term=over_term, condition=condition)


def over(
    schemes: Iterable[str],
    *takers: Taker | Step,
    fund: str = "F",
    separately: bool = False,
    caps: tuple[Cap, ...] = (),
) -> Waterfall:
    """An overspend waterfall."""
    rules = steps(f"{fund}.over", *takers)
    return Waterfall(f"{fund}.over", fund, Trigger.OVERSPEND, tuple(schemes), rules, separately, caps)


def under(schemes: Iterable[str], *takers: Taker | Step, fund: str = "F", caps: tuple[Cap, ...] = ()) -> Waterfall:
    """An underspend waterfall."""
    rules = steps(f"{fund}.under", *takers)
    return Waterfall(f"{fund}.under", fund, Trigger.UNDERSPEND, tuple(schemes), rules, caps=caps)


def gain(*takers: Taker | Step, fact: str = "Growth", fund: str = "F") -> Waterfall:
    """A waterfall of a gain, whose amount is a fact."""
    return Waterfall(f"{fund}.gain", fund, Trigger.GAIN, (), steps(f"{fund}.gain", *takers), gain=fact)


def reserve(name: str, opening: int, floor: int = 0, ceiling: int | None = None) -> ReserveRule:
    """A reserve named after itself."""
    return ReserveRule(f"reserve.{name}", name, name, opening, floor, ceiling)


def fund(
    schemes: Mapping[SchemeRule, int],
    *waterfalls: Waterfall,
    contributions: Iterable[ContributionRule] | None = None,
    reserves: Iterable[ReserveRule] = (),
    partners: tuple[str, ...] = ("A", "B"),
    host: str = "A",
    name: str = "F",
    odd_pennies: str | None = None,
    years: tuple[str, ...] = (YEAR,),
) -> FundRules:
    """A fund whose schemes come with their budgets; unless given, the host contributes all of them."""
    budgets = tuple(BudgetRule(f"budget.{rule.name}", rule.name, pence) for rule, pence in schemes.items())
    pooled = sum(pence for rule, pence in schemes.items() if rule.pooled)
    made = (cash(host, pooled),) if contributions is None else tuple(contributions)
    figures = tuple(YearFigures(year, made, budgets) for year in years)
    return FundRules(
        name, name, name, host, partners, tuple(schemes), figures, tuple(reserves), waterfalls, odd_pennies
    )


def ruleset(*funds: FundRules) -> Ruleset:
    """An agreement of some funds, with all their partners."""
    names = dict.fromkeys(name for one in funds for name in one.partners)
    return Ruleset("Test", "s75", tuple(PartnerRule(f"partner.{name}", name, name, "council") for name in names), funds)


def facts(
    spending: Mapping[str, int] | Iterable[Spending],
    *,
    year: str = YEAR,
    decisions: tuple[DecisionMade, ...] = (),
    openings: tuple[tuple[str, int], ...] = (),
    paid: tuple[tuple[str, str, int], ...] = (),
) -> Facts:
    """The facts of one year."""
    rows = (
        tuple(Spending(name, pence) for name, pence in spending.items())
        if isinstance(spending, Mapping)
        else tuple(spending)
    )
    return Facts(year, rows, decisions, openings, paid)


def settled(rules: Ruleset, given: Facts) -> Settlement:
    """A settlement of facts that have no faults."""
    settlement = settle(rules, given)
    assert isinstance(settlement, Settlement), settlement
    return settlement


def step_of(settlement: Settlement, rule: str) -> StepResult:
    """The one result of a step."""
    [result] = [step for run in settlement.runs for step in run.steps if step.rule == rule]
    return result


def by_name(allocations: Iterable[Allocation]) -> dict[str, int]:
    """The pence of some allocations by name."""
    totals: dict[str, int] = {}
    for one in allocations:
        totals[one.name] = totals.get(one.name, 0) + one.pence
    return totals


def nets(settlement: Settlement) -> dict[str, int]:
    """What each partner pays in beyond its contribution (negative: receives), over all funds."""
    totals: dict[str, int] = {}
    for result in settlement.partners:
        totals[result.partner] = totals.get(result.partner, 0) + result.net
    return totals
