"""The final account of a leaver from files: rules, spending to the day and contracts in, an account out."""

import datetime
from calendar import monthrange

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.dates import days_in, format_day, read_day, year_of
from poolrules.base.money import read_money
from poolrules.base.unreadable import Unreadable
from poolrules.engine.final_account import FinalAccount, final_account
from poolrules.engine.leaving import Commitment, Leaving
from poolrules.engine.settlement import Facts
from poolrules.pipeline.figures_csv import NOT_USABLE, FiguresRead, Row, read_figures
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.settle import Asked, Given, NotSettled, finding_of, given_for
from poolrules.reporting.final_account import ExitAccount
from poolrules.ruleset.ruleset import PartYear
from poolrules.source.finding import Finding, Label, Severity, in_file_order

_COLUMNS = ("contract", "fund", "yearly", "first_break")


class AskedExit(Struct, frozen=True):
    """What somebody asks of a final account: the spending as for `settle`, who leaves and when, as it was typed."""

    asked: Asked
    on: str
    partner: str | None = None
    commitments: str | None = None
    payment: str | None = None
    notice: str | None = None


def leave_file(wanted: AskedExit) -> ExitAccount | NotSettled:
    """Make a final account as somebody asks. Raises `Unusable` for paths and options that cannot be worked with."""
    day = _day(wanted.on, "--on")
    notice = _day(wanted.notice, "--notice-given").isoformat() if wanted.notice else None
    if wanted.asked.year is not None and wanted.asked.year != str(year_of(day)):
        raise Unusable(f"{format_day(day)} is not in {wanted.asked.year}", "leave --year out: the day says it")
    asked = replace(wanted.asked, year=str(year_of(day)), to=format_day(day), any_day=True)
    given = given_for(asked)
    if isinstance(given, NotSettled):
        return given
    contracts = read_figures(wanted.commitments, _COLUMNS, ("yearly",)) if wanted.commitments else None
    commitments, faults = _commitments(contracts)
    leaving = Leaving(wanted.partner, day.isoformat(), _payment(wanted.payment), commitments, notice)
    made = final_account(given.rules, _counted(given, day), leaving)
    wrong = [*given.faults(), *faults] if given.wrong or faults else []
    if isinstance(made, FinalAccount) and not wrong:
        return ExitAccount(given.rules, made, given.made_from, given.found)
    told = [] if isinstance(made, FinalAccount) else [finding_of(fault, given.spending) for fault in made]
    sources = given.sources | ({contracts.file: contracts.lines} if contracts else {})
    return NotSettled(tuple(in_file_order([*wrong, *told])), sources)


def _day(text: str, option: str) -> datetime.date:
    """Read the day of leaving, or of a notice. Raises `Unusable`."""
    try:
        return read_day(" ".join(text.split()))
    except Unreadable as fault:
        raise Unusable(f"{option} does not name a day: {fault.message}", fault.help) from None


def _payment(text: str | None) -> int | None:
    """Read an agreed payment. Raises `Unusable`."""
    if text is None:
        return None
    try:
        return read_money(text if text.startswith("£") else f"£{text}")
    except Unreadable as fault:
        raise Unusable(f"--exit-payment is not a sum: {fault.message}", fault.help) from None


def _counted(given: Given, day: datetime.date) -> Facts:
    """The facts with the part of the year counted as the exit terms say; by days where that says nothing else.

    By months, the month of leaving counts for the time before: only whole months are given back.
    """
    refund = given.rules.exit.refund if given.rules.exit else None
    month_end = day.day == monthrange(day.year, day.month)[1]
    if day == year_of(day).last_day or refund is PartYear.MONTHS or (refund is None and month_end):
        return given.facts
    return replace(given.facts, days=min((day - year_of(day).first_day).days + 1, days_in(given.facts.year)))


# ---- contracts that go on ------------------------------------------------------------------------


def _commitments(read: FiguresRead | None) -> tuple[tuple[Commitment, ...], list[Finding]]:
    """The contracts in a file, and everything that is wrong with it."""
    if read is None:
        return (), []
    found, faults = [], list(read.findings)
    for row in read.rows:
        try:
            found.append(_commitment(row))
        except Unreadable as fault:
            faults.append(Finding(NOT_USABLE, Severity.ERROR, fault.message, (Label(row.span),), fault.help))
    return tuple(found), faults


def _commitment(row: Row) -> Commitment:
    """One contract; its first break is a day as an agreement writes it, or ISO. Raises `Unreadable`."""
    text = row.texts["first_break"]
    try:
        day = datetime.date.fromisoformat(text) if text[:4].isdigit() and len(text) == 10 else read_day(text)
    except ValueError:
        raise Unreadable(f"there is no such day as {text}", "write it as 2027-03-31 or 31 March 2027") from None
    return Commitment(row.texts["contract"], row.texts["fund"], row.amounts["yearly"], day.isoformat(), str(row.span))
