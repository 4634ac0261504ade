"""The monitoring table for machines: CSV with every column (R5), the exposures (R6), and JSON.

The columns of the monitoring table are

    scheme_id, scheme, lead_commissioner, risk_class, original_budget, latest_budget, budget_to_date, actual_to_date,
    variance_to_date, previous_forecast, latest_forecast, forecast_variance, forecast_variance_pct,
    movement_since_last, rag, reason, action, partner_exposure_<partner>

and those of the exposures

    scenario, forecast_over_under, less_virement, less_risk_reserve, less_fund_reserve, residual,
    <partner>_share_pct, <partner>_amount, <partner>_cap_used, <partner>_cap_left, unallocated

Amounts are decimal pounds. Positive differences are overspends; a positive amount of a partner is what it pays.
`less_risk_reserve` comes from reserves of the fund, `less_fund_reserve` from other reserves and from outside. What is
unknown is empty.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from poolrules.base.money import decimal_pounds
from poolrules.reporting.csv_cells import safe_cell, write_csv
from poolrules.reporting.monitoring import Exposure, Monitored, Monitoring

FORMAT: Final = "poolrules monitoring 1"

_COLUMNS: Final = (
    *("scheme_id", "scheme", "lead_commissioner", "risk_class", "original_budget", "latest_budget", "budget_to_date"),
    *("actual_to_date", "variance_to_date", "previous_forecast", "latest_forecast", "forecast_variance"),
    *("forecast_variance_pct", "movement_since_last", "rag", "reason", "action"),
)
_EXPOSURE: Final = (
    *("scenario", "forecast_over_under", "less_virement", "less_risk_reserve", "less_fund_reserve", "residual"),
)


def write_monitoring_csv(monitoring: Monitoring) -> bytes:
    """Write the monitoring table, a row for each scheme."""
    partners = _names(monitoring)
    head = (*_COLUMNS, *(f"partner_exposure_{name}" for name in partners))
    return write_csv(head, [_scheme_row(one, partners) for one in monitoring.schemes])


def write_exposures_csv(monitoring: Monitoring) -> bytes:
    """Write the exposures on the forecast, and on the last one where it was given."""
    partners = _names(monitoring)
    of_each = ("share_pct", "amount", "cap_used", "cap_left")
    head = (*_EXPOSURE, *(f"{name}_{what}" for name in partners for what in of_each), "unallocated")
    rows = [_exposure_row(one, partners, "forecast") for one in monitoring.exposures]
    rows += [_exposure_row(one, partners, "last forecast") for one in monitoring.last]
    return write_csv(head, rows)


def _names(monitoring: Monitoring) -> tuple[str, ...]:
    """The partners of the agreement."""
    return tuple(partner.name for partner in monitoring.account.rules.partners)


def _maybe(pence: int | None) -> str:
    """A sum that may be unknown."""
    return "" if pence is None else decimal_pounds(pence)


def percent(thousandths: int | None) -> str:
    """Thousandths as a decimal percentage.

    >>> percent(-55), percent(None)
    ('-5.5', '')
    """
    if thousandths is None:
        return ""
    whole, tenth = divmod(abs(thousandths), 10)
    return f"{'-' if thousandths < 0 else ''}{whole}.{tenth}"


def _scheme_row(one: Monitored, partners: Sequence[str]) -> tuple[str, ...]:
    """The row of one scheme."""
    exposure = dict(one.exposure)
    return (
        *map(safe_cell, (one.scheme, one.title, one.lead, one.risk_class)),
        *map(decimal_pounds, (one.original_budget, one.budget, one.budget_to_date, one.spent_to_date)),
        decimal_pounds(one.variance_to_date),
        _maybe(one.previous),
        decimal_pounds(one.forecast),
        decimal_pounds(one.variance),
        percent(one.thousandths),
        _maybe(one.movement),
        one.rag,
        *map(safe_cell, (one.reason, one.action)),
        *(decimal_pounds(exposure.get(name, 0)) for name in partners),
    )


def _exposure_row(one: Exposure, partners: Sequence[str], which: str) -> tuple[str, ...]:
    """The row of one exposure."""
    amounts, shares = dict(one.partners), dict(one.shares)
    caps = {name: (used, left) for name, used, left in one.caps}
    cells: list[str] = []
    for name in partners:
        used, left = caps.get(name, (None, None))
        cells += (shares.get(name, ""), decimal_pounds(amounts.get(name, 0)), _maybe(used), _maybe(left))
    sums = (one.over_under, one.virement, one.risk_reserve, one.fund_reserve, one.residual)
    scenario = safe_cell(f"{which}: {one.scenario}")
    return (scenario, *map(decimal_pounds, sums), *cells, decimal_pounds(one.unallocated))


def write_monitoring_json(monitoring: Monitoring) -> bytes:
    """Write the monitoring table and the exposures as indented JSON; every sum is whole pence, its key ending so."""
    account = monitoring.account
    whole = {
        "format": FORMAT,
        "title": account.settlement.title,
        "year": account.settlement.year,
        "to": monitoring.to,
        "signs": "positive differences are overspends; a positive amount of a partner is what it pays",
        "status": "provisional" if account.provisional else "final",
        "amber_from_percent": percent(monitoring.thresholds.amber),
        "red_above_percent": percent(monitoring.thresholds.red),
        "made_from": msgspec.to_builtins(account.made_from)
        | {"forecast": monitoring.forecast_print, "last_forecast": monitoring.last_print},
        "schemes": [_scheme_json(one) for one in monitoring.schemes],
        "exposures": [_exposure_json(one) for one in monitoring.exposures],
        "exposures_on_last_forecast": [_exposure_json(one) for one in monitoring.last],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _scheme_json(one: Monitored) -> dict[str, object]:
    """One scheme."""
    return {
        "scheme": one.scheme,
        "title": one.title,
        "fund": one.fund,
        "lead": one.lead or None,
        "risk_class": one.risk_class,
        "original_budget_pence": one.original_budget,
        "latest_budget_pence": one.budget,
        "brought_forward_pence": one.brought,
        "budget_to_date_pence": one.budget_to_date,
        "actual_to_date_pence": one.spent_to_date,
        "variance_to_date_pence": one.variance_to_date,
        "previous_forecast_pence": one.previous,
        "latest_forecast_pence": one.forecast,
        "forecast_variance_pence": one.variance,
        "forecast_variance_percent": percent(one.thousandths) or None,
        "movement_since_last_pence": one.movement,
        "rag": one.rag,
        "reason": one.reason or None,
        "action": one.action or None,
        "exposure": [{"partner": name, "pence": pence} for name, pence in one.exposure],
    }


def _exposure_json(one: Exposure) -> dict[str, object]:
    """One exposure."""
    shares, caps = dict(one.shares), {name: (used, left) for name, used, left in one.caps}
    return {
        "scenario": one.scenario,
        "fund": one.fund,
        "forecast_over_under_pence": one.over_under,
        "less_virement_pence": one.virement,
        "less_risk_reserve_pence": one.risk_reserve,
        "less_fund_reserve_pence": one.fund_reserve,
        "residual_pence": one.residual,
        "kept_pence": one.kept,
        "unallocated_pence": one.unallocated,
        "partners": [
            {
                "partner": name,
                "pence": pence,
                "share_percent": shares.get(name),
                "cap_used_pence": caps[name][0] if name in caps else None,
                "cap_left_pence": caps[name][1] if name in caps else None,
            }
            for name, pence in one.partners
        ],
    }
