"""What is contributed to each fund in a year: the lines that stand, and what each partner pays in."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from poolrules.ruleset.ruleset import Condition, ContributionRule, FundRules, Ruleset, YearFigures


class Contributed(Struct, frozen=True):
    """The contributions of a year whose conditions hold, by fund, and the cash of the whole year in pence.

    `first` are those agreed before any variation, also where a condition may not hold: only a rule that shares by
    them asks. Cash is by fund and partner; money tied to a scheme that is
    not pooled never comes in.
    """

    standing: dict[str, tuple[ContributionRule, ...]] = {}
    first: dict[str, tuple[ContributionRule, ...]] = {}
    cash: dict[tuple[str, str], int] = {}


def contributed(ruleset: Ruleset, figures: dict[str, YearFigures], holds: Callable[[Condition], bool]) -> Contributed:
    """Look up what stands of each fund's contributions; `holds` says whether a condition does."""
    standing, first, cash = {}, {}, dict[tuple[str, str], int]()
    for fund in ruleset.funds:
        if fund.name not in figures:
            continue
        year = figures[fund.name]
        standing[fund.name] = standing_of(year.contributions, holds)
        if year.first_agreed is not None:
            first[fund.name] = year.first_agreed
        beside = not_pooled(fund)
        for rule in standing[fund.name]:
            if not rule.in_kind and rule.scheme not in beside:
                key = fund.name, rule.partner
                cash[key] = cash.get(key, 0) + rule.pence
    return Contributed(standing, first, cash)


def standing_of(rules: Iterable[ContributionRule], holds: Callable[[Condition], bool]) -> tuple[ContributionRule, ...]:
    """The contributions that are due: those without a condition, or whose condition holds."""
    return tuple(rule for rule in rules if rule.condition is None or holds(rule.condition))


def not_pooled(fund: FundRules) -> set[str]:
    """The schemes of a fund whose budgets are not paid from it."""
    return {scheme.name for scheme in fund.schemes if not scheme.pooled}
