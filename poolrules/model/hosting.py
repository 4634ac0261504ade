"""Finding the largest contributor to a fund, where the agreement leaves it to that who hosts it."""

from collections.abc import Iterator
from fractions import Fraction

from poolrules.model.agreement import (
    Alone,
    ByKey,
    ContributionYear,
    Equally,
    Fund,
    Key,
    Shares,
    Sharing,
)


def largest_contributors(fund: Fund, keys: tuple[Key, ...]) -> tuple[str, ...]:
    """The partners whose cash contributions for the first year are the largest: several where they are equal.

    None where nobody contributes cash, or where what somebody contributes is not known yet.
    """
    first = min(fund.contributions, key=lambda block: block.year, default=None)
    if first is None or first.awaited:
        return ()
    sums: dict[str, Fraction] = {}
    for partner, pence in _cash(first, fund, keys):
        if pence is None:
            return ()
        sums[partner] = sums.get(partner, Fraction(0)) + pence
    most = max(sums.values(), default=Fraction(0))
    return tuple(partner for partner, pence in sums.items() if pence == most and pence > 0)


def _cash(block: ContributionYear, fund: Fund, keys: tuple[Key, ...]) -> Iterator[tuple[str, Fraction | None]]:
    """Each sum of cash with who contributes it; no sum where it is not known."""
    for line in block.amounts:
        if not line.in_kind:
            yield line.partner.text, Fraction(line.amount.pence)
    for change in block.changes:
        yield change.partner.text, Fraction(-change.amount.pence if change.less else change.amount.pence)
    for total in block.totals:
        shares = _shares(total.sharing, block, fund, keys)
        whole = sum(shares.values(), Fraction(0))
        if not whole:
            yield "", None
            continue
        for partner, share in shares.items():
            yield partner, total.amount.pence * share / whole


def _shares(sharing: Sharing, block: ContributionYear, fund: Fund, keys: tuple[Key, ...]) -> dict[str, Fraction]:
    """What each partner counts for in a sharing; nobody where that is not known."""
    match sharing:
        case Alone():
            return {sharing.partner.text: Fraction(1)}
        case Equally():
            names = tuple(partner.text for partner in sharing.partners) or fund.partners
            return dict.fromkeys(names, Fraction(1))
        case Shares():
            stated = {one.partner.text: one.percent or Fraction(one.parts or 0) for one in sharing.shares}
            others = [name for name in fund.partners if sharing.others_equally and name not in stated]
            rest = 1 - sum(stated.values(), Fraction(0))
            return stated | dict.fromkeys(others, rest / len(others) if others else rest)
        case ByKey():
            named = {partner.text for partner in sharing.between}
            years = (year for key in keys if key.name.text == sharing.key.text for year in key.years)
            values = next((year.values for year in years if year.year <= block.year <= year.last or year.onwards), ())
            return {one.partner.text: one.value for one in values if not named or one.partner.text in named}
    return {}
