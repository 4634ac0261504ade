"""Money is tied to, or carried forward for, a scheme of another fund.

A contribution to one fund cannot be spent by another: the other fund's host never has it.

Authority: none; it follows from the funds' own terms.

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000, only for Carers
            Council     £400,000

    fund Second "Carers' fund"
        host        Council
        manager     "Head of Joint Commissioning", officer of Council
        monitored   "Activity, beside income and spending"
        report      quarterly, to all partners
        annual return within 3 months
        audit       "The Council's external auditor"
        certified   "The Council's chief finance officer certifies the return"
        vat         council regime, delivered by Council
        scheme Carers "Carers' services" own risk of Council, over and under
        contributions from 2026/27
            ICB         £60,000
            Council     £40,000
        varied      by written agreement of all partners
        paid        quarterly in advance
        budget from 2026/27
            Carers      £100,000

Tie it to a scheme of its own fund:

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000, only for Equipment
            Council     £400,000
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import all_steps
from poolrules.model.agreement import CarriedForward, Fund, Text
from poolrules.source.finding import Label


@check("MON016", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look up each scheme that a fund's money is for among its own."""
    for fund in subject.agreement.funds:
        own = {scheme.name.text for scheme in fund.schemes}
        for name in _named(fund):
            if name.text not in own:
                yield Fault(
                    f"`{name}` is a scheme of another fund than `{fund.name}`",
                    (Label(name.span, "not of this fund"),),
                    f"name a scheme of `{fund.name}`, or put the money into the fund that it is for",
                )


def _named(fund: Fund) -> Iterator[Text]:
    """The schemes that contributions and steps of a fund are for."""
    for block in fund.contributions:
        yield from (marks.only_for for marks, _ in block.marked if marks.only_for)
    for waterfall in fund.waterfalls:
        for step in all_steps(waterfall):
            if isinstance(step.taker, CarriedForward) and step.taker.scheme:
                yield step.taker.scheme
