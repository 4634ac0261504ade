"""What is named as the legal basis does not let anybody pool money.

Some Acts give a duty to co-operate, or let one body pay another; some programmes of government
were never law at all. A fund set up on these alone has no power behind it.

Authority: the words of each enactment, with its source in `law/bases.json`; NHS Act 2006 s 256,
Care Act 2014 ss 3 and 6, Children and Families Act 2014 s 26.

    agreement "Westshire pooled fund"
        basis       section 256 of the NHS Act 2006

Name a power to pool:

    agreement "Westshire pooled fund"
        basis       section 75 of the NHS Act 2006
"""

from collections.abc import Iterator

from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("BAS003", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Ask whether the basis is a power; a repealed one is another fault."""
    basis, said = subject.agreement.basis, subject.agreement.basis_said
    if basis is None or said is None or basis.power or basis.repealed:
        return
    why = f": {basis.why}" if basis.why else ""
    yield Fault(
        f"{basis.name} gives no power to pool{why}",
        (Label(said.span, "no power to pool"),),
        f"name a power, such as {basis.instead}" if basis.instead else "name a power to pool",
    )
