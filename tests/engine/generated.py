"""Generated agreements and years for property tests: any mode, rule, limit, sharing and treatment, over two funds.

They are made from one random number each, since there is more in them than can be drawn piece by piece in good time.
"""

from collections.abc import Sequence
from random import Random
from typing import Final, TypeVar

from hypothesis import strategies as st
from msgspec import structs

from poolrules.base.mode import Mode
from poolrules.engine.settlement import Counted, DecisionMade, Facts, FactSaid, Marked, Spending
from poolrules.engine.working import ONE_OFF
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    ByPartners,
    Cap,
    CarryForward,
    Change,
    Charges,
    Condition,
    ContributionRule,
    Decided,
    FactRule,
    FromReserve,
    FromUnderspends,
    FundRules,
    IntoReserve,
    KeyRule,
    KeyYear,
    Known,
    Later,
    Limit,
    Moment,
    Of,
    OfSpending,
    Outside,
    Part,
    PartOf,
    Ruleset,
    SchemeRule,
    Sharing,
    Silent,
    Step,
    Taker,
    TotalOf,
    Trigger,
    Waterfall,
    Weights,
)
from tests.engine.build import YEAR, fund, reserve, ruleset

PARTNERS: Final = ("Ash", "Birch", "Cedar")
NEXT_YEAR: Final = "2027/28"
CAUSE: Final = "luck"
FACTS: Final = (
    FactRule("fact.Agreed", "Agreed", "Both agreed"),
    FactRule("fact.Offer", "Offer", "What is offered", amount=True),
    FactRule("fact.Growth", "Growth", "Growth in rates", amount=True),
)
NARROWED: Final[tuple[tuple[str, ...], ...]] = ((), ("Ash",), ("Birch", "Cedar"))

T = TypeVar("T")


def happens(chance: Random, often: float) -> bool:
    """Whether something happens that does so in a part of all cases."""
    return chance.random() < often


def some(chance: Random, things: Sequence[T], least: int, most: int) -> list[T]:
    """From `least` to `most` of some things, each once."""
    return chance.sample(things, min(len(things), chance.randint(least, most)))


def pence(chance: Random) -> int:
    """A sum: nothing, small, or of any size that an agreement may state."""
    return chance.choice(
        (0, chance.randint(0, 30), chance.randint(0, 2000), 10 ** chance.randint(3, 11) + chance.randint(0, 999))
    )


def parts(chance: Random) -> tuple[Part, ...]:
    """Weights of which at least one is positive."""
    found = {name: chance.choice((0, 1, 2, 3, 7, 12)) for name in PARTNERS} | {chance.choice(PARTNERS): 5}
    return tuple(Part(name, weight) for name, weight in found.items())


def sharing(chance: Random) -> Sharing:
    """A sharing of any kind, perhaps by contributions that nobody made."""
    kind = chance.randrange(8)
    if kind < 3:
        return Weights(parts(chance))
    if kind == 3:
        return OfSpending(parts(chance))
    if kind < 6:
        return ByKey(chance.choice(("People", "Visits", "Floor")), chance.choice(NARROWED))
    return ByContributions(
        chance.choice((("F",), ("G",), ("F", "G"))),
        chance.choice((Moment.LAST_VARIED, Moment.FIRST_AGREED)),
        in_kind=happens(chance, 0.5),
        recurrent_only=happens(chance, 0.3),
        partners=chance.choice(NARROWED),
        charges=chance.choice((None, *Charges)),
    )


def keys(chance: Random) -> tuple[KeyRule, ...]:
    """One key with values, one of money and one that is counted."""
    people, floor = (
        tuple(KeyYear(f"{name}.{year}", year, parts(chance)) for year in (YEAR, NEXT_YEAR))
        for name in ("People", "Floor")
    )
    return (
        KeyRule("key.People", "People", "", people),
        KeyRule("key.Floor", "Floor", "", floor, money=True),
        KeyRule("key.Visits", "Visits", "", counted=True),
    )


