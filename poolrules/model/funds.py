"""Building a fund: its host and reports, its schemes and its money."""

import re

from poolrules.base.dates import FinancialYear, Unit, read_length
from poolrules.base.mode import Mode
from poolrules.base.unreadable import Unreadable
from poolrules.model.agreement import (
    Amount,
    BudgetLine,
    BudgetYear,
    Contribution,
    ContributionYear,
    Fund,
    Manager,
    Payment,
    Percent,
    Report,
    Reserve,
    RolledBudget,
    RolledContributions,
    Scheme,
    Text,
    VariationOfContributions,
    Vat,
    Waterfall,
)
from poolrules.model.reader import Reader, flag, part, parts, remarks, said, text
from poolrules.model.waterfalls import Perimeters, build_body, build_waterfall
from poolrules.source.finding import Label
from poolrules.syntax.codes import NAME_TWICE
from poolrules.syntax.tree import Mapping

_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
_BEARER_KEYS = {Mode.OWN_RISK: "of", Mode.RING_FENCED: "overspend borne by", Mode.ALIGNED: "led by"}


def declare_fund(reader: Reader, node: Mapping) -> None:
    """Make the names of a fund, its schemes and its reserves known."""
    reader.declare("fund", said(node, "fund"))
    for scheme in parts(node, "schemes"):
        reader.declare("scheme", said(scheme, "scheme"))
    for reserve in parts(node, "reserves"):
        reader.declare("reserve", said(reserve, "reserve"))


def build_schemes(reader: Reader, node: Mapping) -> tuple[Scheme, ...]:
    """Build the schemes of a fund, before anything that refers to them."""
    return tuple(_scheme(reader, scheme) for scheme in parts(node, "schemes"))


def _scheme(reader: Reader, node: Mapping) -> Scheme:
    """Build one scheme and who bears its variance."""
    mode = Mode(said(node, "mode").text)
    bearer_key = _BEARER_KEYS.get(mode)
    return Scheme(
        name=said(node, "scheme"),
        title=said(node, "title"),
        mode=mode,
        bearer=reader.reference(node, bearer_key, "partner") if bearer_key else None,
        capital=flag(node, "capital"),
        remarks=remarks(node),
        span=node.span,
    )


def build_fund(reader: Reader, node: Mapping, all_partners: tuple[str, ...], perimeters: Perimeters) -> Fund:
    """Build a fund whose names, and whose partners' and schemes' names, are known."""
    named = tuple(name.text for name in reader.references(node, "partners", "partner"))
    odd = text(node, "odd pennies")
    return Fund(
        name=said(node, "fund"),
        title=said(node, "title"),
        partners=named or all_partners,
        host=reader.reference(node, "host", "partner"),
        manager=_manager(reader, node),
        monitored=text(node, "monitored"),
        report=_report(reader, node),
        annual_return=reader.time(found, "within") if (found := part(node, "annual return")) else None,
        audit=text(node, "audit"),
        certified=text(node, "certified"),
        vat=_vat(reader, node),
        schemes=perimeters.own,
        contributions=_contribution_years(reader, node),
        varied=_varied(reader, node),
        paid=_paid(node),
        budgets=_budget_years(reader, node, perimeters),
        reserves=tuple(reserve for found in parts(node, "reserves") if (reserve := _reserve(reader, found))),
        odd_pennies=reader.reference(node, "odd pennies", "partner")
        if odd and odd.text != "the largest remainder"
        else None,
        overspends=_waterfalls(reader, node, perimeters, overspend=True),
        underspends=_waterfalls(reader, node, perimeters, overspend=False),
        remarks=remarks(node),
        span=node.span,
    )


def _waterfalls(reader: Reader, node: Mapping, perimeters: Perimeters, *, overspend: bool) -> tuple[Waterfall, ...]:
    """Build the overspend or underspend blocks of a fund; no scheme may stand under two of a kind."""
    key = "overspends" if overspend else "underspends"
    built = tuple(build_waterfall(reader, found, perimeters, overspend=overspend) for found in parts(node, key))
    taken: dict[str, Waterfall] = {}
    for waterfall in built:
        for scheme in waterfall.schemes:
            if scheme in taken:
                message = f"the {waterfall.word} of `{scheme}` is dealt with twice"
                also = (Label(taken[scheme].span, "here already"),)
                reader.misfit(message, waterfall.span, "say `of` and the schemes each block is for", also=also)
            taken.setdefault(scheme, waterfall)
    return built


def _manager(reader: Reader, node: Mapping) -> Manager | None:
    """Build the pooled fund manager."""
    found = part(node, "manager")
    officer_of = reader.reference(found, "officer of", "partner") if found else None
    return Manager(said(found, "post"), officer_of, found.span) if found and officer_of else None


def _report(reader: Reader, node: Mapping) -> Report | None:
    """Build the regular report."""
    found = part(node, "report")
    if found is None:
        return None
    how_often = said(found, "how often")
    return Report(
        how_often,
        interval_in_months(how_often.text),
        reader.time(found, "within"),
        build_body(reader, found, "to"),
        found.span,
    )


