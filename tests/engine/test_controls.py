"""A settlement that does not add up is never returned: each figure is tampered with in turn."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import Struct, structs

from poolrules.engine.settle import STAGES
from poolrules.engine.settlement import Allocation, To
from poolrules.engine.stages.controls import DoesNotAddUp, prove
from poolrules.engine.working import Working, open_books
from poolrules.ruleset.ruleset import ByPartners, FromReserve, FromUnderspends, IntoReserve
from tests.engine.build import facts, fund, limited, over, reserve, ruleset, scheme, under, weights


def books() -> Working:
    """The books of a year after every stage but the last."""
    rules = ruleset(
        fund(
            {scheme("S"): 100, scheme("T"): 100},
            over(["S"], FromUnderspends(("U",)), limited(FromReserve("R"), at_most=5), ByPartners(weights(A=1, B=2))),
            under(["T"], limited(IntoReserve("R"), at_most=3), ByPartners(weights(B=1))),
            reserves=[reserve("R", 20, floor=10, ceiling=30)],
        ),
        fund({scheme("U"): 100}, name="G", host="B"),
    )
    working = open_books(rules, facts({"S": 150, "T": 80, "U": 93}))
    for stage in STAGES[:-1]:
        stage(working)
    return working


def tampered(working: Working, run: int, step: int, **fields: object) -> None:
    """Change some fields of one step of one run."""
    steps = list(working.runs[run].steps)
    steps[step] = structs.replace(steps[step], **fields)
    working.runs[run] = structs.replace(working.runs[run], steps=tuple(steps))


def move_a_reserve(working: Working, holding: int) -> None:
    """Let a reserve hold another sum, in its result too."""
    line, result = working.reserves["R"], working.reserve_results[0]
    working.reserve_results[0] = structs.replace(result, closing=holding, drawn=line.opening - holding, added=0)
    line.holding = holding


def change(records: list[Any], place: int, **fields: object) -> None:
    """Change some fields of one record in a list."""
    record = records[place]
    assert isinstance(record, Struct)
    records[place] = structs.replace(record, **fields)


def test_untouched_books_are_proved() -> None:
    working = books()
    prove(working)
    assert len(working.controls) == 8


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda w: setattr(w.schemes["S"], "spent", 151), "spending read, and spending settled: 323 is not 324"),
        (lambda w: tampered(w, 0, 1, before=42), "F.over.2 does not follow on: 43 was left"),
        (lambda w: tampered(w, 0, 1, taken=6), "F.over.2 does not follow on: 43 was left"),
        (
            lambda w: tampered(w, 0, 1, allocations=(Allocation(To.RESERVE, "R", 9), Allocation(To.PARTNER, "A", -4))),
            "F.over.2 does not follow on: 43 was left",
        ),
        (lambda w: w.runs.append(structs.replace(w.runs[0], amount=51, steps=())), "overspend of S"),
        (lambda w: change(w.partners, 0, pays=12), "money into F, and out of it or kept"),
        (lambda w: change(w.partners, 1, receives=16), "money into F, and out of it or kept"),
        (lambda w: setattr(w.schemes["U"], "lent", 6), "money into G, and out of it or kept"),
        (lambda w: change(w.reserve_results, 0, closing=19), "R: opening less drawn plus added, and closing"),
        (lambda w: move_a_reserve(w, 9), "R left its bounds"),
        (lambda w: move_a_reserve(w, 31), "R left its bounds"),
        (lambda w: w.transfers.pop(), "what partners and funds owe each other, and what moves"),
    ],
)
def test_what_does_not_add_up_is_refused(tamper: Callable[[Working], object], said: str) -> None:
    working = books()
    tamper(working)
    with pytest.raises(DoesNotAddUp) as caught:
        prove(working)
    assert said in str(caught.value)
