"""The percentages of a key do not add up to 100%.

They still set a proportion, and every penny is shared. But nobody then bears the percentage that stands beside its
name, and whoever reads the agreement will reckon otherwise.

Authority: arithmetic.

    key Agreed "Percentages agreed by the chief finance officers"
        values from 2026/27: ICB 60%, Council 30%

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to Agreed

Make them add up to 100%, or write them as whole numbers:

    key Agreed "Percentages agreed by the chief finance officers"
        values from 2026/27: ICB 60%, Council 40%

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to Agreed
"""

from collections.abc import Iterator
from fractions import Fraction

from poolrules.base.shares import format_percent
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import KeyUnit
from poolrules.source.finding import Label


@check("MON065", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Add up the percentages of each year."""
    for key in subject.agreement.keys:
        for year in key.years:
            total = sum((value.value for value in year.values), Fraction(0))
            if year.unit is KeyUnit.PERCENT and total != 1:
                yield Fault(
                    f"the percentages of `{key.name}` for {year.year} add up to {format_percent(total)}",
                    tuple(Label(value.span, format_percent(value.value)) for value in year.values),
                    "make them add up to 100%, or write whole numbers, which need no sum",
                )
