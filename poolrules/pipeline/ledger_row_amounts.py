"""The pence of a row of a ledger, from one column of amounts or from two, as the mapping states."""

import datetime
from collections.abc import Sequence
from typing import Final

from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.amounts import read_amount, read_number
from poolrules.pipeline.ledger_codes import BAD_AMOUNT
from poolrules.pipeline.ledger_table import Faults, NoValue, Value, cell_text
from poolrules.pipeline.mapping import AMOUNT_PAIRS, LedgerMapping, Sign

_POUNDS: Final = frozenset(("", "gbp", "£", "pounds", "sterling"))
_SHOWN: Final = 24


class AmountReader:
    """Reads the amounts of the rows of one ledger."""

    def __init__(self, faults: Faults, mapping: LedgerMapping, columns: dict[str, int]) -> None:
        self.faults = faults
        self.mapping = mapping
        self.columns = columns
        self.paired = next((pair for pair in AMOUNT_PAIRS if pair[0] in columns), None)
        self.income_signs: set[int] = set()

    def pence(self, number: int, cells: Sequence[Value], *, is_total: bool) -> int | None:
        """The pence spent by a row, or nothing where that cannot be told, which is reported.

        A total may well have both a debit and a credit.
        """
        if self.paired is None:
            pence = self._amount(number, self.columns["amount"], cells)
            negative = self.mapping.sign is Sign.SPENDING_NEGATIVE
            return -pence if pence is not None and negative else pence
        out, back = (self.columns[role] for role in self.paired)
        if _is_blank(cells[out]) and _is_blank(cells[back]):
            self.faults.at(BAD_AMOUNT, "no amount is given", number, out, "write 0 if nothing was spent")
            return None
        spent = 0 if _is_blank(cells[out]) else self._amount(number, out, cells)
        income = 0 if _is_blank(cells[back]) else self._amount(number, back, cells)
        if spent is None or income is None:
            return None
        if spent and income and self.paired[0] == "debit" and not is_total:
            mend = "a line of a ledger has one of them: call the columns expenditure and income if a row may have both"
            self.faults.at(BAD_AMOUNT, "the row has both a debit and a credit", number, back, mend)
            return None
        if not is_total:
            self.income_signs.add((income > 0) - (income < 0))
        return spent + income if self.mapping.sign is Sign.INCOME_NEGATIVE else spent - income

    def _amount(self, number: int, index: int, cells: Sequence[Value]) -> int | None:
        """Read a cell as whole pence, or report it."""
        cell = cells[index]
        try:
            if isinstance(cell, str):
                text = cell.strip()
                if text:
                    return read_amount(text, self.mapping.unit)
                self.faults.at(BAD_AMOUNT, "no amount is given", number, index, "write 0 if nothing was spent")
                return None
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                return read_number(cell, self.mapping.unit)
        except Unreadable as fault:
            self.faults.at(BAD_AMOUNT, fault.message, number, index, fault.help)
            return None
        self._no_amount(number, index, cell)
        return None

    def _no_amount(self, number: int, index: int, cell: Value) -> None:
        """Report what stands in a cell of a workbook in place of an amount."""
        mend = "open the workbook, mend the cell, and save it again"
        if isinstance(cell, NoValue):
            self.faults.at(BAD_AMOUNT, f"the cell holds {cell.what}, not an amount", number, index, mend)
        elif isinstance(cell, bool):
            self.faults.at(
                BAD_AMOUNT, f"{str(cell).upper()} is not an amount", number, index, "write the amount itself"
            )
        else:
            shown = cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)
            what = f"the cell holds a date or time ({shown}), not an amount"
            self.faults.at(BAD_AMOUNT, what, number, index, "format the cell as a number")

    def check_currency(self, number: int, cells: Sequence[Value]) -> None:
        """Report an amount in another currency."""
        index = self.columns.get("currency")
        if index is None:
            return
        text = cell_text(cells[index])
        if text.casefold() not in _POUNDS:
            mend = "amounts are in pounds sterling: convert it, and say at what rate in the description"
            self.faults.at(BAD_AMOUNT, f"the amount is in `{text[:_SHOWN]}`, not in pounds", number, index, mend)

    def negative_income(self) -> str:
        """The name of the column of income, where no sum in it is positive and some are negative."""
        if self.paired is None or 1 in self.income_signs or -1 not in self.income_signs:
            return ""
        return self.faults.table.header[self.columns[self.paired[1]]]


def _is_blank(cell: Value) -> bool:
    """Whether a cell is empty."""
    return isinstance(cell, str) and not cell.strip()
