"""A partner can give notice only when it no longer matters.

The first day for notice lies after the term, or so late in it that the notice would run out after
the agreement has ended. Nobody can leave.

Authority: none; arithmetic.

    exit
        notice      6 months, in writing, not given before 1 January 2028

Let notice be given in time:

    exit
        notice      6 months, in writing, not given before 1 April 2027
"""

import datetime
from collections.abc import Iterator

from poolrules.base.dates import format_day
from poolrules.checks.lasting import last_day, later
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import Day, Notice, Term
from poolrules.source.finding import Label


@check("EXT001", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the first day for notice, and the day it would end, with the last day of the term."""
    leaving, term = subject.agreement.exit, subject.agreement.term
    for notice in leaving.notices if leaving and term else ():
        if term and notice.not_before:
            yield from _too_late(notice, notice.not_before, term)


def _too_late(notice: Notice, first: Day, term: Term) -> Iterator[Fault]:
    """Report a notice that can only be given too late."""
    last = last_day(term)
    labels = (Label(first.span, "the first day for notice"), Label(term.span, f"ends {format_day(last)} at the latest"))
    help = "name an earlier day, or shorten the notice"
    if first.date > last:
        yield Fault("notice may only be given after the term has ended", labels, help)
    elif later(first.date, notice.length.length) > last + datetime.timedelta(days=1):
        yield Fault("notice given on the first day it may be given ends after the term has ended", labels, help)
