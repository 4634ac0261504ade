"""What reading a ledger of 200,000 rows costs: as CSV and as a workbook.

Yardsticks: for CSV, `csv.reader` with a `Decimal` made of every amount and nothing else, over the same file; for the
workbook, python-calamine alone making rows of it. Processor time, best of three.
"""

import csv
import datetime
import io
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

from poolrules.base.dates import FinancialYear
from poolrules.pipeline.ledger import GivenLedger, read_ledgers

ROWS = 200_000
SCHEMES = tuple(f"Scheme{number}" for number in range(40))
YEAR = FinancialYear(2026)
HEADER = ("Cost centre", "Account", "Posted", "Narrative", "Reference", "Net", "Body", "Mark")
MAPPING = """columns:
  scheme: Cost centre
  date: Posted
  description: Narrative
  reference: Reference
  amount: Net
  partner: Body
  mark: Mark
date format: dd/mm/yyyy
sign: spending is positive
unit: pounds
partners:
  Z01: ICB
  Z02: Council
schemes:
"""


def mapping() -> str:
    """The mapping of the ledger, with a code for each scheme."""
    return MAPPING + "".join(f"  E{4400 + number}: {scheme}\n" for number, scheme in enumerate(SCHEMES))


def rows() -> list[tuple[str, str, datetime.date, str, str, int, str, str]]:
    """The rows of the ledger: pence last but two; every fifth narrative has a comma, so that it needs quotes."""
    first = YEAR.first_day
    return [
        (
            f"E{4400 + number % len(SCHEMES)}",
            f"{500 + number % 90}",
            first + datetime.timedelta(days=number * 365 // ROWS),
            f"Placement week {number}, north" if number % 5 == 0 else f"Placement week {number}",
            f"INV-{number:07d}",
            (number * 7919) % 2_000_000 - 40_000,
            "Z01" if number % 3 else "Z02",
            "one-off" if number % 50 == 0 else "",
        )
        for number in range(ROWS)
    ]


def write_csv(path: Path) -> None:
    """Write the ledger as CSV."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADER)
    for code, account, day, text, reference, pence, body, mark in rows():
        amount = f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"
        writer.writerow((code, account, day.strftime("%d/%m/%Y"), text, reference, amount, body, mark))
    path.write_text(written.getvalue(), encoding="utf-8")


def write_workbook(path: Path) -> None:
    """Write the ledger as a workbook, dates as date cells and amounts as numbers."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, dated = book.add_worksheet("Ledger"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADER)
        for number, (code, account, day, text, reference, pence, body, mark) in enumerate(rows(), 1):
            for column, cell in enumerate((code, account, None, text, reference, None, body, mark)):
                if cell:
                    sheet.write_string(number, column, cell)
            sheet.write_datetime(number, 2, day, dated)
            sheet.write_number(number, 5, pence / 100)


def best(work: Callable[[], int]) -> float:
    """The processor time of some work: the best of three, as everything else only adds to it."""
    times = []
    for _ in range(3):
        start = time.process_time()
        done = work()
        times.append(time.process_time() - start)
        if done != ROWS:
            sys.exit(f"{done:,} rows were read instead of {ROWS:,}")
    return min(times)


def plain_csv(path: Path) -> int:
    """The yardstick for CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return len([Decimal(row[5]) for row in reader])


def plain_workbook(path: Path) -> int:
    """The yardstick for workbooks."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    return len(book.get_sheet_by_index(0).to_python()) - 1


def ours(path: Path, mapped: Path) -> int:
    """Read the ledger as `poolrules settle` does."""
    read = read_ledgers((GivenLedger(str(path), str(mapped)),), YEAR, YEAR.last_day, list(SCHEMES), ["ICB", "Council"])
    if read.findings:
        sys.exit(f"{len(read.findings):,} findings, the first: {read.findings[0].message}")
    return len(read.rows)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        mapped, text, book = (Path(made) / name for name in ("mapping.yaml", "ledger.csv", "ledger.xlsx"))
        mapped.write_text(mapping(), encoding="utf-8")
        write_csv(text)
        show("csv", "csv.reader and Decimal", best(partial(plain_csv, text)), best(partial(ours, text, mapped)))
        write_workbook(book)
        show("xlsx", "python-calamine alone", best(partial(plain_workbook, book)), best(partial(ours, book, mapped)))


def show(what: str, yardstick: str, base: float, taken: float) -> None:
    """Print how long reading took, and its ratio to the yardstick."""
    print(f"{ROWS:,} rows as {what:<5} {taken:6.2f} s  {taken / base:5.2f} times {yardstick} ({base:.2f} s)")


if __name__ == "__main__":
    main()