def caps(chance: Random, rule: str, schemes: list[str]) -> tuple[Cap, ...]:
    """Caps on some partners: at a sum, for a year or the term, or a part of a contribution; some that consent lifts."""
    made = []
    for name in some(chance, PARTNERS, 0, 2):
        unless = chance.choice((None, None, "Agreed"))
        if happens(chance, 0.6):
            most, lasts = pence(chance), happens(chance, 0.5)
            made.append(Cap(f"{rule}.cap.{name}", name, most, over_term=lasts, unless=unless))
        else:
            part = chance.randint(0, 3), chance.randint(1, 7)
            made.append(Cap(f"{rule}.cap.{name}", name, None, *part, tuple(some(chance, schemes, 0, 1)), unless=unless))
    return tuple(made)


def limit(chance: Random, taker: Taker) -> Limit | None:
    """No limit, a sum, a part of something, an amount that is said, or the total of a key."""
    kind = chance.randrange(9)
    if kind < 4:
        return None
    if kind < 6:
        return pence(chance)
    if kind == 6:
        return chance.choice((Known("Offer"), TotalOf("Floor"), PartOf(1, 3, Of.CONTRIBUTIONS, ("Ash", "Birch"))))
    of = [one for one in Of if one is not Of.HOLDING or isinstance(taker, FromReserve | IntoReserve)]
    whole = chance.randint(1, 9)
    return PartOf(chance.randint(0, whole), whole, chance.choice(of))


def carrying(chance: Random, schemes: list[str]) -> CarryForward:
    """Money kept for a scheme, for the fund or where it arose; perhaps for spending that does not recur."""
    one_off = happens(chance, 0.4)
    if happens(chance, 0.4):
        return CarryForward(where_it_arose=True, one_off_only=one_off)
    return CarryForward(chance.choice((None, *schemes)), one_off_only=one_off)


def later(chance: Random) -> Later | None:
    """What follows from a sum in later years, where anything does."""
    if happens(chance, 0.5):
        return None
    pay_now = happens(chance, 0.6)
    by = chance.choice((None, *PARTNERS)) if pay_now else None
    return Later(chance.randint(1, 3), chance.randint(1, 2), pay_now, by)


def stock(chance: Random, trigger: Trigger) -> FromReserve | IntoReserve:
    """A reserve that is drawn on by an overspend, or filled by anything else."""
    name = chance.choice(("F.R", "G.R"))
    if trigger is Trigger.OVERSPEND:
        return FromReserve(name)
    return IntoReserve(name, chance.choice((None, pence(chance))))


def taker(chance: Random, trigger: Trigger, rule: str, schemes: list[str]) -> Taker:
    """A taker that fits a trigger."""
    kind = chance.randrange(10)
    if kind < 4:
        return ByPartners(sharing(chance), caps(chance, rule, schemes), later(chance))
    if kind == 4:
        after = chance.choice((None, sharing(chance), stock(chance, trigger), carrying(chance, schemes)))
        return Decided("Board", None, after, chance.choice((None, *PARTNERS)))
    if kind == 5:
        return carrying(chance, schemes)
    if kind == 6:
        return chance.choice((Outside("Government"), Silent("the agreement is silent")))
    if kind == 7 and trigger is Trigger.OVERSPEND:
        return FromUnderspends(tuple(some(chance, schemes, 1, 4)))
    return stock(chance, trigger)


def step(chance: Random, rule: str, trigger: Trigger, schemes: list[str]) -> Step:
    """One step, with any limits and perhaps a condition."""
    to = taker(chance, trigger, rule, schemes)
    return Step(
        rule,
        to,
        limit(chance, to),
        limit(chance, to) if happens(chance, 0.3) else None,
        CAUSE if happens(chance, 0.15) else None,
        over_term=pence(chance) if happens(chance, 0.2) else None,
        condition=Condition("Agreed", happens(chance, 0.5)) if happens(chance, 0.2) else None,
    )