def interval_in_months(how_often: str) -> int:
    """The months between two reports or meetings, rounded up; 0 where it cannot be told.

    >>> interval_in_months("quarterly"), interval_in_months("every 6 weeks"), interval_in_months("every 100 days")
    (3, 2, 4)
    """
    if how_often in _MONTHS:
        return _MONTHS[how_often]
    try:
        every = read_length(how_often.removeprefix("every "))
    except Unreadable:
        return 0
    if every.unit in (Unit.WORKING_DAY, Unit.DAY, Unit.WEEK):
        days = {Unit.WORKING_DAY: every.count * 7 // 5, Unit.DAY: every.count, Unit.WEEK: every.count * 7}[every.unit]
        return -(-days // 31)
    return every.count * (12 if every.unit is Unit.YEAR else 1)


def _vat(reader: Reader, node: Mapping) -> Vat | None:
    """Build the VAT arrangement."""
    found = part(node, "vat")
    return Vat(said(found, "regime"), reader.reference(found, "delivered by", "partner"), found.span) if found else None


def _varied(reader: Reader, node: Mapping) -> VariationOfContributions | None:
    """Build how contributions may be varied."""
    found = part(node, "varied")
    if found is None:
        return None
    by = said(found, "by")
    body = None
    if named := re.fullmatch(r"decision of (.+)", by.text):
        name = Text(named[1], by.span)
        body = name.text if reader.resolve("board", name) else None
    return VariationOfContributions(by, body, flag(found, "under the overspend terms"), found.span)


def _paid(node: Mapping) -> Payment | None:
    """Build when contributions are paid."""
    found = part(node, "paid")
    return Payment(said(found, "how often"), said(found, "when"), text(found, "on"), found.span) if found else None


def _reserve(reader: Reader, node: Mapping) -> Reserve | None:
    """Build a reserve."""
    opening = reader.amount(node, "opening")
    if opening is None:
        return None
    least, most = reader.amount(node, "at least"), reader.amount(node, "at most")
    if least and most and least.pence > most.pence:
        reader.misfit(
            "the reserve must hold more than it may hold",
            least.span,
            "the least it holds cannot be above the most",
            here="the least it holds",
            also=(Label(most.span, "the most it holds"),),
        )
    return Reserve(said(node, "reserve"), said(node, "title"), opening, least, most, node.span)


# ---- money by year ---------------------------------------------------------------------------


def _which_year(reader: Reader, node: Mapping, seen: dict[FinancialYear, Mapping]) -> tuple[FinancialYear, bool] | None:
    """The year a block of money is for, and whether it goes on; a year said twice is reported."""
    onwards = flag(node, "from year")
    year = reader.year(node, "from year" if onwards else "year")
    if year is None:
        return None
    if year in seen:
        reader.fault(
            NAME_TWICE,
            f"{year} is said twice",
            node.span,
            "keep one block for each year",
            also=(Label(seen[year].span, "first said here"),),
        )
        return None
    seen[year] = node
    return year, onwards


def _contribution_years(reader: Reader, node: Mapping) -> tuple[ContributionYear, ...]:
    """Build the contributions, year by year as written."""
    seen: dict[FinancialYear, Mapping] = {}
    years = []
    for found in parts(node, "contributions"):
        which = _which_year(reader, found, seen)
        if which is None:
            continue
        amounts = tuple(line for item in parts(found, "amounts") if (line := _contribution(reader, item)))
        rolled = tuple(_rolled(reader, item) for item in parts(found, "rolled"))
        years.append(ContributionYear(which[0], which[1], amounts, rolled, remarks(found), found.span))
    return tuple(years)


def _contribution(reader: Reader, node: Mapping) -> Contribution | None:
    """Build one partner's contribution; `nothing` is an amount of nil."""
    partner = reader.reference(node, "partner", "partner")
    nil = said(node, "amount").text == "nothing"
    amount = Amount(0, said(node, "amount").span) if nil else reader.amount(node, "amount")
    if partner is None or amount is None:
        return None
    return Contribution(
        partner=partner,
        amount=amount,
        source=text(node, "from"),
        in_kind=text(node, "in kind"),
        capital=flag(node, "capital"),
        recurrent=not flag(node, "one off"),
        only_for=reader.reference(node, "only for", "scheme"),
        span=node.span,
    )


def _rolled(reader: Reader, node: Mapping) -> RolledContributions:
    """Build a line that rolls last year's contributions forward."""
    partners = reader.references(node, "last year of", "partner")
    return RolledContributions(partners, flag(node, "one off left out"), reader.percent(node, "uplifted by"), node.span)


def _budget_years(reader: Reader, node: Mapping, perimeters: Perimeters) -> tuple[BudgetYear, ...]:
    """Build the budgets, year by year as written."""
    seen: dict[FinancialYear, Mapping] = {}
    years = []
    for found in parts(node, "budgets"):
        which = _which_year(reader, found, seen)
        if which is None:
            continue
        rolled = next((RolledBudget(_uplift(reader, item), item.span) for item in parts(found, "rolled")), None)
        lines = _budget_lines(reader, found, perimeters)
        years.append(BudgetYear(which[0], which[1], lines, rolled, remarks(found), found.span))
    return tuple(years)


def _uplift(reader: Reader, node: Mapping) -> Percent | None:
    """The percentage by which something is raised."""
    return reader.percent(node, "uplifted by")


def _budget_lines(reader: Reader, node: Mapping, perimeters: Perimeters) -> tuple[BudgetLine, ...]:
    """Build the budget of each scheme, which must be one of this fund."""
    own = {scheme.name.text for scheme in perimeters.own}
    lines = []
    for entry in part(node, "amounts") or ():
        name = Text(entry.key.text, entry.key.span)
        amount = reader.amount_of(entry.value)
        if not reader.resolve("scheme", name) or amount is None:
            continue
        if name.text not in own:
            reader.misfit(f"`{name.text}` is a scheme of another fund", name.span, "budget for it in its own fund")
            continue
        lines.append(BudgetLine(name, amount))
    return tuple(lines)
