"""The notice a partner must give is longer than the agreement lasts.

Notice given on the first day would run out after the last. The clause cannot be used by anybody.

Authority: none; arithmetic.

    exit
        notice      3 years, in writing

Shorten it:

    exit
        notice      6 months, in writing
"""

import datetime
from collections.abc import Iterator

from poolrules.checks.lasting import last_day, later
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("GOV011", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Count the notice from the first day, unless it has a later first day of its own."""
    leaving, term = subject.agreement.exit, subject.agreement.term
    for notice in leaving.notices if leaving else ():
        if term is None or notice.not_before:
            continue
        if later(term.first.date, notice.length.length) > last_day(term) + datetime.timedelta(days=1):
            yield Fault(
                f"a notice of {notice.length.length} is longer than the term",
                (Label(notice.length.span, "the notice"), Label(term.span, "the term")),
                "shorten the notice, or lengthen the term",
            )
