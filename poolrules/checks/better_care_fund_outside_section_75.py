"""Better Care Fund money goes into a fund that does not rest on section 75.

The board's designated amount is given on condition that it is put into a fund under section 75.
Under another basis the condition is not met, and the money can be withheld or recovered.

Authority: NHS Act 2006 s 223GA(3). The money is known by its source; the names are in `law/bcf.json`.

    agreement "Westshire pooled fund"
        basis       section 10 of the Children Act 2004

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000, from "NHS minimum contribution"
            Council     £400,000

Rest on section 75:

    agreement "Westshire pooled fund"
        basis       section 75 of the NHS Act 2006

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000, from "NHS minimum contribution"
            Council     £400,000
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.better_care_fund import nhs_minimum
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("BCF001", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the money under another power; no power at all is another fault."""
    basis, said = subject.agreement.basis, subject.agreement.basis_said
    if basis is None or said is None or not basis.power or basis.repealed or rests_on(subject.agreement, SECTION_75):
        return
    for fund, line in nhs_minimum(subject.agreement):
        yield Fault(
            f"`{fund.name}` holds Better Care Fund money and does not rest on section 75",
            (Label(line.span, "Better Care Fund money"), Label(said.span, "another basis")),
            "rest on section 75 of the NHS Act 2006, or put this money into a fund that does",
        )
        return
