"""A body puts money into a children's fund that is neither the council nor one of its relevant partners.

Section 10 lets the council and the partners it lists contribute to a fund. Others may co-operate
and may be paid, but cannot contribute.

Authority: Children Act 2004 s 10(4), (5A) and (11); in Wales s 25, where it is a warning.

    agreement "Westshire pooled fund"
        basis       section 10 of the Children Act 2004

    partner Charity "Westshire Young Carers"
        kind        charity
        provides    no staff, goods, services or accommodation
        signs       "Chair", authority "Trustees, 2 March 2026"

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £300,000
            Charity     £100,000

Let the body be paid from the fund instead:

    agreement "Westshire pooled fund"
        basis       section 10 of the Children Act 2004

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
"""

from collections.abc import Iterator

from poolrules.checks.bases import contributors, in_its_nation, rests_on
from poolrules.checks.registry import ERROR, WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("PTY007", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look up each contributor among the council and its relevant partners."""
    agreement = subject.agreement
    basis = agreement.basis
    if basis is None or not rests_on(agreement, "c10", "c25"):
        return
    for partner, place in contributors(agreement):
        if partner.kind is None or partner.kind_said is None or not in_its_nation(basis, partner):
            continue
        if basis.key not in partner.kind.may_contribute:
            yield Fault(
                f"`{partner.name}` ({partner.kind.kind}) is not a relevant partner:"
                " it may co-operate but not contribute to the fund",
                (Label(partner.kind_said.span, f"not listed in {basis.source}"), place),
                "let it be paid from the fund, or work beside it",
                WARNING if rests_on(agreement, "c25") else None,
            )
