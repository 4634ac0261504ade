"""Contributions are paid on a day that not every month has, and the agreement does not say which day is meant then.

Day 31 does not come in April, nor 29 February in most years. Whether the payment is then due on the last day of the
month or on the first of the next is a day's difference, which interest and late notices turn on. It is never guessed,
so that no instalment can be given a day.

Authority: none; good practice.

    agreement "Westshire pooled fund"
        term        1 April 2026 to 31 March 2028

    fund Pool "Westshire pooled fund"
        paid        monthly in advance, on day 31

Say which day is meant, for all lengths of time in months as well:

    agreement "Westshire pooled fund"
        term        1 April 2026 to 31 March 2028
        month ends  kept to the last day

    fund Pool "Westshire pooled fund"
        paid        monthly in advance, on day 31
"""

from collections.abc import Iterator

from poolrules.base.dates import FinancialYear
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.engine.instalments import pay_months
from poolrules.model.agreement import Fund, PaidByPeriod, PaidOnDays
from poolrules.ruleset.ruleset import FundRules
from poolrules.ruleset.ruleset import PaidByPeriod as PeriodRule
from poolrules.source.finding import Label
from poolrules.source.span import Span

_SHORTEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The fewest days that each month can have."""


@check("MON051", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare each day of payment with the months that it falls in."""
    if subject.agreement.month_ends is not None:
        return
    rules = {fund.name: fund for fund in subject.rules.funds}
    for fund in subject.agreement.funds:
        lacking = _lacking(fund, rules.get(fund.name.text))
        if lacking is not None:
            span, day = lacking
            yield Fault(
                f"contributions to `{fund.name}` are paid on {day}, and not every such month has one",
                (Label(span, "which day is meant then?"),),
                "add to the agreement: month ends kept to the last day, or: month ends moved to the next day",
            )


def _lacking(fund: Fund, rules: FundRules | None) -> tuple[Span, str] | None:
    """The place and the day of payment that some month lacks."""
    if isinstance(fund.paid, PaidOnDays):
        leap = (part for part in fund.paid.parts if part.on.day > _SHORTEST[part.on.month - 1])
        return next(((part.span, f"{part.on}") for part in leap), None)
    paid = rules.paid if rules else None
    if isinstance(fund.paid, PaidByPeriod) and fund.paid.on and isinstance(paid, PeriodRule) and paid.day:
        months = pay_months(paid, FinancialYear(2026))
        if any(paid.day > _SHORTEST[month - 1] for month in months):
            return fund.paid.on.span, f"day {paid.day}"
    return None
