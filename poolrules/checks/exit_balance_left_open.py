"""The exit terms leave open whose the balance is when the agreement ends.

Partners that part on bad terms are the least likely to agree. Say it while all still want the fund.

Authority: none; good practice.

    exit
        balance     to be agreed

Say how it is shared:

    exit
        balance     shared under the year-end terms
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("EXT003", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for what happens to the balance."""
    leaving = subject.agreement.exit
    if leaving is None:
        return
    help = "write: balance shared under the year-end terms"
    if leaving.balance is None and leaving.balance_shared is None:
        yield Fault("nothing says whose the balance is at exit", (Label(leaving.span, "no `balance` line"),), help)
    elif leaving.balance and leaving.balance.text == "to be agreed":
        yield Fault("the balance at exit is left to be agreed", (Label(leaving.balance.span, "by whom?"),), help)