def waterfall(chance: Random, name: str, trigger: Trigger, shared: list[str], schemes: list[str]) -> Waterfall:
    """A waterfall over some shared schemes of either fund, or of a gain, with or without a remainder."""
    rule = f"{name}.{trigger.value}"
    gain = trigger is Trigger.GAIN
    covered = () if gain else tuple(some(chance, shared, 0, 5))
    return Waterfall(
        rule,
        name,
        trigger,
        covered,
        tuple(step(chance, f"{rule}.{number}", trigger, schemes) for number in range(1, chance.randint(0, 4) + 1)),
        happens(chance, 0.4),
        caps(chance, rule, schemes) if happens(chance, 0.4) else (),
        gain="Growth" if gain else None,
    )


def scheme_rule(chance: Random, name: str, host: str) -> SchemeRule:
    """A scheme, most often a shared one."""
    mode = chance.choice((Mode.SHARED, Mode.SHARED, Mode.SHARED, *Mode))
    bearer = host if mode is Mode.FIXED_SHARE else chance.choice(PARTNERS)
    over_only = mode in (Mode.OWN_RISK, Mode.FIXED_SHARE) and happens(chance, 0.5)
    return SchemeRule(name, name, "", mode, bearer, happens(chance, 0.2), over_only)


def contribution(chance: Random, rule: str, schemes: list[str]) -> ContributionRule:
    """A contribution of any kind, or a change to one."""
    change = chance.choice((None, None, None, *Change)) if happens(chance, 0.4) else None
    return ContributionRule(
        rule,
        chance.choice(PARTNERS),
        pence(chance) if change is None else chance.randint(-20, 20),
        in_kind=change is None and happens(chance, 0.2),
        recurrent=happens(chance, 0.7),
        scheme=chance.choice((None, None, *schemes)),
        condition=Condition("Agreed") if happens(chance, 0.15) else None,
        indicative=happens(chance, 0.2),
        charges=chance.choice((0, chance.randint(0, 30))),
        gross=happens(chance, 0.5),
        change=change,
    )


def contributions(chance: Random, rules: list[SchemeRule], budgets: dict[SchemeRule, int]) -> list[ContributionRule]:
    """Some contributions; in half of all cases exactly the budgets, each tied to its scheme."""
    if happens(chance, 0.5):
        return [contribution(chance, f"contribution.{place}", [rule.name for rule in rules]) for place in range(4)]
    made = []
    for rule in rules:
        first, second = chance.sample(PARTNERS, 2)
        part = chance.randint(0, budgets[rule])
        made.append(ContributionRule(f"{rule.name}.a", first, part, scheme=rule.name))
        made.append(ContributionRule(f"{rule.name}.b", second, budgets[rule] - part, scheme=rule.name))
    return made


def fund_rules(chance: Random, name: str, rules: list[SchemeRule], others: list[SchemeRule], host: str) -> FundRules:
    """One fund; the reserve and the schemes of the other may be named in its steps, and shared by them."""
    everyone = [*rules, *others] if happens(chance, 0.4) else rules
    shared = [rule.name for rule in everyone if rule.mode is Mode.SHARED]
    under = [rule.name for rule in everyone if rule.mode is Mode.SHARED or rule.over_only]
    names = [rule.name for rule in (*rules, *others)]
    falls = [
        waterfall(chance, name, trigger, shared if trigger is Trigger.OVERSPEND else under, names)
        for trigger in Trigger
    ]
    floor, budgets = chance.randint(0, 30), {rule: pence(chance) for rule in rules}
    whole = fund(
        budgets,
        *falls,
        contributions=contributions(chance, rules, budgets),
        reserves=[reserve(f"{name}.R", pence(chance), floor, chance.choice((None, floor + pence(chance))))],
        partners=PARTNERS,
        host=host,
        name=name,
        odd_pennies=chance.choice((None, *PARTNERS)),
        years=(YEAR, NEXT_YEAR),
    )
    first = tuple(contribution(chance, f"first.{name}", [rule.name for rule in rules]) for _ in range(2))
    varied = first if happens(chance, 0.3) else None
    return structs.replace(whole, years=tuple(structs.replace(year, first_agreed=varied) for year in whole.years))


