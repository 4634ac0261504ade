"""Working days are to be counted, and nothing says whose bank holidays count.

Scotland, Northern Ireland, and England with Wales have different bank holidays, so that a deadline of twenty working
days differs by a day or two. The agreement has no line for it, and no legal basis whose nation would say it.

Authority: Banking and Financial Dealings Act 1971 s 1 and Sch 1, which lists bank holidays by nation.

    agreement "Westshire pooled fund"
        term        1 April 2026 to 31 March 2028

    allow BAS001 because "Counsel advises on the power.", approved by "A Smith, monitoring officer"

Say whose they are, with a line such as `working days of England and Wales`, or name the power whose nation says it:

    agreement "Westshire pooled fund"
        basis       section 75 of the NHS Act 2006
        term        1 April 2026 to 31 March 2028
"""

from collections.abc import Iterator

from poolrules.base.dates import Unit
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.ruleset.ruleset import PaidByPeriod
from poolrules.source.finding import Label


@check("MON052", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for something that is counted in working days."""
    agreement, rules = subject.agreement, subject.rules
    accepted = {allowed.what.text.casefold() for allowed in agreement.allowed} & {"bas001", "no-legal-basis"}
    if rules.calendar.nation is not None or not accepted:
        return  # where no basis is named, that is the fault to mend, until it is accepted
    counted = [duty.what for duty in rules.duties if duty.unit == Unit.WORKING_DAY.value]
    paid = any(isinstance(fund.paid, PaidByPeriod) and fund.paid.working_day for fund in rules.funds)
    if counted or paid:
        what = "contributions are paid on a working day" if paid else f"working days are counted before {counted[0]}"
        yield Fault(
            f"{what}, and nothing says whose bank holidays count",
            (Label(agreement.span, "this agreement"),),
            "add a line such as: working days of England and Wales",
        )
