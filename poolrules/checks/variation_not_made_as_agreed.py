"""A deed of variation does not say when it was agreed, or was not made in the way that the agreement asks for.

The agreement says how it may be varied: in writing signed by all partners, or by exchange of letters; and a fund may
let its board vary contributions. A deed made otherwise may bind nobody.

Authority: SI 2000/617 reg 7(3)(f) and, for contributions, reg 7(3)(b): the agreement provides how it is varied.

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    by exchange of letters

    fund Pool
        report  monthly, within 20 working days, to Board

Make it in the way agreed, and say so:

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, Variation, check
from poolrules.model.agreement import Agreement, Fund
from poolrules.source.finding import Label

_SIGNED_BY_ALL = "in writing, signed by all partners"
_BY_ALL = "written agreement of all partners"


@check("VAR007", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Ask a deed when it was agreed, and compare how it was made with what the agreement asked for before it."""
    variation = subject.variation
    if variation is None:
        return
    deed, before = variation.deed, variation.before
    if deed.agreed_on is None:
        message = f"{deed.name} does not say when it was agreed"
        yield Fault(message, (Label(deed.span),), "add a line: agreed 3 September 2026, by …, minute …")
    asked = before.variation
    if asked is None:
        return
    if deed.made is None:
        message = f"{deed.name} does not say how it was made"
        labels = (Label(deed.span), Label(asked.span, "what the agreement asks for"))
        yield Fault(message, labels, f"add a line, where it is so: made {asked.text}")
    elif deed.made.text != asked.text and not _varies_contributions_as_agreed(variation, subject.agreement):
        message = f"{deed.name} was made {deed.made.text}, and the agreement is varied {asked.text}"
        labels = (Label(deed.made.span), Label(asked.span, "what the agreement asks for"))
        yield Fault(message, labels, "make it in the way that the agreement asks for")


def _varies_contributions_as_agreed(variation: Variation, after: Agreement) -> bool:
    """Whether a deed varies only the contributions of funds, each in the way that the fund says they are varied."""
    made = variation.deed.made
    funds = {fund.name.text: fund for fund in after.funds}
    if made is None or [fund.name.text for fund in variation.before.funds] != list(funds):
        return False
    changed = [(old, new) for old in variation.before.funds if (new := funds[old.name.text]) != old]
    return variation.only_contributions and all(_may_be_made(old, made.text) for old, _ in changed)


def _may_be_made(fund: Fund, made: str) -> bool:
    """Whether a fund lets its contributions be varied in a way."""
    said = fund.varied.by.text if fund.varied else ""
    return made == (_SIGNED_BY_ALL if said == _BY_ALL else f"by {said}")
