"""Settling a year: who bears what, by which rule."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from poolrules.engine.asked import faults_of_needs
from poolrules.engine.dues import eased
from poolrules.engine.inputs import InputFault, input_faults
from poolrules.engine.position import faults_of_position
from poolrules.engine.said import faults_of_what_is_said
from poolrules.engine.settlement import Facts, SchemeResult, Settlement
from poolrules.engine.stages.bearers import charge_bearers, close_what_is_left
from poolrules.engine.stages.controls import prove
from poolrules.engine.stages.totals import add_up
from poolrules.engine.stages.unbudgeted import compare_contributions
from poolrules.engine.stages.variances import find_variances
from poolrules.engine.stages.waterfalls import share_gains, share_overspends, share_underspends
from poolrules.engine.working import Working, open_books
from poolrules.engine.years import close_year
from poolrules.ruleset.ruleset import Ruleset

STAGES: Final[tuple[Callable[[Working], None], ...]] = (
    find_variances,  # first: everything else divides what is spent beyond or below a budget
    charge_bearers,  # before any sharing: what one body bears must not dilute what the others share
    share_overspends,  # before underspends are given back, since steps may use them (the Fife case)
    share_underspends,  # only what overspends have left; a reserve drawn this year may be filled again
    share_gains,  # after underspends: a reserve is filled from what is left in the fund before new money
    close_what_is_left,  # own and fenced underspends wait until here, since a step may have named them
    compare_contributions,  # beside all sharing: a fund may hold cash that no budget uses
    add_up,  # after all that gives money to anybody
    close_year,  # what the next settlement starts from is read off the totals
    prove,  # last: it must see every figure
)
"""The order of a settlement."""


def settle(ruleset: Ruleset, facts: Facts) -> Settlement | tuple[InputFault, ...]:
    """Settle one year, or a part of one, or list everything that is wrong with its facts.

    What no ledger shows (facts, counts, what partners paid in) is asked for only once a run has come to a step
    that needs it. Nothing is read but the arguments, and the same arguments give the same settlement.
    Raises `DoesNotAddUp` where a control total fails, which is a fault of this program.
    """
    faults = (
        *input_faults(ruleset, facts),
        *faults_of_what_is_said(ruleset, facts),
        *faults_of_position(ruleset, facts),
    )
    if faults:
        return faults
    working = open_books(ruleset, _with_dues_as_agreed(facts))
    for stage in STAGES:
        stage(working)
    return faults_of_needs(working) or _close(working)


def _with_dues_as_agreed(facts: Facts) -> Facts:
    """The facts with the dues of their position put off or written off as was agreed."""
    if facts.position is None or not facts.eased:
        return facts
    dues = eased(facts.position.dues, facts.year, facts.eased)
    return replace(facts, position=replace(facts.position, dues=dues))


def _close(working: Working) -> Settlement:
    """Turn the books into a settlement."""
    return Settlement(
        title=working.ruleset.title,
        year=working.facts.year,
        schemes=tuple(
            SchemeResult(
                rule=line.rule.id,
                fund=line.fund.name,
                scheme=line.rule.name,
                budget=line.budget,
                spent=line.spent,
                variance=line.variance,
                allocations=tuple(line.allocations),
                lent=line.lent,
                brought=line.brought,
            )
            for line in working.schemes.values()
        ),
        runs=tuple(working.runs),
        partners=tuple(working.partners),
        reserves=tuple(working.reserve_results),
        transfers=tuple(working.transfers),
        unbudgeted=tuple(working.unbudgeted),
        controls=tuple(working.controls),
        rows_read=len(working.facts.spending),
        closing=working.closing,
        dues=tuple(working.dues),
    )
