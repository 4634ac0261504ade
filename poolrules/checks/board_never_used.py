"""A board is described, and no term gives it anything to do.

Either a duty was left out, or the board was.

Authority: none; good practice.

    board Panel "Finance Panel"
        form        advisory group

    fund Pool "Westshire pooled fund"
        report      quarterly, within 20 working days, to Board

Give it something to do, or take it out, as here:

    fund Pool "Westshire pooled fund"
        report      quarterly, within 20 working days, to Board
"""

from collections.abc import Iterator

from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.checks.sharings import steps_of
from poolrules.model.agreement import Agreement, DecidedBy
from poolrules.source.finding import Label


@check("GOV013", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each board in the terms."""
    used = set(_used(subject.agreement))
    for board in subject.agreement.boards:
        if board.name.text not in used:
            yield Fault(
                f"no term gives `{board.name}` anything to do",
                (Label(board.span, "never named"),),
                f"let a report go to it, such as: report quarterly, to {board.name}",
            )


def _used(agreement: Agreement) -> Iterator[str]:
    """The bodies that decide, vary or are told something."""
    for fund in agreement.funds:
        if fund.report and fund.report.to:
            yield fund.report.to.text
        if fund.varied and fund.varied.body:
            yield fund.varied.body
        for waterfall in fund.waterfalls:
            if waterfall.plan and waterfall.plan.to:
                yield waterfall.plan.to.text
    for _, _, step in steps_of(agreement):
        if isinstance(step.taker, DecidedBy):
            yield step.taker.body.text
