"""The contribution schedule of a year (R1): what each partner puts in, built up from the year before.

The columns of the CSV are

    financial_year, fund_id, scheme_id, partner, funding_source, ring_fence, kind, capital_or_revenue, recurrent,
    base_prior_year, recurrent_changes, uplift_pct, uplift_amount, planned_changes, efficiency, contribution,
    gross_or_net_of_client_income, share_pct_exact, share_pct_agreed, clause

A line that changes another has its sum in the column of its kind; `contribution` is what each line comes to, so that
they may be added up. `share_pct_exact` is the partner's part of all cash of the fund that is due, `share_pct_agreed`
the percentage by which the agreement shares overspends, where every step that charges partners states the same.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import msgspec
from msgspec import Struct

from poolrules.base.money import decimal_pounds
from poolrules.reporting.csv_cells import safe_cell, write_csv
from poolrules.reporting.lines import NARROWEST, amount, hanging, rule_off, table, wrapped
from poolrules.reporting.statement import contribution_words
from poolrules.reporting.wide import cells
from poolrules.ruleset.ruleset import (
    ByPartners,
    Change,
    ContributionRule,
    Decided,
    FundRules,
    Ruleset,
    Trigger,
    Weights,
    YearFigures,
)
from poolrules.source.text import visible

FORMAT: Final = "poolrules contribution schedule 1"

COLUMNS: Final = (
    *("financial_year", "fund_id", "scheme_id", "partner", "funding_source", "ring_fence", "kind"),
    *("capital_or_revenue", "recurrent", "base_prior_year", "recurrent_changes", "uplift_pct", "uplift_amount"),
    *("planned_changes", "efficiency", "contribution", "gross_or_net_of_client_income", "share_pct_exact"),
    *("share_pct_agreed", "clause"),
)


class Scheduled(Struct, frozen=True):
    """One line of the schedule. Sums are whole pence; what does not apply is nothing."""

    fund: str
    line: ContributionRule
    due: bool
    """Whether its condition holds, or it has none."""
    base: int | None
    uplift: str
    uplifted: int | None
    exact: Fraction | None
    agreed: Fraction | None

    @property
    def pence(self) -> int:
        """What the line comes to."""
        return self.line.pence if self.due else 0

    def changed(self, change: Change) -> int | None:
        """The sum of the line where it is a change of some kind."""
        return self.pence if self.line.change is change else None


class Schedule(Struct, frozen=True):
    """The contribution schedule of one year of an agreement."""

    rules: Ruleset
    year: str
    lines: tuple[Scheduled, ...]
    unset: tuple[tuple[str, str], ...]
    """Fund and partner whose contribution is still to be set."""

    def clause(self, line: ContributionRule) -> str:
        """The number of a line's clause in the draft, else its id."""
        return self.rules.clauses.get(line.id, line.id)


def schedule_of(rules: Ruleset, year: str, holds: dict[str, bool]) -> Schedule:
    """Build the schedule of a year; `holds` says of facts whether they hold, and what nobody has said does not."""
    lines: list[Scheduled] = []
    unset: list[tuple[str, str]] = []
    for fund in rules.funds:
        for figures in fund.years:
            if figures.year == year:
                lines += _lines(fund, figures, holds)
                unset += [(fund.name, name) for name in figures.unset]
    return Schedule(rules, year, tuple(lines), tuple(unset))


def _lines(fund: FundRules, figures: YearFigures, holds: dict[str, bool]) -> Iterator[Scheduled]:
    """The lines of one fund."""

    def due(line: ContributionRule) -> bool:
        return line.condition is None or holds.get(line.condition.fact) is line.condition.holds

    beside = {scheme.name for scheme in fund.schemes if not scheme.pooled}
    cash = [line for line in figures.contributions if due(line) and not line.in_kind and line.scheme not in beside]
    whole, agreed = sum(line.pence for line in cash), _agreed(fund)
    for line in figures.contributions:
        own = sum(one.pence for one in cash if one.partner == line.partner)
        yield Scheduled(
            fund=fund.name,
            line=line,
            due=due(line),
            base=line.last_year,
            uplift=line.uplift or "",
            uplifted=None if line.last_year is None or not line.uplift else line.pence - line.last_year,
            exact=Fraction(own, whole) if whole and not line.in_kind else None,
            agreed=agreed.get(line.partner),
        )


def _agreed(fund: FundRules) -> dict[str, Fraction]:
    """The percentages by which partners share overspends, where every step that charges them states the same."""
    stated = {
        step.taker.sharing if isinstance(step.taker, ByPartners) else None
        for waterfall in fund.waterfalls
        if waterfall.trigger is Trigger.OVERSPEND
        for step in waterfall.steps
        if isinstance(step.taker, ByPartners | Decided)
    }
    sharing = stated.pop() if len(stated) == 1 else None
    if not isinstance(sharing, Weights):
        return {}
    whole = sum(part.weight for part in sharing.parts)
    return {part.partner: Fraction(part.weight, whole) for part in sharing.parts} if len(sharing.parts) > 1 else {}


def percent(share: Fraction | None) -> str:
    """A share as a percentage with four decimals, half up.

    >>> percent(Fraction(1, 3)), percent(None)
    ('33.3333', '')
    """
    if share is None:
        return ""
    size = (2 * abs(share.numerator) * 1_000_000 + share.denominator) // (2 * share.denominator)
    return f"{'-' if share < 0 else ''}{size // 10_000}.{size % 10_000:04d}"


