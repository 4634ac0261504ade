"""Every step of an agreement, and every sharing that its money is divided by."""

from collections.abc import Iterator

from poolrules.model.agreement import (
    Agreement,
    ByPartners,
    DecidedBy,
    Fund,
    PartnerCap,
    Shares,
    Sharing,
    Step,
    Waterfall,
)


def all_steps(waterfall: Waterfall) -> tuple[Step, ...]:
    """The steps of a waterfall with its remainder, in the order in which they take."""
    return (*waterfall.steps, waterfall.remainder) if waterfall.remainder else waterfall.steps


def steps_of(agreement: Agreement) -> Iterator[tuple[Fund, Waterfall, Step]]:
    """Every step, with the fund and the block it stands in."""
    for fund in agreement.funds:
        for waterfall in fund.waterfalls:
            for step in all_steps(waterfall):
                yield fund, waterfall, step


def sharings_of(agreement: Agreement) -> Iterator[tuple[Fund, Sharing]]:
    """Every sharing by which a fund's money is divided, also failing a decision, and by which it comes in."""
    for fund, _, step in steps_of(agreement):
        if isinstance(step.taker, ByPartners):
            yield fund, step.taker.sharing
        elif isinstance(step.taker, DecidedBy) and isinstance(step.taker.failing, Sharing):
            yield fund, step.taker.failing
    for fund in agreement.funds:
        for total in (total for block in fund.contributions for total in block.totals):
            yield fund, total.sharing


def partners_left(agreement: Agreement, shares: Shares) -> bool:
    """Whether there are partners beside those named, who can be given something; a fund may have some of them only."""
    named = {share.partner.text for share in shares.shares}
    funds = {fund.name.text: fund for fund, sharing in sharings_of(agreement) if sharing is shares}
    everybody = {partner.name.text for partner in agreement.partners}
    return any(set(fund.partners) - named for fund in funds.values()) if funds else bool(everybody - named)


def closing_sharing(agreement: Agreement) -> Iterator[Sharing]:
    """The sharing of the balance at the end, where the exit terms state one: it is of every fund."""
    if agreement.exit and agreement.exit.balance_shared:
        yield agreement.exit.balance_shared


def stated_shares(agreement: Agreement) -> Iterator[Shares]:
    """Every sharing in percentages or parts, also what an example supposes a body to decide."""
    for _, sharing in sharings_of(agreement):
        if isinstance(sharing, Shares):
            yield sharing
    yield from (sharing for sharing in closing_sharing(agreement) if isinstance(sharing, Shares))
    for example in agreement.examples:
        for given in example.given:
            if isinstance(given.decides, Shares):
                yield given.decides


def caps_of(fund: Fund) -> Iterator[PartnerCap]:
    """Every cap on a partner of a fund, on a step or over a whole block."""
    for waterfall in fund.waterfalls:
        yield from waterfall.caps
        for step in all_steps(waterfall):
            if isinstance(step.taker, ByPartners):
                yield from step.taker.caps


def dealt_with(agreement: Agreement, *, overspend: bool) -> frozenset[str]:
    """The schemes whose overspend, or underspend, some block deals with: those of any fund may name them."""
    blocks = (block for fund in agreement.funds for block in (fund.overspends if overspend else fund.underspends))
    return frozenset(name for block in blocks for name in block.schemes)


def perimeter(fund: Fund, waterfall: Waterfall) -> str:
    """Name a block by what it deals with, such as `the overspend of shared schemes together Pool`."""
    if waterfall.gain:
        return f"the gain `{waterfall.called}`"
    whole = {"shared schemes together": f"`{fund.name}`", "each shared scheme": f"each shared scheme of `{fund.name}`"}
    return f"the {waterfall.word} of {whole.get(waterfall.said_of, waterfall.said_of)}"
