"""Building the overspend and underspend terms of a fund."""

from fractions import Fraction

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.base.mode import Mode
from poolrules.base.shares import read_percent
from poolrules.base.unreadable import Unreadable
from poolrules.model.agreement import (
    Alone,
    Base,
    ByPartners,
    CarriedForward,
    DecidedBy,
    Equally,
    FromReserve,
    IntoReserve,
    Notify,
    PartnerCap,
    Percent,
    Plan,
    Proportion,
    Scheme,
    Share,
    Shares,
    Sharing,
    Step,
    Taker,
    Text,
    ToBeAgreed,
    UnderspendsOf,
    Waterfall,
)
from poolrules.model.reader import Reader, flag, part, parts, remarks, said, text
from poolrules.source.span import Span
from poolrules.syntax.codes import BAD_VALUE
from poolrules.syntax.tree import Mapping, Scalar


class Perimeters:
    """The schemes that a fund's waterfalls may mean, in written order."""

    def __init__(self, own: tuple[Scheme, ...], everywhere: tuple[Scheme, ...]) -> None:
        self.own = own
        self.everywhere = everywhere

    def shared(self, *, in_any_fund: bool) -> tuple[str, ...]:
        """The names of shared schemes, of this fund first."""
        others = tuple(scheme for scheme in self.everywhere if in_any_fund and scheme not in self.own)
        return tuple(scheme.name.text for scheme in self.own + others if scheme.mode is Mode.SHARED)

    def own_risk_of(self, partner: str) -> tuple[str, ...]:
        """The names of all schemes at one partner's own risk."""
        return tuple(
            scheme.name.text
            for scheme in self.everywhere
            if scheme.mode is Mode.OWN_RISK and scheme.bearer and scheme.bearer.text == partner
        )


def build_waterfall(reader: Reader, node: Mapping, perimeters: Perimeters, *, overspend: bool) -> Waterfall:
    """Build one overspend or underspend block."""
    schemes, separately, said_of = _perimeter(reader, node, perimeters)
    remainder = part(node, "remainder")
    return Waterfall(
        overspend=overspend,
        schemes=schemes,
        separately=separately,
        said_of=said_of,
        notify=_notify(reader, node),
        plan=_plan(reader, node),
        steps=tuple(step for found in parts(node, "steps") if (step := build_step(reader, found, perimeters))),
        remainder=build_step(reader, remainder, perimeters) if remainder else None,
        caps=_caps(reader, node),
        remarks=remarks(node),
        span=node.span,
    )


def _perimeter(reader: Reader, node: Mapping, perimeters: Perimeters) -> tuple[tuple[str, ...], bool, str]:
    """Which schemes a block is about, whether each on its own, and how that was said."""
    if named := text(node, "of"):
        return perimeters.shared(in_any_fund=False), named.text == "each shared scheme", named.text
    separately = flag(node, "of each")
    names = _own_schemes(reader, node, "of each" if separately else "of schemes", perimeters)
    listed = ", ".join(names)
    return names, separately, f"each of {listed}" if separately else listed


def _own_schemes(reader: Reader, node: Mapping, key: str, perimeters: Perimeters) -> tuple[str, ...]:
    """The schemes named under a key, which must be shared schemes of this fund."""
    shared = perimeters.shared(in_any_fund=False)
    kept = []
    for name in reader.references(node, key, "scheme"):
        if name.text in shared:
            kept.append(name.text)
        else:
            reader.misfit(
                f"`{name.text}` is not a shared scheme of this fund",
                name.span,
                "only shared schemes of the same fund come under these terms",
            )
    return tuple(kept)


def _notify(reader: Reader, node: Mapping) -> Notify | None:
    """Build the duty to tell the partners of a forecast overspend."""
    found = part(node, "notify")
    within = reader.time(found, "within") if found else None
    if found is None or within is None:
        return None
    over = said(found, "over")
    share = None
    if over.text.endswith("budget"):
        try:
            share = Percent(read_percent(over.text.split(" ")[0]), over.span)
        except Unreadable as fault:
            reader.fault(BAD_VALUE, fault.message, over.span, fault.help)
    amount = reader.amount(found, "over") if share is None else None
    return Notify(within, amount, share, found.span)


def _plan(reader: Reader, node: Mapping) -> Plan | None:
    """Build the duty to bring a recovery plan."""
    found = part(node, "plan")
    within = reader.time(found, "within") if found else None
    if found is None or within is None:
        return None
    return Plan(within, build_body(reader, found, "to"), found.span)


def build_body(reader: Reader, node: Mapping, key: str) -> Text | None:
    """The board named under a key, or all partners."""
    name = text(node, key)
    if name is None or name.text == ALL_PARTNERS:
        return name
    return name if reader.resolve("board", name) else None


