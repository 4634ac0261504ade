"""Two stages that run the waterfalls: all that deal with overspends, then all that deal with underspends."""

from collections import Counter
from collections.abc import Sequence

from poolrules.base.mode import Mode
from poolrules.engine.course import Course, Pot, narrowed
from poolrules.engine.waterfall import run_waterfall
from poolrules.engine.working import SchemeLine, Working
from poolrules.ruleset.ruleset import Trigger, Waterfall


def share_overspends(working: Working) -> None:
    """Run every overspend waterfall, funds in file order; an overspend counts gross, netting is always a step."""
    _run_all(working, Trigger.OVERSPEND)


def share_underspends(working: Working) -> None:
    """Run every underspend waterfall on what the overspends have not used."""
    _run_all(working, Trigger.UNDERSPEND)


def _run_all(working: Working, trigger: Trigger) -> None:
    """Run the waterfalls of one trigger, each over its schemes together or one after another."""
    for fund in working.funds:
        for waterfall in fund.waterfalls:
            if waterfall.trigger is not trigger:
                continue
            lines = _lines(working, waterfall)
            for group in [[line] for line in lines] if waterfall.separately else [lines]:
                if group:
                    rule = narrowed(waterfall, group[0].rule.name) if waterfall.separately else waterfall
                    working.runs.append(run_waterfall(Course(working, fund, rule), _pot(working, group)))
                for line in group:
                    line.open = 0


def _lines(working: Working, waterfall: Waterfall) -> list[SchemeLine]:
    """The schemes a waterfall has something to deal with: shared, off budget its way, not dealt with before."""
    named = [working.schemes[name] for name in dict.fromkeys(waterfall.schemes) if name in working.schemes]
    over = waterfall.trigger is Trigger.OVERSPEND
    return [line for line in named if line.open and line.rule.mode is Mode.SHARED and (line.variance > 0) is over]


def _pot(working: Working, lines: Sequence[SchemeLine]) -> Pot:
    """Add up what one run deals with, all spending marked with each cause, and each kind of money."""
    names = tuple(line.rule.name for line in lines)
    caused, room = Counter[str](), {True: 0, False: 0}
    for row in working.facts.spending:
        if row.cause is not None and row.scheme in names:
            caused[row.cause] += row.pence
    for line in lines:
        room[line.rule.capital] += line.open
    amount = sum(line.open for line in lines)
    return Pot(names, amount, amount, dict(caused), room)
