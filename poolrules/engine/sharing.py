"""Turning a sharing into weights and a sum into whole pence by partner."""

from poolrules.base.pennies import share_out, share_out_odd_to
from poolrules.engine.working import Working
from poolrules.ruleset.ruleset import ByContributions, ContributionRule, FundRules, Moment, Sharing, Weights


def weights_of(working: Working, fund: FundRules, sharing: Sharing) -> dict[str, int]:
    """Find each partner's weight in a sharing; contributions weigh their pence. All may be zero."""
    weights = dict.fromkeys(fund.partners, 0)
    if isinstance(sharing, Weights):
        for part in sharing.parts:
            weights[part.partner] = weights.get(part.partner, 0) + part.weight
        return weights
    for name in dict.fromkeys(sharing.funds):
        for partner, pence in _contributed(working, name, sharing):
            weights[partner] = weights.get(partner, 0) + pence
    return weights


def _contributed(working: Working, fund: str, sharing: ByContributions) -> list[tuple[str, int]]:
    """List what counts of one fund's contributions, by partner and in pence.

    What was paid in and not given counts as agreed: the run goes on, and once it has come to such
    a sharing the settlement asks for what is missing.
    """
    if fund not in working.figures:
        return []
    rules = [rule for rule in working.figures[fund].contributions if counts(sharing, rule)]
    if sharing.moment is not Moment.PAID or working.paid is None:
        return [(rule.partner, rule.pence) for rule in rules]
    paid = {
        partner: pence
        for (paid_to, partner), pence in working.paid.items()
        if paid_to == fund and (not sharing.partners or partner in sharing.partners)
    }
    agreed = [(rule.partner, rule.pence) for rule in rules if rule.in_kind or rule.partner not in paid]
    return agreed + list(paid.items())


def counts(sharing: ByContributions, rule: ContributionRule) -> bool:
    """Whether one contribution counts towards a sharing, by exactly what the sharing says."""
    return (
        (sharing.in_kind or not rule.in_kind)
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
    names = sorted(weights, key=lambda name: (name != fund.host, name))
    ordered, favour = [weights[name] for name in names], range(len(names))
    if fund.odd_pennies in weights:
        return dict(zip(names, share_out_odd_to(pence, ordered, names.index(fund.odd_pennies), favour), strict=True))
    return dict(zip(names, share_out(pence, ordered, favour), strict=True))
