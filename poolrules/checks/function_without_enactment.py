"""A function does not say which enactment it stands in.

The words "community services" may mean many functions or none. The Act and section show that the function
exists, that this body has it, and that it may be pooled.

Authority: SI 2000/617 reg 7(3)(c) asks for the functions; citing the enactment is good practice.

    partner Council "Westshire County Council"
        function    "Meeting needs for care and support"

Cite it:

    partner Council "Westshire County Council"
        function    "Meeting needs for care and support", under "Care Act 2014 s 18"
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("FUN009", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the enactment of each function."""
    for partner in subject.agreement.partners:
        for function in partner.functions:
            if function.under is None:
                yield Fault(
                    f"`{function.text}` does not say which enactment it stands in",
                    (Label(function.text.span, "under which Act?"),),
                    'add the Act and section, such as: under "Care Act 2014 s 18"',
                )
