"""What an amount would do in one waterfall, and the smallest of which something is unallocated.

For the checks: they ask, before any money is spent, where an agreement leaves money unallocated and
which step is never reached. What other schemes and reserves would have to give is supposed, never
guessed. All amounts are whole pence.

What is left at the end never falls as the amount grows. What a step takes may: one that goes on until
a running total stops taking once earlier steps have passed it. So `runs_supposed` looks at every
span of amounts, never only at the largest; and so does `smallest_unallocated` where a limit is a part of what
changes with the amount.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.limits import MAX_POUND_DIGITS
from poolrules.engine.course import Course, Pot, as_run
from poolrules.engine.settlement import Counted, Facts, FactSaid, Run, StepResult, To
from poolrules.engine.sharing import weights_of
from poolrules.engine.waterfall import run_waterfall
from poolrules.engine.working import ReserveLine, SchemeLine, bare_books
from poolrules.ruleset.ruleset import (
    ByPartners,
    FromReserve,
    FromUnderspends,
    FundRules,
    IntoReserve,
    Known,
    Of,
    PartOf,
    ReserveRule,
    Ruleset,
    Step,
    TotalOf,
    Trigger,
    Waterfall,
)

VERY_LARGE: Final = 10 ** (MAX_POUND_DIGITS + 2)
"""More pence than any agreement can state: what happens at no smaller amount never happens."""

_LONGEST_SCAN: Final = 10_000
"""How many amounts are looked at one by one where pennies may move against the grain."""

_SPANS_OF_ONE_STRIDE: Final = 50
"""After how many spans the walk over all amounts strides twice as far, so that it always ends."""


class Supposed(Struct, frozen=True):
    """What a hypothetical year is like: by default nothing helps, so that every step must do without.

    `reserves` hold all they may where an overspend draws on them, and have all their room where
    an underspend fills them; all others are at their floor, or full up. `lenders` have spent
    nothing of their budgets, all other schemes all of it; of a waterfall's own schemes at least one
    is off budget and cannot lend. Every penny is marked with each of the `causes`, and none with any other.
    Of the `facts` those that are yes or no hold, amounts and keys that are counted are larger than anything;
    no other fact holds, and other amounts are nothing.
    """

    reserves: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


NOTHING_HELPS: Final = Supposed()
"""No reserve, no underspend of another scheme, no cause, no fact."""


def helping(step: Step) -> Supposed:
    """Suppose only what a step itself needs in order to take anything: its own source, cause and facts."""
    taker = step.taker
    return Supposed(
        reserves=(taker.reserve,) if isinstance(taker, FromReserve | IntoReserve) else (),
        lenders=taker.schemes if isinstance(taker, FromUnderspends) else (),
        causes=() if step.cause is None else (step.cause,),
        facts=tuple(_facts_of(step)),
    )


def _facts_of(step: Step) -> Iterator[str]:
    """The facts and keys that must hold, or be large, for a step to take anything."""
    if step.condition is not None and step.condition.holds:
        yield step.condition.fact
    for limit in (step.at_most, step.until):
        if isinstance(limit, Known):
            yield limit.fact
        elif isinstance(limit, TotalOf):
            yield limit.key


def goes_by_the_amount(step: Step) -> bool:
    """Whether a limit of a step is a part of what changes with the amount that the waterfall deals with."""
    fixed = (Of.BUDGET, Of.CONTRIBUTIONS)
    return any(isinstance(limit, PartOf) and limit.of not in fixed for limit in (step.at_most, step.until))


def helping_all(steps: tuple[Step, ...]) -> Supposed:
    """Suppose what every one of some steps needs."""
    helps = [helping(step) for step in steps]
    return Supposed(
        reserves=tuple(dict.fromkeys(name for one in helps for name in one.reserves)),
        lenders=tuple(dict.fromkeys(name for one in helps for name in one.lenders)),
        causes=tuple(dict.fromkeys(name for one in helps for name in one.causes)),
        facts=tuple(dict.fromkeys(name for one in helps for name in one.facts)),
    )


def run_supposed(ruleset: Ruleset, waterfall: str, year: str, pence: int, supposed: Supposed = NOTHING_HELPS) -> Run:
    """Run one waterfall, by its rule id, on a supposed amount, as if it were the only one of the year.

    Where it runs for each scheme on its own, the amount is the first scheme's. Contributions count
    as agreed, nobody has decided anything, and no cap has been used yet.
    Raises `KeyError` where the ruleset has no such waterfall, or no figures for its fund in that year.
    """
    return _trials(ruleset, waterfall, year, supposed)[0].run(pence)


def runs_supposed(ruleset: Ruleset, waterfall: str, year: str, supposed: Supposed = NOTHING_HELPS) -> Iterator[Run]:
    """Run one waterfall on one amount of every span of amounts over which the same limits and caps bind."""
    for trial in _trials(ruleset, waterfall, year, supposed):
        yield from trial.spans()


def smallest_unallocated(ruleset: Ruleset, waterfall: str, year: str, supposed: Supposed = NOTHING_HELPS) -> int | None:
    """Find the smallest amount of which something is unallocated, or nothing where there is none."""
    found = [trial.smallest(_leaves_money) for trial in _trials(ruleset, waterfall, year, supposed)]
    return min((pence for pence in found if pence is not None), default=None)


def _leaves_money(run: Run) -> bool:
    """Whether something of a run is unallocated."""
    return any(one.to is To.UNALLOCATED for step in run.steps for one in step.allocations)


def _find(ruleset: Ruleset, waterfall: str) -> tuple[Waterfall, FundRules]:
    """Find a waterfall by its rule id, and its fund."""
    for fund in ruleset.funds:
        for rule in fund.waterfalls:
            if rule.id == waterfall:
                return rule, fund
    raise KeyError(waterfall)


def _trials(ruleset: Ruleset, waterfall: str, year: str, supposed: Supposed) -> tuple["_Trial", ...]:
    """Try a waterfall as it runs: once for all its schemes, or once for each."""
    rule, fund = _find(ruleset, waterfall)
    return tuple(_Trial(ruleset, fund, run, year, supposed) for run in as_run(rule))


def _binding(waterfall: Waterfall, run: Run) -> Hashable:
    """What binds each step of a run: what is left, which of its limits, whose cap."""
    steps = {step.id for step in waterfall.steps}
    return tuple(
        (
            _bound(result, run.amount) if result.rule in steps else None,
            result.taken > 0,
            tuple((one.to, one.cap) for one in result.allocations),
        )
        for result in run.steps
    )


def _bound(result: StepResult, amount: int) -> str:
    """What bounds one step."""
    if result.limit is None or result.limit >= result.before:
        return "what is left"
    if result.limit == result.at_most:
        return "at most"
    met = amount - result.before
    return "until" if result.until is not None and result.limit == max(0, result.until - met) else "source"


def _facts(ruleset: Ruleset, year: str, supposed: Supposed) -> Facts:
    """What is said of a supposed year."""

    def large(name: str) -> int:
        return VERY_LARGE if name in supposed.facts else 0

    said = tuple(
        FactSaid(rule.name, pence=large(rule.name))
        if rule.amount
        else FactSaid(rule.name, holds=rule.name in supposed.facts)
        for rule in ruleset.facts
    )
    counted = [key.name for key in ruleset.keys if key.counted]
    counts = tuple(Counted(key, one.name, large(key)) for key in counted for one in ruleset.partners)
    return Facts(year, (), said=said, counts=counts)


class _Trial:
    """One waterfall in one supposed year, run again and again with fresh books."""

    def __init__(self, ruleset: Ruleset, fund: FundRules, waterfall: Waterfall, year: str, supposed: Supposed) -> None:
        self.ruleset, self.fund, self.waterfall = ruleset, fund, waterfall
        self.supposed = supposed
        self.books = bare_books(ruleset, _facts(ruleset, year, supposed))
        if self.fund.name not in self.books.figures:
            raise KeyError(year)
        self.budgets: Counter[str] = Counter()
        for figures in self.books.figures.values():
            for one in figures.budgets:
                self.budgets[one.scheme] += one.pence
        self.budget = sum(self.budgets[name] for name in waterfall.schemes)

    def run(self, pence: int) -> Run:
        """Run the waterfall on an amount."""
        working = replace(
            self.books, reserves=self._reserves(), schemes=self._schemes(), used={}, needs=[], spending_shared=set()
        )
        over = self.waterfall.trigger is Trigger.OVERSPEND
        pot = Pot(
            schemes=self.waterfall.schemes,
            amount=pence,
            left=pence,
            caused=dict.fromkeys(self.supposed.causes, pence),
            room=self._room(pence),
            amounts=dict.fromkeys(self.waterfall.schemes[:1], pence),
            budget=self.budget,
            spending=max(0, self.budget + (pence if over else -pence)),
        )
        return run_waterfall(Course(working, self.fund, self.waterfall), pot)

    def smallest(self, happens: Callable[[Run], bool]) -> int | None:
        """Find the smallest amount at which something happens that goes on happening for all larger ones.

        Bisection finds it but for pennies: where three or more share, a partner's part may be a
        penny lower for an amount a penny higher. So the amounts just below are looked at one by one.
        """
        if any(goes_by_the_amount(step) for step in self.waterfall.steps):
            found = next((run.amount for run in self.spans() if happens(run)), None)
            return None if found is None else self._first_below(found, happens)
        if not happens(self.run(VERY_LARGE)):
            return None
        never, always = 0, VERY_LARGE
        while always - never > 1:
            middle = (never + always) // 2
            if happens(self.run(middle)):
                always = middle
            else:
                never = middle
        return self._first_below(always, happens)

    def _first_below(self, found: int, happens: Callable[[Run], bool]) -> int:
        """Find the first amount at which something happens, no further below one found than pennies may move it."""
        span = range(max(1, found - self._against_the_grain()), found)
        return next((pence for pence in span if happens(self.run(pence))), found)

    def spans(self) -> Iterator[Run]:
        """Walk up from a penny: a run on the first amount of each span over which the same limits and caps bind.

        While the same bind, every sum is a straight line of the amount; so what binds at two
        amounts binds between them, and the end of each span can be found by halving.
        """
        last = _binding(self.waterfall, self.run(VERY_LARGE))
        start, number = 1, 0
        while start <= VERY_LARGE:
            run = self.run(start)
            yield run
            binding = _binding(self.waterfall, run)
            if binding == last:
                return
            number += 1
            start = self._end_of(start, binding) + 2 ** (number // _SPANS_OF_ONE_STRIDE) - 1

    def _end_of(self, start: int, binding: Hashable) -> int:
        """Find the first amount after a span: strides that double while the same binds, then halving."""
        stride = 1
        while self._binds(start + stride, binding):
            stride *= 2
        same, other = start + stride // 2, start + stride
        while other - same > 1:
            middle = (same + other) // 2
            if self._binds(middle, binding):
                same = middle
            else:
                other = middle
        return other

    def _binds(self, pence: int, binding: Hashable) -> bool:
        """Whether the same binds at an amount; beyond the largest, nothing does."""
        return pence <= VERY_LARGE and _binding(self.waterfall, self.run(pence)) == binding

    def _against_the_grain(self) -> int:
        """How far below a threshold rounding may reach it.

        It is what it takes to raise each capped share, and each limit that is a part of something, by two pennies.
        """
        reach = 0
        for step in self.waterfall.steps:
            for limit in (step.at_most, step.until):
                reach += 2 * limit.denominator if isinstance(limit, PartOf) else 0
            if isinstance(step.taker, ByPartners):
                weights = weights_of(self.books, self.fund, step.taker.sharing)
                caps = {cap.partner for cap in (*step.taker.caps, *self.waterfall.caps)}
                reach += sum(2 * -(-sum(weights.values()) // weights[name]) for name in caps if weights.get(name))
        return min(reach, _LONGEST_SCAN)

    def _reserves(self) -> dict[str, ReserveLine]:
        """Open the reserves as supposed."""
        lines = {}
        for fund in self.ruleset.funds:
            for rule in fund.reserves:
                helps = rule.name in self.supposed.reserves
                drawn = self.waterfall.trigger is Trigger.OVERSPEND
                holding = self._most(rule) if helps is drawn else rule.floor
                lines[rule.name] = ReserveLine(fund, rule, holding, holding)
        return lines

    def _most(self, rule: ReserveRule) -> int:
        """Find the most a reserve may ever hold: its ceiling, else anything if some step fills it, else its opening."""
        if rule.ceiling is not None:
            return rule.ceiling
        takers = (step.taker for fund in self.ruleset.funds for one in fund.waterfalls for step in one.steps)
        filled = any(isinstance(taker, IntoReserve) and taker.reserve == rule.name for taker in takers)
        return VERY_LARGE if filled else rule.opening

    def _schemes(self) -> dict[str, SchemeLine]:
        """Open the schemes that have an underspend to lend."""
        lines, lenders = {}, set(self.supposed.lenders)
        for fund in self.ruleset.funds:
            for rule in fund.schemes if lenders else ():
                budget = self.budgets[rule.name]
                if rule.name in lenders and budget:
                    lines[rule.name] = SchemeLine(fund, rule, budget, 0, budget, whole=budget)
        own = [name for name in self.waterfall.schemes if name in lines]
        if own and len(own) == len(self.waterfall.schemes):
            del lines[min(own, key=lambda name: lines[name].budget)]  # some scheme must be overspent
        return lines

    def _room(self, pence: int) -> dict[bool, int]:
        """Let capital help where some scheme of the waterfall is capital, and revenue where some is not."""
        named = set(self.waterfall.schemes)
        kinds = {rule.capital for fund in self.ruleset.funds for rule in fund.schemes if rule.name in named}
        return {kind: pence if kind in kinds else 0 for kind in (True, False)}
