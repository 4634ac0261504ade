"""The monitoring table for people: a block for each scheme, then who would pay what, in lines of at most a width."""

from collections.abc import Iterator

from poolrules.base.money import format_money_full
from poolrules.reporting.lines import NARROWEST, amount, hanging, rule_off, table, wrapped
from poolrules.reporting.monitoring import Exposure, Monitored, Monitoring
from poolrules.reporting.wide import cells, pad
from poolrules.ruleset.words import listed
from poolrules.source.text import visible

_WIDEST = 100


def write_monitoring(monitoring: Monitoring, width: int = 100) -> str:
    """Write the monitoring table and the exposure of each partner."""
    width = min(max(width, NARROWEST), _WIDEST)
    lines = list(_heading(monitoring, width))
    for one in monitoring.schemes:
        lines += _scheme(one, monitoring, width)
    lines += _all_schemes(monitoring, width)
    lines += _exposures(monitoring, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _heading(monitoring: Monitoring, width: int) -> Iterator[str]:
    """Which agreement this is, up to when, and what the signs and colours mean."""
    account, limits = monitoring.account, monitoring.thresholds
    title = f"Forecast for {account.settlement.year} at {monitoring.to}: {account.settlement.title}"
    yield from wrapped(title, width)
    yield "=" * min(width, cells(visible(title)))
    yield from hanging("Signs      ", "over is spending above budget, under is spending below it", width)
    told = f"amber from {_tenths(limits.amber)} over budget, red above {_tenths(limits.red)}; else green"
    yield from hanging("Colours    ", told, width)
    made_from = account.made_from
    prints = [f"{name} {digits[:12]}" for name, digits in _prints(monitoring) if digits]
    yield from hanging("Made from  ", f"{', '.join(prints)}; by poolrules {made_from.version}", width)
    if account.provisional:
        open_sums = sum(one.pence for _, one in account.open_sums())
        told = f"PROVISIONAL: of the forecast {format_money_full(open_sums)} has no owner yet"
        if account.indicative:
            told += (
                f"; {listed(tuple(line.partner for line in account.indicative))} contributes what is only indicative"
            )
        yield from hanging("Status     ", told, width)


def _prints(monitoring: Monitoring) -> Iterator[tuple[str, str]]:
    """The fingerprints of all that the table was made from."""
    made_from = monitoring.account.made_from
    yield "agreement", made_from.agreement
    yield "rules", made_from.rules
    yield "outturn", made_from.outturn
    yield from ((f"ledger {one.file}", one.fingerprint) for one in monitoring.account.ledgers)
    yield "facts", made_from.facts
    yield "position", made_from.position
    yield "forecast", monitoring.forecast_print
    yield "last forecast", monitoring.last_print


def _tenths(thousandths: int) -> str:
    """Thousandths as a percentage.

    >>> _tenths(20), _tenths(55)
    ('2%', '5.5%')
    """
    whole, tenth = divmod(abs(thousandths), 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def _way(pence: int) -> str:
    """Over or under, in words."""
    return "over" if pence > 0 else "under" if pence < 0 else ""


def _scheme(one: Monitored, monitoring: Monitoring, width: int) -> Iterator[str]:
    """The block of one scheme."""
    title = f"{one.scheme}: {one.title}" if one.title else one.scheme
    colour = one.rag.upper()
    about = ", ".join(word for word in (one.risk_class.replace("_", "-"), one.lead and f"led by {one.lead}") if word)
    yield ""
    first, *others = wrapped(title, width - cells(colour) - 2)
    yield pad(first, width - cells(colour)) + colour
    yield from others
    yield from hanging("  ", about, width)
    rows = [
        *([("budget as signed", amount(one.original_budget), "")] if one.original_budget != one.budget else []),
        ("budget for the year", amount(one.budget), ""),
        *([("brought forward", amount(one.brought), "")] if one.brought else []),
        (f"budget to {monitoring.to}", amount(one.budget_to_date), ""),
        (f"spent to {monitoring.to}", amount(one.spent_to_date), ""),
        ("difference so far", amount(abs(one.variance_to_date)), _way(one.variance_to_date)),
        ("forecast for the year", amount(one.forecast), ""),
        ("forecast difference", amount(abs(one.variance)), _share_of_budget(one)),
    ]
    if one.movement is not None:
        rows.append(("last forecast", amount(one.previous or 0), ""))
        rows.append(("moved since", amount(abs(one.movement)), _moved(one.movement)))
    rows += [(f"{name} would {_pays(pence)}", amount(abs(pence)), "") for name, pence in one.exposure if pence]
    yield from table(("", "£", ""), rows, width, texts=1)[1:]
    if one.reason:
        yield from hanging("  because   ", one.reason, width)
    if one.action:
        yield from hanging("  action    ", one.action, width)


def _share_of_budget(one: Monitored) -> str:
    """Which way a forecast differs, and by what part of the budget."""
    if not one.variance:
        return ""
    of_budget = f", {_tenths(one.thousandths)}" if one.thousandths is not None else ""
    return f"{_way(one.variance)}{of_budget}"


def _moved(pence: int) -> str:
    """Which way a forecast has moved."""
    return "more" if pence > 0 else "less" if pence < 0 else ""


def _pays(pence: int) -> str:
    """Which way a sum goes that is positive for what a partner pays."""
    return "pay" if pence > 0 else "get back"


def _all_schemes(monitoring: Monitoring, width: int) -> Iterator[str]:
    """All schemes together, on one line each."""
    yield from rule_off("All schemes", width)
    rows = [
        (one.scheme, one.rag, amount(one.budget), amount(one.forecast), amount(abs(one.variance)), _way(one.variance))
        for one in monitoring.schemes
    ]
    budget, forecast = sum(one.budget for one in monitoring.schemes), sum(one.forecast for one in monitoring.schemes)
    variance = sum(one.variance for one in monitoring.schemes)
    rows.append(("all", "", amount(budget), amount(forecast), amount(abs(variance)), _way(variance)))
    yield from table(("scheme", "", "budget £", "forecast £", "difference £", ""), rows, width, texts=2)


def _exposures(monitoring: Monitoring, width: int) -> Iterator[str]:
    """What comes of the forecast, and how that has moved since the last one."""
    yield from rule_off("Who would pay what, if the forecast comes true", width)
    before = {one.scenario: one for one in monitoring.last}
    for one in monitoring.exposures:
        yield ""
        yield from hanging(
            "  ", f"{one.scenario}: {format_money_full(abs(one.over_under))} {_way(one.over_under)}", width
        )
        rows = [*_sources(one), *_partners(one, before.get(one.scenario))]
        if rows:
            yield from table(("", "", "£"), rows, width, texts=2, indent=4)[1:]


def _sources(one: Exposure) -> Iterator[tuple[str, str, str]]:
    """The money that meets a part before partners do."""
    sums = (
        ("met by underspends of other schemes", one.virement),
        ("met by reserves of the fund", one.risk_reserve),
        ("met by other reserves and from outside", one.fund_reserve),
        ("left after these", one.residual if one.virement or one.risk_reserve or one.fund_reserve else 0),
        ("kept in the fund" if one.kept < 0 else "carried forward to be met later", one.kept),
        ("without an owner yet", one.unallocated),
    )
    yield from ((words, "", amount(abs(pence))) for words, pence in sums if pence)


def _partners(one: Exposure, before: Exposure | None) -> Iterator[tuple[str, str, str]]:
    """What each partner would pay, its share, and its cap."""
    shares, caps = dict(one.shares), {name: (used, left) for name, used, left in one.caps}
    last = dict(before.partners) if before else {}
    for name, pence in one.partners:
        about = [f"{shares[name]}%"] if name in shares else []
        if name in caps:
            used, left = caps[name]
            about.append(f"cap: {format_money_full(used)} used, {format_money_full(left)} left")
        if before is not None:
            moved = pence - last.get(name, 0)
            about.append(f"{format_money_full(abs(moved))} {_moved(moved)} than forecast last" if moved else "unmoved")
        way = "pays" if pence > 0 else "gets back" if pence < 0 else "pays nothing"
        yield f"{name} {way}", "; ".join(about), amount(abs(pence))
