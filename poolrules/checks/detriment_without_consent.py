"""A deed of variation is to the detriment of a partner whose consent is not recorded.

A partner puts in more, pays more of the same overspend, loses a cap or comes to bear a scheme alone. Agreements provide
that a change must not harm a party unless that party agrees, and auditors ask for the paper.

Authority: none; a usual term of agreements under section 75, that changes are not to a partner's detriment without its
agreement. That a partner pays more must also fit the terms on varying contributions (SI 2000/617 reg 7(3)(b)).

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            plan        within 20 working days, to Board
            remainder   ICB 50%, Council 50%

Record the consent and where it is to be found:

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners
        consent of Council, recorded in "letter of 4 September 2026"

    fund Pool
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            plan        within 20 working days, to Board
            remainder   ICB 50%, Council 50%
"""

from collections.abc import Iterator

from poolrules.checks.detriments import detriments_of
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.ruleset.soundness import unsound
from poolrules.source.finding import Label


@check("VAR008", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare what each partner puts in and bears before a deed and after it."""
    variation = subject.variation
    if variation is None or unsound(variation.rules_before) or unsound(subject.rules):
        return
    reasons: dict[str, list[str]] = {}
    for one in detriments_of(variation.rules_before, subject.rules):
        reasons.setdefault(one.partner, []).append(one.why)
    for partner, why in reasons.items():
        if variation.deed.consent_of(partner) is None:
            more = f", and {len(why) - 1} more" if len(why) > 1 else ""
            message = f"{variation.deed.name} is to the detriment of `{partner}`: {why[0]}{more}"
            help = f'record its consent in the deed: consent of {partner}, recorded in "…"'
            yield Fault(message, (Label(variation.deed.span, "no consent is recorded"),), help)
