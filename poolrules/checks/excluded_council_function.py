"""A council brings a function that may not be pooled.

The regulations let councils bring their social services functions, with exceptions: recovering
charges, appointing the director, the adoption service, approving mental health professionals, and
parts of the Children Act 1989.

Authority: SI 2000/617 reg 6(a) as amended; the list is in `law/excluded_functions.json`.

    partner Council "Westshire County Council"
        function    "Meeting needs for care and support", under "Care Act 2014 s 18"
        function    "Recovering charges and interest", under "Care Act 2014 s 69"

Leave it with the council:

    partner Council "Westshire County Council"
        function    "Meeting needs for care and support", under "Care Act 2014 s 18"
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on, side
from poolrules.checks.citations import cited
from poolrules.checks.exclusions import exclusions
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("FUN002", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the excluded sections in what each council's functions cite."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    for partner in subject.agreement.partners:
        for function in partner.functions:
            if side(partner) != "council" or function.under is None:
                continue
            for excluded in exclusions().functions:
                named = cited(function.under.text, excluded.act)
                if named.intersection(excluded.sections):
                    yield Fault(
                        f"`{function.text}` may not be pooled: {excluded.what} is left out (reg 6(a))",
                        (Label(function.under.span, "excluded"),),
                        "leave the function with the council, outside these arrangements",
                    )
