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
from poolrules.checks.sharings import all_steps, caps_of, sharings_of
from poolrules.model.agreement import Agreement, ByPartners, DecidedBy, Fund, PartOf, Step, Text, partners_in
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
        yield from (name for name in (scheme.bearer, scheme.lead) if name)
    for block in fund.contributions:
        yield from block.named
    for paid in fund.payments:
        yield from (partner for line in paid.lines for partner in (line.payer, line.payee))
    if fund.odd_pennies:
        yield fund.odd_pennies
    yield from (cap.partner for cap in caps_of(fund))
    for reserve in fund.reserves:
        yield from partners_in(reserve.held_for) if reserve.held_for else ()
    for waterfall in fund.waterfalls:
        for step in all_steps(waterfall):
            yield from _in_step(step)
    for home, sharing in sharings_of(agreement):
        if home is fund:
            yield from partners_in(sharing)


def _in_step(step: Step) -> Iterator[Text]:
    """The partners that a step names beside those that it shares between."""
    for limit in (step.at_most, step.until):
        yield from limit.partners if isinstance(limit, PartOf) else ()
    if isinstance(step.taker, ByPartners) and step.taker.later and step.taker.later.by:
        yield step.taker.later.by
    if isinstance(step.taker, DecidedBy) and step.taker.interim:
        yield step.taker.interim
