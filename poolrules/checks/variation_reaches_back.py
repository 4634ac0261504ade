"""A deed of variation takes effect before it was agreed.

Sums that partners have already been told of change after the fact, and auditors ask who decided that, and when. It may
be what the partners want; then they accept the finding with a reason.

Authority: none; a variation takes effect from the day agreed unless the deed says otherwise, and contributions that
change late in the year are a recurrent audit point (Oldham 2020/21, where one waited for the auditors).

    variation 1 to "Westshire pooled fund" from 1 April 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board

Let it take effect when it is agreed or later:

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board
"""

from collections.abc import Iterator

from poolrules.base.dates import format_day
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("VAR006", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the day from which a deed is in force with the day on which it was agreed."""
    deed = subject.variation.deed if subject.variation else None
    if deed is None or deed.agreed_on is None or deed.from_day.date >= deed.agreed_on.date:
        return
    labels = (Label(deed.from_day.span, "takes effect"), Label(deed.agreed_on.span, "was agreed"))
    message = f"{deed.name} reaches back to {format_day(deed.from_day.date)}, before it was agreed"
    help = "let it take effect when it was agreed, or allow this with the reason why it reaches back"
    yield Fault(message, labels, help)
