"""How a check is declared, and what it is given."""

import sys
from collections.abc import Callable, Iterator

from msgspec import Struct

from poolrules.model.agreement import Agreement
from poolrules.ruleset.ruleset import Ruleset
from poolrules.source.finding import Finding, Label, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Fault(Struct, frozen=True):
    """What a check found: a sentence clear on its own, the places it points at (main place first) and help."""

    message: str
    labels: tuple[Label, ...]
    help: str = ""


class Subject(Struct, frozen=True):
    """What checks look at: the agreement as the parties mean it, and the rules compiled from it."""

    agreement: Agreement
    rules: Ruleset


Find = Callable[[Subject], Iterator[Fault]]


class Check(Struct, frozen=True):
    """A check: its code, its name in words joined by hyphens, how much it weighs, its page, and what finds the fault."""

    code: str
    name: str
    severity: Severity
    page: str
    find: Find

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Find the fault in an agreement."""
        for fault in self.find(subject):
            yield Finding(self.code, self.severity, fault.message, fault.labels, fault.help)


def check(code: str, severity: Severity) -> Callable[[Find], Check]:
    """Declare the check that a module is: its docstring is the page, its file name the name."""

    def declare(find: Find) -> Check:
        module = sys.modules[find.__module__]
        name = find.__module__.rsplit(".", 1)[-1].replace("_", "-")
        return Check(code, name, severity, module.__doc__ or "", find)

    return declare