# ---- for machines ------------------------------------------------------------------------------------


def write_schedule_csv(schedule: Schedule) -> bytes:
    """Write the schedule with every column."""
    return write_csv(COLUMNS, [_cells(schedule, one) for one in schedule.lines])


def _cells(schedule: Schedule, one: Scheduled) -> tuple[str, ...]:
    """The cells of one line."""
    line = one.line
    return (
        *map(safe_cell, (schedule.year, one.fund, line.scheme or "", line.partner, line.source or "")),
        "Y" if line.scheme else "N",
        "in_kind" if line.in_kind else "cash",
        "capital" if line.capital else "revenue",
        "Y" if line.recurrent else "N",
        _maybe(one.base),
        _maybe(one.changed(Change.RECURRENT)),
        safe_cell(one.uplift),
        _maybe(one.uplifted),
        _maybe(one.changed(Change.PLANNED)),
        _maybe(one.changed(Change.EFFICIENCY)),
        decimal_pounds(one.pence),
        ("gross" if line.gross else "net") if line.charges else "",
        percent(one.exact),
        percent(one.agreed),
        safe_cell(schedule.clause(line)),
    )


def _maybe(pence: int | None) -> str:
    """A sum that may not apply."""
    return "" if pence is None else decimal_pounds(pence)


def write_schedule_json(schedule: Schedule) -> bytes:
    """Write the schedule as indented JSON; sums are whole pence, their keys ending so."""
    whole = {
        "format": FORMAT,
        "title": schedule.rules.title,
        "year": schedule.year,
        "lines": [_json(schedule, one) for one in schedule.lines],
        "still_to_be_set": [{"fund": fund, "partner": partner} for fund, partner in schedule.unset],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _json(schedule: Schedule, one: Scheduled) -> dict[str, object]:
    """One line."""
    line = one.line
    return {
        "fund": one.fund,
        "scheme": line.scheme,
        "partner": line.partner,
        "funding_source": line.source,
        "kind": "in_kind" if line.in_kind else "cash",
        "capital": line.capital,
        "recurrent": line.recurrent,
        "due": one.due,
        "indicative": line.indicative,
        "change": line.change.value if line.change else None,
        "base_prior_year_pence": one.base,
        "uplift": one.uplift or None,
        "uplift_amount_pence": one.uplifted,
        "contribution_pence": one.pence,
        "charges_pence": line.charges,
        "gross_of_charges": line.gross,
        "share_percent_exact": percent(one.exact) or None,
        "share_percent_agreed": percent(one.agreed) or None,
        "clause": schedule.clause(line),
        "rule": line.id,
    }


# ---- for people --------------------------------------------------------------------------------------


def write_schedule(schedule: Schedule, width: int = 100) -> str:
    """Write the schedule in lines of at most `width` cells: how each line is made up, then the totals."""
    width = min(max(width, NARROWEST), 140)
    title = f"Contributions for {schedule.year}: {schedule.rules.title}"
    lines = [*wrapped(title, width), "=" * min(width, cells(visible(title)))]
    for fund in schedule.rules.funds:
        own = [one for one in schedule.lines if one.fund == fund.name]
        if own:
            lines += _fund(schedule, fund, own, width)
    for name, partner in schedule.unset:
        told = f"{partner}'s contribution to {name} is still to be set: nothing can be settled before it is."
        lines += ["", *wrapped(told, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _fund(schedule: Schedule, fund: FundRules, own: list[Scheduled], width: int) -> Iterator[str]:
    """The lines of one fund."""
    yield from rule_off(f"{fund.name}: {fund.title}", width)
    for one in own:
        about = contribution_words(one.line)
        words = f"{one.line.partner}{f', {about}' if about else ''} ({schedule.clause(one.line)})"
        yield from hanging("  ", words if one.due else f"{words}: NOT DUE", width)
        rows = [("last year", amount(one.base))] if one.base is not None else []
        if one.uplifted is not None:
            rows.append((f"uplift, {one.uplift}", amount(one.uplifted)))
        rows.append(("contribution", amount(one.pence)))
        yield from table(("", "£"), rows, width, texts=1, indent=4)[1:]
    yield from rule_off(f"{fund.name}: each partner", width)
    totals: list[tuple[str, str, str, str]] = []
    for name in dict.fromkeys(one.line.partner for one in own):
        mine = [one for one in own if one.line.partner == name]
        cash = sum(one.pence for one in mine if not one.line.in_kind)
        kind = sum(one.pence for one in mine if one.line.in_kind)
        exact = next((one.exact for one in mine if one.exact is not None), None)
        agreed = f"agreed {percent(mine[0].agreed)}%" if mine[0].agreed is not None else ""
        share = f"{percent(exact)}% of the cash" if exact is not None else ""
        totals.append((name, "; ".join(word for word in (share, agreed) if word), amount(cash), amount(kind)))
    cash = sum(one.pence for one in own if not one.line.in_kind)
    totals.append(("all", "", amount(cash), amount(sum(one.pence for one in own) - cash)))
    yield from table(("", "", "cash £", "in kind £"), totals, width, texts=2)
