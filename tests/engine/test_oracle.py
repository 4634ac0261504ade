"""The engine agrees with the oracle on every one of more than 100,000 enumerated cases."""

from collections.abc import Iterator
from itertools import product

from poolrules.engine.settlement import To
from poolrules.ruleset.ruleset import (
    ByPartners,
    Cap,
    FromReserve,
    Part,
    ReserveRule,
    Ruleset,
    Silent,
    Step,
    Weights,
)
from tests.engine import oracle
from tests.engine.build import facts, fund, over, reserve, ruleset, scheme, settled

NAMES = ("A", "B", "C")
AMOUNTS = range(18)

SHARES = [(1, 1), (1, 2), (0, 1), (1, 1, 1), (1, 3, 3), (2, 3, 5), (3, 0, 1)]
CAPS: list[tuple[int | None, ...]] = [(None, None, None), (2, None, None), (None, 1, None), (3, 0, None)]
YEARLY: list[tuple[int | None, ...]] = [(None, None, None), (4, None, None), (None, 2, 3)]
LIMITS: list[tuple[int | None, int | None]] = [(None, None), (3, None), (None, 6), (5, 4)]
FIRST = [
    None,
    oracle.Step("reserve"),
    oracle.Step("reserve", at_most=2),
    oracle.Step("share", until=5, weights=(1, 2, 2), caps=(None, 1, None)),
]
LAST = [None, oracle.Step("leave"), oracle.Step("share", weights=(2, 1, 0), caps=(None, None, None))]
RESERVES = [(0, 0), (5, 1)]


def cases() -> Iterator[tuple[list[oracle.Step], tuple[int | None, ...], tuple[int, int]]]:
    """Every waterfall, with its caps for the year and its reserve."""
    for share, caps, yearly, (at_most, until), first, last, holds in product(
        SHARES, CAPS, YEARLY, LIMITS, FIRST, LAST, RESERVES
    ):
        if holds != RESERVES[0] and (first is None or first.kind != "reserve"):
            continue  # nothing draws on the reserve
        middle = oracle.Step("share", at_most, until, share + (0,) * (3 - len(share)), caps)
        yield [step for step in (first, middle, last) if step], yearly, holds


def compiled(steps: list[oracle.Step], yearly: tuple[int | None, ...], holds: tuple[int, int]) -> Ruleset:
    """The same waterfall as a ruleset."""
    rules = [_step(step, f"F.over.{number}") for number, step in enumerate(steps, 1)]
    waterfall = over(["S"], *rules, caps=_caps("F.over", yearly))
    pot: ReserveRule = reserve("R", holds[0], holds[1])
    return ruleset(fund({scheme("S"): 0}, waterfall, reserves=[pot], partners=NAMES))


def _step(step: oracle.Step, rule: str) -> Step:
    """One step of the oracle as a rule."""
    if step.kind == "reserve":
        return Step(rule, FromReserve("R"), step.at_most, step.until)
    if step.kind == "leave":
        return Step(rule, Silent("left open"), step.at_most, step.until)
    parts = tuple(Part(name, weight) for name, weight in zip(NAMES, step.weights, strict=True))
    return Step(rule, ByPartners(Weights(parts), _caps(rule, step.caps)), step.at_most, step.until)


def _caps(rule: str, caps: tuple[int | None, ...]) -> tuple[Cap, ...]:
    """The caps of a step, or of the waterfall."""
    return tuple(
        Cap(f"{rule}.cap.{name}", name, pence) for name, pence in zip(NAMES, caps, strict=True) if pence is not None
    )


def test_the_engine_agrees_with_the_oracle_on_every_small_case() -> None:
    count = 0
    for steps, yearly, holds in cases():
        rules = compiled(steps, yearly, holds)
        for amount in AMOUNTS:
            settlement = settled(rules, facts({"S": amount}))
            paid = [result.pays for result in settlement.partners]
            nobody = sum(
                one.pence
                for run in settlement.runs
                for step in run.steps
                for one in step.allocations
                if one.to is To.UNALLOCATED
            )
            told = (paid, settlement.reserves[0].closing, nobody)
            assert told == oracle.hand_out(amount, steps, *holds, yearly), (steps, yearly, holds, amount)
            count += 1
    print(f"the engine and the oracle agree on {count:,} cases")
    assert count >= 100_000


def test_the_oracle_finds_a_penny_in_the_wrong_place() -> None:
    """The comparison has teeth: a sharing that gave odd pennies to the last partner would not pass."""
    assert oracle.split(100, (1, 1, 1)) == [34, 33, 33]
    assert oracle.split(4, (1, 3, 3)) == [0, 2, 2]
