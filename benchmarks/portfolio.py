"""A thousand agreements checked in one process, against yamllint over their YAML twins.

Yardstick: `yamllint` with its relaxed rules, which reads the same trees and judges only their layout.
Both run on one core, in turn; the middle of three ratios is printed, and the peak memory of both.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.cost import check, run
from benchmarks.generate import write
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool
from poolrules.syntax.to_yaml import write_yaml

COUNT = 1000
PAIRS = 3
RULES = "{extends: relaxed, rules: {line-length: disable}}"


def write_twins(folder: Path, twins: Path) -> None:
    """Write the YAML twin of every agreement of a folder into another."""
    twins.mkdir()
    for path in sorted(folder.glob("*.pool")):
        tree, _ = read_pool(SourceText(path.name, path.read_text(encoding="utf-8")))
        (twins / f"{path.name}.yaml").write_text(write_yaml(tree), encoding="utf-8")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        ours, twins = Path(made, "pool"), Path(made, "yaml")
        write(ours, COUNT)
        write_twins(ours, twins)
        lint = [sys.executable, "-m", "yamllint", "-d", RULES, str(twins)]
        pairs = [(run(lint), run(check(str(ours)))) for _ in range(PAIRS)]
    ratio = statistics.median(mine.processor / theirs.processor for theirs, mine in pairs)
    theirs, mine = pairs[-1]
    print(f"check of {COUNT} agreements on one core, {PAIRS} pairs, against yamllint over their YAML twins")
    print(f"  time   {ratio:.2f} times ({COUNT / mine.processor:.0f} agreements a second)")
    print(f"  memory {mine.peak / theirs.peak:.2f} times ({mine.peak:.0f} MB against {theirs.peak:.0f} MB)")


if __name__ == "__main__":
    main()
