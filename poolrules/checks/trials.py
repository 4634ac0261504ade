"""Trying the waterfalls of an agreement on amounts that have not happened, to find where its steps end.

What other checks report is first mended here as its authors would mend it: a sharing that does not
say enough, or that divides by nothing, is taken to be decided by somebody. What is still
unallocated then is the fault of the order and the limits of the steps alone.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct, structs

from poolrules.checks.registry import Subject
from poolrules.engine.reach import VERY_LARGE, helping, run_supposed
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
    FundRules,
    Ruleset,
    Silent,
    Step,
    Taker,
    Waterfall,
    YearFigures,
)
from poolrules.ruleset.soundness import unsound

_SOMEBODY: Final = "somebody"
"""Who is taken to decide where the agreement does not say enough to divide a sum."""


class Trial(Struct, frozen=True):
    """One waterfall, with the rules by which it is tried in one year."""

    fund: model.Fund
    waterfall: model.Waterfall
    rules: Ruleset
    rule: Waterfall
    year: str

    def without_caps(self) -> "Trial":
        """The same waterfall as if nobody's share were capped."""
        steps = tuple(structs.replace(step, taker=_uncapped(step)) for step in self.rule.steps)
        rule = structs.replace(self.rule, steps=steps, caps=())
        return structs.replace(self, rule=rule, rules=_with(self.rules, rule))

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
        rules = _mended(whole, year)
        for fund in subject.agreement.funds:
            for waterfall in fund.waterfalls:
                rule = _rule(rules, waterfall_id(fund, waterfall), year)
                if rule is not None and rule.schemes and rule.id not in tried:
                    if not _depends_on_contributions(rule):
                        tried.add(rule.id)
                    yield Trial(fund, waterfall, rules, rule, year)
        if len(tried) == sum(len(fund.waterfalls) for fund in subject.agreement.funds):
            return


def _depends_on_contributions(rule: Waterfall) -> bool:
    """Whether a waterfall divides by contributions, or caps a partner at its own."""
    takers = [step.taker for step in rule.steps if isinstance(step.taker, ByPartners)]
    caps = [*rule.caps, *(cap for taker in takers for cap in taker.caps)]
    return any(isinstance(taker.sharing, ByContributions) for taker in takers) or any(cap.pence is None for cap in caps)


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


def _mended(rules: Ruleset, year: str) -> Ruleset:
    """The rules for one year alone, with what cannot be divided in it taken to be decided."""
    figures = {fund.name: one for fund in rules.funds for one in fund.years if one.year == year}
    working = Working(rules, Facts(year, ()), figures, {}, {})
    mended = (
        _mended_fund(working, structs.replace(fund, years=(figures[fund.name],)))
        if fund.name in figures
        else structs.replace(fund, years=())
        for fund in rules.funds
    )
    return structs.replace(rules, funds=tuple(mended))


def _mended_fund(working: Working, fund: FundRules) -> FundRules:
    """Mend the waterfalls of one fund."""
    known = bool(working.facts.year)
    waterfalls = tuple(
        structs.replace(
            rule,
            steps=tuple(_mended_step(working, fund, step) for step in rule.steps),
            caps=_kept(rule.caps, known=known),
        )
        for rule in fund.waterfalls
    )
    return structs.replace(fund, waterfalls=waterfalls)


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


def _with(rules: Ruleset, changed: Waterfall) -> Ruleset:
    """Put a changed waterfall in the place of the one with its id."""
    funds = tuple(
        structs.replace(fund, waterfalls=tuple(changed if rule.id == changed.id else rule for rule in fund.waterfalls))
        for fund in rules.funds
    )
    return structs.replace(rules, funds=funds)
