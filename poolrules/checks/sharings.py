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
    """Every sharing by which a fund's money is divided, also failing a decision."""
    for fund, _, step in steps_of(agreement):
        if isinstance(step.taker, ByPartners):
            yield fund, step.taker.sharing
        elif isinstance(step.taker, DecidedBy) and step.taker.failing:
            yield fund, step.taker.failing


def stated_shares(agreement: Agreement) -> Iterator[Shares]:
    """Every sharing in percentages or parts, also what an example supposes a body to decide."""
    for _, sharing in sharings_of(agreement):
        if isinstance(sharing, Shares):
            yield sharing
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


def perimeter(fund: Fund, waterfall: Waterfall) -> str:
    """Name a block by what it deals with, such as `the overspend of shared schemes together Pool`."""
    whole = {"shared schemes together": f"`{fund.name}`", "each shared scheme": f"each shared scheme of `{fund.name}`"}
    return f"the {waterfall.word} of {whole.get(waterfall.said_of, waterfall.said_of)}"
