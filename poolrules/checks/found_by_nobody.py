"""Nobody is named who finds a fact, counts the values of a key, or says how much a gain is.

Such things decide who pays. When they are disputed at year end, the partners need somebody whose word is taken.

Authority: none; good practice: published agreements name the officers whose finding moves the money.

    fact Consent "Both chief finance officers agreed before the money was spent"

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       unless Consent: Council alone
            remainder   ICB 60%, Council 40%

Name them:

    fact Consent "Both chief finance officers agreed before the money was spent"
        found by "The two chief finance officers, in a joint letter"

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            first       unless Consent: Council alone
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.model.agreement import Agreement, Text
from poolrules.source.finding import Label
from poolrules.source.span import Span


@check("GOV015", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for who finds each thing that must be found."""
    for name, what, span in _unfound(subject.agreement):
        yield Fault(
            f"nobody is named who {what} `{name}`",
            (Label(span, "found by whom?"),),
            'add a line below it such as: found by "The two chief finance officers"',
        )


def _unfound(agreement: Agreement) -> Iterator[tuple[Text, str, Span]]:
    """What must be found and nobody finds, with what is done to find it."""
    for fact in agreement.facts:
        if fact.found_by is None:
            yield fact.name, "says how much it is:" if fact.an_amount else "finds", fact.span
    for key in agreement.keys:
        if key.counted and key.found_by is None:
            yield key.name, "counts the values of", key.span
    for gain in (gain for fund in agreement.funds for gain in fund.gains):
        if gain.found_by is None and gain.called:
            yield gain.called, "says how much there is of", gain.span
