"""A final account for machines: as CSV with the columns of an exit statement (R13), or as JSON.

The columns, in order: `item`; `basis`, what kind of sum it is; `valuation_date`; `amount`, the whole sum in pounds
(what a fund holds is positive); `share_basis`, what the parts are by; one column for each partner, in which a
positive sum is paid by it and a negative one paid to it; `fixed_or_estimated`; `true_up_date`; `clause`. Then
`fund_id`, `rule_id`, and `gap`, what the agreement leaves open: such a line is in nobody's column.
"""

from typing import Final

import msgspec

from poolrules.base.money import decimal_pounds
from poolrules.engine.final_account import AccountLine
from poolrules.reporting.csv_cells import safe_cell, write_csv
from poolrules.reporting.final_account import ExitAccount

FORMAT: Final = "poolrules final account 1"


def write_final_account_csv(made: ExitAccount) -> bytes:
    """Write a final account as CSV, a line for each sum."""
    partners = made.account.partners
    columns = (
        *("item", "basis", "valuation_date", "amount", "share_basis"),
        *(f"{name}_amount" for name in partners),
        *("fixed_or_estimated", "true_up_date", "clause", "fund_id", "rule_id", "gap"),
    )
    return write_csv([safe_cell(column) for column in columns], [_row(made, line) for line in made.account.lines])


def _row(made: ExitAccount, line: AccountLine) -> tuple[str, ...]:
    """The cells of one line."""
    parts = dict(line.parts)
    return (
        *map(safe_cell, (line.item, line.nature.value, line.valued)),
        decimal_pounds(line.pence),
        safe_cell(line.basis),
        *(decimal_pounds(parts[name]) if name in parts else "" for name in made.account.partners),
        "fixed" if line.fixed else "estimated",
        line.true_up or "",
        *map(safe_cell, (made.clause(line.rule), line.fund, line.rule, line.gap or "")),
    )


def write_final_account_json(made: ExitAccount) -> bytes:
    """Write a final account as indented JSON; sums are whole pence, days ISO, a part is positive where it is paid."""
    account = made.account
    whole = {
        "format": FORMAT,
        "agreement": made.rules.title,
        "made_from": msgspec.to_builtins(made.made_from),
        "leaver": account.leaving.partner,
        "day": account.leaving.day,
        "others_go_on": account.others_go_on,
        "lines": [
            {
                **msgspec.to_builtins(line),
                "clause": made.rules.clauses.get(line.rule),
                "parts": [{"partner": name, "pence": pence} for name, pence in line.parts],
            }
            for line in account.lines
        ],
        "totals": [
            {
                "partner": name,
                "now": account.total(name, fixed=True),
                "later_or_estimated": account.total(name, fixed=False),
            }
            for name in account.partners
        ],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"