def agreement(chance: Random) -> Ruleset:
    """An agreement of two funds."""
    hosts = {name: chance.choice(PARTNERS) for name in ("F", "G")}
    rules = {
        name: [scheme_rule(chance, f"{name}.{place}", host) for place in range(chance.randint(1, 4))]
        for name, host in hosts.items()
    }
    first = fund_rules(chance, "F", rules["F"], rules["G"], hosts["F"])
    second = fund_rules(chance, "G", rules["G"], rules["F"], hosts["G"])
    return structs.replace(ruleset(first, second), keys=keys(chance), facts=FACTS)


def year_of(chance: Random, rules: Ruleset, year: str = YEAR) -> Facts:
    """A year of an agreement: each scheme has one to three rows, some marked, some income; everything is said."""
    steps = [step for one in rules.funds for fall in one.waterfalls for step in fall.steps]
    marks: list[tuple[str, ...]] = [()]
    if any(step.cause for step in steps):
        marks.append((CAUSE,))
    kept = [step.taker.failing if isinstance(step.taker, Decided) else step.taker for step in steps]
    if any(isinstance(taker, CarryForward) and taker.one_off_only for taker in kept):
        marks.append((ONE_OFF,))
    rows, marked = [], []
    for budget in (budget for one in rules.funds for budget in one.years[0].budgets):
        near = budget.pence + chance.randint(-20, 20)
        rows.append(Spending(budget.scheme, chance.choice((budget.pence, near, near, pence(chance)))))
        for _ in range(chance.randint(0, 2)):
            rows.append(Spending(budget.scheme, chance.randint(-50, 50), chance.choice(marks)))
        if (CAUSE,) in marks:
            marked.append(Marked(budget.scheme, CAUSE, chance.randint(0, 30)))
    bodies = {step.taker.body for step in steps if isinstance(step.taker, Decided)}
    decided = happens(chance, 0.5)
    return Facts(
        year,
        tuple(rows),
        tuple(DecisionMade(body, chance.choice((None, sharing(chance)))) for body in sorted(bodies) if decided),
        said=(
            FactSaid("Agreed", holds=happens(chance, 0.5)),
            FactSaid("Offer", pence=pence(chance)),
            FactSaid("Growth", pence=pence(chance)),
        ),
        counts=tuple(Counted("Visits", name, chance.randint(0, 30)) for name in PARTNERS),
        marked=tuple(marked),
    )


SEEDS: Final = st.integers(0, 2**32)


def _chance(seed: int) -> Random:
    """The choices that follow from a number."""
    return Random(seed)  # noqa: S311 - the same number must give the same case


def _year(seed: int) -> tuple[Ruleset, Facts]:
    """An agreement and a year of it, from a number."""
    chance = _chance(seed)
    rules = agreement(chance)
    return rules, year_of(chance, rules)


def _two_years(seed: int) -> tuple[Ruleset, Facts, Facts]:
    """An agreement and two years of it, from a number."""
    chance = _chance(seed)
    rules = agreement(chance)
    return rules, year_of(chance, rules), year_of(chance, rules, NEXT_YEAR)


def settled_years() -> st.SearchStrategy[tuple[Ruleset, Facts]]:
    """An agreement and a year of it."""
    return SEEDS.map(_year)


def chained_years() -> st.SearchStrategy[tuple[Ruleset, Facts, Facts]]:
    """An agreement and two years of it, one after the other."""
    return SEEDS.map(_two_years)
