"""Sharing a sum in whole pennies with plain formulas: the sheet `Shares`.

A spreadsheet computes with about fifteen digits, and a sum times a weight may have thirty. So the long division is
written out, as on paper: the sum is cut into groups of digits, and each group with the remainder before it is divided
by the whole. Every number on the way stays below 10^14, where a spreadsheet is exact. A row whose numbers would not
stay there shows #N/A, and never a figure that is nearly right.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from poolrules.reporting.workbook.sheet import Cell, Formula, Look, Sheet, Whole, Words, here

_EXACT: Final = 14
"""Whole numbers below ten to this power are computed exactly, with room to spare."""

_DIGITS: Final = _EXACT - 1
_FIXED: Final = 8
"""The columns before the long division."""

HEAD: Final = (
    *("for", "clause", "weight", "whole", "sum, pence", "exact", "rounded down", "remainder"),
    *("order", "odd pence before", "odd penny", "part, pence"),
)


class Share(Struct, frozen=True):
    """One partner in a sharing: its weight as a formula, and its place where two lost the same by rounding."""

    name: str
    weight: str
    order: int
    look: Look = Look.PLAIN


class Shared(Struct, frozen=True):
    """Where a sharing stands: the cell of each part by name, and of the whole weight."""

    parts: dict[str, str]
    whole: str


def groups_for(whole: int) -> tuple[int, int]:
    """How many digits are divided at a time for weights that add up to so much, and how many times that is done.

    No digits at all means that a spreadsheet cannot do it exactly.

    >>> groups_for(100), groups_for(3_000_000_000), groups_for(10**13)
    ((10, 2), (3, 5), (0, 0))
    """
    digits = _DIGITS - len(str(max(whole, 1)))
    return (digits, -(-_EXACT // digits)) if digits > 0 else (0, 0)


class SharesSheet:
    """The sheet of every division in a settlement."""

    def __init__(self) -> None:
        self.sheet = Sheet("Shares", (22, 16, 16, 16, 18, 9, 18, 16, 8, 11, 8, 18, *(16 for _ in range(3 * _EXACT))))
        self.sheet.add((Words("Sharing in whole pennies, by the largest remainder", Look.TITLE),))
        for line in (
            "Each part is rounded down; the odd pennies go one each to those that lost most by that, and where two lost"
            " the same, in the order shown (the host, then by name).",
            "The division is written out in groups of digits, on the right, since a spreadsheet is exact only to about"
            " fifteen digits.",
        ):
            self.sheet.add((Words(line, Look.NOTE),))
        self.sheet.gap()
        self.sheet.header = self.sheet.add(tuple(Words(word, Look.HEADING) for word in HEAD))

    def share(self, clause: str, sum_: str, shares: Sequence[Share], whole_now: int, odd_to: str | None) -> Shared:
        """Share a sum (a formula, whole pence) by weights, and say where the parts stand.

        `whole_now` is what the weights add up to as the workbook is written; `odd_to` takes all odd pennies while it
        has any weight.
        """
        sheet, count = self.sheet, len(shares)
        first = sheet.next_row
        last = first + count - 1
        whole = f"SUM({here(first, 2)}:{here(last, 2)})"
        for place, one in enumerate(shares):
            row = first + place
            head = (Words(one.name), Words(clause), Formula(one.weight, one.look), Formula(whole), Formula(sum_))
            tail = self._odd(row, first, last, one, odd_to, shares)
            sheet.add((*head, *self._division(row, whole_now), *tail))
        sheet.gap()
        return Shared({one.name: sheet.ref(first + place, 11) for place, one in enumerate(shares)}, sheet.ref(first, 3))

    def part(self, clause: str, sum_: str, numerator: int, denominator: int) -> str:
        """Take a part of a sum that is not negative to the nearest penny, half a penny upwards; gives its cell."""
        row = self.sheet.next_row
        head = (Words("a part"), Words(clause), Whole(numerator), Whole(denominator), Formula(sum_))
        nearest = f"{here(row, 6)}+IF(2*{here(row, 7)}>={here(row, 3)},1,0)"
        division = self._division(row, max(numerator, denominator))
        self.sheet.add((*head, *division, None, None, None, Formula(nearest)))
        self.sheet.gap()
        return self.sheet.ref(row, 11)

    def _division(self, row: int, whole_now: int) -> tuple[Cell, Cell, Cell]:
        """Whether a row is exact, its part rounded down and its remainder, from the groups of digits on the right."""
        digits, times = groups_for(whole_now)
        if not digits:
            return Words("no", Look.CHECK), Formula("NA()"), Formula("NA()")
        weight, whole, sum_ = here(row, 2), here(row, 3), here(row, 4)
        most = f"MAX({weight},{whole})"
        exact = f'IF(AND(ABS({sum_})<10^{_EXACT},{most}*10^{digits}<=10^{_DIGITS}),"yes","no")'
        down = "0"
        for time in range(times):
            quotient = here(row, _FIXED + 5 + 3 * time)
            down = quotient if time == 0 else f"({down})*10^{digits}+{quotient}"
        wanted = f'OR({here(row, 5)}<>"yes",{whole}<=0)'
        last = here(row, _FIXED + 6 + 3 * (times - 1))
        none = f"IF({whole}<=0,0,NA())"
        self._groups(row, whole_now)
        return (
            Formula(exact, Look.CHECK),
            Formula(f"IF({wanted},{none},{down})"),
            Formula(f"IF({wanted},{none},{last})"),
        )

    def _groups(self, row: int, whole_now: int) -> None:
        """Write the long division of one row: for each group its digits, its quotient and what remains."""
        digits, times = groups_for(whole_now)
        weight, whole, sum_ = here(row, 2), here(row, 3), here(row, 4)
        size = f"ABS({sum_})"
        for time in range(times):
            column = _FIXED + 4 + 3 * time
            above = digits * (times - 1 - time)
            upper = f"INT({size}/10^{above})" if above else size
            group = f"{upper}-INT({size}/10^{above + digits})*10^{digits}" if time else upper
            before = here(row, column - 1) if time else "0"
            dividend = f"({before}*10^{digits}+{here(row, column)}*{weight})"
            quotient = f"IF({whole}<=0,0,INT({dividend}/{whole}))"
            left = f"{dividend}-{here(row, column + 1)}*{whole}"
            for offset, expression in enumerate((group, quotient, left)):
                self.sheet.cells[row, column + offset] = Formula(expression, Look.NOTE)

    def _odd(
        self, row: int, first: int, last: int, one: Share, odd_to: str | None, shares: Sequence[Share]
    ) -> tuple[Cell, Cell, Cell, Cell]:
        """The order of a part, how many odd pennies come before it, the odd penny, and the part with its sign."""
        remainders = f"{here(first, 7)}:{here(last, 7)}"
        orders = f"{here(first, 8)}:{here(last, 8)}"
        own, order = here(row, 7), here(row, 8)
        before = f"SUMPRODUCT(({remainders}>{own})+({remainders}={own})*({orders}<{order}))"
        spare = f"(ABS({here(row, 4)})-SUM({here(first, 6)}:{here(last, 6)}))"
        gets = f"IF({here(row, 3)}<=0,0,IF({here(row, 9)}<{spare},1,0))"
        place = next((first + at for at, share in enumerate(shares) if share.name == odd_to), None)
        if place is not None:
            all_odd = spare if one.name == odd_to else "0"
            gets = f"IF({here(row, 3)}<=0,0,IF({here(place, 2)}>0,{all_odd},IF({here(row, 9)}<{spare},1,0)))"
        part = f"SIGN({here(row, 4)})*({here(row, 6)}+{here(row, 10)})"
        return Whole(one.order), Formula(before), Formula(gets), Formula(part)
