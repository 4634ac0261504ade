"""Compares the engine with the oracle on many small cases: `python -m tests.engine.oracle --cases 1000000`.

Ends with 1 where the two differ anywhere; each difference is shown with its seed and the smallest case that has it.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, count, islice
from time import monotonic
from typing import NamedTuple

from tests.engine.oracle.comparing import differences, plain, shown, smallest
from tests.engine.oracle.enumerated import RULESETS, enumerated
from tests.engine.oracle.makers import Case, cases

SEEDS_AT_ONCE = 25
SHOWN = 10
TOLD_EACH = 50_000


class Compared(NamedTuple):
    """What came of comparing some cases: how many settlements, how many that both refused, and where the two differ."""

    settled: int
    refused: int
    differing: tuple[tuple[str, Case], ...] = ()


def compare(name: str, made: Iterable[Case]) -> Compared:
    """Compare cases of one agreement."""
    settled, refused, differing = 0, 0, list[tuple[str, Case]]()
    agreement = None
    for number, case in enumerate(made):
        agreement = agreement or plain(case.rules)
        for found in differences(agreement, case):
            settled += found.settled
            refused += not found.settled
            if found.difference is not None:
                differing.append((f"{name}, case {number}", case))
    return Compared(settled, refused, tuple(differing))


def compare_seeds(seeds: range) -> Compared:
    """Compare the cases of some seeds."""
    return together(compare(f"seed {seed}", cases(seed)) for seed in seeds)


def compare_enumerated(numbers: range) -> Compared:
    """Compare some of the enumerated waterfalls."""
    return together(compare(f"waterfall {number}", enumerated(number)) for number in numbers)


def together(parts: Iterable[Compared]) -> Compared:
    """Several comparisons as one."""
    settled, refused, differing = 0, 0, list[tuple[str, Case]]()
    for part in parts:
        settled, refused = settled + part.settled, refused + part.refused
        differing.extend(part.differing)
    return Compared(settled, refused, tuple(differing))


def compare_all(wanted: int, first: int, jobs: int) -> Compared:
    """Compare every enumerated waterfall, and then seeds from the first on, until so many settlements are compared."""
    fixed = (range(start, min(start + 200, RULESETS)) for start in range(0, RULESETS, 200))
    seeds = (range(start, start + SEEDS_AT_ONCE) for start in count(first, SEEDS_AT_ONCE))
    done, told = Compared(0, 0), 0
    for part in run(fixed, seeds, jobs):
        done = together((done, part))
        if done.settled >= told + TOLD_EACH:
            told = done.settled
            print(f"{told:,} settlements, {len(done.differing):,} differ", file=sys.stderr)
        if done.settled >= wanted:
            break
    return done


def run(fixed: Iterator[range], seeds: Iterator[range], jobs: int) -> Iterator[Compared]:
    """The comparisons in order, by one process or by several."""
    if jobs == 1:
        yield from chain(map(compare_enumerated, fixed), map(compare_seeds, seeds))
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(compare_enumerated, fixed)
        while True:
            yield from pool.map(compare_seeds, islice(seeds, 4 * jobs))


def main() -> int:
    """Compare, and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.engine.oracle", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000, help="how many settlements at the least")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    given = parser.parse_args()
    began = monotonic()
    done = compare_all(given.cases, given.seed, given.jobs)
    for name, case in done.differing[:SHOWN]:
        least = smallest(case)
        print(f"{name}\n{shown(least.case)}\n{least.difference}\n")
    print(
        f"{done.settled:,} settlements compared in {monotonic() - began:,.0f} s, and {done.refused:,} refused by both: "
        f"{len(done.differing):,} differ"
    )
    return 1 if done.differing else 0


if __name__ == "__main__":
    sys.exit(main())
