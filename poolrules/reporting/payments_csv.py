"""The payments of a year as CSV: a row for each instalment, and for each payment towards one.

The columns are those of a payment schedule (R3), with the clause:

- `instalment_no` counts from 1 within a contribution; it is empty where nothing falls due, and for what was paid
  too much. `due_date` is ISO, and empty where the agreement fixes no day or nothing is due.
- `payer`, `payee` and `funding_source` are as the agreement has them; what is not due says so after its source.
- `amount_ex_vat` is the instalment, in its first row only; `vat_treatment` is the regime that the agreement states.
- `invoice_ref`, `paid_date` and `paid_amount` are of one payment; an instalment that was paid in parts has a row
  for each, and one for what is open.
- `days_late` counts from the due day to the payment or, for what is open, to the day that is looked from.
- `interest_basis` and `interest` are what the row bears for being late.
- `balance_outstanding` stands in the last row of an instalment: below nought where too much was paid.

So each column adds up; what is not due is kept out of `amount_ex_vat` and stands in the source.
"""

from typing import Final

from poolrules.base.money import decimal_pounds, format_money_full
from poolrules.engine.instalments import Moves
from poolrules.engine.payments import PaymentRow, PaymentSchedule
from poolrules.reporting.csv_cells import safe_cell, write_csv
from poolrules.reporting.payments_text import clause_of
from poolrules.ruleset.ruleset import InterestRule, Ruleset
from poolrules.ruleset.words import interest_words

COLUMNS: Final = (
    *("instalment_no", "due_date", "payer", "payee", "funding_source", "amount_ex_vat", "vat_treatment"),
    *("invoice_ref", "paid_date", "paid_amount", "days_late", "interest_basis", "interest", "balance_outstanding"),
    "clause",
)


def write_payments_csv(rules: Ruleset, schedule: PaymentSchedule) -> bytes:
    """Write the payments as CSV with Windows line ends, as RFC 4180 has it, in UTF-8."""
    interest = {fund.name: fund.interest for fund in rules.funds}
    vat = {fund.name: fund.vat or "not stated" for fund in rules.funds}
    rows = (_cells(rules, row, interest[row.instalment.fund], vat[row.instalment.fund]) for row in schedule.rows)
    return write_csv(COLUMNS, rows)


def _cells(rules: Ruleset, row: PaymentRow, interest: InterestRule | None, vat: str) -> tuple[str, ...]:
    """The cells of one row; numbers stay numbers, and words never become formulas."""
    one = row.instalment
    counts = one.moves in (Moves.DUE, Moves.BETWEEN)
    return (
        str(one.number or ""),
        one.due,
        *map(safe_cell, (one.payer, one.payee, _source(row))),
        _pounds(row.amount if counts else None),
        safe_cell("not stated" if one.moves is Moves.BETWEEN else vat),
        safe_cell(row.reference),
        row.paid_on,
        _pounds(row.paid),
        "" if row.days_late is None else str(row.days_late),
        "" if row.days_late is None else interest_words(interest) if interest else "none stated",
        _pounds(row.interest) if row.interest_rule else "",
        _pounds(row.balance),
        safe_cell("" if row.overpaid else clause_of(rules, one.rule)),
    )


def _source(row: PaymentRow) -> str:
    """Where the money comes from or what it is for, and why nothing is due where nothing is."""
    one = row.instalment
    if row.overpaid:
        return "paid beyond what is due"
    if one.moves in (Moves.DUE, Moves.BETWEEN):
        return one.source
    why = f"due only {one.why}" if one.why else one.moves.value
    words = f"{format_money_full(one.pence)}, {why}"
    return f"{one.source}: {words}" if one.source else words


def _pounds(pence: int | None) -> str:
    """Pounds for a machine, nothing where there is no sum."""
    return "" if pence is None else decimal_pounds(pence)
