"""The scheme and the partner of a row of a ledger: its codes put into the names of the agreement."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from poolrules.base.money import format_money_full
from poolrules.base.near import did_you_mean
from poolrules.pipeline.ledger_codes import BAD_ROW, NOT_MAPPED
from poolrules.pipeline.ledger_table import Faults, Value, cell_text
from poolrules.pipeline.mapping import LedgerMapping
from poolrules.source.text import visible

_SHOWN: Final = 24


class Names(Struct, frozen=True):
    """What an agreement calls its schemes and partners. Without `checked`, another scheme is the engine's to report."""

    schemes: frozenset[str]
    partners: frozenset[str] = frozenset()
    checked: bool = True


class _Unknown(Struct):
    """A scheme or partner that nobody knows: the row and column where it first stands, how many rows, how much."""

    number: int
    index: int
    rows: int = 0
    pence: int = 0


class NameReader:
    """Reads the schemes and partners of the rows of one ledger.

    `codes` are all texts that may stand for a scheme in it.
    """

    def __init__(self, faults: Faults, mapping: LedgerMapping, columns: dict[str, int], names: Names) -> None:
        self.faults = faults
        self.mapping = mapping
        self.columns = columns
        self.names = names
        self.unknown: dict[tuple[str, str], _Unknown] = {}
        one = [mapping.scheme.text] if mapping.scheme else []
        self.codes = {*mapping.schemes, *mapping.left_out, *names.schemes, *one}

    def scheme(self, number: int, cells: Sequence[Value], pence: int) -> tuple[str | None, str | None]:
        """The scheme of a row, or why it is set aside; neither where its code is not known, which is reported."""
        mapping = self.mapping
        if mapping.scheme is not None:
            return mapping.scheme.text, None
        index = self.columns["scheme"]
        code = cell_text(cells[index])
        if not code:
            self.faults.at(BAD_ROW, "the row names no scheme", number, index, "say what the money was spent on")
            return None, None
        said = mapping.schemes.get(code)
        if said is not None:
            return said.text, None
        if code in mapping.left_out:
            return None, f"{code}: {mapping.left_out[code]}"
        if code in self.names.schemes or not self.names.checked:
            return code, None
        self._count("scheme", code, number, index, pence)
        return None, None

    def partner(self, number: int, cells: Sequence[Value], pence: int) -> str | None:
        """The partner of a row, where the ledger has such a column."""
        index = self.columns.get("partner")
        if index is None:
            return None
        code = cell_text(cells[index])
        said = self.mapping.partners.get(code)
        if said is not None:
            return said.text
        if code in self.names.partners:
            return code
        if code:
            self._count("partner", code, number, index, pence)
        elif not self.mapping.blank_partner:
            mend = "say whose cost it was, or `blank partner: allowed` in the mapping"
            self.faults.at(BAD_ROW, "the row names no partner", number, index, mend)
        return None

    def _count(self, kind: str, name: str, number: int, index: int, pence: int) -> None:
        """Keep the first row of a name that nobody knows, and what its rows come to; no such row is used."""
        one = self.unknown.setdefault((kind, name), _Unknown(number, index))
        one.rows += 1
        one.pence += pence

    def report_unknown(self) -> None:
        """Report every name that nobody knows, once for all its rows."""
        for (kind, name), one in self.unknown.items():
            self._report(kind, name, one)

    def _report(self, kind: str, name: str, one: _Unknown) -> None:
        """Report a name that nobody knows, at its first row."""
        known = self.codes if kind == "scheme" else {*self.mapping.partners, *self.names.partners}
        count = f" ({one.rows:,} rows, {format_money_full(one.pence)} together)" if one.rows > 1 else ""
        what = (
            f"`{visible(name[:_SHOWN])}` is no {kind} of the agreement, and the mapping does not say what it is{count}"
        )
        where = "schemes" if kind == "scheme" else "partners"
        mend = f"{did_you_mean(name, known)} Else say what it is under `{where}` in the mapping".strip()
        mend += ", or leave it out under `left out` with a reason" if kind == "scheme" else ""
        self.faults.at(NOT_MAPPED, what, one.number, one.index, mend)
