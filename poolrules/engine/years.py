"""From one year to the next: the position that a settlement closes with."""

import datetime
from collections.abc import Iterator

from poolrules.base.dates import FinancialYear, read_year
from poolrules.engine.contributed import not_pooled
from poolrules.engine.dues import made_by
from poolrules.engine.settlement import Allocation, Billed, Carried, Facts, Position, Run, StepResult, To
from poolrules.engine.stages.totals import owed_between_hosts
from poolrules.engine.working import Working, lasting_rules
from poolrules.ruleset.ruleset import CarryForward, Decided, Trigger


def year_before(year: str) -> str:
    """The financial year before one.

    >>> year_before("2000/01")
    '1999/00'
    """
    return str(FinancialYear(read_year(year).start - 1))


def last_day_of(year: str) -> str:
    """The last day of a financial year, as ISO.

    >>> last_day_of("2026/27")
    '2027-03-31'
    """
    return read_year(year).last_day.isoformat()


def settled_to(facts: Facts) -> str:
    """The last day, as ISO and inclusive, that a settlement is up to: as said, else the end of the last month settled.

    >>> settled_to(Facts("2027/28", (), months=11)), settled_to(Facts("2027/28", ()))
    ('2028-02-29', '2028-03-31')
    """
    if facts.to:
        return facts.to
    months = read_year(facts.year).start * 12 + 3 + facts.months  # counted from January of year 0
    return (datetime.date(months // 12, months % 12 + 1, 1) - datetime.timedelta(days=1)).isoformat()


def close_year(working: Working) -> None:
    """Write the position that the year, or the part of it settled, closes with.

    What belongs to funds without figures for the year is handed on as it is.
    """
    before = working.facts.position or Position("", "", "")
    working.closing = Position(
        title=working.ruleset.title,
        year=working.facts.year,
        to=settled_to(working.facts),
        reserves=tuple({**dict(before.reserves), **_reserves(working)}.items()),
        carried=(*(one for one in before.carried if one.fund not in working.figures), *_carried(working)),
        dues=(
            *(one for one in before.dues if one.fund not in working.figures or one.year > working.facts.year),
            *made_by(working.ruleset, working.runs, working.facts.year),
        ),
        taken=_taken(working, before),
        billed=tuple(_billed(working)),
        deeds=tuple(version.number for version in working.ruleset.versions[1:]),
    )


def _reserves(working: Working) -> dict[str, int]:
    """What each reserve holds at the end."""
    return {result.reserve: result.closing for result in working.reserve_results}


def _carried(working: Working) -> Iterator[Carried]:
    """What is carried into later years: by steps, in fences, and what could not be used of earlier years' money."""
    yield from working.kept_on
    for line in working.schemes.values():
        for one in line.allocations:
            if one.to is To.RING_FENCE:
                yield Carried(line.fund.name, line.rule.name, one.pence, line.rule.id)
    takers = {step.id: step.taker for fund in working.funds for fall in fund.waterfalls for step in fall.steps}
    for run in working.runs:
        for step in run.steps:
            taker = takers.get(step.rule)
            kept = taker.failing if isinstance(taker, Decided) else taker
            for one in step.allocations:
                if one.to is To.CARRIED:
                    one_off = isinstance(kept, CarryForward) and kept.one_off_only
                    yield _carried_by(working, run, step, one, one_off=one_off)


def _carried_by(working: Working, run: Run, step: StepResult, one: Allocation, *, one_off: bool) -> Carried:
    """What one step carries forward: for a scheme of any fund, else for the fund; overspends are negative."""
    over = run.trigger is Trigger.OVERSPEND
    pence = -one.pence if over else one.pence
    for fund in working.funds:
        if one.name != run.fund and any(scheme.name == one.name for scheme in fund.schemes):
            scheme = None if one.name in not_pooled(fund) else one.name
            return Carried(fund.name, scheme, pence, step.rule, one_off and not over)
    return Carried(run.fund, None, pence, step.rule, one_off and not over)


def _taken(working: Working, before: Position) -> tuple[tuple[str, int], ...]:
    """What rules that hold over the term have used so far, this year with those before."""
    used = {rule: working.used[rule] for rule in lasting_rules(working.ruleset) if rule in working.used}
    return tuple({**dict(before.taken), **used}.items())


def _billed(working: Working) -> Iterator[Billed]:
    """What partners, and hosts for their funds, have now been asked for in the year."""
    for result in working.partners:
        if result.net:
            yield Billed(result.fund, result.partner, result.net)
    hosts = {fund.name: fund.host for fund in working.funds}
    for (owing, owed), pence in owed_between_hosts(working).items():
        yield Billed(owing, hosts[owing], pence, owed)
