"""A group decides about the money that has no power to decide.

A group with members from several bodies binds none of them, unless it is a joint committee or its
members are officers to whom their bodies have delegated the decision. What it decides otherwise
may be no decision at all.

Authority: SI 2000/617 reg 10(2); Local Government Act 1972 ss 101 and 102. A warning until a lawyer
has confirmed the reading.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   decided by Board within 30 days of the statement, failing which ICB 50%, Council 50%

    board Board "Joint Commissioning Board"
        form        advisory group

Say what gives it the power:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   decided by Board within 30 days of the statement, failing which ICB 50%, Council 50%

    board Board "Joint Commissioning Board"
        form        joint committee
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import steps_of
from poolrules.model.agreement import Agreement, Board, DecidedBy
from poolrules.source.finding import Label
from poolrules.source.span import Span

_WITH_POWER = ("joint committee", "officers with delegated authority")


@check("GOV004", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look up the form of each board that decides something."""
    deciding = _deciding(subject.agreement)
    for board in subject.agreement.boards:
        where = deciding.get(board.name.text)
        if where is None or (board.form and board.form.text in _WITH_POWER):
            continue
        place = Label(board.form.span, board.form.text) if board.form else Label(board.span, "no `form` line")
        yield Fault(
            f"`{board.name}` takes decisions, and {_what_it_is(board)}",
            (place, Label(where, "it decides this")),
            "make it a joint committee or officers with delegated authority, or let all partners decide",
        )


def _what_it_is(board: Board) -> str:
    """Say what stands against its deciding."""
    return f"is only an {board.form}" if board.form else "nothing says what gives it the power"


def _deciding(agreement: Agreement) -> dict[str, Span]:
    """The bodies that decide something, with the first place that says so."""
    found: dict[str, Span] = {}
    for fund in agreement.funds:
        if fund.varied and fund.varied.body:
            found.setdefault(fund.varied.body, fund.varied.span)
    for _, _, step in steps_of(agreement):
        if isinstance(step.taker, DecidedBy):
            found.setdefault(step.taker.body.text, step.taker.span)
    return found
