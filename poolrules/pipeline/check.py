"""Checking an agreement: all that is wrong with it, in one list."""

from poolrules.checks.registry import Subject
from poolrules.checks.run import run_checks
from poolrules.pipeline.load import Loaded
from poolrules.ruleset.from_model import compile_rules
from poolrules.source.finding import Finding, in_file_order


def check(loaded: Loaded) -> list[Finding]:
    """Find fault with an agreement; one that cannot be read to its end is not judged beyond its writing."""
    if loaded.findings or loaded.agreement is None:
        return list(loaded.findings)
    subject = Subject(loaded.agreement, compile_rules(loaded.agreement))
    return in_file_order(run_checks(subject))
