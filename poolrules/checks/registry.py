"""How a check is declared, and what it is given."""

import sys
from collections.abc import Callable, Iterator

from msgspec import Struct

from poolrules.model.agreement import Agreement
from poolrules.model.deed import Deed
from poolrules.ruleset.ruleset import Ruleset
from poolrules.source.finding import Finding, Label, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Fault(Struct, frozen=True):
    """What a check found: a sentence clear on its own, the places it points at (main place first) and help.

    `severity` is given only where a fault weighs less than its check usually does, such as under
    Welsh regulations that nobody has yet compared with the English ones.
    """

    message: str
    labels: tuple[Label, ...]
    help: str = ""
    severity: Severity | None = None


class Variation(Struct, frozen=True):
    """A deed of variation, and the agreement and its rules as they were before it."""

    deed: Deed
    before: Agreement
    rules_before: Ruleset
    only_contributions: bool = False
    """Whether the deed changes nothing but contributions."""


class Subject(Struct, frozen=True):
    """What checks look at: the agreement as the parties mean it, and the rules compiled from it.

    Where it is looked at as a deed of variation leaves it, `variation` is that deed, and `earlier` are the agreement as
    first signed and as each deed before this one left it.
    """

    agreement: Agreement
    rules: Ruleset
    variation: Variation | None = None
    earlier: tuple[Agreement, ...] = ()


Find = Callable[[Subject], Iterator[Fault]]


class Check(Struct, frozen=True):
    """A check: its code, its name in words joined by hyphens, how much it weighs, its page, and what finds the fault.

    A page without a finder explains what is found elsewhere: while reading, or while findings are allowed.
    """

    code: str
    name: str
    severity: Severity
    page: str
    find: Find | None

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Find the fault in an agreement."""
        if self.find is None:
            return
        for fault in self.find(subject):
            yield Finding(self.code, fault.severity or self.severity, fault.message, fault.labels, fault.help)


def check(code: str, severity: Severity) -> Callable[[Find], Check]:
    """Declare the check that a module is: its docstring is the page, its file name the name."""

    def declare(find: Find) -> Check:
        return _page(code, severity, find.__module__, find)

    return declare


def found_elsewhere(code: str, severity: Severity, module: str) -> Check:
    """Declare that a module is only the page of a fault: its docstring, its file name the name."""
    return _page(code, severity, module, None)


def _page(code: str, severity: Severity, module: str, find: Find | None) -> Check:
    """Make a check of what a module says."""
    return Check(code, module.rsplit(".", 1)[-1].replace("_", "-"), severity, sys.modules[module].__doc__ or "", find)
