"""A reserve is set up, and no term draws on it or adds to it.

Money in such a reserve is out of everybody's reach, and nobody knows whose it is at the end.

Authority: none; good practice.

    fund Pool "Westshire pooled fund"
        reserve Contingency "Contingency reserve" opening £50,000
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%

Use it:

    fund Pool "Westshire pooled fund"
        reserve Contingency "Contingency reserve" opening £50,000
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       from Contingency
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.checks.sharings import steps_of
from poolrules.model.agreement import DecidedBy, FromReserve, IntoReserve
from poolrules.source.finding import Label


@check("MON018", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each reserve in the steps of all funds."""
    takers = [step.taker for _, _, step in steps_of(subject.agreement)]
    fallbacks = [taker.failing for taker in takers if isinstance(taker, DecidedBy)]
    used = {taker.reserve.text for taker in (*takers, *fallbacks) if isinstance(taker, FromReserve | IntoReserve)}
    leaving = subject.agreement.exit
    if leaving and leaving.payment_into:
        used.add(leaving.payment_into.text)
    for fund in subject.agreement.funds:
        for reserve in fund.reserves:
            if reserve.name.text not in used:
                yield Fault(
                    f"nothing draws on `{reserve.name}` or adds to it",
                    (Label(reserve.span, "never used"),),
                    f"add a step such as: first from {reserve.name}",
                )
