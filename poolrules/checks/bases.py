"""Which legal bases a check concerns, and what they ask of the bodies that pool under them."""

from collections.abc import Iterator

from poolrules.checks.registry import Fault
from poolrules.model.agreement import Agreement, ContributionYear, Fund, Partner, partners_in
from poolrules.model.law import Basis
from poolrules.source.finding import Label, Severity
from poolrules.source.span import Span

SECTION_75 = "s75"
SECTION_33 = "s33"
NHS_AND_COUNCIL = (SECTION_75, SECTION_33)
"""The bases on which an NHS body and a council pool by a written agreement with stated particulars."""


def rests_on(agreement: Agreement, *keys: str) -> bool:
    """Whether an agreement rests on one of some legal bases."""
    return agreement.basis is not None and agreement.basis.key in keys


def weight(agreement: Agreement) -> Severity | None:
    """How much a fault weighs where that differs by basis.

    It is an error under section 75. The Welsh regulations of 2000 mirror the English ones, but
    their text has not been compared line by line, so under section 33 the same fault is a warning.
    """
    return Severity.WARNING if rests_on(agreement, SECTION_33) else None


def regulation(agreement: Agreement, paragraph: str) -> str:
    """Name the paragraph that asks for something, such as `reg 7(3)(a)`; the Welsh list is only cited as a whole."""
    return "SI 2000/2993 reg 7" if rests_on(agreement, SECTION_33) else f"reg {paragraph}"


def unsaid(agreement: Agreement, said: object, message: str, paragraph: str, help: str) -> Iterator[Fault]:
    """Report a particular of the written agreement that the agreement itself does not say."""
    if rests_on(agreement, *NHS_AND_COUNCIL) and not said:
        cited = f"{message} ({regulation(agreement, paragraph)})"
        yield Fault(cited, (Label(agreement.span, "this agreement"),), help, weight(agreement))


def nations(nation: str) -> frozenset[str]:
    """Take apart what a body or a basis says of its nation.

    >>> sorted(nations("England and Wales"))
    ['England', 'Wales']
    """
    return frozenset(nation.split(" and "))


def in_its_nation(basis: Basis, partner: Partner) -> bool:
    """Whether a body is one of the nation of a basis; a body of unknown kind is taken to be."""
    return partner.kind is None or bool(nations(partner.kind.nation) & nations(basis.nation))


def contributors(agreement: Agreement) -> Iterator[tuple[Partner, Label]]:
    """Each partner that puts something into a fund, with the first place that says so."""
    seen: set[str] = set()
    for fund in agreement.funds:
        for block in fund.contributions:
            for name, span in giving(fund, block):
                if name not in seen:
                    seen.add(name)
                    yield agreement.partner(name), Label(span, "contributes here")


def giving(fund: Fund, block: ContributionYear) -> Iterator[tuple[str, Span]]:
    """Each partner that a block says to give something, in money or in kind or still to be set, and where."""
    for line in block.amounts:
        if line.amount.pence:
            yield line.partner.text, line.span
    for total in block.totals:
        for name in [partner.text for partner in partners_in(total.sharing)] or fund.partners:
            yield name, total.span
    for awaited in block.awaited:
        for partner in awaited.partners:
            yield partner.text, awaited.span


def side(partner: Partner) -> str | None:
    """Which side of a pool a body is on; a combined authority with devolved functions counts as an NHS body."""
    if partner.kind is None:
        return None
    return "nhs" if partner.kind.kind == "combined authority" else partner.kind.side


SIDES = {"nhs": "NHS body", "council": "council", "police": "police body"}
"""What a body of each side is called."""


def partners_of(agreement: Agreement, fund: Fund) -> tuple[Partner, ...]:
    """The partners of a fund."""
    return tuple(agreement.partner(name) for name in fund.partners)


def kinds_are_known(agreement: Agreement) -> bool:
    """Whether every partner says what kind of body it is; else nothing can be said about sides."""
    return all(partner.kind for partner in agreement.partners)
