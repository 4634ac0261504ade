"""Three stages that run the waterfalls: all that deal with overspends, then with underspends, then with gains."""

from collections import Counter
from collections.abc import Iterator, Sequence

from poolrules.base.mode import Mode
from poolrules.engine.course import Course, Pot, narrowed
from poolrules.engine.waterfall import run_waterfall
from poolrules.engine.working import SchemeLine, Working
from poolrules.ruleset.ruleset import FundRules, Trigger, Waterfall


def share_overspends(working: Working) -> None:
    """Run every overspend waterfall, funds in file order; an overspend counts gross, netting is always a step."""
    _run_all(working, Trigger.OVERSPEND)


def share_underspends(working: Working) -> None:
    """Run every underspend waterfall on what the overspends have not used."""
    _run_all(working, Trigger.UNDERSPEND)


def share_gains(working: Working) -> None:
    """Run every waterfall of a gain on the amount that is said to have come in."""
    for fund, waterfall in _waterfalls(working, Trigger.GAIN):
        amount = working.amount_of(waterfall.gain or "")
        if amount:
            pot = Pot((), amount, amount, {}, {})
            working.runs.append(run_waterfall(Course(working, fund, waterfall), pot))


def _waterfalls(working: Working, trigger: Trigger) -> Iterator[tuple[FundRules, Waterfall]]:
    """The waterfalls of one trigger in the order in which they run."""
    for fund in working.funds:
        for waterfall in fund.waterfalls:
            if waterfall.trigger is trigger:
                yield fund, waterfall


def _run_all(working: Working, trigger: Trigger) -> None:
    """Run the waterfalls of one trigger, each over its schemes together or one after another."""
    for fund, waterfall in _waterfalls(working, trigger):
        lines = _lines(working, waterfall)
        for group in [[line] for line in lines] if waterfall.separately else [lines]:
            if group:
                rule = narrowed(waterfall, group[0].rule.name) if waterfall.separately else waterfall
                working.runs.append(run_waterfall(Course(working, fund, rule), _pot(working, rule, group)))
            for line in group:
                line.open = 0


def _lines(working: Working, waterfall: Waterfall) -> list[SchemeLine]:
    """The schemes a waterfall has something to deal with: for it to share, off budget its way, not dealt with before.

    They may be of other funds. A bearer that answers for overspends only leaves an underspend to be shared.
    """
    named = [working.schemes[name] for name in dict.fromkeys(waterfall.schemes) if name in working.schemes]
    over = waterfall.trigger is Trigger.OVERSPEND
    return [
        line
        for line in named
        if line.open
        and (line.variance > 0) is over
        and (line.rule.mode is Mode.SHARED or (line.rule.over_only and not over))
    ]


def _pot(working: Working, waterfall: Waterfall, lines: Sequence[SchemeLine]) -> Pot:
    """Add up what one run deals with, all that is marked with each cause, and each kind of money.

    Rows that mark an underspend are income or corrections, which are negative; what no row can show is said beside.
    Budget and spending are those of all the schemes that the waterfall is for, not only of those that are off budget.
    """
    amounts = {line.rule.name: line.open for line in lines}
    caused, room = Counter[str](), {True: 0, False: 0}
    sign = 1 if waterfall.trigger is Trigger.OVERSPEND else -1
    named = [line for name, line in working.schemes.items() if name in waterfall.schemes]
    for line in lines:
        room[line.rule.capital] += line.open
        for mark, pence in line.marks.items():
            caused[mark] += sign * pence
    for marked in working.facts.marked:
        if marked.scheme in amounts:
            caused[marked.mark] += marked.pence
    amount = sum(amounts.values())
    return Pot(
        schemes=tuple(amounts),
        amount=amount,
        left=amount,
        caused=dict(caused),
        room=room,
        amounts=amounts,
        budget=sum(line.whole for line in named),
        spending=sum(line.spent for line in named),
    )
