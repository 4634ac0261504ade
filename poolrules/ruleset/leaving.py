"""Compiling what the final account does when a partner leaves or the agreement ends."""

from poolrules.model import agreement as model
from poolrules.ruleset.places import Places
from poolrules.ruleset.ruleset import ExitBalance, ExitRules, NoticeRule, PartYear, Sharing, Silent

EXIT = "exit"
"""The id of the exit terms."""


def exit_rules(agreement: model.Agreement, sharing: Sharing | Silent | None, places: Places) -> ExitRules | None:
    """Compile the exit terms, with the sharing of the balance where they state one.

    A sharing that does not say enough to divide by leaves the balance without one, so that it stays unallocated.
    """
    leaving = agreement.exit
    if leaving is None:
        return None
    places.note(EXIT, leaving.span)
    shared = leaving.balance_shared
    for part, span in (
        ("balance", leaving.balance.span if leaving.balance else shared.span if shared else None),
        ("refund", leaving.refund.span if leaving.refund else None),
        ("payment", leaving.payment_into.span if leaving.payment_into else None),
    ):
        if span is not None:
            places.note(f"{EXIT}.{part}", span)
    return ExitRules(
        id=EXIT,
        balance=_balance(leaving),
        sharing=None if isinstance(sharing, Silent) else sharing,
        all_end=leaving.all_end is not None,
        refund=PartYear(leaving.refund.text) if leaving.refund else None,
        payment_into=leaving.payment_into.text if leaving.payment_into else None,
        commitments=leaving.commitments,
        commitments_most=str(leaving.commitments_longest.length) if leaving.commitments_longest else None,
        account_within=str(leaving.account.length) if leaving.account else None,
        notices=tuple(_notice(notice, place, places) for place, notice in enumerate(leaving.notices)),
    )


def _balance(leaving: model.Exit) -> ExitBalance | None:
    """How the balance is dealt with, where that is said."""
    if leaving.balance_shared:
        return ExitBalance.SHARED
    return ExitBalance(leaving.balance.text) if leaving.balance else None


def notice_id(place: int) -> str:
    """The id of a notice by its place, counted from 0: `exit.notice`, and `exit.notice-2` for the second."""
    return f"{EXIT}.notice" + (f"-{place + 1}" if place else "")


def not_before_id(place: int) -> str:
    """The id of the first day on which a notice may be given, by the notice's place."""
    return notice_id(place).replace("notice", "not-before")


def _notice(notice: model.Notice, place: int, places: Places) -> NoticeRule:
    """Compile one notice."""
    found = notice_id(place)
    places.note(found, notice.span)
    return NoticeRule(
        id=found,
        length=str(notice.length.length),
        partners=tuple(partner.text for partner in notice.given_by),
        not_before=notice.not_before.date.isoformat() if notice.not_before else None,
    )
