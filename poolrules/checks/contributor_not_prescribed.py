"""A body puts money into a fund that the legal basis does not let it join.

Each power lists the bodies that may use it. A charity, a parish council or the police may work
beside the fund, or be paid by it, but cannot contribute to it.

Authority: SI 2000/617 reg 3 for section 75; the Act of each other basis, with its source in
`law/bodies.json`. An error under section 75, a warning under the others.

    partner Charity "Westshire Carers"
        kind        charity
        function    "Supporting carers", under "its articles"
        provides    no staff, goods, services or accommodation
        signs       "Chair", authority "Trustees, 2 March 2026"

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £300,000
            Charity     £100,000

Let the body be paid from the fund, or work beside it:

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, contributors, in_its_nation, rests_on
from poolrules.checks.registry import ERROR, WARNING, Fault, Subject, check
from poolrules.source.finding import Label

_SAID_ELSEWHERE = ("c10", "c25", "s65z6", "police")
"""Bases with a check of their own, or that any body may join."""


@check("PTY002", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look up each contributor among the bodies of the basis."""
    agreement = subject.agreement
    basis = agreement.basis
    if basis is None or not basis.power or basis.repealed or basis.key in _SAID_ELSEWHERE:
        return
    for partner, place in contributors(agreement):
        if partner.kind is None or partner.kind_said is None or not in_its_nation(basis, partner):
            continue
        if basis.key not in partner.kind.may_contribute:
            yield Fault(
                f"`{partner.name}` ({partner.kind.kind}) is not a body that may contribute under {basis.name}",
                (Label(partner.kind_said.span, "not among the bodies of this basis"), place),
                "let it be paid from the fund or work beside it, or use a basis that it may pool under",
                None if rests_on(agreement, SECTION_75) else WARNING,
            )
