"""A council brings the function of charging for care, but not the care that is charged for.

Charging, and the financial assessment behind it, may be part of the arrangements only where the
care charged for is part of them too.

Authority: SI 2000/617 reg 6(k) and (l), as amended by SI 2015/643.

    partner Council "Westshire County Council"
        function    "Adapting homes", under "Housing Grants, Construction and Regeneration Act 1996 Part I"
        function    "Charging for care", under "Care Act 2014 ss 14 and 17"

Bring the care as well, or leave charging out:

    partner Council "Westshire County Council"
        function    "Meeting needs for care and support", under "Care Act 2014 s 18"
        function    "Charging for care", under "Care Act 2014 ss 14 and 17"
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.citations import cited
from poolrules.checks.exclusions import exclusions
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.model.agreement import Function
from poolrules.source.finding import Label


@check("FUN003", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the charging functions of all partners with the care functions of all partners."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    functions = [function for partner in subject.agreement.partners for function in partner.functions]
    brought = frozenset[str]().union(*(_sections(function) for function in functions))
    for function in functions:
        for pair in exclusions().charging.pairs:
            if function.under and _sections(function) & set(pair.charge) and not brought & set(pair.care):
                yield Fault(
                    f"`{function.text}` may be pooled only beside the care that is charged for (reg 6(k), (l))",
                    (Label(function.under.span, "charging"),),
                    f"add the function under the Care Act 2014 s {pair.care[0]}, or leave charging with the council",
                )


def _sections(function: Function) -> frozenset[str]:
    """The sections of the Care Act that a function cites."""
    return cited(function.under.text, exclusions().charging.act) if function.under else frozenset()
