"""Nothing says when partners are told of an overspend.

Terms that share an overspend work only while there is time to do something about it. A threshold
and a number of days give everybody that time.

Authority: none; good practice.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            remainder   ICB 60%, Council 40%

Say when they are told, or when a recovery plan is due:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.checks.sharings import perimeter
from poolrules.source.finding import Label


@check("RSK006", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for a notice or a recovery plan in each overspend block; one in any block of a fund serves for all."""
    for fund in subject.agreement.funds:
        warned = any(waterfall.notify or waterfall.plan for waterfall in fund.overspends)
        if fund.overspends and not warned:
            waterfall = fund.overspends[0]
            yield Fault(
                f"nothing says when partners are told of {perimeter(fund, waterfall)}",
                (Label(waterfall.span, "neither `notify` nor `plan`"),),
                "add a line such as: "
                "notify partners within 5 working days of a forecast overspend over 2% of their budget",
            )
