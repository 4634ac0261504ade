"""The dates, deadlines, notices and thresholds of an agreement, as data for the draft and the calendar."""

from collections.abc import Iterator

from poolrules.base.shares import format_percent
from poolrules.model import agreement as model
from poolrules.ruleset.places import Places, waterfall_id
from poolrules.ruleset.ruleset import Duty
from poolrules.source.span import Span


def duties_of(agreement: model.Agreement, places: Places) -> Iterator[Duty]:
    """List every duty in the order of the agreement, noting where each was written; a fund without a host has none."""
    found = [*_term(agreement), *_governance(agreement), *_exit(agreement)]
    for fund in agreement.funds:
        if fund.host is None:
            continue
        found += [*_reports(fund), *_uplifts(fund)]
        for waterfall in fund.waterfalls:
            found += _waterfall(fund, waterfall)
    for duty, span in found:
        places.note(duty.id, span)
        yield duty


Found = tuple[Duty, Span]


def _lasting(found: str, what: str, time: model.Time | None, *, who: str | None = None) -> list[Found]:
    """A duty that is a length of time, where the agreement gives one."""
    if time is None:
        return []
    return [(Duty(found, what, who, count=time.length.count, unit=time.length.unit.value), time.span)]


def _dated(found: str, what: str, day: model.Day | None) -> list[Found]:
    """A duty that is a day, where the agreement gives one."""
    return [(Duty(found, what, day=day.date.isoformat()), day.span)] if day else []


def _term(agreement: model.Agreement) -> list[Found]:
    """The term, the signature and the consultation."""
    term, consulted = agreement.term, agreement.consulted
    return [
        *_dated("term.from", "the agreement starts", term.first if term else None),
        *_dated("term.to", "the agreement ends", term.last if term else None),
        *_lasting("term.extension", "the term may be extended by agreement", term.extendable_by if term else None),
        *_dated("signed", "the agreement was signed", agreement.signed),
        *_dated("consulted", "those affected were consulted jointly", consulted.on if consulted else None),
    ]


def _governance(agreement: model.Agreement) -> list[Found]:
    """The levels at which a dispute is to be settled."""
    levels = agreement.disputes.levels if agreement.disputes else ()
    return [
        found
        for number, level in enumerate(levels, 1)
        for found in _lasting(
            f"disputes.{number}", "a dispute is settled at this level", level.within, who=level.who.text
        )
    ]


def _exit(agreement: model.Agreement) -> list[Found]:
    """Notice, breach, commitments and the final account."""
    leaving = agreement.exit
    if leaving is None:
        return []
    notice = leaving.notice
    return [
        *_lasting("exit.notice", "a partner that leaves gives notice", notice.length if notice else None),
        *_dated("exit.not-before", "notice may be given from this day", notice.not_before if notice else None),
        *_lasting("exit.breach", "a breach is remedied", leaving.breach),
        *_lasting(
            "exit.commitments", "a leaver bears its share of contracts at most this long", leaving.commitments_longest
        ),
        *_lasting("exit.account", "the final account is made", leaving.account),
    ]


def _reports(fund: model.Fund) -> list[Found]:
    """The reports and returns of the pooled fund manager."""
    name = fund.name
    who = fund.manager.post.text if fund.manager else None
    return [
        *_lasting(f"{name}.report", "the regular report is made", fund.report.within if fund.report else None, who=who),
        *_lasting(f"{name}.return", "the annual return is made", fund.annual_return, who=who),
    ]


def _uplifts(fund: model.Fund) -> list[Found]:
    """The percentages by which last year's contributions and budgets are raised."""
    contributions = [
        (f"{fund.name}.uplift.{block.year}.{number}", "last year's contributions are raised", rolled.uplift)
        for block in fund.contributions
        for number, rolled in enumerate(block.rolled, 1)
    ]
    budgets = [
        (f"{fund.name}.budget-uplift.{block.year}", "last year's budgets are raised", block.rolled.uplift)
        for block in fund.budgets
        if block.rolled
    ]
    return [
        (Duty(found, what, percent=format_percent(uplift.share)), uplift.span)
        for found, what, uplift in (*contributions, *budgets)
        if uplift
    ]


def _waterfall(fund: model.Fund, waterfall: model.Waterfall) -> list[Found]:
    """Notices, recovery plans and decisions that an overspend or underspend calls for."""
    found = waterfall_id(fund, waterfall)
    who = fund.manager.post.text if fund.manager else None
    listed: list[Found] = []
    if notify := waterfall.notify:
        duty = Duty(
            id=f"{found}.notify",
            what="partners are told of a forecast overspend over this threshold",
            who=who,
            count=notify.within.length.count,
            unit=notify.within.length.unit.value,
            pence=notify.over_amount.pence if notify.over_amount else None,
            percent=format_percent(notify.over_share.share) if notify.over_share else None,
        )
        listed.append((duty, notify.span))
    listed += _lasting(
        f"{found}.plan", "a recovery plan is brought", waterfall.plan.within if waterfall.plan else None, who=who
    )
    numbered = [(str(number), step) for number, step in enumerate(waterfall.steps, 1)]
    if waterfall.remainder:
        numbered.append(("remainder", waterfall.remainder))
    for number, step in numbered:
        if isinstance(step.taker, model.DecidedBy):
            listed += _lasting(
                f"{found}.{number}.decision", "a decision is made", step.taker.within, who=step.taker.body.text
            )
    return listed
