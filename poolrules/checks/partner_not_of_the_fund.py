"""A fund's terms name a partner that is not one of the fund's partners.

A body that is party to the agreement but not to this fund can neither be charged by it nor be paid
from it. The fund says who its partners are; without such a line all of them are.

Authority: none; it follows from the fund's own terms.

    partner District "Westshire District Council"
        kind        district council
        provides    no staff, goods, services or accommodation
        signs       "Chief Executive", authority "Cabinet, 5 March 2026"

    fund Pool "Westshire pooled fund"
        partners    ICB, Council
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, District 40%

Name a partner of the fund, or let this one join it:

    fund Pool "Westshire pooled fund"
        partners    ICB, Council
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.checks.sharings import caps_of, sharings_of
from poolrules.model.agreement import Agreement, Alone, Equally, Fund, Shares, Text
from poolrules.source.finding import Label


@check("MON012", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look up every partner that a fund's terms name."""
    for fund in subject.agreement.funds:
        told: set[str] = set()
        for name in _named(subject.agreement, fund):
            if name.text not in fund.partners and name.text not in told:
                told.add(name.text)
                yield Fault(
                    f"`{name}` is not a partner of `{fund.name}`",
                    (Label(name.span, "named here"), Label(fund.span, f"its partners are {', '.join(fund.partners)}")),
                    f"name a partner of the fund, or add `{name}` to the `partners` of the fund",
                )


def _named(agreement: Agreement, fund: Fund) -> Iterator[Text]:
    """Every partner that the money terms of a fund name."""
    for scheme in fund.schemes:
        if scheme.bearer:
            yield scheme.bearer
    for block in fund.contributions:
        yield from (line.partner for line in block.amounts)
        for rolled in block.rolled:
            yield from rolled.partners
    if fund.odd_pennies:
        yield fund.odd_pennies
    yield from (cap.partner for cap in caps_of(fund))
    for home, sharing in sharings_of(agreement):
        if home is not fund:
            continue
        if isinstance(sharing, Shares):
            yield from (share.partner for share in sharing.shares)
        elif isinstance(sharing, Equally):
            yield from sharing.partners
        elif isinstance(sharing, Alone):
            yield sharing.partner
