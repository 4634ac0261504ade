"""A key is given, and nothing is shared in proportion to it.

Either a sharing was meant to go by it, or it is left over from an earlier version. It will be read, and argued from.

Authority: none; good practice.

    key Population "Mid-2024 population estimates"
        values from 2026/27: ICB 98, Council 92

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%

Share by it, or take it out:

    key Population "Mid-2024 population estimates"
        values from 2026/27: ICB 98, Council 92

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to Population
"""

from collections.abc import Iterator

from poolrules.checks.mentions import mentioned
from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.source.finding import Label


@check("MON062", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each key in the terms."""
    used = mentioned(subject.agreement)
    for key in subject.agreement.keys:
        if key.name.text not in used:
            yield Fault(
                f"nothing is shared in proportion to `{key.name}`",
                (Label(key.span, "never used"),),
                f"share by it, such as: remainder in proportion to {key.name}",
            )
