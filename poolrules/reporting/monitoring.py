"""The monitoring table of a fund in the middle of a year, and what each partner would pay on the forecast.

A difference is what is spent less what is budgeted: positive is an overspend, and every table says so, since councils
and health bodies print the sign either way. Percentages are of the budget for the year, to a tenth of one, half up.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from poolrules.base.pennies import part_of, share_out
from poolrules.engine.settlement import Run, SchemeResult, To
from poolrules.reporting.account import Account
from poolrules.ruleset.ruleset import ByPartners, Cap, FundRules, Trigger

RISK_CLASSES: Final = {"own risk": "own", "fixed share": "fixed", "ring-fenced": "ring_fenced", "in view": "in_view"}
"""What a mode is called in the monitoring table, where it is called otherwise."""


class Forecast(Struct, frozen=True):
    """What one scheme is forecast to spend in the year, in whole pence, and why."""

    scheme: str
    pence: int
    reason: str = ""
    action: str = ""


class Thresholds(Struct, frozen=True):
    """From which overspend, in thousandths of the budget, a scheme is amber, and above which it is red.

    Amber from 2% and red over 5% is what a large council printed in 2011.
    """

    amber: int = 20
    red: int = 50


class Monitored(Struct, frozen=True):
    """One scheme in the monitoring table. Sums are whole pence; positive differences are overspends."""

    fund: str
    scheme: str
    title: str
    lead: str
    risk_class: str
    original_budget: int
    budget: int
    budget_to_date: int
    spent_to_date: int
    previous: int | None
    forecast: int
    brought: int
    thousandths: int | None
    """The forecast difference in thousandths of the budget, half up; nothing where there is no budget."""
    rag: str
    reason: str
    action: str
    exposure: tuple[tuple[str, int], ...]
    """What each partner would pay (positive) or get back for this scheme."""

    @property
    def variance_to_date(self) -> int:
        """What has been spent beyond the budget for the time so far."""
        return self.spent_to_date - self.budget_to_date

    @property
    def variance(self) -> int:
        """What is forecast to be spent beyond the budget and what was brought forward."""
        return self.forecast - self.budget - self.brought

    @property
    def movement(self) -> int | None:
        """How far the forecast has moved since the last one."""
        return None if self.previous is None else self.forecast - self.previous


class Exposure(Struct, frozen=True):
    """What comes of one overspend or underspend on the forecast: where the money comes from and who bears the rest."""

    scenario: str
    fund: str
    over_under: int
    virement: int
    risk_reserve: int
    fund_reserve: int
    partners: tuple[tuple[str, int], ...]
    shares: tuple[tuple[str, str], ...]
    caps: tuple[tuple[str, int, int], ...]
    """By partner: what is used of its tightest cap, and what is left of it."""
    unallocated: int
    kept: int
    """What stays in the fund: in reserves, fences, or carried forward; negative for an overspend carried forward."""

    @property
    def residual(self) -> int:
        """What is left for partners, or for nobody, after other money has met its part."""
        return self.over_under - self.virement - self.risk_reserve - self.fund_reserve


class Monitoring(Struct, frozen=True):
    """The monitoring table of a year: schemes, exposures, and the day up to which spending is known."""

    account: Account
    to: str
    schemes: tuple[Monitored, ...]
    exposures: tuple[Exposure, ...]
    last: tuple[Exposure, ...]
    """The exposures on the last forecast, where one was given."""
    thresholds: Thresholds
    forecast_print: str = ""
    last_print: str = ""
    """The fingerprints (SHA-256) of the two forecasts."""


def monitored(
    account: Account,
    to_date: dict[str, int],
    months: int,
    forecasts: dict[str, Forecast],
    previous: dict[str, int] | None,
    original: dict[str, int],
    thresholds: Thresholds,
) -> tuple[Monitored, ...]:
    """The rows of the monitoring table; `account` is the year settled on the forecast, `to_date` what was spent."""
    borne = dict(_borne(account))
    rows = []
    for result in account.settlement.schemes:
        rule, forecast = account.schemes[result.scheme], forecasts[result.scheme]
        thousandths = _thousandths(result)
        rows.append(
            Monitored(
                fund=result.fund,
                scheme=result.scheme,
                title=rule.title,
                lead=rule.lead or "",
                risk_class=RISK_CLASSES.get(rule.mode.value, rule.mode.value),
                original_budget=original.get(result.scheme, 0),
                budget=result.budget,
                budget_to_date=part_of(result.budget, months, 12),
                spent_to_date=to_date.get(result.scheme, 0),
                previous=None if previous is None else previous.get(result.scheme),
                forecast=forecast.pence,
                brought=result.brought,
                thousandths=thousandths,
                rag=_rag(result.variance, thousandths, thresholds),
                reason=forecast.reason,
                action=forecast.action,
                exposure=tuple(sorted(borne.get(result.scheme, {}).items())),
            )
        )
    return tuple(rows)


def _thousandths(result: SchemeResult) -> int | None:
    """A difference in thousandths of the budget, half up in size."""
    if result.budget <= 0:
        return None
    size = (2 * abs(result.variance) * 1000 + result.budget) // (2 * result.budget)
    return size if result.variance >= 0 else -size


def _rag(variance: int, thousandths: int | None, thresholds: Thresholds) -> str:
    """Red, amber or green by how far a forecast is over budget."""
    if variance <= 0:
        return "green"
    if thousandths is None or thousandths > thresholds.red:
        return "red"
    return "amber" if thousandths >= thresholds.amber else "green"


def _borne(account: Account) -> Iterator[tuple[str, dict[str, int]]]:
    """By scheme, what each partner bears of it; where schemes are dealt with together, in proportion to their sums."""
    found: dict[str, dict[str, int]] = {}

    def add(scheme: str, partner: str, pence: int) -> None:
        mine = found.setdefault(scheme, {})
        mine[partner] = mine.get(partner, 0) + pence

    for result in account.settlement.schemes:
        sign = 1 if result.variance > 0 else -1
        for one in result.allocations:
            if one.to is To.PARTNER:
                add(result.scheme, one.name, sign * one.pence)
    for run in account.settlement.runs:
        if not run.schemes or not sum(run.amounts):
            continue
        sign = 1 if run.trigger is Trigger.OVERSPEND else -1
        for partner, pence in _by_partner(run).items():
            parts = share_out(pence, run.amounts, range(len(run.amounts)))
            for scheme, part in zip(run.schemes, parts, strict=True):
                add(scheme, partner, sign * part)
    yield from found.items()


def _by_partner(run: Run) -> dict[str, int]:
    """What a run gives to each partner."""
    totals: dict[str, int] = {}
    for step in run.steps:
        for one in step.allocations:
            if one.to is To.PARTNER:
                totals[one.name] = totals.get(one.name, 0) + one.pence
    return totals


# ---- exposure --------------------------------------------------------------------------------------


def exposures(account: Account) -> tuple[Exposure, ...]:
    """What comes of every overspend and underspend of a year settled on a forecast, and of each fund together."""
    found = [*_own_terms(account), *(_of_run(account, run) for run in account.settlement.runs)]
    return (*found, *(_together(account, fund, found) for fund in account.funds))


def _own_terms(account: Account) -> Iterator[Exposure]:
    """The differences of schemes that settle by their own terms."""
    for result in account.settlement.schemes:
        if not result.allocations:
            continue
        sign = 1 if result.variance > 0 else -1
        partners = {one.name: sign * one.pence for one in result.allocations if one.to is To.PARTNER}
        fenced = sum(sign * one.pence for one in result.allocations if one.to is To.RING_FENCE)
        nobody = sum(sign * one.pence for one in result.allocations if one.to is To.UNALLOCATED)
        amount = sum(sign * one.pence for one in result.allocations)
        clause = account.clause(result.rule)
        name = f"{result.scheme}, by its own terms (clause {clause})"
        yield Exposure(
            name, result.fund, amount, 0, 0, 0, tuple(partners.items()), _shares(partners), (), nobody, fenced
        )


def _of_run(account: Account, run: Run) -> Exposure:
    """One run of a waterfall."""
    over = run.trigger is Trigger.OVERSPEND
    sign = 1 if over else -1
    every = [one for step in run.steps for one in step.allocations]
    reserves = {rule.name: fund.name for fund in account.rules.funds for rule in fund.reserves}
    own = sum(one.pence for one in every if one.to is To.RESERVE and reserves.get(one.name) == run.fund)
    others = sum(one.pence for one in every if one.to is To.RESERVE) - own
    outside = sum(one.pence for one in every if one.to is To.OUTSIDE)
    carried = sum(one.pence for one in every if one.to is To.CARRIED)
    partners = {name: sign * pence for name, pence in _by_partner(run).items()}
    what = f"{run.trigger.value} of {', '.join(run.schemes)}" if run.schemes else run.trigger.value
    return Exposure(
        scenario=f"{what} (clause {account.clause(run.rule)})",
        fund=run.fund,
        over_under=sign * run.amount,
        virement=sum(one.pence for one in every if one.to is To.UNDERSPEND),
        risk_reserve=own if over else 0,
        fund_reserve=others + outside if over else 0,
        partners=tuple(partners.items()),
        shares=_shares(partners),
        caps=tuple(_caps(account, run)),
        unallocated=sign * sum(one.pence for one in every if one.to in (To.UNALLOCATED, To.UNDECIDED)),
        kept=carried if over else -(own + others + outside + carried),
    )


def _shares(partners: dict[str, int]) -> tuple[tuple[str, str], ...]:
    """Each partner's share of what partners bear, as a percentage with two decimals, half up."""
    whole = sum(partners.values())
    if not whole:
        return ()
    found = []
    for name, pence in partners.items():
        size = (2 * abs(pence) * 10_000 + abs(whole)) // (2 * abs(whole))
        sign = "-" if (pence < 0) is not (whole < 0) and pence else ""
        found.append((name, f"{sign}{size // 100}.{size % 100:02d}"))
    return tuple(found)


