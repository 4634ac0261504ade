"""Who leaves and when, whether that fits the agreement, and the terms that the balance is then shared by."""

import datetime
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.base.calendar import NoDay, later
from poolrules.base.dates import format_day, format_iso, read_length
from poolrules.base.mode import Mode
from poolrules.base.near import did_you_mean
from poolrules.engine.inputs import InputFault
from poolrules.engine.instalments import calendar_from
from poolrules.engine.settlement import Facts
from poolrules.engine.working import bare_books
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Decided,
    ExitBalance,
    ExitRules,
    FundRules,
    Ruleset,
    Sharing,
    Silent,
    Step,
    Taker,
    Trigger,
    Waterfall,
)

NOT_SAID = "the agreement does not say how the balance is shared when a partner leaves or the agreement ends"


class Commitment(Struct, frozen=True):
    """A contract made for a fund: what it costs in a year, in pence, and the day (ISO) of its first break."""

    contract: str
    fund: str
    yearly: int
    first_break: str
    place: str = ""


class Leaving(Struct, frozen=True):
    """Who leaves (nobody where the agreement ends for all), after which day (ISO), and what only they can say.

    `payment` is what was agreed to be paid for later costs; `commitments` are the contracts that go on.
    """

    partner: str | None
    day: str
    payment: int | None = None
    commitments: tuple[Commitment, ...] = ()
    notice: str | None = None
    """The day (ISO) on which notice was given, where it is to be compared with the exit terms."""


# ---- what does not fit -----------------------------------------------------------------------


def faults_of_leaving(ruleset: Ruleset, facts: Facts, leaving: Leaving) -> Iterator[InputFault]:
    """Report names and days that do not fit, and ask for what the leaver has paid in."""
    partners = [partner.name for partner in ruleset.partners]
    if leaving.partner is not None and leaving.partner not in partners:
        yield InputFault(f"there is no partner `{leaving.partner}`", did_you_mean(leaving.partner, partners))
        return
    if ruleset.last_day and leaving.day > ruleset.last_day:
        yield InputFault(
            f"the agreement has ended before {format_iso(leaving.day)}",
            f"its last day is {format_iso(ruleset.last_day)}",
        )
    yield from _notice(ruleset, leaving)
    funds = [fund.name for fund in ruleset.funds]
    for one in leaving.commitments:
        if one.fund not in funds:
            yield InputFault(f"there is no fund `{one.fund}`", did_you_mean(one.fund, funds), one.place)
    if leaving.partner is not None and is_part(facts):
        books, given = bare_books(ruleset, facts), {(fund, partner) for fund, partner, _ in facts.paid}
        for fund in books.funds:
            if books.cash_of(fund.name, leaving.partner) and (fund.name, leaving.partner) not in given:
                yield InputFault(
                    f"what `{leaving.partner}` has paid into `{fund.name}` in {facts.year} is missing",
                    f"give what it paid in up to the day it left, even if it is £0: {fund.name}.{leaving.partner}=£…",
                )


def _notice(ruleset: Ruleset, leaving: Leaving) -> Iterator[InputFault]:
    """Report a notice that was given too early, or that has not run out by the day of leaving."""
    if leaving.notice is None or leaving.partner is None:
        return
    notices = ruleset.exit.notices if ruleset.exit else ()
    own = next((one for one in notices if leaving.partner in one.partners), None)
    rule = own or next((one for one in notices if not one.partners), None)
    leave_out = "leave the day of the notice out where the partners agreed otherwise"
    if rule is None:
        yield InputFault(f"the agreement does not say how `{leaving.partner}` may leave", leave_out)
        return
    given = datetime.date.fromisoformat(leaving.notice)
    if rule.not_before and leaving.notice < rule.not_before:
        before = f"notice may not be given before {format_iso(rule.not_before)}, and was on {format_day(given)}"
        yield InputFault(before, leave_out)
    ends = later(given, read_length(rule.length), calendar_from(ruleset.calendar))
    if isinstance(ends, NoDay):
        yield InputFault(f"when the notice runs out cannot be told: {ends.why}", ends.help)
    elif leaving.day < ends.isoformat():
        runs = f"notice of {rule.length} given on {format_day(given)} runs until {format_day(ends)}"
        yield InputFault(runs, leave_out)


def is_part(facts: Facts) -> bool:
    """Whether the facts are for less than a whole year."""
    return facts.days is not None or facts.months < 12


# ---- the balance on the day ------------------------------------------------------------------


def with_exit_terms(ruleset: Ruleset) -> Ruleset:
    """The rules by which the balance on the day is shared: those of year ends where the agreement says so."""
    rules = ruleset.exit
    if rules is not None and rules.balance is ExitBalance.YEAR_END:
        return ruleset
    taker = _exit_taker(rules)
    return replace(ruleset, funds=tuple(_under_exit_terms(fund, taker, rules) for fund in ruleset.funds))


def _exit_taker(rules: ExitRules | None) -> Taker:
    """Who bears or gets a balance at the end."""
    if rules is not None and rules.balance is ExitBalance.AGREED:
        return Decided(ALL_PARTNERS)
    return Silent(NOT_SAID) if rules is None or rules.sharing is None else ByPartners(rules.sharing)


def _under_exit_terms(fund: FundRules, taker: Taker, rules: ExitRules | None) -> FundRules:
    """A fund of which every overspend and underspend goes by the exit terms; gains go as they always do."""
    id = f"{rules.id}.balance" if rules else "exit"
    without = tuple(_without_terms(fund, trigger) for trigger in (Trigger.OVERSPEND, Trigger.UNDERSPEND))
    falls = [_ended(fund, waterfall, taker, id) for waterfall in (*without, *fund.waterfalls) if waterfall is not None]
    return replace(fund, waterfalls=tuple(falls))


def _without_terms(fund: FundRules, trigger: Trigger) -> Waterfall | None:
    """The shared schemes of a fund that no year-end terms deal with, which the exit terms deal with all the same."""
    named = {name for fall in fund.waterfalls if fall.trigger is trigger for name in fall.schemes}
    left = tuple(one.name for one in fund.schemes if one.mode is Mode.SHARED and one.name not in named)
    return Waterfall(f"{fund.id}.exit.{trigger.value}", fund.name, trigger, left, ()) if left else None


def _ended(fund: FundRules, waterfall: Waterfall, taker: Taker, id: str) -> Waterfall:
    """A waterfall with nothing but the exit terms in it."""
    if waterfall.trigger is Trigger.GAIN:
        return waterfall
    if isinstance(taker, ByPartners):
        taker = ByPartners(in_fund(taker.sharing, fund))
    return replace(waterfall, steps=(Step(id, taker, remainder=True),), caps=())


def in_fund(sharing: Sharing, fund: FundRules) -> Sharing:
    """A sharing by contributions to `the fund`, said once for several funds, is by those to the fund in question."""
    if not isinstance(sharing, ByContributions) or sharing.funds:
        return sharing
    return replace(sharing, funds=(fund.name,))
