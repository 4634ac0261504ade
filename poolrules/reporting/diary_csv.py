"""The diary of an agreement as CSV, a row for each entry: those with a day in order, then those without.

`day` is ISO, and empty where something else starts the clock; `what`, `who`; `within` and `counted_from` say how a
deadline is counted; `why_no_day` says why a day is not known; `amount` is decimal pounds, of instalments; `clause`
and `rule_id` say what sets it.
"""

from typing import Final

from poolrules.base.money import decimal_pounds
from poolrules.engine.diary import Diary, Entry
from poolrules.reporting.csv_cells import safe_cell, write_csv
from poolrules.reporting.payments_text import clause_of
from poolrules.ruleset.ruleset import Ruleset

COLUMNS: Final = ("day", "what", "who", "within", "counted_from", "why_no_day", "amount", "clause", "rule_id")


def write_diary_csv(rules: Ruleset, diary: Diary) -> bytes:
    """Write the diary as CSV with Windows line ends, as RFC 4180 has it, in UTF-8."""
    return write_csv(COLUMNS, (_cells(rules, one) for one in (*diary.dated, *diary.undated)))


def _cells(rules: Ruleset, one: Entry) -> tuple[str, ...]:
    """The cells of one entry."""
    unknown = f"{one.unknown}: {one.help}" if one.help else one.unknown
    words = map(safe_cell, (one.what, one.who, one.within, one.after, unknown))
    pounds = "" if one.pence is None else decimal_pounds(one.pence)
    return (one.day, *words, pounds, safe_cell(clause_of(rules, one.rule)), safe_cell(one.rule))
