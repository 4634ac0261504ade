"""Turning a sharing into weights and a sum into whole pence by partner."""

from collections.abc import Iterable

from poolrules.base.pennies import share_by_name
from poolrules.engine.contributed import standing_of
from poolrules.engine.working import Need, Wanted, Working
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    Change,
    Charges,
    ContributionRule,
    FundRules,
    Moment,
    OfSpending,
    Sharing,
    Weights,
)


def weights_of(working: Working, fund: FundRules, sharing: Sharing) -> dict[str, int]:
    """Find each partner's weight in a sharing; contributions weigh their pence. All may be zero."""
    weights = dict.fromkeys(fund.partners, 0)
    for partner, weight in _weighed(working, fund, sharing):
        weights[partner] = weights.get(partner, 0) + weight
    return {partner: max(0, weight) for partner, weight in weights.items()}


def _weighed(working: Working, fund: FundRules, sharing: Sharing) -> Iterable[tuple[str, int]]:
    """Every figure that counts in a sharing, by partner."""
    match sharing:
        case Weights(parts) | OfSpending(parts):
            return [(part.partner, part.weight) for part in parts]
        case ByKey(key, partners):
            return values_of(working, key, partners or fund.partners).items()
        case ByContributions():
            return [one for name in dict.fromkeys(sharing.funds) for one in _contributed(working, name, sharing)]


def values_of(working: Working, key: str, partners: tuple[str, ...]) -> dict[str, int]:
    """The values of a key for some partners in the year; one without a value has 0.

    What should have been counted, and a key without any values for the year, is noted as needed.
    """
    rule, values = working.keys[key], dict.fromkeys(partners, 0)
    if rule.counted:
        missing = [name for name in partners if (key, name) not in working.counts]
        working.needs.extend(Need(Wanted.COUNT, key, name) for name in missing)
        return {name: working.counts.get((key, name), 0) for name in partners}
    year = next((year for year in rule.years if year.year == working.facts.year), None)
    if year is None:
        working.needs.append(Need(Wanted.VALUES, key))
        return values
    return values | {part.partner: part.weight for part in year.parts if part.partner in values}


def _contributed(working: Working, fund: str, sharing: ByContributions) -> list[tuple[str, int]]:
    """List what counts of one fund's contributions, by partner and in pence.

    What was paid in and not given counts as agreed: the run goes on, and once it has come to such
    a sharing the settlement asks for what is missing.
    """
    if fund not in working.figures:
        return []
    made = working.made.standing[fund]
    if sharing.moment is Moment.FIRST_AGREED:
        made = standing_of(working.made.first.get(fund, made), working.holds)
    rules = [rule for rule in made if counts(sharing, rule)]
    if sharing.moment is not Moment.PAID or working.paid is None:
        return [(rule.partner, _counted(sharing, rule)) for rule in rules]
    paid = {
        partner: pence
        for (paid_to, partner), pence in working.paid.items()
        if paid_to == fund and (not sharing.partners or partner in sharing.partners)
    }
    agreed = [(rule.partner, _counted(sharing, rule)) for rule in rules if rule.in_kind or rule.partner not in paid]
    return agreed + list(paid.items())


def _counted(sharing: ByContributions, rule: ContributionRule) -> int:
    """What one contribution counts as: before or after users' charges as the sharing says, else as it is paid."""
    if sharing.charges is None:
        return rule.pence
    return rule.gross_pence if sharing.charges is Charges.GROSS else rule.net_pence


def counts(sharing: ByContributions, rule: ContributionRule) -> bool:
    """Whether one contribution counts towards a sharing, by exactly what the sharing says; a shift never does."""
    return (
        rule.change is not Change.SHIFT
        and (sharing.in_kind or not rule.in_kind)
        and (sharing.capital or not rule.capital)
        and (rule.recurrent or not sharing.recurrent_only)
        and (not sharing.schemes or rule.scheme in sharing.schemes)
        and (not sharing.partners or rule.partner in sharing.partners)
    )


def divide(fund: FundRules, weights: dict[str, int], pence: int) -> dict[str, int]:
    """Divide a sum by weights that are not all zero, odd pennies as the fund's rules place them.

    `odd_pennies` names the partner that takes them all. Where it names nobody, or a partner with no
    share in this sum, they go one each to those that lost most by rounding down (the largest
    remainder); where two lost the same, the host first, then by name, so that the order in which
    partners are listed changes nothing.
    """
    return share_by_name(pence, weights, first=fund.host, odd_to=fund.odd_pennies)
