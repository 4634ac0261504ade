"""A partner does not say what kind of body it is.

Who may join, who must consent and who may hold the fund all depend on the kind of body. Without
it these checks cannot be made, and passing them means nothing.

Authority: none of its own; the checks of SI 2000/617 reg 3 and its like depend on it.

    partner Council "Westshire County Council"
        provides    no staff, goods, services or accommodation

Say the kind:

    partner Council "Westshire County Council"
        kind        county council
        provides    no staff, goods, services or accommodation
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("PTY010", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the kind of each partner."""
    for partner in subject.agreement.partners:
        if partner.kind is None and partner.kind_said is None:
            yield Fault(
                f"`{partner.name}` does not say what kind of body it is",
                (Label(partner.span, "what kind of body?"),),
                "add a line such as: kind county council",
            )
