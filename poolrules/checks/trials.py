"""Trying the waterfalls of an agreement on amounts that have not happened, to find where its steps end.

What other checks report is first mended here as its authors would mend it: a sharing that does not
say enough, or that divides by nothing, is taken to be decided by somebody. What is still
unallocated then is the fault of the order and the limits of the steps alone.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from msgspec import Struct, structs

from poolrules.checks.registry import Subject
from poolrules.engine.course import as_run
from poolrules.engine.reach import (
    NOTHING_HELPS,
    VERY_LARGE,
    Supposed,
    goes_by_the_amount,
    helping,
    helping_all,
    run_supposed,
    runs_supposed,
    smallest_unallocated,
)
from poolrules.engine.settlement import Facts, Run, To
from poolrules.engine.sharing import weights_of
from poolrules.engine.takers import follows
from poolrules.engine.working import Working, bare_books, caps_of
from poolrules.model import agreement as model
from poolrules.ruleset.places import waterfall_id
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    ByPartners,
    Cap,
    Decided,
    FromReserve,
    FromUnderspends,
    FundRules,
    IntoReserve,
    Known,
    Limit,
    OfSpending,
    Ruleset,
    Sharing,
    Silent,
    Step,
    Taker,
    TotalOf,
    Trigger,
    Waterfall,
    YearFigures,
)
from poolrules.ruleset.soundness import unsound

_MOST_STEPS_TRIED: Final = 5_000
"""How many steps, over all spans of amounts, are tried in one waterfall before nothing is said of it."""

_MOST_FACTS: Final = 4
"""For how many facts every combination of them is tried; with more, each alone and each left out."""

_SOMEBODY: Final = "somebody"
"""Who is taken to decide where the agreement does not say enough to divide a sum."""


class Trial(Struct, frozen=True):
    """One waterfall, for one scheme where each is taken on its own, with the rules by which it is tried in one year."""

    fund: model.Fund
    waterfall: model.Waterfall
    rules: Ruleset
    rule: Waterfall
    year: str

    def without_caps(self) -> "Trial":
        """The same waterfall as if nobody's share were capped."""
        return self._with(tuple(_uncapped(step) for step in self.rule.steps), ())

    def lapsed(self) -> "Trial":
        """The same waterfall as if every body had let its time run out, so that what follows then applies."""
        working = _working(self.rules, self.year)
        fund = next(fund for fund in self.rules.funds if fund.name == self.rule.fund)
        steps = (structs.replace(step, taker=_fallback(step.taker)) for step in self.rule.steps)
        return self._with(tuple(_mended_step(working, fund, step).taker for step in steps), self.rule.caps)

    def with_caps_used_up(self) -> "Trial":
        """The same waterfall as if other schemes had used up all that its caps let partners pay in the year."""
        return self._with(tuple(_closed(step) for step in self.rule.steps), _at_nothing(self.rule.caps))

    def _with(self, takers: tuple[Taker, ...], caps: tuple[Cap, ...]) -> "Trial":
        """The same waterfall with other takers and caps."""
        steps = tuple(structs.replace(step, taker=taker) for step, taker in zip(self.rule.steps, takers, strict=True))
        rule = structs.replace(self.rule, steps=steps, caps=caps)
        return structs.replace(self, rule=rule, rules=_put(self.rules, rule))

    def written(self, step: Step) -> model.Step:
        """The step of the agreement that a rule was compiled from."""
        if step.remainder:
            assert self.waterfall.remainder is not None
            return self.waterfall.remainder
        return self.waterfall.steps[self.rule.steps.index(step)]

    def leaves_money(self) -> bool:
        """Whether some of a very large amount, with no help, is left with nobody."""
        runs = (self._very_large(Supposed(facts=facts)) for facts in self._combinations())
        return any(one.to is To.UNALLOCATED for run in runs for step in run.steps for one in step.allocations)

    def facts(self) -> tuple[str, ...]:
        """The facts and counted keys that the steps, their limits and their caps go by."""
        named = [name for step in self.rule.steps for name in _facts_of(step)]
        return tuple(dict.fromkeys([*named, *(cap.unless for cap in self.rule.caps if cap.unless)]))

    def _combinations(self) -> Iterator[tuple[str, ...]]:
        """The facts that hold together in the years that are tried."""
        facts = self.facts()
        for size in range(len(facts) + 1):
            if len(facts) <= _MOST_FACTS or size in (0, 1, len(facts) - 1, len(facts)):
                yield from combinations(facts, size)

    def smallest_left(self) -> int | None:
        """The smallest amount of which something is left with nobody, where no reserve and no other scheme helps."""
        causes = tuple(dict.fromkeys(step.cause for step in self.rule.steps if step.cause is not None))
        marked = ((), causes) if causes else ((),)
        supposed = [Supposed(causes=marks, facts=facts) for facts in self._combinations() for marks in marked]
        found = [smallest_unallocated(self.rules, self.rule.id, self.year, one) for one in supposed]
        return min((pence for pence in found if pence is not None), default=None)

    def never_reached(self) -> tuple[Step, ...]:
        """The steps that no amount reaches in any year; none but for sure where the caps of many steps entangle.

        Without caps a very large amount reaches every step that any amount reaches: what limited
        steps take is then a fixed sum.
        """
        if len(self.facts()) > _MOST_FACTS:
            return ()  # too many kinds of year to try them all
        bare = [step for step in self.rule.steps if not self._reached_by_a_very_large_amount(step)]
        if not bare or not (self._capped() or any(goes_by_the_amount(step) for step in self.rule.steps)):
            return tuple(bare)
        spans = iter(range(_MOST_STEPS_TRIED // len(self.rule.steps)))
        for run, _ in zip(self._years_for(bare), spans, strict=False):
            bare = [step for step in bare if not _comes_to(step, run)]
            if not bare:
                return ()
        return tuple(bare) if next(spans, None) is not None else ()

    def _capped(self) -> bool:
        """Whether anybody's share is capped."""
        return bool(self.rule.caps) or any(caps_of(step.taker) for step in self.rule.steps)

    def _reached_by_a_very_large_amount(self, step: Step) -> bool:
        """Whether a very large amount reaches a step in some year, with the help it needs itself."""
        helps = helping(step)
        years = (structs.replace(helps, facts=facts) for facts in (helps.facts, *self._combinations()))
        return any(_comes_to(step, self._very_large(year)) for year in years)

    def _years_for(self, steps: list[Step]) -> Iterator[Run]:
        """Runs on amounts of every span, in every kind of year, with the help that steps or those before them need."""
        places = [self.rule.steps.index(step) for step in steps]
        helps = [helping(step) for step in steps] + [helping_all(self.rule.steps[: place + 1]) for place in places]
        for trial in self._years():
            facts = tuple(self._combinations())
            for supposed in dict.fromkeys(structs.replace(one, facts=some) for one in helps for some in facts):
                yield from runs_supposed(trial.rules, trial.rule.id, trial.year, supposed)

    def _years(self) -> Iterator["Trial"]:
        """What a year may be like: nobody has decided, or every decision has lapsed, or caps are used up as well."""
        yield self
        yield self.lapsed()
        if self.waterfall.separately and len(self.waterfall.schemes) > 1:
            yield self.lapsed().with_caps_used_up()

    def of_a_very_large_amount(self, step: Step | None = None) -> Run:
        """Run it on more than any agreement can state, with the help that one step needs, or with none."""
        return self._very_large(helping(step) if step else NOTHING_HELPS)

    def _very_large(self, supposed: Supposed) -> Run:
        """Run it on a very large amount in a supposed year."""
        return run_supposed(self.rules, self.rule.id, self.year, VERY_LARGE, supposed)


def trials_of(subject: Subject) -> Iterator[Trial]:
    """Each waterfall, tried in the years that its fund has figures for, or in a year without any where it has none.

    One year is enough where nothing depends on that year's contributions.
    """
    whole = _with_years(subject.rules)
    if unsound(whole):
        return  # another check says so
    tried: set[str] = set()
    for year in sorted({one.year for fund in whole.funds for one in fund.years}):
        rules = _only(whole, year)
        for fund in subject.agreement.funds:
            for waterfall in fund.waterfalls:
                rule = _rule(rules, waterfall_id(fund, waterfall), year)
                if rule is not None and (rule.schemes or rule.trigger is Trigger.GAIN) and rule.id not in tried:
                    if not _depends_on_the_year(rule):
                        tried.add(rule.id)
                    yield from (Trial(fund, waterfall, _put(rules, one), one, year) for one in _runs(rules, rule, year))
        if len(tried) == sum(len(fund.waterfalls) for fund in subject.agreement.funds):
            return


def at_worst(rule: Waterfall) -> str:
    """Say what the smallest amount found for a waterfall supposes: that nothing helps which its steps name."""
    takers = tuple(step.taker for step in rule.steps)
    if any(isinstance(taker, IntoReserve) for taker in takers):
        return "at worst, with no room in reserves, "
    kinds = (("reserves", FromReserve), ("underspends", FromUnderspends))
    named = [word for word, kind in kinds if any(isinstance(taker, kind) for taker in takers)]
    if named:
        return f"at worst, with nothing from {' or '.join(named)}, "
    open_yet = any(step.cause is not None or any(_facts_of(step)) for step in rule.steps)
    return "at worst, " if open_yet or any(cap.unless for cap in rule.caps) else ""


def _comes_to(step: Step, run: Run) -> bool:
    """Whether something is left for a step of a run, and the running total has not passed it."""
    result = next(one for one in run.steps if one.rule == step.id)
    if not result.before or result.stopped:
        return False
    return result.until is None or result.until > run.amount - result.before


def _facts_of(step: Step) -> Iterator[str]:
    """The facts and keys that one step, its limits and its caps go by."""
    if step.condition is not None:
        yield step.condition.fact
    for limit in (step.at_most, step.until):
        if isinstance(limit, Known | TotalOf):
            yield limit.fact if isinstance(limit, Known) else limit.key
    yield from (cap.unless for cap in caps_of(step.taker) if cap.unless is not None)


def _runs(rules: Ruleset, rule: Waterfall, year: str) -> Iterator[Waterfall]:
    """A waterfall as it runs, mended; of schemes on their own that go by the same steps, the first."""
    working = _working(rules, year)
    fund = next(fund for fund in rules.funds if fund.name == rule.fund)
    runs = [_mended_waterfall(working, fund, one) for one in as_run(rule)]
    yield from {run.steps: run for run in reversed(runs)}.values()


def _depends_on_the_year(rule: Waterfall) -> bool:
    """Whether a waterfall divides by, or is limited by, what differs from year to year, such as contributions."""
    sharings = [_sharing(step.taker) for step in rule.steps]
    caps = [*rule.caps, *(cap for step in rule.steps for cap in caps_of(step.taker))]
    limits = [limit for step in rule.steps for limit in (step.at_most, step.until)]
    return (
        any(isinstance(sharing, ByContributions | ByKey | OfSpending) for sharing in sharings)
        or any(cap.pence is None for cap in caps)
        or any(_differs(limit) for limit in limits)
    )


def _differs(limit: Limit | None) -> bool:
    """Whether a limit differs from year to year."""
    return limit is not None and not isinstance(limit, int | Known)


def _sharing(taker: Taker) -> Sharing | None:
    """What a step divides by, also failing a decision."""
    after = _fallback(taker)
    return after.sharing if isinstance(after, ByPartners) else None


def _rule(rules: Ruleset, name: str, year: str) -> Waterfall | None:
    """Find a compiled waterfall whose fund has figures for a year; funds without a host have none."""
    for fund in rules.funds:
        if any(one.year == year for one in fund.years):
            for rule in fund.waterfalls:
                if rule.id == name:
                    return rule
    return None


def _with_years(rules: Ruleset) -> Ruleset:
    """Give every fund without any figures an empty year."""
    empty = (YearFigures("", (), ()),)
    return structs.replace(rules, funds=tuple(structs.replace(fund, years=fund.years or empty) for fund in rules.funds))


def _only(rules: Ruleset, year: str) -> Ruleset:
    """The rules for one year alone."""
    funds = (
        structs.replace(fund, years=tuple(figures for figures in fund.years if figures.year == year))
        for fund in rules.funds
    )
    return structs.replace(rules, funds=tuple(funds))


def _working(rules: Ruleset, year: str) -> Working:
    """Books for a year, to look up what was contributed in it."""
    return bare_books(rules, Facts(year, ()))


def _mended_waterfall(working: Working, fund: FundRules, rule: Waterfall) -> Waterfall:
    """Mend a waterfall: what cannot be divided in the year is taken to be decided."""
    steps = tuple(_mended_step(working, fund, step) for step in rule.steps)
    return structs.replace(rule, steps=steps, caps=_kept(rule.caps, known=bool(working.facts.year)))


def _mended_step(working: Working, fund: FundRules, step: Step) -> Step:
    """Mend one step: silence, and division by nothing."""
    taker = step.taker
    if isinstance(taker, Silent):
        return structs.replace(step, taker=Decided(_SOMEBODY))
    if not isinstance(taker, ByPartners):
        return step
    shared_by_what_is_spent = isinstance(taker.sharing, OfSpending)  # nothing is claimed of who pays what
    if shared_by_what_is_spent or not any(weights_of(working, fund, taker.sharing).values()):
        return structs.replace(step, taker=Decided(_SOMEBODY))
    caps = _kept(taker.caps, known=bool(working.facts.year))
    return step if caps == taker.caps else structs.replace(step, taker=structs.replace(taker, caps=caps))


def _kept(caps: tuple[Cap, ...], *, known: bool) -> tuple[Cap, ...]:
    """Leave out caps at a partner's contribution where contributions are not known."""
    return caps if known else tuple(cap for cap in caps if cap.pence is not None)


def _uncapped(step: Step) -> Taker:
    """What a step gives to, without its caps."""
    return structs.replace(step.taker, caps=()) if isinstance(step.taker, ByPartners) else step.taker


def _closed(step: Step) -> Taker:
    """What a step gives to, with its caps used up."""
    taker = step.taker
    return structs.replace(taker, caps=_at_nothing(taker.caps)) if isinstance(taker, ByPartners) else taker


def _at_nothing(caps: tuple[Cap, ...]) -> tuple[Cap, ...]:
    """Caps that let nobody pay anything."""
    return tuple(structs.replace(cap, pence=0) for cap in caps)


def _fallback(taker: Taker) -> Taker:
    """What follows when a body lets its time run out, where that is said."""
    return follows(taker) or taker if isinstance(taker, Decided) else taker


def _put(rules: Ruleset, changed: Waterfall) -> Ruleset:
    """Put a changed waterfall in the place of the one with its id."""
    funds = tuple(
        structs.replace(fund, waterfalls=tuple(changed if rule.id == changed.id else rule for rule in fund.waterfalls))
        for fund in rules.funds
    )
    return structs.replace(rules, funds=funds)
