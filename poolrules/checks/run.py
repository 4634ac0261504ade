"""Running every check over an agreement."""

from poolrules.checks.allowances import apply_allowances
from poolrules.checks.catalogue import CATALOGUE
from poolrules.checks.registry import Subject
from poolrules.source.finding import Finding, in_file_order


def run_checks(subject: Subject) -> list[Finding]:
    """Find every fault that the agreement does not allow, in file order."""
    found = [finding for check in CATALOGUE for finding in check.run(subject)]
    return in_file_order(apply_allowances(subject.agreement, found))
