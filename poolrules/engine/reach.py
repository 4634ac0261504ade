"""What an amount would do in one waterfall, and the smallest amount at which something happens.

For the checks: they ask, before any money is spent, where an agreement leaves money unallocated,
which step is never reached, and when a cap begins to bite. What other schemes and reserves would
have to give is supposed, never guessed. All amounts are whole pence.
"""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from poolrules.base.limits import MAX_POUND_DIGITS
from poolrules.engine.course import Course, Pot
from poolrules.engine.settlement import Facts, Run, To
from poolrules.engine.sharing import weights_of
from poolrules.engine.waterfall import run_waterfall
from poolrules.engine.working import ReserveLine, SchemeLine, Working
from poolrules.ruleset.ruleset import (
    ByPartners,
    FromReserve,
    FromUnderspends,
    FundRules,
    IntoReserve,
    ReserveRule,
    Ruleset,
    Step,
    Trigger,
    Waterfall,
)

VERY_LARGE: Final = 10 ** (MAX_POUND_DIGITS + 2)
"""More pence than any agreement can state: what happens at no smaller amount never happens."""

_LONGEST_SCAN: Final = 10_000
"""How many amounts are looked at one by one where pennies may move against the grain."""


class Supposed(Struct, frozen=True):
    """What a hypothetical year is like: by default nothing helps, so that every step must do without.

    `reserves` hold all they may where an overspend draws on them, and have all their room where
    an underspend fills them; all others are at their floor, or full up. `lenders` have spent
    nothing of their budgets, all other schemes all of it; of a waterfall's own schemes at least one
    is off budget and cannot lend. Every penny is marked with each of the `causes`, and none with any other.
    """

    reserves: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


NOTHING_HELPS: Final = Supposed()
"""No reserve, no underspend of another scheme, no cause."""


def everything_helps(ruleset: Ruleset) -> Supposed:
    """Suppose that every reserve helps, every other scheme is unspent and every penny is marked with every cause."""
    causes = (step.cause for fund in ruleset.funds for rule in fund.waterfalls for step in rule.steps)
    return Supposed(
        reserves=tuple(reserve.name for fund in ruleset.funds for reserve in fund.reserves),
        lenders=tuple(scheme.name for fund in ruleset.funds for scheme in fund.schemes),
        causes=tuple(dict.fromkeys(cause for cause in causes if cause is not None)),
    )


def helping(step: Step) -> Supposed:
    """Suppose only what a step itself needs in order to take anything: its own source, reserve and cause."""
    taker = step.taker
    return Supposed(
        reserves=(taker.reserve,) if isinstance(taker, FromReserve | IntoReserve) else (),
        lenders=taker.schemes if isinstance(taker, FromUnderspends) else (),
        causes=() if step.cause is None else (step.cause,),
    )


def run_supposed(ruleset: Ruleset, waterfall: str, year: str, pence: int, supposed: Supposed = NOTHING_HELPS) -> Run:
    """Run one waterfall, by its rule id, on a supposed amount, as if it were the only one of the year.

    Contributions count as agreed, nobody has decided anything, and no cap has been used yet.
    Raises `KeyError` where the ruleset has no such waterfall, or no figures for its fund in that year.
    """
    return _Trial(ruleset, waterfall, year, supposed).run(pence)


def smallest_unallocated(ruleset: Ruleset, waterfall: str, year: str, supposed: Supposed = NOTHING_HELPS) -> int | None:
    """Find the smallest amount of which something is unallocated, or nothing where there is none."""
    trial = _Trial(ruleset, waterfall, year, supposed)
    return trial.smallest(lambda run: any(one.to is To.UNALLOCATED for step in run.steps for one in step.allocations))


def smallest_reaching(
    ruleset: Ruleset, waterfall: str, year: str, step: str, supposed: Supposed | None = None
) -> int | None:
    """Find the smallest amount of which a step takes something, or nothing where it can never be reached.

    Unless told otherwise, only the source and the cause of the step itself help: then most money comes to it.
    """
    if supposed is None:
        rule, _ = _find(ruleset, waterfall)
        supposed = helping(next(one for one in rule.steps if one.id == step))
    trial = _Trial(ruleset, waterfall, year, supposed)
    return trial.smallest(lambda run: any(result.rule == step and result.taken for result in run.steps))


