"""Sets of terms say that they come before or after one another, and cannot all be right.

Two that are each subject to the other go round in a circle. And some things have a fixed order: overspends are dealt
with before underspends, gains last, and of each kind the funds in the order in which they stand. Which set comes first
decides what is left of a reserve for the next, so who pays depends on it.

Authority: none; arithmetic.

    fund Pool "Westshire pooled fund"
        scheme Beds "Step-down beds" shared
        scheme Equipment "Community equipment" shared
        budget from 2026/27
            Equipment   £900,000
            Beds        £100,000
        overspend of Equipment
            called      EquipmentRisk
            subject to  BedsRisk
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%
        overspend of Beds
            called      BedsRisk
            subject to  EquipmentRisk
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 50%, Council 50%

Let one of them come first:

    fund Pool "Westshire pooled fund"
        scheme Beds "Step-down beds" shared
        scheme Equipment "Community equipment" shared
        budget from 2026/27
            Equipment   £900,000
            Beds        £100,000
        overspend of Equipment
            called      EquipmentRisk
            subject to  BedsRisk
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 60%, Council 40%
        overspend of Beds
            called      BedsRisk
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   ICB 50%, Council 50%
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import Agreement, Text, Waterfall
from poolrules.ruleset.order import in_order, name_of, precedences
from poolrules.source.finding import Label


@check("RSK016", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare what is said of the order with the order in which the terms are run; each circle is told once."""
    run = tuple(_as_run(subject.agreement))
    said = tuple(precedences(run))
    place = {name_of(block): number for number, block in enumerate(run)}
    follows: dict[str, set[str]] = {}
    for first, second, _ in said:
        follows.setdefault(first, set()).add(second)
    told: set[str] = set()
    for first, second, written in said:
        circle = {name for name in _reach(follows, first) if first in _reach(follows, name)}
        if second in circle and not told & circle:
            told |= circle
            yield _circle(tuple(text for one, other, text in said if {one, other} <= circle))
        elif second not in circle and place[first] > place[second]:
            yield Fault(
                f"`{_shown(run, place[first])}` cannot come before `{_shown(run, place[second])}`",
                (Label(written.span, "said here"), Label(run[place[second]].span, "is dealt with sooner")),
                "overspends come before underspends and gains last, the funds in the order in which they stand: "
                "take this out, or move a fund",
            )


def _as_run(agreement: Agreement) -> Iterator[Waterfall]:
    """All blocks in the order in which they are run."""
    for word in ("overspend", "underspend", "gain"):
        yield from (block for fund in agreement.funds for block in in_order(fund) if block.word == word)


def _reach(follows: dict[str, set[str]], start: str) -> set[str]:
    """All that comes after a set of terms, itself with them."""
    found, left = {start}, [start]
    while left:
        new = follows.get(left.pop(), set()) - found
        found |= new
        left += sorted(new)
    return found


def _circle(written: tuple[Text, ...]) -> Fault:
    """Report sets of terms that each wait for another."""
    labels = tuple(Label(text.span, "said here") for text in written)
    names = " and ".join(f"`{name}`" for name in sorted({text.text for text in written}))
    return Fault(f"{names} each come before the other", labels, "take one of these lines out")


def _shown(run: tuple[Waterfall, ...], place: int) -> str:
    """What to call a block."""
    block = run[place]
    return block.called.text if block.called else f"the {block.word} of {block.said_of}"
