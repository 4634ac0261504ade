"""What a deed of variation changes to a partner's detriment: what it pays in, what it bears, and what caps it.

What a partner bears is found by trying: the terms before and after are run on the same amounts, at every point where
a limit or a cap begins to bind, and what each partner pays is compared.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from msgspec import Struct

from poolrules.base.mode import Mode
from poolrules.base.money import format_money
from poolrules.engine.reach import NOTHING_HELPS, Supposed, helping_all, run_supposed, runs_supposed
from poolrules.engine.settlement import To
from poolrules.ruleset.ruleset import FundRules, Ruleset, Trigger, Waterfall

_MOST_AMOUNTS: Final = 200
"""How many amounts are tried in one waterfall."""

_ROUND_AMOUNTS: Final = (10_000_000, 100_000_000, 1_000_000_000)
"""£100,000, £1m and £10m: amounts that a reader can picture, tried beside those at which something changes."""

_BORNE_ALONE: Final = (Mode.OWN_RISK, Mode.RING_FENCED, Mode.FIXED_SHARE)


class Detriment(Struct, frozen=True):
    """One thing that gets worse for a partner, in words; the fund, scheme and year that it is about, as far as it is.

    Of what a partner puts in, all funds count together; of a scheme, it is that the partner bears it alone.
    """

    partner: str
    why: str
    fund: str = ""
    scheme: str = ""
    year: str = ""

    @property
    def of_contributions(self) -> bool:
        """Whether it is that the partner puts in more."""
        return not self.fund

    @property
    def of_overspends(self) -> bool:
        """Whether it is that the partner pays more of overspends that are shared."""
        return bool(self.fund) and not self.scheme


def detriments_of(before: Ruleset, after: Ruleset) -> tuple[Detriment, ...]:
    """Every detriment to a partner that lies between two versions of an agreement."""
    return (*_contributions(before, after), *_schemes(before, after), *_overspends(before, after))


def _contributions(before: Ruleset, after: Ruleset) -> Iterator[Detriment]:
    """Partners that put in more for a year which the agreement had figures for."""
    old, new = _put_in(before), _put_in(after)
    years = {year for year, _ in old}
    for (year, partner), pence in sorted(new.items()):
        had = old[year, partner]
        if year in years and pence > had:
            why = f"its contribution for {year} rises from {format_money(had)} to {format_money(pence)}"
            yield Detriment(partner, why, year=year)


def _put_in(rules: Ruleset) -> Counter[tuple[str, str]]:
    """What each partner puts into all funds, in kind too, by year."""
    found: Counter[tuple[str, str]] = Counter()
    for fund in rules.funds:
        for figures in fund.years:
            for line in figures.contributions:
                found[figures.year, line.partner] += line.pence
    return found


def _schemes(before: Ruleset, after: Ruleset) -> Iterator[Detriment]:
    """Partners that come to bear the overspends of a scheme alone."""
    old = {scheme.name: scheme for fund in before.funds for scheme in fund.schemes}
    for fund in after.funds:
        for scheme in fund.schemes:
            was = old.get(scheme.name)
            had = was.bearer if was and was.mode in _BORNE_ALONE else None
            if scheme.bearer and scheme.mode in _BORNE_ALONE and scheme.bearer != had:
                yield Detriment(
                    scheme.bearer, f"it bears the overspends of {scheme.name} alone", fund.name, scheme.name
                )


def _overspends(before: Ruleset, after: Ruleset) -> Iterator[Detriment]:
    """Partners that pay more of the same overspend; one for each partner and terms, at the smallest amount found."""
    for fund in after.funds:
        old_fund = next((one for one in before.funds if one.name == fund.name), None)
        for rule in fund.waterfalls:
            if rule.trigger is Trigger.OVERSPEND and old_fund is not None:
                yield from _worse(before, after, old_fund, fund, rule)


def _worse(
    before: Ruleset, after: Ruleset, old_fund: FundRules, fund: FundRules, rule: Waterfall
) -> Iterator[Detriment]:
    """Who pays more under one waterfall than under what dealt with the same schemes before."""
    shared = {scheme.name for scheme in old_fund.schemes if scheme.mode is Mode.SHARED}
    if not shared & set(rule.schemes):
        return  # none of its schemes was shared before: nothing can be compared
    was = next((one for one in old_fund.waterfalls if _same_schemes(one, rule)), None)
    told: set[str] = set()
    years = [figures.year for figures in fund.years if any(old.year == figures.year for old in old_fund.years)]
    for year in years:
        for pence in _amounts(before, after, was, rule, year):
            for partner, (had, pays) in _compared(before, after, was, rule, year, pence):
                if partner not in told:
                    told.add(partner)
                    sums = f"{format_money(pays)} of an overspend of {format_money(pence)}, and not {format_money(had)}"
                    yield Detriment(partner, f"it pays {sums}", fund.name, year=year)


def _same_schemes(one: Waterfall, other: Waterfall) -> bool:
    """Whether two overspend terms are for some of the same schemes."""
    return one.trigger is Trigger.OVERSPEND and bool(set(one.schemes) & set(other.schemes))


def _amounts(before: Ruleset, after: Ruleset, was: Waterfall | None, rule: Waterfall, year: str) -> list[int]:
    """The amounts to be tried: where something begins to bind in either version, just before it, and round ones."""
    starts: set[int] = set()
    for rules, one in ((before, was), (after, rule)):
        if one is not None:
            runs = runs_supposed(rules, one.id, year, helping_all(one.steps))
            starts |= {run.amount for run in islice(runs, _MOST_AMOUNTS)}
    last = max(starts, default=0)
    near = {start - 1 for start in starts if start > 1}
    return sorted({*starts, *near, *_ROUND_AMOUNTS, 2 * last + _ROUND_AMOUNTS[0]})


def _compared(
    before: Ruleset, after: Ruleset, was: Waterfall | None, rule: Waterfall, year: str, pence: int
) -> Iterator[tuple[str, tuple[int, int]]]:
    """The partners that pay more of an amount, with what they paid before; pennies of rounding do not count."""
    pennies = len(rule.steps) + (len(was.steps) if was else 0)
    for helped in (True, False):
        old = _pays(before, was, year, pence, helping_all(was.steps) if helped else NOTHING_HELPS) if was else Counter()
        new = _pays(after, rule, year, pence, helping_all(rule.steps) if helped else NOTHING_HELPS)
        for partner, pays in sorted(new.items()):
            if pays > old[partner] + pennies:
                yield partner, (old[partner], pays)


def _pays(rules: Ruleset, rule: Waterfall, year: str, pence: int, supposed: Supposed) -> Counter[str]:
    """What each partner pays of an amount, also failing a decision."""
    found: Counter[str] = Counter()
    for step in run_supposed(rules, rule.id, year, pence, supposed).steps:
        for one in (*step.allocations, *step.provisional):
            if one.to is To.PARTNER:
                found[one.name] += one.pence
    return found
