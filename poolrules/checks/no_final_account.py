"""The exit terms do not say when the final account is made.

The last quarter's bills arrive after the last day. Without a date for the final account the balance
stays open, and with it everybody's accounts.

Authority: none; good practice.

    exit
        balance     shared under the year-end terms

Give it a date:

    exit
        balance     shared under the year-end terms
        account     final within 60 working days
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("EXT002", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the final account."""
    leaving = subject.agreement.exit
    if leaving is not None and leaving.account is None:
        yield Fault(
            "nothing says when the final account is made",
            (Label(leaving.span, "no `account` line"),),
            "add a line such as: account final within 60 working days",
        )
