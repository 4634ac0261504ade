"""A step uses the underspend of a scheme that can never lend it.

Money inside a fence stays there, and a scheme only in view has none of the fund's money. Capital
never pays for revenue, nor revenue for capital. Such a source gives nothing.

Authority: none for the fence, which is the agreement's own; proper accounting practice for capital.

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Hoists "Ceiling hoists" ring-fenced with overspend borne by Council
        budget from 2026/27
            Equipment   £900,000
            Hoists      £100,000
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       underspends of Hoists
            remainder   ICB 60%, Council 40%

Take the fence away, or the step:

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Hoists "Ceiling hoists" own risk of Council, over and under
        budget from 2026/27
            Equipment   £900,000
            Hoists      £100,000
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       underspends of Hoists
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.base.mode import Mode
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import steps_of
from poolrules.model.agreement import Scheme, UnderspendsOf
from poolrules.source.finding import Label


@check("RSK014", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look up each scheme that a step borrows from."""
    schemes = {scheme.name.text: scheme for fund in subject.agreement.funds for scheme in fund.schemes}
    for _, waterfall, step in steps_of(subject.agreement):
        if not isinstance(step.taker, UnderspendsOf):
            continue
        helped = {schemes[name].capital for name in waterfall.schemes}
        for name in step.taker.schemes:
            why = _why_not(schemes[name], helped)
            if why:
                yield Fault(
                    f"a step uses underspends of `{name}`, {why}",
                    (Label(step.span, "gives nothing"), Label(schemes[name].span, "cannot lend")),
                    "take the scheme out of the step, or change what the scheme is",
                )


def _why_not(scheme: Scheme, helped: set[bool]) -> str | None:
    """Why a scheme can lend nothing to the schemes of a block; `helped` says whether any of those is capital."""
    if scheme.mode is Mode.RING_FENCED:
        return "whose money stays inside its fence"
    if scheme.mode is Mode.IN_VIEW:
        return "which is only in view"
    if helped and scheme.capital not in helped:
        return "which is capital" if scheme.capital else "which is revenue, and the overspend is of capital"
    return None
