"""The dates, deadlines, notices and thresholds of an agreement, as data for the draft and the calendar."""

from collections.abc import Iterator

from poolrules.base.shares import format_percent
from poolrules.model import agreement as model
from poolrules.ruleset.leaving import not_before_id, notice_id
from poolrules.ruleset.places import Places, compartment_id, scheme_id, waterfall_id
from poolrules.ruleset.ruleset import Duty, Event
from poolrules.source.span import Span


def duties_of(agreement: model.Agreement, places: Places) -> Iterator[Duty]:
    """List every duty in the order of the agreement, noting where each was written; a fund without a host has none."""
    found = [*_term(agreement), *_indices(agreement), *_governance(agreement), *_exit(agreement)]
    for fund in agreement.funds:
        if fund.host is None:
            continue
        found += [*_settling(fund), *_reports(fund), *_running(fund), *_by_year(fund)]
        for waterfall in fund.waterfalls:
            found += _waterfall(fund, waterfall)
    for duty, span in found:
        places.note(duty.id, span)
        yield duty


Found = tuple[Duty, Span]


def _lasting(
    found: str,
    what: str,
    time: model.Time | None,
    *,
    who: str | None = None,
    after: Event | None = None,
    every: str | None = None,
) -> list[Found]:
    """A duty that is a length of time, where the agreement gives one; `after` is what it is counted from."""
    if time is None:
        return []
    length = time.length
    return [(Duty(found, what, who, count=length.count, unit=length.unit.value, after=after, every=every), time.span)]


def _dated(found: str, what: str, day: model.Day | None, *, who: str | None = None) -> list[Found]:
    """A duty that is a day, where the agreement gives one."""
    return [(Duty(found, what, who, day=day.date.isoformat()), day.span)] if day else []


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


def _indices(agreement: model.Agreement) -> list[Found]:
    """The percentages by which indices raise the figures of each year."""
    return [
        (Duty(rate_id(index, rate), "figures are raised by this index", percent=format_percent(share)), rate.span)
        for index in agreement.indices
        for rate in index.rates
        for share in (rate.percent.share,)
    ]


def rate_id(index: model.Index, rate: model.Rate) -> str:
    """The id of the rate of an index for one year."""
    return f"index.{index.name}.{rate.year}"


def _governance(agreement: model.Agreement) -> list[Found]:
    """The levels at which a dispute is to be settled."""
    levels = agreement.disputes.levels if agreement.disputes else ()
    return [
        found
        for number, level in enumerate(levels, 1)
        for found in _lasting(
            f"disputes.{number}",
            "a dispute is settled at this level",
            level.within,
            who=level.who.text,
            after=Event.DISPUTE,
        )
    ]


def _exit(agreement: model.Agreement) -> list[Found]:
    """Notice, breach, commitments and the final account."""
    leaving = agreement.exit
    if leaving is None:
        return []
    return [
        *(found for place, notice in enumerate(leaving.notices) for found in _notice(notice, place)),
        *_lasting("exit.breach", "a breach is remedied", leaving.breach, after=Event.BREACH),
        *_lasting(
            "exit.commitments",
            "a leaver bears its share of contracts at most this long",
            leaving.commitments_longest,
            after=Event.END,
        ),
        *_lasting("exit.account", "the final account is made", leaving.account, after=Event.END),
    ]


def _notice(notice: model.Notice, place: int) -> list[Found]:
    """One notice to leave, by those who give it."""
    who, found = _who(notice.given_by), notice_id(place)
    return [
        *_lasting(found, "a partner that leaves gives notice", notice.length, who=who, after=Event.NOTICE),
        *_dated(not_before_id(place), "notice may be given from this day", notice.not_before),
    ]


def _settling(fund: model.Fund) -> list[Found]:
    """How soon what a settlement statement shows is paid."""
    found = f"{fund.name}.settled"
    return _lasting(found, "what the statement shows is paid", fund.settled, after=Event.STATEMENT)


