"""A sum is left to be decided, and nothing says what follows if nobody decides.

When money is short, people decide late or not at all. Until they do, the sum is undecided and the
host carries it. A time limit and a default make the term work even then.

Authority: none; good practice.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   decided by Board

Give the decision a time and a default:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   decided by Board within 30 days of the statement, failing which ICB 50%, Council 50%
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import perimeter, steps_of
from poolrules.model.agreement import DecidedBy, ToBeAgreed
from poolrules.source.finding import Label


@check("RSK012", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for decisions without a default, or whose default has no day to start from."""
    help = "write, for instance: decided by Board within 30 days of the statement, failing which ICB 50%, Council 50%"
    for fund, waterfall, step in steps_of(subject.agreement):
        what = perimeter(fund, waterfall)
        taker = step.taker
        if isinstance(taker, ToBeAgreed):
            yield Fault(f"part of {what} is left to be agreed", (Label(taker.span, "by whom, and by when?"),), help)
        elif isinstance(taker, DecidedBy) and taker.failing is None:
            message = f"nothing says what follows if `{taker.body}` does not decide on {what}"
            yield Fault(message, (Label(taker.span, "no `failing which`"),), help)
        elif isinstance(taker, DecidedBy) and taker.within is None:
            message = f"`{taker.body}` has no time limit to decide on {what}, so the default never begins"
            yield Fault(message, (Label(taker.span, "within how long?"),), help)
