"""All the contributions to a fund come from one side.

A pooled fund is made up of contributions by an NHS body and by a council, in money or in kind. If
one side gives nothing, the arrangement is a payment, and needs another power.

Authority: NHS Act 2006 s 75(2)(a)(i); NHS (Wales) Act 2006 s 33(2)(a)(i), where it is a warning.

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £1,000,000
            Council     nothing

Let each side contribute:

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, SIDES, giving, kinds_are_known, partners_of, rests_on, side, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.model.agreement import Fund
from poolrules.source.finding import Label


@check("MON001", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for money, or something in kind, from each side that has a partner in the fund."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL) or not kinds_are_known(agreement):
        return
    for fund in agreement.funds:
        givers = _giving(fund)
        partners = partners_of(agreement, fund)
        sides = {side(partner) for partner in partners}
        given = {side(partner) for partner in partners if partner.name.text in givers}
        for missing in ("nhs", "council"):
            if missing in sides and given and missing not in given:
                yield Fault(
                    f"no {SIDES[missing]} contributes anything to `{fund.name}`",
                    tuple(Label(block.span, f"nothing from a {SIDES[missing]}") for block in fund.contributions),
                    "a pool needs a contribution from each side, in money or in kind",
                    weight(agreement),
                )


def _giving(fund: Fund) -> set[str]:
    """The partners that contribute something to a fund in some year."""
    in_kind = {line.partner.text for block in fund.contributions for line in block.amounts if line.in_kind}
    return in_kind | {name for block in fund.contributions for name, _ in giving(fund, block)}
