"""A signatory's authority to sign is not recorded.

A council signs by a decision of its executive or under its scheme of delegation, an NHS body
under its constitution. An auditor asks for the decision; without it the signature may bind nobody.

Authority: Local Government Act 2000 s 9E; each NHS body's constitution. A warning until a lawyer
has confirmed the reading.

    partner Council "Westshire County Council"
        signs       "Director of Adult Services"

Name the decision that lets them sign:

    partner Council "Westshire County Council"
        signs       "Director of Adult Services", authority "Cabinet, 10 March 2026"
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("PTY005", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each signatory's authority."""
    for partner in subject.agreement.partners:
        if partner.signs and partner.signs.authority is None:
            yield Fault(
                f"the authority of `{partner.signs.post}` to sign for `{partner.name}` is not recorded",
                (Label(partner.signs.span, "on whose authority?"),),
                'add the decision, such as: authority "Cabinet, 10 March 2026"',
            )
