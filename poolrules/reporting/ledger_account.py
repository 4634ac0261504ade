"""What a settlement says of the ledgers it was made from: every row is counted and totalled, used or set aside."""

from msgspec import Struct

from poolrules.source.finding import Finding


class Tally(Struct, frozen=True):
    """A number of rows and what they come to, in whole pence."""

    rows: int
    pence: int

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.rows + other.rows, self.pence + other.pence)


class LedgerAccount(Struct, frozen=True):
    """One ledger: what was read is what was used and what was set aside, in rows and in pence.

    The fingerprints (SHA-256) are those of the file and of the mapping it was read by.
    """

    file: str
    fingerprint: str
    mapping: str
    read: Tally
    used: Tally
    aside: tuple[tuple[str, Tally], ...] = ()
    """By reason, in alphabetical order."""
    unused: tuple[str, ...] = ()
    """The columns that were not used."""
    sheet: str = ""
    warnings: tuple[Finding, ...] = ()
