"""Compiling sharings: the weights that a sum is divided by, or the silence where too little is said to divide."""

from fractions import Fraction
from math import lcm

from poolrules.base.dates import FinancialYear
from poolrules.base.shares import format_percent
from poolrules.model import agreement as model
from poolrules.ruleset import ruleset as rules
from poolrules.ruleset.keys import weights_in
from poolrules.ruleset.money_by_year import Weigh, in_force


def weigher_of(agreement: model.Agreement) -> Weigh:
    """Give what finds the weights by which a total of contributions is shared out in a year."""

    def weigh(fund: model.Fund, sharing: model.Sharing, year: FinancialYear) -> rules.Weights | rules.Silent:
        return _weigh(agreement, fund, sharing, year)

    return weigh


def _weigh(
    agreement: model.Agreement, fund: model.Fund, sharing: model.Sharing, year: FinancialYear
) -> rules.Weights | rules.Silent:
    """The weights by which a total of contributions is shared out in a year."""
    match sharing:
        case model.Shares() | model.Alone():
            return weights_of(sharing, fund.partners)
        case model.Equally():
            return equal_weights(sharing, fund.partners)
        case model.ByKey():
            return _key_weights(agreement, sharing, year)
        case model.OfSpending():
            return rules.Silent("contributions cannot follow from what is spent")
        case model.Proportion():
            return rules.Silent("contributions cannot follow from contributions")


def _key_weights(agreement: model.Agreement, sharing: model.ByKey, year: FinancialYear) -> rules.Weights | rules.Silent:
    """The values of a key in a year as weights; a key that is counted each year has none yet."""
    key = agreement.key(sharing.key.text)
    block = in_force(key.years, year)
    named = {partner.text for partner in sharing.between}
    parts = weights_in(block) if block else ()
    kept = tuple(part for part in parts if part.weight and (not named or part.partner in named))
    if not kept:
        why = "is counted each year" if key.counted else f"has no value for {year} that is above nothing"
        return rules.Silent(f"`{key.name}` {why}")
    return rules.Weights(kept)


def equal_weights(sharing: model.Equally, partners: tuple[str, ...]) -> rules.Weights:
    """Equal weights for the partners named, else for all of these."""
    names = tuple(partner.text for partner in sharing.partners) or partners
    return rules.Weights(tuple(rules.Part(partner, 1) for partner in names))


def by_contributions(
    proportion: model.Proportion, funds: tuple[str, ...], schemes: tuple[str, ...]
) -> rules.ByContributions:
    """Compile a proportion of contributions to some funds, whose base is fully said."""
    return rules.ByContributions(
        funds=funds,
        moment=rules.Moment(f"as {proportion.moment}"),
        in_kind=bool(proportion.in_kind),
        capital=bool(proportion.capital),
        recurrent_only=bool(proportion.recurrent_only),
        schemes=schemes,
        partners=tuple(partner.text for partner in proportion.between),
        charges=rules.Charges(proportion.charges) if proportion.charges else None,
    )


def by_key(sharing: model.ByKey) -> rules.ByKey:
    """Compile a proportion to the values of a key."""
    return rules.ByKey(sharing.key.text, tuple(partner.text for partner in sharing.between))


def weights_of(shares: model.Shares | model.Alone, partners: tuple[str, ...]) -> rules.Weights | rules.Silent:
    """Turn percentages or parts into integer weights; percentages that are not the whole leave a silence.

    `partners` are those among whom the others are found, where they share the rest equally.
    """
    if isinstance(shares, model.Alone):
        return rules.Weights((rules.Part(shares.partner.text, 1),))
    if not shares.shares:
        return rules.Silent("the agreement names nobody in the sharing")
    if shares.shares[0].percent is None:
        return rules.Weights(tuple(rules.Part(share.partner.text, share.parts or 0) for share in shares.shares))
    percents = {share.partner.text: share.percent or Fraction(0) for share in shares.shares}
    total = sum(percents.values(), Fraction(0))
    if shares.others_equally:
        others = [partner for partner in partners if partner not in percents]
        if total >= 1 or not others:
            return rules.Silent("the shares leave nothing for others, or there are no others")
        percents |= dict.fromkeys(others, (1 - total) / len(others))
    elif total != 1:
        return rules.Silent(f"the shares add up to {format_percent(total)}, not to 100%")
    whole = lcm(100, *(percent.denominator for percent in percents.values()))
    return rules.Weights(tuple(rules.Part(name, (percent * whole).numerator) for name, percent in percents.items()))


def unsaid_of(
    agreement: model.Agreement,
    fund: model.Fund,
    proportion: model.Proportion,
    earlier: tuple[model.Agreement, ...] = (),
) -> tuple[str, ...]:
    """What a proportion leaves unsaid that would change a sum: of what, when, in kind or not, one-off or not.

    Where contributions as first agreed count, those of the agreement before it was varied are looked at too.
    """
    everywhere = proportion.to is model.Base.ALL_FUNDS
    funds = list(agreement.funds if everywhere else (fund,))
    if proportion.moment == "first agreed":
        funds += [old for before in earlier for old in before.funds if everywhere or old.name.text == fund.name.text]
    blocks = [block for each in funds for block in each.contributions]
    lines = [line for block in blocks for line in block.amounts]
    marks = [marks for block in blocks for marks, _ in block.marked]
    unsaid = []
    if proportion.to is None:
        unsaid.append("whether contributions to the fund, to those schemes or to all funds count")
    if proportion.moment is None:
        unsaid.append("whether contributions count as first agreed, as last varied in writing or as paid")
    if proportion.in_kind is None and (any(line.in_kind for line in lines) or any(mark.capital for mark in marks)):
        unsaid.append("whether all cash counts or revenue cash only, and whether contributions in kind do")
    if proportion.recurrent_only is None and any(not mark.recurrent for mark in marks):
        unsaid.append("whether one-off contributions count")
    if proportion.charges is None and any(line.charged for line in lines):
        unsaid.append("whether contributions count gross or net of users' charges")
    return tuple(unsaid)
