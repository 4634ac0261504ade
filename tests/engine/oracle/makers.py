"""Small agreements and years to try the engine and the oracle on: a seed gives the same ones for ever.

Sums are a few pence, so that odd pennies, caps and limits meet each other in almost every case.
"""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from msgspec import structs

from poolrules.base.mode import Mode
from poolrules.engine.settlement import Counted, DecisionMade, Eased, Facts, FactSaid, Marked, Spending
from poolrules.ruleset.ruleset import (
    BudgetRule,
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
    PartnerRule,
    PartOf,
    PaymentRule,
    ReserveRule,
    Retained,
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
    YearFigures,
)

YEARS = ("2026/27", "2027/28", "2028/29")
MONTHS = {1: "04-30", 4: "07-31", 7: "10-31"}
"""Parts of a year, and the day up to which they go."""
DAYS = {1: 30, 4: 122, 7: 214}
"""How many days they have."""
BODIES = ("Board", "Panel")
MARKS = ("mistake", "windfall", "one-off")
REFUSALS = 0.01
"""How often something that a year needs is left out, so that both must ask for it."""


class Case(NamedTuple):
    """An agreement with some years, or parts of one year, that follow on from each other."""

    rules: Ruleset
    facts: tuple[Facts, ...]


class Maker:
    """Makes cases from a seed. `without` are parts of the language to leave out, by the names used below."""

    def __init__(self, seed: int, without: frozenset[str] = frozenset()) -> None:
        self.random = Random(seed)  # noqa: S311 - the same number must give the same case
        self.without = without
        self.number = 0

    def chance(self, part: str, of: float) -> bool:
        """Whether to use a part of the language this time; the random numbers are the same with and without it."""
        return self.random.random() < of and part not in self.without

    def pence(self, most: int) -> int:
        """A few pence, in a large agreement many; nought more often than any other sum."""
        return self.random.choice((0, self.between(0, most), self.between(0, most)))

    def between(self, least: int, most: int) -> int:
        """A sum between two sums."""
        return self.random.randint(least * self.scale, most * self.scale)

    def some(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """At least one of some names, in any order."""
        return tuple(self.random.sample(names, self.random.randint(1, len(names))))

    def id(self, kind: str) -> str:
        """A rule id that no other rule has."""
        self.number += 1
        return f"{kind}.{self.number}"

    def ruleset(self) -> Ruleset:
        """An agreement of one fund, or of two."""
        self.lending = self.chance("lending", 0.08)
        self.scale = 7_654_321 if self.chance("large sums", 0.03) else 1
        self.lenders = set[str]()
        self.ends: dict[str, str] = {}
        self.bodies, self.marks = set[str](), set[str]()
        self.partners = ("A", "B", "C")[: self.random.choice((2, 2, 3))]
        two = self.chance("two funds", 0.25)
        self.schemes = {
            "F": tuple(self.scheme(name) for name in "STUVW"[: 5 if self.lending else self.random.randint(1, 4)])
        }
        self.reserves = {"F": tuple(self.reserve(name) for name in ("R", "Q")[: self.random.choice((0, 1, 1, 2))])}
        everybody = self.partners
        self.few = everybody[:2] if two and self.chance("fewer partners", 0.3) else everybody
        if two:
            self.partners = self.few
            self.schemes["G"] = tuple(self.scheme(name) for name in "XY"[: self.random.randint(1, 2)])
            self.reserves["G"] = tuple(self.reserve(name) for name in ("P",)[: self.random.randint(0, 1)])
        self.all_schemes = {one.name: one for schemes in self.schemes.values() for one in schemes}
        self.budgets = {name: self.pence(30) for name in self.all_schemes}
        funds = tuple(self.fund(name, everybody if name == "F" else self.few) for name in self.schemes)
        self.partners = everybody
        parties = tuple(PartnerRule(f"partner.{name}", name, name, "council") for name in self.partners)
        facts = tuple(FactRule(f"fact.{name}", name, name, name in ("Offer", "Growth")) for name in FACTS)
        return Ruleset("Small", "s75", parties, funds, tuple(self.keys()), facts)

    def keys(self) -> Iterator[KeyRule]:
        """A key of numbers, one counted each year, and one of money."""
        for name, counted, money in (("People", False, False), ("Visits", True, False), ("Floors", False, True)):
            years = tuple(
                KeyYear(f"key.{name}.{year}", year, tuple(Part(partner, self.pence(9)) for partner in self.partners))
                for year in YEARS
            )
            yield KeyRule(f"key.{name}", name, name, () if counted else years, counted, money)

    def scheme(self, name: str) -> SchemeRule:
        """A scheme, mostly shared."""
        mode = self.random.choice((Mode.SHARED,) * 6 + tuple(Mode))
        bearer = None if mode in (Mode.SHARED, Mode.IN_VIEW) else self.random.choice(self.partners)
        if mode is Mode.RING_FENCED and self.random.random() < 0.5:
            bearer = None
        over_only = mode is Mode.OWN_RISK and self.chance("over only", 0.4)
        return SchemeRule(
            f"scheme.{name}",
            name,
            name,
            mode,
            bearer,
            self.chance("capital", 0.5 if self.lending else 0.25),
            over_only=over_only,
            first_day="2026-05-01" if self.chance("days", 0.1) else None,
            last_day="2028-06-30" if self.chance("days", 0.1) else None,
        )

    def reserve(self, name: str) -> ReserveRule:
        """A reserve within its bounds."""
        opening = self.pence(20)
        floor = self.random.choice((0, self.random.randint(0, opening)))
        ceiling = self.random.choice((None, opening + self.pence(20)))
        return ReserveRule(f"reserve.{name}", name, name, opening, floor, ceiling)

    def fund(self, name: str, partners: tuple[str, ...]) -> FundRules:
        """A fund with its figures for all years and its waterfalls."""
        self.home, self.partners = name, partners
        host = self.random.choice(self.partners)
        odd = self.random.choice(self.partners) if self.chance("odd pennies", 0.2) else None
        falls = [
            self.waterfall(name, Trigger.OVERSPEND, number) for number in range(self.random.choice((0, 1, 1, 1, 2)))
        ]
        falls += [
            self.waterfall(name, Trigger.UNDERSPEND, number) for number in range(self.random.choice((0, 1, 1, 2)))
        ]
        if self.chance("gain", 0.15):
            falls.append(self.waterfall(name, Trigger.GAIN, 0))
        lasts = 2 if name == "G" and self.chance("ended fund", 0.1) else 3
        years = tuple(self.figures(name, year) for year in YEARS[:lasts])
        self.ends[name] = YEARS[lasts - 1]
        notional = Retained(f"{name}.paid") if self.chance("notional", 0.1) else None
        own, pots = self.schemes[name], self.reserves[name]
        return FundRules(name, name, name, host, self.partners, own, years, pots, tuple(falls), odd, paid=notional)

    def figures(self, fund: str, year: str) -> YearFigures:
        """Budgets and contributions of a year; often these add up to those."""
        own = self.schemes[fund]
        budgets = tuple(BudgetRule(f"budget.{one.name}.{year}", one.name, self.budgets[one.name]) for one in own)
        lines = [self.contribution(own) for _ in range(self.random.randint(1, 4))]
        pooled = sum(self.budgets[one.name] for one in own if one.pooled)
        paid = sum(one.pence for one in lines if not one.in_kind and one.condition is None)
        if self.random.random() < 0.6 and pooled > paid:
            lines.append(ContributionRule(self.id("contribution"), self.random.choice(self.partners), pooled - paid))
        if self.chance("shift", 0.15):
            lines.append(self.shifted(self.random.choice(lines)))
        first = tuple(self.contribution(own) for _ in range(2)) if self.chance("first agreed", 0.2) else None
        unset = (self.partners[0],) if self.chance("refusals", REFUSALS / 4) else ()
        payer, payee = self.random.sample(self.partners, 2)
        payments = (
            (PaymentRule(self.id("payment"), payer, payee, self.pence(9)),) if self.chance("payments", 0.1) else ()
        )
        return YearFigures(year, tuple(lines), budgets, payments, unset, first)

    def contribution(self, own: tuple[SchemeRule, ...]) -> ContributionRule:
        """A contribution of any kind."""
        pence = self.pence(25)
        charges = self.random.randint(0, pence) if self.chance("charges", 0.15) else 0
        shift = self.chance("shift", 0.08)
        return ContributionRule(
            self.id("contribution"),
            self.random.choice(self.partners),
            pence,
            in_kind=self.random.random() < 0.1,
            capital=self.random.random() < 0.1,
            recurrent=self.random.random() < 0.9,
            scheme=self.random.choice(own).name if self.random.random() < 0.25 else None,
            condition=self.condition() if self.chance("contribution condition", 0.1) else None,
            indicative=self.chance("indicative", 0.05),
            charges=charges,
            gross=charges > 0 and self.random.random() < 0.5,
            change=Change.SHIFT if shift else None,
        )

    def shifted(self, line: ContributionRule) -> ContributionRule:
        """A part of a contribution that is paid by another partner this year, so that it is less."""
        less = -self.random.randint(0, max(0, line.pence))
        return structs.replace(
            line, id=self.id("contribution"), pence=less, change=Change.SHIFT, charges=0, gross=False
        )

    def condition(self) -> Condition:
        """A fact that must hold, or must not."""
        return Condition(self.random.choice(("Consent", "Target")), self.random.random() < 0.6)

    def waterfall(self, fund: str, trigger: Trigger, number: int) -> Waterfall:
        """A waterfall of up to four steps."""
        rule = f"{fund}.{trigger.value}.{number}"
        wanted = self.open_schemes(trigger, self.schemes[fund])
        if self.chance("funds together", 0.3):
            wanted = self.open_schemes(trigger, tuple(self.all_schemes.values()))
        self.over = trigger is Trigger.OVERSPEND
        if trigger is Trigger.GAIN or not wanted:
            self.run_schemes: tuple[str, ...] = ()
        else:
            self.run_schemes = wanted if self.random.random() < 0.6 else self.some(wanted)
        steps = tuple(self.step(f"{rule}.{count}") for count in range(1, self.random.choice((0, 1, 2, 2, 3, 3, 4)) + 1))
        return Waterfall(
            rule,
            fund,
            trigger,
            self.run_schemes,
            steps,
            separately=trigger is not Trigger.GAIN and self.random.random() < 0.25,
            caps=self.caps(rule, 0.2),
            gain="Growth" if trigger is Trigger.GAIN else None,
        )

    def open_schemes(self, trigger: Trigger, schemes: tuple[SchemeRule, ...]) -> tuple[str, ...]:
        """The schemes that a waterfall may be for."""
        under = trigger is Trigger.UNDERSPEND
        return tuple(one.name for one in schemes if one.mode is Mode.SHARED or (under and one.over_only))

    def step(self, rule: str) -> Step:
        """A step with any limits."""
        self.touches = self.random.choice([one.name for all in self.reserves.values() for one in all] or [None])
        taker = self.taker(rule)
        draws = isinstance(taker, FromReserve | IntoReserve)
        cause = self.random.choice(MARKS) if self.random.random() < 0.12 else None
        self.marks |= {cause} if cause else set()
        return Step(
            rule,
            taker,
            at_most=self.limit(draws) if self.random.random() < 0.45 else None,
            until=self.limit(draws) if self.random.random() < 0.2 else None,
            cause=cause,
            over_term=self.between(1, 20) if self.chance("step over term", 0.08) else None,
            condition=self.condition() if self.chance("step condition", 0.12) else None,
        )

    def limit(self, draws: bool) -> Limit:
        """A limit of any kind."""
        if not self.chance("limits", 0.5):
            return self.between(0, 20)
        kind = self.random.random()
        if kind < 0.12:
            return Known("Offer")
        if kind < 0.2:
            return TotalOf("Floors")
        of = self.random.choice([one for one in Of if draws or one is not Of.HOLDING])
        partners = self.some(self.partners) if of is Of.CONTRIBUTIONS and self.random.random() < 0.5 else ()
        bottom = self.random.choice((2, 3, 4, 10, 100))
        return PartOf(self.random.randint(1, bottom), bottom, of, partners)

    def taker(self, rule: str) -> Taker:
        """A taker that goes with the trigger."""
        kind = self.random.random()
        if self.lending and self.over and kind < 0.7:
            return FromUnderspends(self.some(tuple(self.all_schemes)))
        if kind < 0.14 and self.touches is not None:
            return self.reserve_taker()
        if kind < 0.27:
            others = tuple(self.all_schemes)
            if self.over:
                return FromUnderspends(self.some(others))
            return self.carry()
        if kind < 0.31 and "outside" not in self.without:
            return Outside("Grant") if self.over else self.carry()
        if kind < 0.34 and self.over and "carried overspend" not in self.without:
            return self.carry()
        if kind < 0.39:
            return Silent("left open")
        if kind < 0.52:
            return self.decided()
        later = self.later() if self.chance("later", 0.15) else None
        self.lenders |= {rule} if later else set()
        return ByPartners(self.sharing(), self.caps(rule, 0.3), later)

    def reserve_taker(self) -> FromReserve | IntoReserve:
        """Out of a reserve, or into it."""
        assert self.touches is not None
        if self.over:
            return FromReserve(self.touches)
        return IntoReserve(self.touches, self.random.choice((None, self.between(0, 30))))

    def carry(self) -> CarryForward:
        """Carried forward in one of the three ways."""
        one_off = not self.over and self.chance("one-off only", 0.25)
        self.marks |= {"one-off"} if one_off else set()
        if self.run_schemes and self.chance("where it arose", 0.4):
            return CarryForward(None, True, one_off)
        own = [one.name for one in self.schemes[self.home] if one.pooled]
        if own and self.random.random() < 0.5:
            return CarryForward(self.random.choice(own), False, one_off)
        return CarryForward(None, False, one_off and "one-off for the fund" not in self.without)

    def decided(self) -> Decided:
        """A body's decision with any fall-back."""
        failing: Sharing | FromReserve | IntoReserve | CarryForward | None = None
        if self.random.random() < 0.7:
            failing = self.sharing()
        elif self.touches is not None and self.chance("failing elsewhere", 0.5):
            failing = self.reserve_taker()
        elif self.chance("failing elsewhere", 0.5) and not self.over:
            failing = self.carry()
        interim = self.random.choice(self.partners) if self.chance("interim", 0.25) else None
        body = self.random.choice(BODIES)
        self.bodies.add(body)
        return Decided(body, "30 days", failing, interim)

    def later(self) -> Later:
        """Any treatment."""
        pay_now = self.random.random() < 0.6
        by = self.random.choice(self.partners) if pay_now and self.random.random() < 0.3 else None
        return Later(self.random.randint(1, 3), self.random.randint(1, 2), pay_now, by)

    def sharing(self) -> Sharing:
        """A sharing of any kind."""
        kind = self.random.random()
        if kind < 0.2:
            return self.by_contributions()
        if kind < 0.32 and "keys" not in self.without:
            only = self.some(self.partners) if self.random.random() < 0.3 else ()
            return ByKey(self.random.choice(("People", "Visits", "Floors")), only)
        if kind < 0.42 and "of spending" not in self.without and self.run_schemes:
            return OfSpending(self.parts())
        return Weights(self.parts())

    def parts(self) -> tuple[Part, ...]:
        """Weights of some partners, of which not all are nought."""
        names = self.some(self.partners)
        parts = [Part(name, self.random.choice((0, 1, 1, 2, 3, 7))) for name in names[1:]]
        return (Part(names[0], self.random.choice((1, 1, 2, 5))), *parts)

    def by_contributions(self) -> ByContributions:
        """A proportion of contributions that says everything."""
        moment = self.random.choice(tuple(Moment))
        paid = moment is Moment.PAID
        funds = tuple(self.schemes) if self.random.random() < 0.2 else (self.home,)
        tied = self.run_schemes if not paid and self.random.random() < 0.3 else ()
        return ByContributions(
            funds,
            moment,
            in_kind=self.random.random() < 0.3,
            capital=paid or self.random.random() < 0.3,
            recurrent_only=not paid and self.random.random() < 0.3,
            schemes=tied,
            partners=self.some(self.partners) if self.random.random() < 0.15 else (),
            charges=None if paid or "charges" in self.without else self.random.choice((None, *Charges)),
        )

    def caps(self, rule: str, each: float) -> tuple[Cap, ...]:
        """Caps of any kind on some partners."""
        return tuple(self.cap(f"{rule}.cap.{name}", name) for name in self.partners if self.random.random() < each)

    def cap(self, rule: str, partner: str) -> Cap:
        """A cap of any kind."""
        own = self.random.random() < 0.3
        part_of = own and self.chance("part of contribution", 0.5)
        return Cap(
            rule,
            partner,
            None if own else self.between(0, 15),
            numerator=self.random.randint(1, 10) if part_of else 1,
            denominator=10 if part_of else 1,
            schemes=self.run_schemes if own and self.chance("cap schemes", 0.2) else (),
            over_term=self.chance("cap over term", 0.15),
            unless=self.random.choice(("Consent", "Target")) if self.chance("cap unless", 0.15) else None,
        )

    def facts(self, year: str, months: int = 12) -> Facts:
        """What happens in a year, or up to the end of some month."""
        day = f"{year[:4]}-{MONTHS.get(months, '09-02')}"
        here = [one for fund, schemes in self.schemes.items() if year <= self.ends[fund] for one in schemes]
        rows = tuple(row for one in here for row in self.rows(one.name, day))
        openings = tuple(self.opened()) if year == YEARS[0] and self.chance("openings", 0.1) else ()
        forgotten = self.chance("refusals", REFUSALS)
        said = tuple(one for one in self.found() if not (forgotten and self.random.random() < 0.5))
        decisions = tuple(self.decision(body) for body in sorted(self.bodies) if self.random.random() < 0.6)
        paid = tuple(
            (fund, partner, self.pence(20))
            for fund in self.schemes
            for partner in self.partners
            if not (forgotten and self.random.random() < 0.5)
        )
        counts = tuple(Counted("Visits", partner, self.pence(9)) for partner in self.partners)
        marks = sorted(self.marks)
        marked = tuple(
            Marked(name, self.random.choice(marks), self.pence(15))
            for name in self.all_schemes
            if marks and self.chance("marked", 0.15)
        )
        return Facts(
            year,
            rows,
            decisions,
            openings,
            paid=paid,
            said=said,
            counts=counts,
            marked=marked,
            to=f"{year[:4]}-{MONTHS[months]}" if months in MONTHS else "",
            months=months,
            days=DAYS[months] if months in MONTHS and self.chance("by days", 0.3) else None,
            eased=tuple(self.eased()) if months == 12 and year != YEARS[0] else (),
        )

    def rows(self, name: str, day: str) -> Iterator[Spending]:
        """The rows of a scheme: about its budget, some of them marked, seldom below nought, some with a day."""
        marks = tuple(sorted(self.marks)) or MARKS
        least = -15 if self.random.random() < 0.1 else -3
        off = self.random.choice((0, self.between(-3, 3), *(self.between(-30, 40) for _ in range(3))))
        rest = max(least, self.budgets[name] + off)
        while self.random.random() < 0.3:
            here = self.between(-2, 20)
            rest -= here
            yield Spending(name, here, self.some(marks) if self.random.random() < 0.5 else ())
        yield Spending(name, rest, day=self.day(name, day) if self.chance("days", 0.2) else "")

    def eased(self) -> Iterator[Eased]:
        """What is agreed of debts of earlier years, where there are any."""
        for rule in sorted(self.lenders):
            if self.chance("eased", 0.3):
                yield Eased(rule, self.random.randint(0, 2), self.random.choice((0, 0, self.between(0, 4))))

    def opened(self) -> Iterator[tuple[str, int]]:
        """Other opening balances than the agreement's, within bounds."""
        for rules in self.reserves.values():
            for rule in rules:
                most = rule.floor + self.between(0, 20) if rule.ceiling is None else rule.ceiling
                yield rule.name, self.random.randint(rule.floor, most)

    def day(self, name: str, day: str) -> str:
        """The day given, where the scheme runs on it, and seldom another."""
        scheme = self.all_schemes[name]
        if self.chance("refusals", REFUSALS):
            return f"{day[:4]}-{self.random.choice(('04-02', '12-24'))}"
        return day if (scheme.first_day or "") <= day <= (scheme.last_day or "9") else ""

    def found(self) -> Iterator[FactSaid]:
        """What is found of each fact."""
        for name in FACTS:
            if name in ("Offer", "Growth"):
                yield FactSaid(name, pence=self.pence(30))
            else:
                yield FactSaid(name, holds=self.random.random() < 0.5)

    def decision(self, body: str) -> DecisionMade:
        """A decision, or none in time."""
        if self.chance("decided by contributions", 0.1):
            return DecisionMade(body, ByContributions(("F",), Moment.LAST_VARIED, capital=self.random.random() < 0.5))
        self.partners, everybody = self.few, self.partners
        parts, self.partners = self.parts(), everybody
        return DecisionMade(body, Weights(parts) if self.random.random() < 0.5 else None)


FACTS = ("Consent", "Target", "Offer", "Growth")


def cases(seed: int, without: frozenset[str] = frozenset()) -> Iterator[Case]:
    """The cases of a seed: one agreement, with single years, years that follow on, and parts of a year."""
    maker = Maker(seed, without)
    rules = maker.ruleset()
    for _ in range(12):
        yield Case(rules, (maker.facts(YEARS[0]),))
    if "chains" not in without:
        for _ in range(2):
            yield Case(rules, tuple(maker.facts(year) for year in YEARS))
        parts = tuple(maker.facts(YEARS[1], months) for months in (*MONTHS, 12))
        yield Case(rules, (maker.facts(YEARS[0]), *parts))
