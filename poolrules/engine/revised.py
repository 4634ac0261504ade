"""Instalments of a year in which a deed of variation takes effect.

What fell due before that day stays as it was. The instalments that follow take up the difference, in the
proportions in which they are paid; where none follows it falls due on the day itself. What has been called beyond
the contribution as varied goes back to the partner.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from poolrules.engine.instalments import Instalment, Moves, Planned, equal_parts, planned, stated_parts
from poolrules.ruleset.ruleset import FundRules, PaidOnDays, Ruleset, YearFigures

_Key = tuple[str, str, str]


class Earlier(Struct, frozen=True):
    """The rules that were in force until a deed took effect on `from_day` (ISO)."""

    from_day: str
    rules: Ruleset


def planned_under(rules: Ruleset, fund: FundRules, figures: YearFigures, earlier: Sequence[Earlier] = ()) -> Planned:
    """The instalments of a fund for a year, `earlier` being the rules before each deed of that year, oldest first."""
    stated = isinstance(fund.paid, PaidOnDays) and not fund.paid.equal
    plans = [_plan(one.rules, fund.name, figures.year) for one in earlier] + [planned(rules, fund, figures)]
    plan = plans[0]
    for one, after in zip(earlier, plans[1:], strict=True):
        revised = _revised(plan.instalments, after.instalments, one.from_day, stated=stated)
        plan = replace(after, instalments=tuple(revised))
    return plan


def _plan(rules: Ruleset, fund: str, year: str) -> Planned:
    """The instalments of a fund for a year under earlier rules; none where they had no figures for it."""
    found = [(own, figures) for own in rules.funds if own.name == fund for figures in own.years if figures.year == year]
    return planned(rules, *found[0]) if found else Planned((), (), ())


def _revised(
    before: Sequence[Instalment], after: Sequence[Instalment], from_day: str, *, stated: bool
) -> Iterator[Instalment]:
    """The instalments as a deed leaves them, contribution by contribution."""
    old, new = _by_contribution(before), _by_contribution(after)
    for key in dict.fromkeys((*new, *old)):
        yield from _one(old.get(key, []), new.get(key, []), from_day, stated=stated)
    yield from (one for one in after if one.moves is not Moves.DUE)


def _by_contribution(instalments: Sequence[Instalment]) -> dict[_Key, list[Instalment]]:
    """The instalments that are due, by who pays whom from what source."""
    found: dict[_Key, list[Instalment]] = {}
    for one in instalments:
        if one.moves is Moves.DUE:
            first, second = sorted((one.payer, one.payee))
            found.setdefault((first, second, one.source), []).append(one)
    return found


def _one(old: list[Instalment], new: list[Instalment], from_day: str, *, stated: bool) -> Iterator[Instalment]:
    """The instalments of one contribution: those that had fallen due, then the rest of it as varied."""
    if any(not one.due for one in new):
        yield from new  # no day is stated, so nothing has fallen due
        return
    kept = [one for one in old if one.due and one.due < from_day]
    sample = (new or old)[0]
    contributor = sample.payer
    rest = _total(new, contributor) - _total(kept, contributor)
    number = len(kept)
    yield from (replace(one, number=place, rule=sample.rule) for place, one in enumerate(kept, 1))
    following = [one for one in new if one.due >= from_day and one.payer == contributor]
    if rest > 0 and following:
        sums = stated_parts(rest, [one.pence for one in following]) if stated else equal_parts(rest, len(following))
        for place, (one, pence) in enumerate(zip(following, sums, strict=True), number + 1):
            yield replace(one, number=place, pence=pence)
    elif rest > 0:
        yield replace(sample, number=number + 1, pence=rest, due=from_day)
    elif rest < 0:
        yield replace(sample, number=number + 1, pence=-rest, due=from_day, payer=sample.payee, payee=sample.payer)


def _total(instalments: Sequence[Instalment], contributor: str) -> int:
    """What a partner pays in all, less what goes back to it."""
    return sum(one.pence if one.payer == contributor else -one.pence for one in instalments)
