"""Rows of a ledger that are totals or balances of other rows, and would count everything twice."""

import re
from collections.abc import Sequence
from typing import Final

from poolrules.pipeline.ledger_table import Value, cell_text

_TOTAL: Final = re.compile(r"(?:sub|grand)?[ -]?totals?(?: .*)?|sum", re.IGNORECASE)
"""What stands for a scheme in the row of a total."""

_TOTAL_WORDS: Final = re.compile(
    r"(?:(?:sub|grand|net|overall|report|page|account)[ -]?)?totals?[ :]*|sum|(?:opening|closing) balance\b.*"
    r"|(?:balance )?(?:[bc] ?/ ?f(?:wd)?|(?:brought|carried) forward)"
    r"|(?:sub|grand)?[ -]?totals?(?: for| of|:)? +(?P<after>.+)|(?P<before>.+?)[ :-]+(?:sub|grand)?[ -]?totals?",
    re.IGNORECASE,
)
"""What a description says in the row of a total; with a name before or after it, only where that is a scheme's."""


class TotalFinder:
    """Finds the totals among the rows of one ledger.

    `codes` are what may stand for a scheme, and is no total whatever it is called. Without `strict` only the column
    of schemes tells.
    """

    def __init__(self, columns: dict[str, int], codes: set[str], *, strict: bool) -> None:
        self.columns = columns
        self.codes = codes
        self.strict = strict
        self.folded = {code.casefold() for code in codes}
        self.scheme = columns.get("scheme")
        self.others = tuple(columns[role] for role in ("description", "reference", "date") if role in columns)

    def at(self, cells: Sequence[Value]) -> int | None:
        """The index of the cell that says that a row is a total of others, if one does."""
        if self.scheme is not None:
            text = cell_text(cells[self.scheme])
            if text not in self.codes and (_TOTAL.fullmatch(text) or (self.strict and self._is_total(text))):
                return self.scheme
        for index in self.others:
            cell = cells[index]
            if isinstance(cell, str) and self._is_total(cell.strip()):
                return index
        return None

    def _is_total(self, text: str) -> bool:
        """Whether a text names a total or a balance; one of something must be of a scheme: `Total Care` may supply."""
        folded = text.casefold()
        if not ("total" in folded or "balance" in folded or "forward" in folded or folded[1:2] in (" ", "/", "u")):
            return False  # most texts, for which the expression would take its time
        found = _TOTAL_WORDS.fullmatch(text)
        if found is None:
            return False
        of = found["after"] or found["before"]
        return of is None or of.strip().casefold() in self.folded
