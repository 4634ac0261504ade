"""A check of a `.pool` file loads nothing that it does not need: every import is waited for."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAVY = {"jinja2", "yaml", "jsonschema", "docx", "numpy", "markdown_it", "difflib", "importlib.resources"}
HEAVY |= {"holidays", "icalendar", "dateutil"}


def test_a_check_imports_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "poolrules", "check", "agreements/showcase/westshire.pool"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    imported = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "poolrules.cli.main" in imported
    assert imported & HEAVY == set()
