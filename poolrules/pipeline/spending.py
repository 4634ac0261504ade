"""What was spent, as read from an outturn or from ledgers: the sums, their places, and what is wrong with the files."""

from collections.abc import Iterator

from msgspec import Struct

from poolrules.engine.settlement import Spending
from poolrules.pipeline.ledger_table import Table
from poolrules.reporting.ledger_account import LedgerAccount
from poolrules.source.finding import Finding, Label, Severity


class SpendingRead(Struct, frozen=True):
    """Sums spent, with everything that is wrong with the files they come from."""

    rows: tuple[Spending, ...]
    findings: tuple[Finding, ...] = ()
    """Errors, and warnings beside them."""
    sources: dict[str, list[str]] = {}
    """The lines of each file that has lines, for findings that point into it."""
    tables: tuple[Table, ...] = ()
    fingerprint: str = ""
    """That of an outturn; a ledger's is in its account."""
    ledgers: tuple[LedgerAccount, ...] = ()
    unread: bool = False
    """Whether the file could not even be read as text, so that nothing is known of its rows."""
    nothing_spent: tuple[str, ...] = ()
    """The schemes that a mapping says nothing was spent on."""
    missing_help: str = ""
    """How to say that nothing was spent on a scheme, where that is not by adding a row."""

    @property
    def wrong(self) -> bool:
        """Whether something was found that keeps the year from being settled."""
        return any(found.severity is Severity.ERROR for found in self.findings)

    def located(self, place: str) -> Iterator[Label]:
        """The label of the row that stands at a place, where one does."""
        for table in self.tables:
            span = table.span_of(place) if place else None
            if span is not None:
                yield Label(span)
                return