def _reports(fund: model.Fund) -> list[Found]:
    """The reports and returns of the pooled fund manager."""
    name = fund.name
    who = fund.manager.post.text if fund.manager else None
    return [
        *_lasting(
            f"{name}.report",
            "the regular report is made",
            fund.report.within if fund.report else None,
            who=who,
            after=Event.PERIOD_END,
            every=fund.report.how_often.text if fund.report else None,
        ),
        *_lasting(f"{name}.return", "the annual return is made", fund.annual_return, who=who, after=Event.YEAR_END),
    ]


def _running(fund: model.Fund) -> list[Found]:
    """The days on which schemes and compartments begin and end, where these are not those of the term."""
    named = [(scheme_id(fund, scheme.name.text), "the scheme", scheme.runs) for scheme in fund.schemes]
    named += [(compartment_id(fund, one.name.text), "the compartment", one.runs) for one in fund.compartments]
    found: list[Found] = []
    for rule, what, runs in named:
        if runs:
            found += _dated(f"{rule}.from", f"{what} {rule.rsplit('.', 1)[1]} begins", runs.first)
            found += _dated(f"{rule}.to", f"{what} {rule.rsplit('.', 1)[1]} ends", runs.last)
    return found


def _by_year(fund: model.Fund) -> list[Found]:
    """The percentages by which last year's figures are raised, the days by which others are set, and parts of years."""
    name = fund.name
    contributions = [
        (f"{name}.uplift.{block.year}.{number}", "last year's contributions are raised", rolled.uplift)
        for block in fund.contributions
        for number, rolled in enumerate(block.rolled, 1)
    ]
    budgets = [
        (f"{name}.budget-uplift.{block.year}", "last year's budgets are raised", block.rolled.uplift)
        for block in fund.budgets
        if block.rolled
    ]
    payments = [
        (f"{name}.payment-uplift.{block.year}", "last year's payments between partners are raised", block.rolled.uplift)
        for block in fund.payments
        if block.rolled
    ]
    awaited = [
        _dated(f"{name}.set.{block.year}.{number}", "contributions are set", line.by, who=_who(line.partners))
        for block in fund.contributions
        for number, line in enumerate(block.awaited, 1)
    ]
    parts = [
        (part_id(fund, block, number), line.partner.text, line.part)
        for block in fund.contributions
        for number, line in enumerate(block.amounts, 1)
        if line.part
    ]
    days = [
        [
            *_dated(f"{found}.from", "a contribution for part of a year begins", part.first, who=who),
            *_dated(f"{found}.to", "a contribution for part of a year ends", part.last, who=who),
        ]
        for found, who, part in parts
    ]
    return [
        *(
            (Duty(found, what, percent=format_percent(uplift.percent.share)), uplift.span)
            for found, what, uplift in (*contributions, *budgets, *payments)
            if uplift and uplift.percent
        ),
        *(found for one in (*awaited, *days) for found in one),
    ]


def part_id(fund: model.Fund, block: model.ContributionYear, number: int) -> str:
    """The id of what is said of the part of a year, by the place of its line in its block, counted from 1."""
    return f"{fund.name}.part.{block.year}.{number}"


def _who(partners: tuple[model.Text, ...]) -> str | None:
    """Those who must keep a duty, where they are named."""
    return ", ".join(partner.text for partner in partners) or None


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
            after=Event.FORECAST,
        )
        listed.append((duty, notify.span))
    listed += _lasting(
        f"{found}.plan",
        "a recovery plan is brought",
        waterfall.plan.within if waterfall.plan else None,
        who=who,
        after=Event.TOLD if waterfall.notify else Event.OVERSPEND,
    )
    numbered = [(str(number), step) for number, step in enumerate(waterfall.steps, 1)]
    if waterfall.remainder:
        numbered.append(("remainder", waterfall.remainder))
    for number, step in numbered:
        if isinstance(step.taker, model.DecidedBy):
            listed += _lasting(
                f"{found}.{number}.decision",
                "a decision is made",
                step.taker.within,
                who=step.taker.body.text,
                after=Event.STATEMENT,
            )
    return listed
