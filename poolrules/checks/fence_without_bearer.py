"""A ring-fenced scheme does not say who bears its overspend.

A fence keeps an underspend in and other schemes out. It does not say who pays when the money inside
runs out, so the overspend belongs to nobody.

Authority: none; good practice.

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Hoists "Ceiling hoists" ring-fenced
        budget from 2026/27
            Equipment   £900,000
            Hoists      £100,000

Name who bears it:

    fund Pool "Westshire pooled fund"
        scheme Equipment "Community equipment" shared
        scheme Hoists "Ceiling hoists" ring-fenced with overspend borne by Council
        budget from 2026/27
            Equipment   £900,000
            Hoists      £100,000
"""

from collections.abc import Iterator

from poolrules.base.mode import Mode
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("RSK013", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the bearer of each ring-fenced scheme."""
    for fund in subject.agreement.funds:
        for scheme in fund.schemes:
            if scheme.mode is Mode.RING_FENCED and scheme.bearer is None:
                yield Fault(
                    f"nobody bears an overspend of the ring-fenced scheme `{scheme.name}`",
                    (Label(scheme.span, "who pays beyond its budget?"),),
                    "add to the line, such as: ring-fenced with overspend borne by Council",
                )
