"""A fact is described, and no rule asks for it.

Somebody meant a step, a cap or a contribution to wait for it. As it stands it changes nothing.

Authority: none; good practice.

    fact Consent "Both chief finance officers agreed before the money was spent"
        found by "The two chief finance officers"

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%

Let a rule wait for it, or take it out:

    fact Consent "Both chief finance officers agreed before the money was spent"
        found by "The two chief finance officers"

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       unless Consent: Council alone
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.checks.mentions import mentioned
from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.source.finding import Label


@check("MON063", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each fact in the terms."""
    used = mentioned(subject.agreement)
    for fact in subject.agreement.facts:
        if fact.name.text not in used:
            step = f"first at most {fact.name}: Council alone" if fact.an_amount else f"first if {fact.name}: …"
            yield Fault(
                f"no rule asks for `{fact.name}`",
                (Label(fact.span, "never used"),),
                f"let a rule ask for it, such as: {step}",
            )
