"""A deed of variation takes effect before the agreement begins, or after it has ended.

An agreement that has ended cannot be varied, not even to extend it: the partners need a new one. What is to hold from
the first day belongs in the agreement itself.

Authority: none; a deed varies an agreement that is in force.

    variation 1 to "Westshire pooled fund" from 1 June 2028
        agreed  3 April 2028, minute "HWB/28/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board

Let it take effect while the agreement lasts:

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board
"""

from collections.abc import Iterator

from poolrules.base.dates import format_day
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("VAR009", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the day from which a deed is in force with the term as it was before it."""
    variation = subject.variation
    term = variation.before.term if variation else None
    if variation is None or term is None:
        return
    deed = variation.deed
    day, help = deed.from_day.date, "let it take effect within the term, or make a new agreement"
    if day > term.last.date:
        message = f"{deed.name} takes effect on {format_day(day)}, after the agreement has ended"
        yield Fault(message, (Label(deed.from_day.span), Label(term.last.span, "the last day of the term")), help)
    elif day < term.first.date:
        message = f"{deed.name} takes effect on {format_day(day)}, before the agreement begins"
        yield Fault(message, (Label(deed.from_day.span), Label(term.first.span, "the first day of the term")), help)
