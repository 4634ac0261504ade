"""A second opinion on overspend waterfalls that shares no code with the engine: it hands out pence one by one.

Slow and plain on purpose. Partners are numbered, and the host is number 0; a cap of `None` is no cap.
"""

from typing import NamedTuple


class Step(NamedTuple):
    """One step: what it does (`reserve`, `share` or `leave`), its limits, and for a `share` its weights and caps."""

    kind: str
    at_most: int | None = None
    until: int | None = None
    weights: tuple[int, ...] = ()
    caps: tuple[int | None, ...] = ()


def hand_out(
    amount: int, steps: list[Step], holds: int, floor: int, yearly: tuple[int | None, ...]
) -> tuple[list[int], int, int]:
    """Say what each partner pays, what the reserve then holds, and what nobody takes; `yearly` caps span all steps."""
    pays, left, nobody = [0] * len(yearly), amount, 0
    for step in steps:
        done = amount - left
        pence = 0
        while pence < left:  # may the step take one more penny?
            if step.at_most is not None and pence >= step.at_most:
                break
            if step.until is not None and done + pence >= step.until:
                break
            if step.kind == "reserve" and holds - pence <= floor:
                break
            pence += 1
        if step.kind == "reserve":
            holds, left = holds - pence, left - pence
        elif step.kind == "leave":
            nobody, left = nobody + pence, left - pence
        else:
            here = [0] * len(pays)
            for partner, part in enumerate(split(pence, step.weights)):
                for _ in range(part):  # a penny that meets a cap stays for the next step
                    if below(here[partner], step.caps[partner]) and below(pays[partner], yearly[partner]):
                        here[partner] += 1
                        pays[partner] += 1
                        left -= 1
    return pays, holds, nobody + left


def below(paid: int, cap: int | None) -> bool:
    """Whether one more penny fits under a cap."""
    return cap is None or paid < cap


def split(pence: int, weights: tuple[int, ...]) -> list[int]:
    """Split by weights: pence go to whoever has earned them whole, odd ones to whoever is nearest to earning one."""
    whole, parts = sum(weights), [0] * len(weights)
    for partner, weight in enumerate(weights):
        while (parts[partner] + 1) * whole <= pence * weight:
            parts[partner] += 1
    waiting = list(range(len(weights)))
    while sum(parts) < pence:
        short = {partner: pence * weights[partner] - parts[partner] * whole for partner in waiting}
        lucky = next(partner for partner in waiting if short[partner] == max(short.values()))
        waiting.remove(lucky)
        parts[lucky] += 1
    return parts
