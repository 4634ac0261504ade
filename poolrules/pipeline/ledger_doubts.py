"""What is well written in ledgers and may still be wrong: told with the settlement, which uses every row all the same.

All ledgers of a settlement are looked at together: a month may stand in a file of its own, and a row in two of them.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from poolrules.base.money import format_money, format_money_full
from poolrules.pipeline.ledger_codes import EMPTY_MONTH, SUMS_OTHERS, TWICE, WRONG_SIGN
from poolrules.pipeline.ledger_row_days import SettledDays
from poolrules.pipeline.ledger_rows import Row, RowsRead
from poolrules.pipeline.mapping import LedgerMapping, Sign
from poolrules.source.finding import Finding, Label, Severity

_LEAST: Final = 3
"""How many rows stand above a last one before its being their sum is no accident."""

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)

Placed = tuple[RowsRead, LedgerMapping]
"""What came of one ledger, with the mapping it was read by."""


def doubts(ledgers: tuple[Placed, ...], period: SettledDays) -> Iterator[Finding]:
    """Every doubt about some ledgers, all of whose rows could be read."""
    yield from _twice(ledgers)
    yield from _wrong_signs(ledgers)
    for read, mapping in ledgers:
        yield from _sums_others(read)
        yield from _income_columns(read, mapping)
    if all(mapping.dated for _, mapping in ledgers):
        yield from _empty_months(ledgers, period)


def _label(read: RowsRead, row: Row, words: str = "") -> Label:
    """The place of a row."""
    return Label(read.table.span(row.number, None), words)


def _twice(ledgers: tuple[Placed, ...]) -> Iterator[Finding]:
    """Rows that say the same as an earlier one."""
    alike: dict[tuple[object, ...], list[tuple[RowsRead, Row]]] = defaultdict(list)
    for read, mapping in ledgers:
        for row in read.rows:
            key = _key(row, one_row_each=mapping.one_row_each)
            if key is not None:
                alike[key].append((read, row))
    for rows in alike.values():
        if len(rows) > 1:
            yield _twice_finding(rows)


def _key(row: Row, *, one_row_each: bool) -> tuple[object, ...] | None:
    """What two rows have in common that may be one; nothing for a row that may well be there twice."""
    spending = row.spending
    if row.reference and one_row_each:
        return (row.reference,)
    if row.reference:
        return (row.reference, spending.scheme, spending.pence)
    if row.day is None or spending.pence == 0:
        return None
    return (row.day, spending.scheme, spending.pence, spending.partner, row.description)


def _twice_finding(rows: list[tuple[RowsRead, Row]]) -> Finding:
    """Report rows that say the same, at the second, pointing at the first."""
    (first_read, first), (read, row), *_ = rows
    count = "twice" if len(rows) == 2 else f"{len(rows):,} times"
    if row.reference:
        what = f"the reference `{row.reference[:40]}` stands {count}"
    else:
        what = f"a row of {format_money(row.spending.pence)} for {row.spending.scheme} on the same day stands {count}"
    cell = f"{read.table.cell(row.number, None)}"
    also = f", and first in {first_read.table.cell(first.number, None).rstrip(': ')}" if cell else ""
    labels = (_label(read, row, "again here"), _label(first_read, first, "first here"))
    mend = "take one out if it is the same payment; all of them are used"
    return Finding(TWICE, Severity.WARNING, f"{cell}{what}{also}", labels, mend)


def _wrong_signs(ledgers: tuple[Placed, ...]) -> Iterator[Finding]:
    """Schemes whose rows come to income, taken together."""
    sums: dict[str, int] = defaultdict(int)
    first: dict[str, tuple[RowsRead, Row]] = {}
    for read, _ in ledgers:
        for row in read.rows:
            sums[row.spending.scheme] += row.spending.pence
            first.setdefault(row.spending.scheme, (read, row))
    for scheme, pence in sums.items():
        if pence < 0:
            read, row = first[scheme]
            what = f"all rows of {scheme} together are income, {format_money_full(-pence)}"
            mend = "if that is not so, the mapping states the wrong `sign`"
            yield Finding(WRONG_SIGN, Severity.WARNING, what, (_label(read, row),), mend)


def _income_columns(read: RowsRead, mapping: LedgerMapping) -> Iterator[Finding]:
    """A column of income that was read as positive and never is."""
    if mapping.sign is Sign.BOTH_POSITIVE and read.only_negative_income:
        column = read.only_negative_income
        what = f"every sum in the column `{column}` is negative, so each was added to spending"
        mend = "if they are income, say `sign: income is negative` in the mapping"
        where = Label(read.table.span(read.table.header_row, None))
        yield Finding(WRONG_SIGN, Severity.WARNING, what, (where,), mend)


def _sums_others(read: RowsRead) -> Iterator[Finding]:
    """A last row that is as large as all rows above it together."""
    if len(read.rows) <= _LEAST:
        return
    last = max(read.rows, key=lambda row: row.number)
    others = sum(row.spending.pence for row in read.rows) - last.spending.pence
    if last.spending.pence and others == last.spending.pence:
        what = (
            f"{read.table.cell(last.number, None)}the last row, {format_money(others)}, is the sum of all rows above it"
        )
        yield Finding(SUMS_OTHERS, Severity.WARNING, what, (_label(read, last),), "delete it if it is a total")


def _empty_months(ledgers: tuple[Placed, ...], period: SettledDays) -> Iterator[Finding]:
    """Months of the period in which no row falls, all together."""
    seen = {row.month for read, _ in ledgers for row in read.rows}
    if not seen:
        return
    empty: list[list[str]] = []
    before_empty = False
    for day in _months(period):
        missing = (day.year, day.month) not in seen
        if missing and before_empty:
            empty[-1].append(f"{_MONTHS[day.month - 1]} {day.year}")
        elif missing:
            empty.append([f"{_MONTHS[day.month - 1]} {day.year}"])
        before_empty = missing
    if not empty:
        return
    table = ledgers[0][0].table
    where = Label(table.span(table.header_row, None))
    which = ", ".join(months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}" for months in empty)
    mend = "give the file for it too, or be sure that nothing was booked"
    yield Finding(EMPTY_MONTH, Severity.WARNING, f"no row falls in {which}", (where,), mend)


def _months(period: SettledDays) -> Iterator[datetime.date]:
    """The first days of the months that are settled."""
    day = period.year.first_day
    while day <= period.to:
        yield day
        day = datetime.date(day.year + day.month // 12, day.month % 12 + 1, 1)
