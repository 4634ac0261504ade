"""The overspend terms raise contributions in a way that the variation terms do not allow.

A partner charged for an overspend pays more than it agreed to contribute. The agreement must say
how contributions may be varied; if that is only "by written agreement", a partner may refuse its
share of the overspend.

Authority: SI 2000/617 reg 7(3)(b). A warning: the link between the two is our reading.

    fund Pool "Westshire pooled fund"
        varied      by written agreement of all partners

Let the overspend terms vary them too:

    fund Pool "Westshire pooled fund"
        varied      by written agreement of all partners, or under the overspend terms
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import all_steps
from poolrules.model.agreement import ByPartners, DecidedBy, Fund, Sharing, Step
from poolrules.source.finding import Label


@check("RSK003", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for charges to partners in funds whose contributions only a new agreement may vary."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    for fund in subject.agreement.funds:
        charging = _charging(fund)
        if fund.varied and not fund.varied.under_overspend and charging:
            yield Fault(
                f"an overspend raises contributions to `{fund.name}`, and its variation terms do not allow that",
                (Label(fund.varied.span, "no other way to vary them"), Label(charging.span, "charges the partners")),
                "end the `varied` line with: or under the overspend terms",
            )


def _charging(fund: Fund) -> Step | None:
    """The first step of an overspend that charges partners, if only failing a decision."""
    steps = (step for waterfall in fund.overspends for step in all_steps(waterfall))
    return next((step for step in steps if _charges(step)), None)


def _charges(step: Step) -> bool:
    """Whether a step charges partners."""
    taker = step.taker
    return isinstance(taker, ByPartners) or (isinstance(taker, DecidedBy) and isinstance(taker.failing, Sharing))
