"""A forecast in the middle of a year, from files: the year is settled on what is forecast to be spent in it."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.near import did_you_mean
from poolrules.engine.settlement import Facts, Spending
from poolrules.pipeline.compile import Rules, fingerprint, rules_in
from poolrules.pipeline.figures_csv import NOT_USABLE, FiguresRead, read_figures
from poolrules.pipeline.settle import Asked, Given, NotSettled, account_of, given_for
from poolrules.reporting.account import Account
from poolrules.reporting.monitoring import Exposure, Forecast, Monitoring, Thresholds, exposures, monitored
from poolrules.ruleset.ruleset import Ruleset
from poolrules.source.finding import Finding, Label, Severity, in_file_order
from poolrules.source.span import line_span


class AskedForecast(Struct, frozen=True):
    """What somebody asks to have forecast: the year so far, the forecast's path, and that of the one before."""

    year: Asked
    forecast: str
    last: str | None
    thresholds: Thresholds


def forecast_file(asked: AskedForecast) -> Monitoring | NotSettled:
    """Settle a year on its forecast. Raises `Unusable` for paths and options that cannot be worked with."""
    given = given_for(asked.year)
    if isinstance(given, NotSettled):
        return given
    latest = _read(asked.forecast, given.rules, given.facts.year)
    last = None if asked.last is None else _read(asked.last, given.rules, given.facts.year)
    wrong = [*latest.findings, *(last.findings if last else ())]
    if wrong or given.wrong:
        sources = {one.read.file: one.read.lines for one in (latest, last) if one is not None}
        return NotSettled(tuple(in_file_order([*given.faults(), *wrong])), sources | given.sources)
    account = account_of(given, _facts(given.facts, latest))
    if isinstance(account, NotSettled):
        return account
    before = _before(given, last)
    if isinstance(before, NotSettled):
        return before
    to_date: dict[str, int] = {}
    for row in given.facts.spending:
        to_date[row.scheme] = to_date.get(row.scheme, 0) + row.pence
    original = _original_budgets(asked.year, given)
    previous = {name: one.pence for name, one in last.forecasts.items()} if last else None
    rows = monitored(account, to_date, given.facts.months, latest.forecasts, previous, original, asked.thresholds)
    return Monitoring(
        account,
        given.to,
        rows,
        exposures(account),
        before,
        asked.thresholds,
        fingerprint(latest.read.data),
        fingerprint(last.read.data) if last else "",
    )


def _original_budgets(asked: Asked, given: Given) -> dict[str, int]:
    """What each scheme's budget for the year was before any deed of variation, where deeds are laid over."""
    signed = rules_in(asked.agreement, yaml=asked.yaml) if asked.variations else None
    rules = signed.ruleset if isinstance(signed, Rules) else given.rules
    budgets: dict[str, int] = {}
    for fund in rules.funds:
        for figures in fund.years:
            for budget in figures.budgets if figures.year == given.facts.year else ():
                budgets[budget.scheme] = budgets.get(budget.scheme, 0) + budget.pence
    return budgets


def _before(given: Given, last: "_Read | None") -> tuple[Exposure, ...] | NotSettled:
    """What partners were exposed to on the last forecast, where one is given."""
    if last is None:
        return ()
    account = account_of(given, _facts(given.facts, last))
    return exposures(account) if isinstance(account, Account) else account


class _Read(Struct, frozen=True):
    """A forecast as it was read, and everything that is wrong with it."""

    read: FiguresRead
    forecasts: dict[str, Forecast]
    findings: tuple[Finding, ...]


def _read(path: str, rules: Ruleset, year: str) -> _Read:
    """Read a forecast: one row for each scheme with a budget in the year."""
    read = read_figures(path, ("scheme", "forecast"), ("forecast",), ("reason", "action"))
    known = {scheme.name for fund in rules.funds for scheme in fund.schemes}
    forecasts: dict[str, Forecast] = {}
    findings = list(read.findings)
    for row in read.rows:
        name = row.texts["scheme"]
        if name not in known:
            findings.append(_fault(f"there is no scheme `{name}`", did_you_mean(name, known), Label(row.span)))
        elif name in forecasts:
            findings.append(_fault(f"`{name}` is forecast twice", "keep one row of it", Label(row.span)))
        else:
            reason, action = row.texts.get("reason", ""), row.texts.get("action", "")
            forecasts[name] = Forecast(name, row.amounts["forecast"], reason, action)
    if not findings:
        missing = [name for name in _budgeted(rules, year) if name not in forecasts]
        place = Label(line_span(read.file, 1, 1, max(1, len(read.lines[0]) if read.lines else 1)))
        for name in missing:
            findings.append(_fault(f"no forecast is given for `{name}`", "add a row for it, even if it is £0", place))
    return _Read(read, forecasts, tuple(findings))


def _budgeted(rules: Ruleset, year: str) -> Iterator[str]:
    """The schemes with a budget in a year."""
    for fund in rules.funds:
        for figures in fund.years:
            if figures.year == year:
                yield from dict.fromkeys(budget.scheme for budget in figures.budgets)


def _facts(facts: Facts, forecast: _Read) -> Facts:
    """The facts of a year that ends as forecast: what was spent so far, and for each scheme what is still to come.

    What was marked so far stays marked; nothing that is still to come is.
    """
    so_far: dict[str, int] = {}
    for row in facts.spending:
        so_far[row.scheme] = so_far.get(row.scheme, 0) + row.pence
    to_come = tuple(
        Spending(name, one.pence - so_far.get(name, 0), place=f"forecast: {forecast.read.file}")
        for name, one in forecast.forecasts.items()
    )
    known = tuple(row for row in facts.spending if row.scheme in forecast.forecasts)
    return replace(facts, spending=(*known, *to_come), to="", months=12)


def _fault(message: str, help: str, place: Label) -> Finding:
    """One thing that is wrong with a forecast."""
    return Finding(NOT_USABLE, Severity.ERROR, message, (place,), help)
