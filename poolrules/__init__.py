"""Pooled-budget agreements that are checked, settled and drafted from one text file.

What stands here is what other programs may build on; it is imported when it is first asked for, so
that a check from the command line does not wait for what a settlement needs.
"""

from typing import TYPE_CHECKING

from poolrules.base.version import VERSION

if TYPE_CHECKING:
    from poolrules.engine.inputs import InputFault
    from poolrules.engine.settle import settle
    from poolrules.engine.settlement import DecisionMade, Facts, Settlement, Spending
    from poolrules.model.agreement import Agreement
    from poolrules.pipeline.check import check
    from poolrules.pipeline.compile import compiled
    from poolrules.pipeline.draft import draft_file
    from poolrules.pipeline.files import Unusable, files_of
    from poolrules.pipeline.load import Loaded, load
    from poolrules.pipeline.settle import Asked, NotSettled, settle_file
    from poolrules.pipeline.vary import load_varied
    from poolrules.reporting.account import Account
    from poolrules.reporting.findings import report_findings
    from poolrules.reporting.statement import write_statement
    from poolrules.ruleset.codec import read_ruleset, write_ruleset
    from poolrules.ruleset.ruleset import Ruleset
    from poolrules.source.finding import Finding, Severity
    from poolrules.source.span import Span

__version__ = VERSION

__all__ = [
    "Account",
    "Agreement",
    "Asked",
    "DecisionMade",
    "Facts",
    "Finding",
    "InputFault",
    "Loaded",
    "NotSettled",
    "Ruleset",
    "Settlement",
    "Severity",
    "Span",
    "Spending",
    "Unusable",
    "__version__",
    "check",
    "compiled",
    "draft_file",
    "files_of",
    "load",
    "load_varied",
    "read_ruleset",
    "report_findings",
    "settle",
    "settle_file",
    "write_ruleset",
    "write_statement",
]

_HOMES = {
    "poolrules.engine.inputs": ("InputFault",),
    "poolrules.engine.settle": ("settle",),
    "poolrules.engine.settlement": ("DecisionMade", "Facts", "Settlement", "Spending"),
    "poolrules.model.agreement": ("Agreement",),
    "poolrules.pipeline.check": ("check",),
    "poolrules.pipeline.compile": ("compiled",),
    "poolrules.pipeline.draft": ("draft_file",),
    "poolrules.pipeline.files": ("Unusable", "files_of"),
    "poolrules.pipeline.load": ("Loaded", "load"),
    "poolrules.pipeline.settle": ("Asked", "NotSettled", "settle_file"),
    "poolrules.pipeline.vary": ("load_varied",),
    "poolrules.reporting.account": ("Account",),
    "poolrules.reporting.findings": ("report_findings",),
    "poolrules.reporting.statement": ("write_statement",),
    "poolrules.ruleset.codec": ("read_ruleset", "write_ruleset"),
    "poolrules.ruleset.ruleset": ("Ruleset",),
    "poolrules.source.finding": ("Finding", "Severity"),
    "poolrules.source.span": ("Span",),
}
"""Where each name comes from; a test compares this with the imports above."""


def __getattr__(name: str) -> object:
    """Import a name of the public API when it is first asked for."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(home), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