def build_step(reader: Reader, node: Mapping, perimeters: Perimeters) -> Step | None:
    """Build one step; nothing where its taker names what is not known, which has then been reported."""
    known = len(reader.findings)
    taker = _taker(reader, node, perimeters)
    if taker is None:
        assert len(reader.findings) > known, "a step was dropped in silence"
        return None
    return Step(
        taker=taker,
        at_most=reader.amount(node, "at most"),
        until=reader.amount(node, "until all steps so far have met"),
        caused_by=text(node, "caused by"),
        span=node.span,
    )


def _taker(reader: Reader, node: Mapping, perimeters: Perimeters) -> Taker | None:
    """Build what a step gives its money to, or takes it from."""
    if underspends := _underspends(reader, node, perimeters):
        return underspends
    if flag(node, "from"):
        reserve = reader.reference(node, "from", "reserve")
        return FromReserve(reserve, node.span) if reserve else None
    if flag(node, "into"):
        reserve = reader.reference(node, "into", "reserve")
        return IntoReserve(reserve, reader.amount(node, "until it holds"), node.span) if reserve else None
    if flag(node, "carried forward"):
        return CarriedForward(reader.reference(node, "for", "scheme"), node.span)
    if flag(node, "to be agreed"):
        return ToBeAgreed(node.span)
    if flag(node, "decided by"):
        return _decided(reader, node)
    sharing = build_sharing(reader, node)
    return ByPartners(sharing, _caps(reader, node), node.span) if sharing else None


def _underspends(reader: Reader, node: Mapping, perimeters: Perimeters) -> UnderspendsOf | None:
    """Build a step that uses the underspends of other schemes."""
    if which := text(node, "underspends of"):
        return UnderspendsOf(perimeters.shared(in_any_fund=which.text.endswith("any fund")), which.text, node.span)
    if flag(node, "own risk underspends of"):
        partner = reader.reference(node, "own risk underspends of", "partner")
        return (
            UnderspendsOf(perimeters.own_risk_of(partner.text), f"schemes at the own risk of {partner}", node.span)
            if partner
            else None
        )
    if flag(node, "underspends of schemes"):
        names = tuple(name.text for name in reader.references(node, "underspends of schemes", "scheme"))
        return UnderspendsOf(names, ", ".join(names), node.span)
    return None


def _decided(reader: Reader, node: Mapping) -> DecidedBy | None:
    """Build a step left to a body."""
    body = build_body(reader, node, "decided by")
    failing = part(node, "failing which")
    if body is None:
        return None
    return DecidedBy(body, reader.time(node, "within"), build_sharing(reader, failing) if failing else None, node.span)


def build_sharing(reader: Reader, node: Mapping) -> Sharing | None:
    """Build a sharing between partners from whichever of its forms is there."""
    if shares := part(node, "shares"):
        return Shares(tuple(share for entry in shares if (share := _share(reader, entry.key, entry.value))), node.span)
    if flag(node, "equally between"):
        return Equally(reader.references(node, "equally between", "partner"), node.span)
    if flag(node, "equally"):
        return Equally((), node.span)
    if flag(node, "alone"):
        partner = reader.reference(node, "alone", "partner")
        return Alone(partner, node.span) if partner else None
    proportion = part(node, "in proportion to contributions")
    return _proportion(proportion, node.span) if proportion else None


def _share(reader: Reader, key: Scalar, value: object) -> Share | None:
    """Build one partner's percentage or parts."""
    name = Text(key.text, key.span)
    known = reader.resolve("partner", name)
    if not known or not isinstance(value, Scalar):
        return None
    if value.text.endswith(("part", "parts")):
        return Share(name, None, int(value.text.split(" ")[0]), value.span)
    percent: Fraction | None = None
    try:
        percent = read_percent(value.text)
    except Unreadable as fault:
        reader.fault(BAD_VALUE, fault.message, value.span, fault.help)
        return None
    return Share(name, percent, None, value.span)


def _proportion(node: Mapping, span: Span) -> Proportion:
    """Build a proportion of contributions with as much as was said of them."""
    to, counting, recurrence, moment = (text(node, key) for key in ("to", "counting", "recurrence", "as"))
    return Proportion(
        to=Base(to.text) if to else None,
        in_kind=counting.text.endswith("in kind") if counting else None,
        capital=counting.text.startswith("all cash") if counting else None,
        recurrent_only=recurrence.text == "recurrent only" if recurrence else None,
        moment=moment.text if moment else None,
        span=span,
    )


def _caps(reader: Reader, node: Mapping) -> tuple[PartnerCap, ...]:
    """Build the most that partners pay, on a step or over a whole block."""
    found = part(node, "caps")
    caps = []
    for entry in found or ():
        name = Text(entry.key.text, entry.key.span)
        if not reader.resolve("partner", name) or not isinstance(entry.value, Scalar):
            continue
        own = entry.value.text == "a sum equal to its contribution"
        amount = None if own else reader.amount_of(entry.value)
        if own or amount:
            caps.append(PartnerCap(name, amount, entry.value.span))
    return tuple(caps)
