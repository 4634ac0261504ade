"""Which years a block is for: one, several in a row, or all from one on."""

from collections.abc import Iterator

from msgspec import Struct

from poolrules.base.dates import FinancialYear
from poolrules.model.reader import Reader, flag, parts, said
from poolrules.source.finding import Label
from poolrules.syntax.codes import NAME_TWICE
from poolrules.syntax.tree import Mapping


class Years(Struct, frozen=True):
    """The years that a block of money is for: one, those up to the last, or with `onwards` all that follow."""

    first: FinancialYear
    last: FinancialYear
    onwards: bool

    def clash(self, other: "Years") -> FinancialYear | None:
        """The first year that two blocks both claim; nothing where it is clear which holds.

        A block of its own years goes before one that only goes on, also where both begin with the same year, as
        when a deed sets one year apart; one that begins to go on in the midst of the other's years is a slip.
        """
        year = max(self.first, other.first)
        if self.onwards != other.onwards and self.first == other.first:
            return None
        return year if year <= min(self.last, other.last) else None

    @property
    def several(self) -> bool:
        """Whether what is said here is said for more than one year."""
        return self.onwards or self.last > self.first


def dated_blocks(reader: Reader, node: Mapping, key: str) -> Iterator[tuple[Years, Mapping]]:
    """The blocks of a kind, each with its years; a year said twice is reported, and its second block left out."""
    seen: list[tuple[Years, Mapping]] = []
    for found in parts(node, key):
        years = years_of(reader, found)
        if years is None:
            continue
        clashes = ((year, first) for known, first in seen if (year := years.clash(known)))
        twice = next(clashes, None)
        if twice is None:
            seen.append((years, found))
            yield years, found
            continue
        year, first = twice
        also = (Label(first.span, "first said here"),)
        reader.fault(NAME_TWICE, f"{year} is said twice", found.span, "keep one block for each year", also=also)


def years_of(reader: Reader, node: Mapping) -> Years | None:
    """The years of one block; years that run backwards are reported."""
    onwards = flag(node, "from year")
    first = reader.year(node, "from year" if onwards else "year")
    last = reader.year(node, "to year") if flag(node, "to year") else first
    if first is None or last is None:
        return None
    if flag(node, "to year") and last <= first:
        reader.misfit(
            f"{last} does not come after {first}",
            said(node, "to year").span,
            f"write the first year and then the last, such as `{first} to {FinancialYear(first.start + 2)}`",
        )
        return None
    return Years(first, last, onwards)
