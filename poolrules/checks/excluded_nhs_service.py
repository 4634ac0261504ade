"""A service is one that health and care partners may not pool.

Surgery, radiotherapy, termination of pregnancies, endoscopy, Class 4 laser and other invasive
treatments, and emergency ambulances are left out of partnership arrangements. Money spent on them
from the fund is spent without power.

Authority: SI 2000/617 reg 5(a). The words are matched as they stand, from
`law/excluded_functions.json`: where they mean something else, allow the finding and say so.

    agreement "Westshire pooled fund"
        services    "Community equipment", "Cataract surgery"

Leave the service out of the fund:

    agreement "Westshire pooled fund"
        services    "Community equipment"
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on, side
from poolrules.checks.exclusions import exclusions
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.model.agreement import Agreement, Text
from poolrules.source.finding import Label


@check("FUN001", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the excluded services in what the agreement covers."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    for text in _covered(subject.agreement):
        for service in exclusions().services:
            if service.named_in(text.text):
                yield Fault(
                    f"`{text}` names {service.service}, which may not be pooled (reg 5(a))",
                    (Label(text.span, "excluded"),),
                    "leave it out of the fund: the NHS body commissions it on its own",
                )
                break


def _covered(agreement: Agreement) -> Iterator[Text]:
    """The services, schemes and NHS functions of an agreement, in its words."""
    yield from agreement.services
    for fund in agreement.funds:
        yield from (scheme.title for scheme in fund.schemes if scheme.pooled)
    for partner in agreement.partners:
        if side(partner) == "nhs":
            yield from (function.text for function in partner.functions)
