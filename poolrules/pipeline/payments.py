"""The payments of a year from files: an agreement and what was paid in, a schedule out, or all that is wrong."""

import datetime

from msgspec import Struct

from poolrules.base.dates import read_year, year_of
from poolrules.base.unreadable import Unreadable
from poolrules.engine.inputs import InputFault
from poolrules.engine.payments import PaymentSchedule, payments
from poolrules.engine.revised import Earlier
from poolrules.pipeline.compile import Rules, rules_in
from poolrules.pipeline.files import STDIN, Unusable, read_bytes, shown_name
from poolrules.pipeline.load import Loaded
from poolrules.pipeline.payments_made import UNFIT, PaymentsRead, read_payment_day, read_payments
from poolrules.ruleset.ruleset import Ruleset
from poolrules.source.finding import Finding, Label, Severity, in_file_order


class PaymentsAsked(Struct, frozen=True):
    """What somebody asks to see the payments of: paths, the year and the day to look from, as they were typed."""

    agreement: str
    year: str | None
    paid_file: str | None = None
    as_at: str | None = None
    yaml: bool = False
    variations: tuple[str, ...] = ()


class PaymentsShown(Struct, frozen=True):
    """The payments of a year with the rules that they follow from."""

    rules: Ruleset
    schedule: PaymentSchedule


class NotShown(Struct, frozen=True):
    """Why something could not be worked out, with the texts of the files that the findings point into."""

    findings: tuple[Finding, ...]
    sources: dict[str, list[str]]


def payments_of(asked: PaymentsAsked) -> PaymentsShown | NotShown:
    """Work out the payments of a year. Raises `Unusable` for paths and options that cannot be worked with."""
    if asked.agreement == asked.paid_file == STDIN:
        raise Unusable("standard input cannot be both the agreement and the payments", "give one of them as a file")
    day = _day(asked.as_at)
    as_at = day.isoformat() if day else ""
    found = rules_or_findings(asked.agreement, yaml=asked.yaml, variations=asked.variations, as_at=day)
    if isinstance(found, NotShown):
        return found
    rules = found.rules
    if asked.year is None:
        raise Unusable("no year is given", f"say which with --year: the agreement has {years_of(rules)}")
    read = _read(asked.paid_file)
    within = tuple(one for one in found.earlier if _falls_in(one.from_day, asked.year))
    schedule = payments(rules, asked.year, read.made, as_at, within)
    if isinstance(schedule, PaymentSchedule) and not read.findings:
        return PaymentsShown(rules, schedule)
    faults = () if isinstance(schedule, PaymentSchedule) else schedule
    findings = in_file_order([*read.findings, *(_finding(fault, read) for fault in faults)])
    return NotShown(tuple(findings), {shown_name(asked.paid_file): read.lines} if asked.paid_file else {})


class RulesOverTime(Struct, frozen=True):
    """The rules as at a day, and those that were in force before each deed of variation in them, oldest first."""

    rules: Ruleset
    earlier: tuple[Earlier, ...]


def rules_or_findings(
    path: str, *, yaml: bool, variations: tuple[str, ...] = (), as_at: datetime.date | None = None
) -> RulesOverTime | NotShown:
    """The rules of an agreement or ruleset as at a day, or what is wrong with its writing. Raises `Unusable`.

    What was in force before a deed is known only where the deeds are given, not from a ruleset that has them in it.
    """
    found = rules_in(path, yaml=yaml, variations=variations, as_at=as_at)
    if isinstance(found, Loaded):
        return NotShown(found.findings, {found.file: found.lines})
    earlier: list[Earlier] = []
    deeds = sorted({version.from_day for version in found.ruleset.versions if version.number}) if variations else []
    for day in deeds:
        before = rules_in(path, yaml=yaml, variations=variations, as_at=_day_before(day))
        if isinstance(before, Rules):
            earlier.append(Earlier(day, before.ruleset))
    return RulesOverTime(found.ruleset, tuple(earlier))


def _day_before(day: str) -> datetime.date:
    """The day before an ISO day."""
    return datetime.date.fromisoformat(day) - datetime.timedelta(1)


def _falls_in(day: str, year: str) -> bool:
    """Whether an ISO day falls in a financial year such as 2026/27."""
    return str(year_of(datetime.date.fromisoformat(day))) == year


def _day(text: str | None) -> datetime.date | None:
    """Read the day to look from, as an agreement writes it or as 2026-04-01. Raises `Unusable`."""
    if text is None:
        return None
    try:
        return read_payment_day(text)
    except Unreadable as fault:
        raise Unusable(f"--as-at: {fault.message}", fault.help) from None


def read_asked_year(text: str) -> str:
    """Read a financial year such as 2026/27. Raises `Unusable`."""
    try:
        return str(read_year(text))
    except Unreadable as fault:
        raise Unusable(f"--year: {fault.message}", fault.help) from None


def years_of(rules: Ruleset) -> str:
    """The years that an agreement has figures for, in words."""
    return ", ".join(sorted({figures.year for fund in rules.funds for figures in fund.years})) or "no figures yet"


def finding_of(fault: InputFault) -> Finding:
    """A fault that no row of a file is to blame for."""
    return Finding(UNFIT, Severity.ERROR, fault.message, (), fault.help)


def _read(path: str | None) -> PaymentsRead:
    """Read the payments made, none where no file is given."""
    return read_payments(shown_name(path), read_bytes(path)) if path is not None else PaymentsRead((), (), None, [])


def _finding(fault: InputFault, read: PaymentsRead) -> Finding:
    """Say what does not fit, at its row where it has one."""
    span = read.table.span_of(fault.place) if read.table and fault.place else None
    return Finding(UNFIT, Severity.ERROR, fault.message, (Label(span),) if span else (), fault.help)
