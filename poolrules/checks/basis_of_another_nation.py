"""A partner is in a nation where the legal basis does not apply.

Section 75 is for England, section 33 and Part 9 are for Wales, and Scotland has integration
schemes. A body outside the nation of the basis cannot be party to its arrangements.

Authority: SI 2000/617 reg 1(2); NHS (Wales) Act 2006 s 33; Social Services and Well-being (Wales)
Act 2014 Part 9.

    partner Council "Westshire County Council"
        kind        county council in Wales
        function    "Meeting needs for care and support", under "Care Act 2014 s 18"

Use the basis of the nation, or the body that is meant:

    partner Council "Westshire County Council"
        kind        county council
        function    "Meeting needs for care and support", under "Care Act 2014 s 18"
"""

from collections.abc import Iterator

from poolrules.checks.bases import in_its_nation
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("BAS004", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the nation of each partner with that of the basis."""
    basis, said = subject.agreement.basis, subject.agreement.basis_said
    if basis is None or said is None or not basis.power:
        return
    for partner in subject.agreement.partners:
        if partner.kind_said and partner.kind and not in_its_nation(basis, partner):
            yield Fault(
                f"`{partner.name}` is a body in {partner.kind.nation}, and {basis.name} is for {basis.nation}",
                (Label(partner.kind_said.span, partner.kind.nation), Label(said.span, basis.nation)),
                "use the legal basis of the partners' nation, or correct the kind of body",
            )
