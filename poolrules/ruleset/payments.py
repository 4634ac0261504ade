"""Compiling how days are counted, when contributions are paid, and what a late payment bears."""

import re
from fractions import Fraction
from math import lcm
from typing import Final

from poolrules.base.dates import Unit
from poolrules.model import agreement as model
from poolrules.ruleset import ruleset as rules
from poolrules.ruleset.places import Places

WORKING_DAYS: Final = "working-days"
"""The id of the line that says whose bank holidays count."""

MONTH_ENDS: Final = "month-ends"
"""The id of the line that says which day is meant by one that its month lacks."""

_DAY: Final = re.compile("day ([0-9]+)")


def calendar_of(agreement: model.Agreement, places: Places) -> rules.CalendarRules:
    """Compile how days are counted; without a line of its own the nation is that of the legal basis."""
    lines = {WORKING_DAYS: agreement.working_days, MONTH_ENDS: agreement.month_ends}
    said = {found: line for found, line in lines.items() if line}
    for found, line in said.items():
        places.note(found, line.span)
    of_basis = agreement.basis.nation if agreement.basis else None
    return rules.CalendarRules(
        nation=agreement.working_days.text if agreement.working_days else of_basis,
        month_ends=agreement.month_ends.text if agreement.month_ends else None,
        said=tuple(said),
    )


def paid_rule(fund: model.Fund, places: Places) -> rules.PaidRule | None:
    """Compile when the cash contributions to a fund are paid; parts that are not the whole leave it unsaid."""
    found = f"{fund.name}.paid"
    paid = fund.paid
    if paid is not None:
        places.note(found, paid.span)
    match paid:
        case model.PaidByPeriod():
            return _by_period(found, paid)
        case model.PaidOnDays():
            return _on_days(found, paid)
        case model.Retained():
            return rules.Retained(found)
        case None:
            return None


def _by_period(found: str, paid: model.PaidByPeriod) -> rules.PaidByPeriod:
    """Compile a payment period by period; a year is twelve months."""
    years = paid.every.unit is Unit.YEAR
    on = paid.on.text if paid.on else ""
    day = _DAY.fullmatch(on)
    return rules.PaidByPeriod(
        id=found,
        count=paid.every.count * (12 if years else 1),
        unit=Unit.MONTH.value if years else paid.every.unit.value,
        in_advance=paid.in_advance,
        working_day=next((one for one in rules.PayDay if one.value == on), None),
        day=int(day[1]) if day else None,
    )


def _on_days(found: str, paid: model.PaidOnDays) -> rules.PaidOnDays | None:
    """Compile a payment on stated days, its percentages as whole weights."""
    shares = [Fraction(1, len(paid.parts)) if part.share is None else part.share for part in paid.parts]
    if sum(shares, Fraction(0)) != 1:
        return None
    whole = lcm(*(share.denominator for share in shares))
    parts = (
        rules.PartPaid(part.on.month, part.on.day, (share * whole).numerator)
        for part, share in zip(paid.parts, shares, strict=True)
    )
    return rules.PaidOnDays(found, tuple(parts), paid.equal)


def interest_rule(fund: model.Fund, places: Places) -> rules.InterestRule | None:
    """Compile what a late payment bears."""
    interest = fund.late_interest
    if interest is None:
        return None
    places.note(f"{fund.name}.interest", interest.span)
    return rules.InterestRule(f"{fund.name}.interest", interest.share.numerator, interest.share.denominator)


def vat_words(fund: model.Fund) -> str | None:
    """Whose VAT rules govern recovery, as the agreement says it."""
    return fund.vat.regime.text if fund.vat else None
