"""Generated agreements and years for property tests: any mode, any waterfall, one or two funds."""

from hypothesis import strategies as st

from poolrules.base.mode import Mode
from poolrules.engine.settlement import DecisionMade, Facts, Spending
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Cap,
    CarryForward,
    ContributionRule,
    Decided,
    FromReserve,
    FromUnderspends,
    FundRules,
    IntoReserve,
    Moment,
    Part,
    Ruleset,
    SchemeRule,
    Sharing,
    Silent,
    Step,
    Taker,
    Trigger,
    Waterfall,
    Weights,
)
from tests.engine.build import YEAR, cash, fund, reserve, ruleset

PARTNERS = ("Ash", "Birch", "Cedar")
SMALL = st.integers(0, 30)
PENCE = st.one_of(SMALL, st.integers(0, 10**11))
MAYBE = st.none() | PENCE


@st.composite
def weighted(draw: st.DrawFn) -> Weights:
    """Weights of which at least one is positive."""
    found = draw(st.lists(st.integers(0, 12), min_size=3, max_size=3).filter(any))
    return Weights(tuple(Part(name, weight) for name, weight in zip(PARTNERS, found, strict=True)))


@st.composite
def by_contributions(draw: st.DrawFn) -> ByContributions:
    """A sharing by contributions, perhaps by none at all."""
    return ByContributions(
        draw(st.sampled_from([("F",), ("G",), ("F", "G")])),
        Moment.LAST_VARIED,
        in_kind=draw(st.booleans()),
        recurrent_only=draw(st.booleans()),
        partners=draw(st.sampled_from([(), ("Ash",), ("Ash", "Cedar")])),
    )


SHARINGS: st.SearchStrategy[Sharing] = weighted() | by_contributions()


@st.composite
def capped(draw: st.DrawFn, rule: str) -> tuple[Cap, ...]:
    """Caps on some partners."""
    names = draw(st.lists(st.sampled_from(PARTNERS), max_size=2, unique=True))
    return tuple(Cap(f"{rule}.cap.{name}", name, draw(MAYBE)) for name in names)


@st.composite
def takers(draw: st.DrawFn, trigger: Trigger, rule: str, schemes: list[str]) -> Taker:
    """A taker that fits a trigger."""
    names = tuple(draw(st.lists(st.sampled_from(schemes), min_size=1, max_size=4)))
    kinds: list[st.SearchStrategy[Taker]] = [
        st.builds(ByPartners, SHARINGS, capped(rule)),
        st.builds(Decided, st.just("Board"), st.none(), st.none() | SHARINGS),
        st.just(CarryForward()),
        st.just(Silent("the agreement is silent")),
    ]
    sources: list[st.SearchStrategy[Taker]] = [
        st.just(FromUnderspends(names)),
        st.sampled_from([FromReserve("F.R"), FromReserve("G.R")]),
    ]
    fills: list[st.SearchStrategy[Taker]] = [
        st.builds(IntoReserve, st.sampled_from(["F.R", "G.R"]), MAYBE),
    ]
    return draw(st.one_of(kinds + (sources if trigger is Trigger.OVERSPEND else fills)))


@st.composite
def waterfalls(draw: st.DrawFn, name: str, trigger: Trigger, shared: list[str], schemes: list[str]) -> Waterfall:
    """A waterfall over some shared schemes of a fund, with or without a remainder."""
    rule = f"{name}.{trigger.value}"
    rules = tuple(
        Step(
            f"{rule}.{number}",
            draw(takers(trigger, f"{rule}.{number}", schemes)),
            draw(MAYBE),
            draw(MAYBE),
            draw(st.sampled_from([None, None, None, "luck"])),
        )
        for number in range(1, draw(st.integers(0, 4)) + 1)
    )
    covered = tuple(draw(st.lists(st.sampled_from(shared), max_size=4))) if shared else ()
    return Waterfall(rule, name, trigger, covered, rules, draw(st.booleans()), draw(capped(rule)))


@st.composite
def funds(draw: st.DrawFn, name: str, modes: list[Mode], schemes: list[str]) -> FundRules:
    """One fund; the reserve and the schemes of the other may be named in its steps."""
    host = draw(st.sampled_from(PARTNERS))
    rules = {
        SchemeRule(
            f"{name}.{place}",
            f"{name}.{place}",
            "",
            mode,
            host if mode is Mode.FIXED_SHARE else draw(st.sampled_from(PARTNERS)),
            draw(st.booleans()),
        ): draw(PENCE)
        for place, mode in enumerate(modes)
    }
    shared = [rule.name for rule in rules if rule.mode is Mode.SHARED]
    made = [draw(contributions(place)) for place in range(draw(st.integers(0, 4)))]
    floor = draw(SMALL)
    return fund(
        rules,
        *(draw(waterfalls(name, trigger, shared, schemes)) for trigger in Trigger),
        contributions=made,
        reserves=[reserve(f"{name}.R", draw(PENCE), floor, draw(st.none() | st.integers(30, 10**10)))],
        partners=PARTNERS,
        host=host,
        name=name,
        odd_pennies=draw(st.sampled_from([None, *PARTNERS])),
    )


@st.composite
def contributions(draw: st.DrawFn, place: int) -> ContributionRule:
    """A contribution of any kind."""
    kind = {"in_kind": draw(st.booleans()), "recurrent": draw(st.booleans())}
    return cash(draw(st.sampled_from(PARTNERS)), draw(PENCE), place=place, **kind)


@st.composite
def agreements(draw: st.DrawFn) -> Ruleset:
    """An agreement of two funds."""
    modes = {name: draw(st.lists(st.sampled_from(Mode), min_size=1, max_size=4)) for name in ("F", "G")}
    schemes = [f"{name}.{place}" for name in modes for place in range(len(modes[name]))]
    return ruleset(*(draw(funds(name, modes[name], schemes)) for name in modes))


@st.composite
def years(draw: st.DrawFn, rules: Ruleset) -> Facts:
    """A year of an agreement: each scheme has one to three rows, some marked with a cause, some income."""
    asked = any(step.cause for one in rules.funds for fall in one.waterfalls for step in fall.steps)
    rows = []
    for one in rules.funds:
        for budget in one.years[0].budgets:
            total = draw(PENCE | st.just(budget.pence) | st.integers(budget.pence - 20, budget.pence + 20))
            for _ in range(draw(st.integers(0, 2))):
                part = draw(st.integers(-50, 50))
                rows.append(Spending(budget.scheme, part, draw(st.sampled_from([None, "luck"] if asked else [None]))))
                total -= part
            rows.append(Spending(budget.scheme, total))
    bodies = {
        step.taker.body
        for one in rules.funds
        for fall in one.waterfalls
        for step in fall.steps
        if isinstance(step.taker, Decided)
    }
    decided = draw(st.booleans())
    decisions = tuple(DecisionMade(body, draw(st.none() | SHARINGS)) for body in sorted(bodies) if decided)
    return Facts(YEAR, tuple(rows), decisions)


@st.composite
def settled_years(draw: st.DrawFn) -> tuple[Ruleset, Facts]:
    """An agreement and a year of it."""
    rules = draw(agreements())
    return rules, draw(years(rules))
