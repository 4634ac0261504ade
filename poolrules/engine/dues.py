"""Sums that move in later years than the one whose rule made them: loans, deferred payments and their instalments.

A due without a payer or payee is the fund's. A loan repaid by the fund needs contributions to cover it; a sum
paid late only clears what was brought forward. No interest. All amounts are whole pence.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from poolrules.base.dates import FinancialYear, read_year
from poolrules.base.pennies import share_out
from poolrules.engine.settlement import Due, Eased, Run, To
from poolrules.ruleset.ruleset import ByPartners, Later, Ruleset, Step, Trigger


def eased(dues: Iterable[Due], year: str, agreed: Iterable[Eased]) -> tuple[Due, ...]:
    """The dues of a year and later as was agreed of them: those of a rule put off, or written off from the last.

    Where several partners lent, each bears the part of a write-off that it was to get back in that instalment.

    >>> loan = [Due("F", None, "A", year, 50, "r", loan=True) for year in ("2027/28", "2028/29")]
    >>> [(due.year, due.pence) for due in eased(loan, "2027/28", [Eased("r", 1, 60)])]
    [('2028/29', 40)]
    """
    changed = tuple(dues)
    for one in agreed:
        mine = [due for due in changed if due.rule == one.rule and due.year >= year]
        rest, late = [due for due in changed if due not in mine], [due for due in mine if not due.loan]
        kept = [*late, *_written_off([due for due in mine if due.loan], one.written_off)]
        changed = (*rest, *(replace(due, year=_years_on(due.year, one.years)) for due in kept))
    return changed


def _written_off(loans: list[Due], pence: int) -> list[Due]:
    """What is left of some loans by one rule once a sum is written off, in the order of their years.

    >>> loans = [Due("F", None, name, "2027/28", owed, "r", loan=True) for name, owed in (("A", 40), ("B", 20))]
    >>> [(due.payee, due.pence) for due in _written_off(loans, 30)]
    [('A', 20), ('B', 10)]
    """
    left = list[Due]()
    for year in sorted({due.year for due in loans}, reverse=True):
        owed = Counter[Due]()
        for due in loans:
            if due.year == year:
                owed[replace(due, pence=0)] += due.pence
        ordered = sorted(owed, key=lambda due: (due.payer or "", due.payee or ""))
        off = min(pence, owed.total())
        pence -= off
        parts = share_out(off, [owed[due] for due in ordered], range(len(ordered)))
        kept = [replace(due, pence=owed[due] - part) for due, part in zip(ordered, parts, strict=True)]
        left = [*(due for due in kept if due.pence), *left]
    return left


def _years_on(year: str, count: int) -> str:
    """The financial year so many years after one."""
    return str(FinancialYear(read_year(year).start + count))


def repaid_by(dues: Iterable[Due], fund: str) -> int:
    """The loans among some dues that a fund pays back."""
    return sum(due.pence for due in dues if due.fund == fund and due.loan and due.payer is None)


def repaid_to(dues: Iterable[Due], fund: str) -> int:
    """The loans among some dues that are paid back to a fund."""
    return sum(due.pence for due in dues if due.fund == fund and due.loan and due.payee is None)


def owed_to_funds(dues: Iterable[Due]) -> int:
    """What partners owe their funds on balance by paying late; loans are met from later contributions."""
    late = [due for due in dues if not due.loan]
    return sum(due.pence for due in late if due.payee is None) - sum(due.pence for due in late if due.payer is None)


def made_by(ruleset: Ruleset, runs: Iterable[Run], year: str) -> Iterator[Due]:
    """The dues that the runs of a year make, in the order of their steps, partners and years."""
    rules = later_of(ruleset)
    for run in runs:
        for step in run.steps:
            later = rules.get(step.rule)
            for one in step.allocations:
                if later and one.to is To.PARTNER and one.pence:
                    pays = (one.pence > 0) is (run.trigger is Trigger.OVERSPEND)
                    yield from _instalments(run.fund, step.rule, one.name, abs(one.pence), year, later, pays=pays)


def _instalments(
    fund: str, rule: str, partner: str, pence: int, year: str, later: Later, *, pays: bool
) -> Iterator[Due]:
    """Split a sum into equal yearly parts, remainder pennies in the last.

    With `pays` the partner is charged the sum: it gets a loan back, or pays late. Else it is the other way round.
    """
    other = later.by if later.pay_now else None
    if other == partner:
        return  # nobody lends to itself
    payer, payee = (other, partner) if pays is later.pay_now else (partner, other)
    first, each = read_year(year).start + later.after, pence // later.instalments
    for number in range(later.instalments):
        last = number == later.instalments - 1
        part = pence - each * number if last else each
        if part:
            yield Due(fund, payer, payee, str(FinancialYear(first + number)), part, rule, later.pay_now)


def later_of(ruleset: Ruleset) -> dict[str, Later]:
    """By rule id, what follows in later years from what a step gives."""
    return {step.id: later for step in _steps(ruleset) if (later := _later(step)) is not None}


def _steps(ruleset: Ruleset) -> Iterator[Step]:
    """Every step of an agreement."""
    for fund in ruleset.funds:
        for waterfall in fund.waterfalls:
            yield from waterfall.steps


def _later(step: Step) -> Later | None:
    """What follows in later years from what one step gives."""
    return step.taker.later if isinstance(step.taker, ByPartners) else None