def smallest_turned_away(
    ruleset: Ruleset, waterfall: str, year: str, cap: str, supposed: Supposed = NOTHING_HELPS
) -> int | None:
    """Find the smallest amount of which a cap, by its rule id, turns something away, or nothing where it never does."""
    trial = _Trial(ruleset, waterfall, year, supposed)
    return trial.smallest(lambda run: any(one.cap == cap for step in run.steps for one in step.allocations))


def _find(ruleset: Ruleset, waterfall: str) -> tuple[Waterfall, FundRules]:
    """Find a waterfall by its rule id, and its fund."""
    for fund in ruleset.funds:
        for rule in fund.waterfalls:
            if rule.id == waterfall:
                return rule, fund
    raise KeyError(waterfall)


class _Trial:
    """One waterfall in one supposed year, run again and again with fresh books."""

    def __init__(self, ruleset: Ruleset, waterfall: str, year: str, supposed: Supposed) -> None:
        self.ruleset, self.year, self.supposed = ruleset, year, supposed
        self.waterfall, self.fund = _find(ruleset, waterfall)
        self.figures = {fund.name: one for fund in ruleset.funds for one in fund.years if one.year == year}
        if self.fund.name not in self.figures:
            raise KeyError(year)

    def run(self, pence: int) -> Run:
        """Run the waterfall on an amount."""
        working = Working(
            self.ruleset, Facts(self.year, ()), self.figures, self._reserves(), {}, schemes=self._schemes()
        )
        caused = dict.fromkeys(self.supposed.causes, pence)
        pot = Pot(self.waterfall.schemes, pence, pence, caused, self._room(pence))
        return run_waterfall(Course(working, self.fund, self.waterfall), pot)

    def smallest(self, happens: Callable[[Run], bool]) -> int | None:
        """Find the smallest amount at which something happens that goes on happening for all larger ones.

        Bisection finds it but for pennies: where three or more share, a partner's part may be a
        penny lower for an amount a penny higher. So the amounts just below are looked at one by one.
        """
        if not happens(self.run(VERY_LARGE)):
            return None
        never, always = 0, VERY_LARGE
        while always - never > 1:
            middle = (never + always) // 2
            if happens(self.run(middle)):
                always = middle
            else:
                never = middle
        span = range(max(1, always - self._against_the_grain()), always)
        return next((pence for pence in span if happens(self.run(pence))), always)

    def _against_the_grain(self) -> int:
        """How far below a threshold rounding may reach it: what it takes to raise each capped share by two pennies."""
        working = Working(self.ruleset, Facts(self.year, ()), self.figures, {}, {})
        reach = 0
        for step in self.waterfall.steps:
            if isinstance(step.taker, ByPartners):
                weights = weights_of(working, self.fund, step.taker.sharing)
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
        lines = {}
        for fund in self.ruleset.funds:
            budgets = self.figures[fund.name].budgets if fund.name in self.figures else ()
            for rule in fund.schemes:
                budget = sum(one.pence for one in budgets if one.scheme == rule.name)
                if rule.name in self.supposed.lenders and budget:
                    lines[rule.name] = SchemeLine(fund, rule, budget, 0, budget)
        own = [name for name in self.waterfall.schemes if name in lines]
        if own and len(own) == len(self.waterfall.schemes):
            del lines[min(own, key=lambda name: lines[name].budget)]  # some scheme must be overspent
        return lines

    def _room(self, pence: int) -> dict[bool, int]:
        """Let capital help where some scheme of the waterfall is capital, and revenue where some is not."""
        kinds = {rule.capital for rule in self.fund.schemes if rule.name in self.waterfall.schemes}
        return {kind: pence if kind in kinds else 0 for kind in (True, False)}