def _caps(account: Account, run: Run) -> Iterator[tuple[str, int, int]]:
    """By partner, what is used of its tightest cap and what is left of it."""
    waterfall = account.waterfalls[run.rule]
    rooms: dict[str, tuple[int, int]] = {}
    every: list[tuple[str | None, Cap]] = [(None, cap) for cap in waterfall.caps]
    every += [
        (step.id, cap) for step in waterfall.steps if isinstance(step.taker, ByPartners) for cap in step.taker.caps
    ]
    for step_id, cap in every:
        if account.lifted(cap):
            continue
        used = sum(
            max(0, one.pence)
            for other in account.settlement.runs
            if other.rule == run.rule
            for step in other.steps
            for one in step.allocations
            if one.to is To.PARTNER and one.name == cap.partner and step_id in (None, step.rule)
        )
        if cap.over_term:
            used = dict(account.settlement.closing.taken).get(cap.id, used)
        left = max(0, most_of_cap(account, run.fund, cap) - used)
        if cap.partner not in rooms or left < rooms[cap.partner][1]:
            rooms[cap.partner] = used, left
    yield from ((partner, used, left) for partner, (used, left) in rooms.items())


def most_of_cap(account: Account, fund: str, cap: Cap) -> int:
    """The most that a cap lets its partner pay, in whole pence: a sum, or (a part of) its own cash contribution."""
    if cap.pence is not None:
        return cap.pence
    rules = next(one for one in account.funds if one.name == fund)
    beside = {scheme.name for scheme in rules.schemes if not scheme.pooled}
    own = sum(
        line.pence
        for one in (account.funds if cap.schemes else (rules,))
        for line in account.standing(one)
        if line.partner == cap.partner
        and not line.in_kind
        and (line.scheme in cap.schemes if cap.schemes else line.scheme not in beside)
    )
    return part_of(max(0, own), cap.numerator, cap.denominator)


def _together(account: Account, fund: FundRules, found: list[Exposure]) -> Exposure:
    """All that comes of the forecast in one fund."""
    own = [one for one in found if one.fund == fund.name]
    partners: dict[str, int] = {}
    for one in own:
        for name, pence in one.partners:
            partners[name] = partners.get(name, 0) + pence
    return Exposure(
        scenario=f"{fund.name} together",
        fund=fund.name,
        over_under=sum(one.over_under for one in own),
        virement=sum(one.virement for one in own),
        risk_reserve=sum(one.risk_reserve for one in own),
        fund_reserve=sum(one.fund_reserve for one in own),
        partners=tuple(partners.items()),
        shares=_shares(partners),
        caps=(),
        unallocated=sum(one.unallocated for one in own)
        + sum(one.pence for name, one in account.settlement.unbudgeted if name == fund.name),
        kept=sum(one.kept for one in own),
    )
