"""How the time of a check grows with the number and with the length of agreements: doubling should double it.

Yardstick: the same check of half as much. The start of the program is taken off first, as the
time of checking one small agreement, because it would hide the growth. Processor time, best of five.
"""

import tempfile
from pathlib import Path

from benchmarks.cost import check, run
from benchmarks.generate import agreement, write

NUMBERS = (100, 200, 400, 800)
SCHEMES = (50, 100, 200, 400)


def spent(path: Path) -> float:
    """The processor time of checking a path: the best of five, as everything else only adds to it."""
    return min(run(check(str(path))).processor for _ in range(5))


def show(what: str, sizes: tuple[int, ...], times: list[float], start: float) -> None:
    """Print each time and its ratio to the one before."""
    print(f"time of a check against the {what}")
    before = None
    for size, taken in zip(sizes, times, strict=True):
        net = taken - start
        print(f"  {size:5d}  {net:7.3f} s" + (f"  {net / before:.2f} times the half" if before else ""))
        before = net


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write(folder / "one", 1)
        start = spent(folder / "one")
        for number in NUMBERS:
            write(folder / str(number), number)
        show("number of agreements", NUMBERS, [spent(folder / str(number)) for number in NUMBERS], start)
        for schemes in SCHEMES:
            (folder / f"{schemes}.pool").write_text(agreement(1, schemes), encoding="utf-8")
        show("schemes of one agreement", SCHEMES, [spent(folder / f"{schemes}.pool") for schemes in SCHEMES], start)


if __name__ == "__main__":
    main()
