"""Trying the waterfalls of an agreement on amounts that have not happened, to find where its steps end.

What other checks report is first mended here as its authors would mend it: a sharing that does not
say enough, or that divides by nothing, is taken to be decided by somebody. What is still
unallocated then is the fault of the order and the limits of the steps alone.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct, structs

from poolrules.checks.registry import Subject
from poolrules.engine.course import as_run
from poolrules.engine.reach import (
    NOTHING_HELPS,
    VERY_LARGE,
    Supposed,
    helping,
    helping_all,
    run_supposed,
    runs_supposed,
    smallest_unallocated,
)
from poolrules.engine.settlement import Facts, Run, To
from poolrules.engine.sharing import weights_of
from poolrules.engine.working import Working
from poolrules.model import agreement as model
from poolrules.ruleset.places import waterfall_id
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Cap,
    Decided,
    FromReserve,
    FromUnderspends,
    FundRules,
    IntoReserve,
    Ruleset,
    Sharing,
    Silent,
    Step,
    Taker,
    Waterfall,
    YearFigures,
)
from poolrules.ruleset.soundness import unsound

_MOST_STEPS_TRIED: Final = 5_000
"""How many steps, over all spans of amounts, are tried in one waterfall before nothing is said of it."""

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
        steps = self.of_a_very_large_amount().steps
        return any(one.to is To.UNALLOCATED for step in steps for one in step.allocations)

    def smallest_left(self) -> int | None:
        """The smallest amount of which something is left with nobody, where no reserve and no other scheme helps."""
        causes = tuple(dict.fromkeys(step.cause for step in self.rule.steps if step.cause is not None))
        supposed = (NOTHING_HELPS, Supposed(causes=causes)) if causes else (NOTHING_HELPS,)
        found = [smallest_unallocated(self.rules, self.rule.id, self.year, one) for one in supposed]
        return min((pence for pence in found if pence is not None), default=None)

    def never_reached(self) -> tuple[Step, ...]:
        """The steps that no amount reaches in any year; none but for sure where the caps of many steps entangle.

        Without caps a very large amount reaches every step that any amount reaches: what limited
        steps take is then a fixed sum.
        """
        bare = [step for step in self.rule.steps if not _comes_to(step, self.of_a_very_large_amount(step))]
        if not bare or not self._capped():
            return tuple(bare)
        spans = iter(range(_MOST_STEPS_TRIED // len(self.rule.steps)))
        for run, _ in zip(self._years_for(bare), spans, strict=False):
            bare = [step for step in bare if not _comes_to(step, run)]
            if not bare:
                return ()
        return tuple(bare) if next(spans, None) is not None else ()

    def _capped(self) -> bool:
        """Whether anybody's share is capped."""
        takers = (step.taker for step in self.rule.steps)
        return bool(self.rule.caps) or any(isinstance(taker, ByPartners) and taker.caps for taker in takers)

    def _years_for(self, steps: list[Step]) -> Iterator[Run]:
        """Runs on amounts of every span, in every kind of year, with the help that steps or those before them need."""
        places = [self.rule.steps.index(step) for step in steps]
        helps = [helping(step) for step in steps] + [helping_all(self.rule.steps[: place + 1]) for place in places]
        for trial in self._years():
            for supposed in dict.fromkeys(helps):
                yield from runs_supposed(trial.rules, trial.rule.id, trial.year, supposed)

    def _years(self) -> Iterator["Trial"]:
        """What a year may be like: nobody has decided, or every decision has lapsed, or caps are used up as well."""
        yield self
        yield self.lapsed()
        if self.waterfall.separately and len(self.waterfall.schemes) > 1:
            yield self.lapsed().with_caps_used_up()

    def of_a_very_large_amount(self, step: Step | None = None) -> Run:
        """Run it on more than any agreement can state, with the help that one step needs, or with none."""
        supposed = (helping(step),) if step else ()
        return run_supposed(self.rules, self.rule.id, self.year, VERY_LARGE, *supposed)


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
                if rule is not None and rule.schemes and rule.id not in tried:
                    if not _depends_on_contributions(rule):
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
    return "at worst, " if any(step.cause is not None for step in rule.steps) else ""


def _comes_to(step: Step, run: Run) -> bool:
    """Whether something is left for a step of a run, and the running total has not passed it."""
    result = next(one for one in run.steps if one.rule == step.id)
    return result.before > 0 and (step.until is None or step.until > run.amount - result.before)


def _runs(rules: Ruleset, rule: Waterfall, year: str) -> Iterator[Waterfall]:
    """A waterfall as it runs, mended; of schemes on their own that go by the same steps, the first."""
    working = _working(rules, year)
    fund = next(fund for fund in rules.funds if fund.name == rule.fund)
    runs = [_mended_waterfall(working, fund, one) for one in as_run(rule)]
    yield from {run.steps: run for run in reversed(runs)}.values()


def _depends_on_contributions(rule: Waterfall) -> bool:
    """Whether a waterfall divides by contributions, also failing a decision, or caps a partner at its own."""
    takers = [step.taker for step in rule.steps]
    caps = [*rule.caps, *(cap for taker in takers if isinstance(taker, ByPartners) for cap in taker.caps)]
    return any(isinstance(_sharing(taker), ByContributions) for taker in takers) or any(
        cap.pence is None for cap in caps
    )


def _sharing(taker: Taker) -> Sharing | None:
    """What a step divides by, also failing a decision."""
    if isinstance(taker, ByPartners):
        return taker.sharing
    return taker.failing if isinstance(taker, Decided) else None


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
    figures = {fund.name: one for fund in rules.funds for one in fund.years if one.year == year}
    return Working(rules, Facts(year, ()), figures, {}, {})


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
    if not any(weights_of(working, fund, taker.sharing).values()):
        return structs.replace(step, taker=Decided(_SOMEBODY))
    caps = _kept(taker.caps, known=bool(working.facts.year))
    return step if caps == taker.caps else structs.replace(step, taker=ByPartners(taker.sharing, caps))


def _kept(caps: tuple[Cap, ...], *, known: bool) -> tuple[Cap, ...]:
    """Leave out caps at a partner's contribution where contributions are not known."""
    return caps if known else tuple(cap for cap in caps if cap.pence is not None)


def _uncapped(step: Step) -> Taker:
    """What a step gives to, without its caps."""
    return ByPartners(step.taker.sharing) if isinstance(step.taker, ByPartners) else step.taker


def _closed(step: Step) -> Taker:
    """What a step gives to, with its caps used up."""
    taker = step.taker
    return ByPartners(taker.sharing, _at_nothing(taker.caps)) if isinstance(taker, ByPartners) else taker


def _at_nothing(caps: tuple[Cap, ...]) -> tuple[Cap, ...]:
    """Caps that let nobody pay anything."""
    return tuple(structs.replace(cap, pence=0) for cap in caps)


def _fallback(taker: Taker) -> Taker:
    """What follows when a body lets its time run out, where that is said."""
    return ByPartners(taker.failing) if isinstance(taker, Decided) and taker.failing else taker


def _put(rules: Ruleset, changed: Waterfall) -> Ruleset:
    """Put a changed waterfall in the place of the one with its id."""
    funds = tuple(
        structs.replace(fund, waterfalls=tuple(changed if rule.id == changed.id else rule for rule in fund.waterfalls))
        for fund in rules.funds
    )
    return structs.replace(rules, funds=funds)
