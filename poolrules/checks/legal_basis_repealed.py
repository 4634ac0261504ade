"""The legal basis had been repealed when the agreement starts.

An agreement made under a repealed Act has no power behind it, even when its successor says much
the same: old templates are where this comes from. Agreements that started earlier are left alone.

Authority: the repeals of 1 March 2007 by the NHS (Consequential Provisions) Act 2006. A warning
until a lawyer has confirmed the dates in `law/bases.json`.

    agreement "Westshire pooled fund"
        basis       section 31 of the Health Act 1999

Name the power that replaced it:

    agreement "Westshire pooled fund"
        basis       section 75 of the NHS Act 2006
"""

from collections.abc import Iterator

from poolrules.base.dates import format_day
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("BAS002", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the day of the repeal with the first day of the term."""
    agreement = subject.agreement
    basis, said = agreement.basis, agreement.basis_said
    if basis is None or said is None or basis.repealed is None:
        return
    if agreement.term and agreement.term.first.date < basis.repealed:
        return
    also = (Label(agreement.term.span, "the term starts later"),) if agreement.term else ()
    yield Fault(
        f"{basis.name} was repealed on {format_day(basis.repealed)}",
        (Label(said.span, "repealed"), *also),
        f"use {basis.instead}" if basis.instead else "name the power in force",
    )
