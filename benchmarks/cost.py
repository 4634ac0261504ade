"""What running a command costs: time on the clock, time on the processor, and memory at its peak."""

import os
import subprocess
import sys
import time
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds on the clock, seconds of processor time, and the peak of resident memory in megabytes."""

    clock: float
    processor: float
    peak: float


def run(command: list[str]) -> Cost:
    """Run a command to its end with its output thrown away; one that fails ends the measuring."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(child.pid, 0)
    clock = time.perf_counter() - start
    said = child.stderr.read().decode(errors="replace") if child.stderr else ""
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}\n{said}")
    unit = 1_000_000 if sys.platform == "darwin" else 1_000  # bytes there, kilobytes elsewhere
    return Cost(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def check(*paths: str) -> list[str]:
    """The command that checks some paths with the Python that measures."""
    return [sys.executable, "-m", "poolrules", "check", *paths]
