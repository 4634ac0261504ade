"""An NHS trust joins without the consent of those who commission its services.

An NHS trust is paid by its commissioners. It may pool with a council only if each of them with
which it has an NHS contract for these people's services consents.

Authority: SI 2000/617 reg 7(2). It speaks of NHS trusts; whether it reaches foundation trusts is
not clear, so they are left alone.

    partner Trust "Westshire Community NHS Trust"
        kind        NHS trust
        function    "Providing community nursing", under "NHS Act 2006 s 3"
        provides    no staff, goods, services or accommodation
        signs       "Chief Executive", authority "Board, 9 March 2026"

    fund Pool "Westshire pooled fund"
        partners    ICB, Council

Record the consent:

    partner Trust "Westshire Community NHS Trust"
        kind        NHS trust
        function    "Providing community nursing", under "NHS Act 2006 s 3"
        provides    no staff, goods, services or accommodation
        signs       "Chief Executive", authority "Board, 9 March 2026"
        consent     "NHS Westshire Integrated Care Board, letter of 20 February 2026"

    fund Pool "Westshire pooled fund"
        partners    ICB, Council
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("PTY003", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Ask each NHS trust for the consent of its commissioners."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    for partner in subject.agreement.partners:
        if partner.kind and partner.kind.needs_consent and not partner.consent:
            yield Fault(
                f"`{partner.name}` needs the consent of each board that commissions its services (reg 7(2))",
                (Label(partner.span, "no consent is recorded"),),
                'add a line such as: consent "NHS Westshire Integrated Care Board, letter of 20 February 2026"',
            )
