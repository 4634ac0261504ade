"""Building a fund: its host and reports, its schemes and its money."""

import re

from msgspec.structs import replace

from poolrules.base.dates import Unit, read_length
from poolrules.base.mode import Mode
from poolrules.base.unreadable import Unreadable
from poolrules.model.agreement import (
    Compartment,
    Fund,
    Key,
    Manager,
    Report,
    Reserve,
    Runs,
    Scheme,
    Text,
    VariationOfContributions,
    Vat,
    Waterfall,
)
from poolrules.model.hosting import largest_contributors
from poolrules.model.money_by_year import budget_years, contribution_years, payment_years
from poolrules.model.payments import build_interest, build_payment
from poolrules.model.reader import Reader, flag, part, parts, remarks, said, text
from poolrules.model.sharings import build_shares
from poolrules.model.waterfalls import Perimeters, build_body, build_gain, build_waterfall
from poolrules.source.finding import Label
from poolrules.syntax.tree import Mapping

_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
_BEARER_KEYS = {Mode.OWN_RISK: "of", Mode.RING_FENCED: "overspend borne by", Mode.ALIGNED: "led by"}


def declare_fund(reader: Reader, node: Mapping) -> None:
    """Make the names of a fund, its schemes and its reserves known."""
    reader.declare("fund", said(node, "fund"))
    for scheme in parts(node, "schemes"):
        reader.declare("scheme", said(scheme, "scheme"))
    for compartment in parts(node, "compartments"):
        reader.declare("compartment", said(compartment, "compartment"))
    for reserve in parts(node, "reserves"):
        reader.declare("reserve", said(reserve, "reserve"))
    for block in (*parts(node, "overspends"), *parts(node, "underspends")):
        if name := text(block, "called"):
            reader.declare("set of terms", name)
    for gain in parts(node, "gains"):
        reader.declare("gain", said(gain, "gain"))


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
        over_only=flag(node, "over only"),
        lead=_lead(reader, node, mode),
        runs=_runs(reader, node),
    )


def _lead(reader: Reader, node: Mapping, mode: Mode) -> Text | None:
    """The partner that commissions a scheme; of an aligned one it is the bearer, which is looked up as such."""
    return text(node, "led by") if mode is Mode.ALIGNED else reader.reference(node, "led by", "partner")


def _runs(reader: Reader, node: Mapping) -> Runs | None:
    """Build the days on which a scheme or a compartment runs."""
    found = part(node, "runs")
    first, last = (reader.day(found, key) if found else None for key in ("from", "to"))
    if found is None or first is None or last is None:
        return None
    if last.date < first.date:
        also = (Label(first.span, "it begins here"),)
        help = "the last day cannot be before the first"
        reader.misfit("this ends before it begins", last.span, help, also=also)
        return None
    return Runs(first, last, found.span)


def build_compartments(reader: Reader, node: Mapping, own: tuple[Scheme, ...]) -> tuple[Compartment, ...]:
    """Build the compartments of a fund, of whose schemes each is in one at most."""
    of_fund = {scheme.name.text for scheme in own}
    taken: dict[str, Text] = {}
    compartments = []
    for found in parts(node, "compartments"):
        named = reader.references(found, "of", "scheme")
        for name in named:
            if name.text not in of_fund:
                help = "a compartment is of schemes of its own fund"
                reader.misfit(f"`{name}` is a scheme of another fund", name.span, help)
            elif name.text in taken:
                also = (Label(taken[name.text].span, "here already"),)
                reader.misfit(f"`{name}` is in two compartments", name.span, "leave it in one of them", also=also)
            taken.setdefault(name.text, name)
        compartments.append(
            Compartment(said(found, "compartment"), said(found, "title"), named, _runs(reader, found), found.span)
        )
    return tuple(compartments)


def build_fund(reader: Reader, node: Mapping, all_partners: tuple[str, ...], perimeters: Perimeters) -> Fund:
    """Build a fund whose names, and whose partners' and schemes' names, are known."""
    named = tuple(name.text for name in reader.references(node, "partners", "partner"))
    odd, host = text(node, "odd pennies"), text(node, "host")
    by_size = host if host and host.text == "the largest contributor" else None
    return Fund(
        name=said(node, "fund"),
        title=said(node, "title"),
        partners=named or all_partners,
        host=None if by_size else reader.reference(node, "host", "partner"),
        manager=_manager(reader, node),
        monitored=text(node, "monitored"),
        report=_report(reader, node),
        annual_return=reader.time(found, "within") if (found := part(node, "annual return")) else None,
        audit=text(node, "audit"),
        certified=text(node, "certified"),
        vat=_vat(reader, node),
        schemes=perimeters.own,
        contributions=contribution_years(reader, node),
        payments=payment_years(reader, node),
        varied=_varied(reader, node),
        paid=build_payment(reader, node),
        late_interest=build_interest(reader, node),
        settled=reader.time(found, "within") if (found := part(node, "settled")) else None,
        budgets=budget_years(reader, node, perimeters),
        reserves=tuple(reserve for found in parts(node, "reserves") if (reserve := _reserve(reader, found))),
        odd_pennies=reader.reference(node, "odd pennies", "partner")
        if odd and odd.text != "the largest remainder"
        else None,
        overspends=_waterfalls(reader, node, perimeters, overspend=True),
        underspends=_waterfalls(reader, node, perimeters, overspend=False),
        remarks=remarks(node),
        span=node.span,
        gains=tuple(build_gain(reader, found, perimeters) for found in parts(node, "gains")),
        compartments=perimeters.compartments,
        host_by_size=by_size,
    )


def with_host(fund: Fund, keys: tuple[Key, ...]) -> Fund:
    """Give a fund its host where that is to be the largest contributor; none where it is not one partner."""
    if fund.host_by_size is None:
        return fund
    largest = largest_contributors(fund, keys)
    host = Text(largest[0], fund.host_by_size.span) if len(largest) == 1 else None
    return replace(fund, host=host, largest=largest)


def _waterfalls(reader: Reader, node: Mapping, perimeters: Perimeters, *, overspend: bool) -> tuple[Waterfall, ...]:
    """Build the overspend or underspend blocks of a fund; no scheme may stand under two of a kind."""
    key = "overspends" if overspend else "underspends"
    built = tuple(build_waterfall(reader, found, perimeters, overspend=overspend) for found in parts(node, key))
    for waterfall in built:
        for scheme in waterfall.schemes:
            already = perimeters.dealt_with.setdefault((waterfall.word, scheme), waterfall.span)
            if already != waterfall.span:
                message = f"the {waterfall.word} of `{scheme}` is dealt with twice"
                also = (Label(already, "here already"),)
                reader.misfit(message, waterfall.span, "say `of` and the schemes each block is for", also=also)
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
    held = part(node, "held for")
    held_for = build_shares(reader, held, node) if held else None
    return Reserve(said(node, "reserve"), said(node, "title"), opening, least, most, node.span, held_for)
