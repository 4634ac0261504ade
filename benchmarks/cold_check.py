"""A cold `poolrules check` of one agreement, against the bare start of the two libraries it cannot do without.

Yardstick: `python -c "import lark, click"`. Aim: at most 1.3 times that. The two run in turn, so
that a busy machine slows both alike; the middle of the ratios of each pair is printed.
"""

import statistics
import sys

from benchmarks.cost import check, run

AGREEMENT = "agreements/showcase/westshire.pool"
PAIRS = 25


def main() -> None:
    """Measure and print."""
    bare = [sys.executable, "-c", "import lark, click"]
    ours = check(AGREEMENT)
    run(bare), run(ours)  # the first run of each compiles and fills the disk's cache
    pairs = [(run(bare), run(ours)) for _ in range(PAIRS)]
    ratios = sorted(mine.clock / theirs.clock for theirs, mine in pairs)
    middle = ratios[PAIRS // 4 : -(PAIRS // 4)]
    print(f"cold check of {AGREEMENT}, {PAIRS} pairs, against import lark, click")
    print(f"  time   {statistics.median(ratios):.2f} times (half of the pairs {middle[0]:.2f} to {middle[-1]:.2f})")
    print(f"  memory {pairs[-1][1].peak / pairs[-1][0].peak:.2f} times ({pairs[-1][1].peak:.0f} MB)")


if __name__ == "__main__":
    main()
