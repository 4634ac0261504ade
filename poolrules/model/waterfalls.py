"""Building the overspend and underspend terms of a fund."""

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.base.mode import Mode
from poolrules.base.shares import read_percent
from poolrules.base.unreadable import Unreadable
from poolrules.model.agreement import (
    ByPartners,
    CarriedForward,
    Compartment,
    DecidedBy,
    FromOutside,
    FromReserve,
    IntoReserve,
    Limit,
    Notify,
    PartOf,
    Percent,
    Plan,
    Scheme,
    Step,
    Taker,
    Text,
    ToBeAgreed,
    UnderspendsOf,
    Waterfall,
)
from poolrules.model.limits import HOLDING, build_given, build_limit
from poolrules.model.reader import Reader, flag, part, parts, remarks, said, text, texts
from poolrules.model.sharings import build_caps, build_later, build_sharing
from poolrules.source.span import Span
from poolrules.syntax.codes import BAD_VALUE
from poolrules.syntax.tree import Mapping


class Perimeters:
    """The schemes that a fund's waterfalls may mean, in written order."""

    def __init__(
        self,
        own: tuple[Scheme, ...],
        everywhere: tuple[Scheme, ...],
        compartments: tuple[Compartment, ...] = (),
        dealt_with: dict[tuple[str, str], Span] | None = None,
    ) -> None:
        self.own = own
        self.everywhere = everywhere
        self.compartments = compartments
        self.dealt_with = {} if dealt_with is None else dealt_with
        """Where the overspend or underspend of each scheme has been dealt with so far, in all funds."""

    def shared(self, *, in_any_fund: bool) -> tuple[str, ...]:
        """The names of shared schemes, of this fund first."""
        others = tuple(scheme for scheme in self.everywhere if in_any_fund and scheme not in self.own)
        return tuple(scheme.name.text for scheme in self.own + others if scheme.mode is Mode.SHARED)

    def of_compartment(self, name: str) -> tuple[str, ...]:
        """The names of the shared schemes of a compartment of this fund."""
        named = {one.text for found in self.compartments if found.name.text == name for one in found.schemes}
        return tuple(scheme for scheme in self.shared(in_any_fund=False) if scheme in named)

    def open_underspends(self) -> tuple[str, ...]:
        """The names of this fund's own schemes whose underspend nobody keeps, though somebody bears the overspend."""
        return tuple(scheme.name.text for scheme in self.own if scheme.over_only)

    def own_risk_of(self, partner: str) -> tuple[str, ...]:
        """The names of all schemes at one partner's own risk."""
        return tuple(
            scheme.name.text
            for scheme in self.everywhere
            if scheme.mode is Mode.OWN_RISK and scheme.bearer and scheme.bearer.text == partner
        )


def build_waterfall(reader: Reader, node: Mapping, perimeters: Perimeters, *, overspend: bool) -> Waterfall:
    """Build one overspend or underspend block."""
    schemes, separately, said_of = _perimeter(reader, node, perimeters, overspend=overspend)
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
        caps=build_caps(reader, node),
        remarks=remarks(node),
        span=node.span,
        called=text(node, "called"),
        subject_to=_others(reader, node, "subject to"),
        despite=_others(reader, node, "despite"),
    )


def build_gain(reader: Reader, node: Mapping, perimeters: Perimeters) -> Waterfall:
    """Build a gain: money that comes in for a stated reason, and who gets it."""
    remainder = part(node, "remainder")
    for step in (*parts(node, "steps"), *((remainder,) if remainder else ())):
        if found := step.get("total spending shared"):
            help = "share the gain itself: `ICB 60%, Council 40%`"
            reader.misfit("a gain is not what any scheme spent", found.span, help)
    return Waterfall(
        overspend=False,
        schemes=(),
        separately=False,
        said_of=said(node, "gain").text,
        notify=None,
        plan=None,
        steps=tuple(step for found in parts(node, "steps") if (step := build_step(reader, found, perimeters))),
        remainder=build_step(reader, remainder, perimeters) if remainder else None,
        caps=(),
        remarks=remarks(node),
        span=node.span,
        called=said(node, "gain"),
        subject_to=_others(reader, node, "subject to"),
        despite=_others(reader, node, "despite"),
        gain=said(node, "title"),
        found_by=text(node, "found by"),
        loss=text(node, "loss"),
    )


def _others(reader: Reader, node: Mapping, key: str) -> tuple[Text, ...]:
    """The sets of terms, or gains, that a block says it comes after or before."""
    named = texts(node, key)
    gains = {name.text for name in named if reader.names.get(name.text, ("",))[0] == "gain"}
    return tuple(name for name in named if name.text in gains or reader.resolve("set of terms", name))


def _perimeter(
    reader: Reader, node: Mapping, perimeters: Perimeters, *, overspend: bool
) -> tuple[tuple[str, ...], bool, str]:
    """Which schemes a block is about, whether each on its own, and how that was said."""
    if named := text(node, "of"):
        in_any_fund = named.text == "shared schemes in all funds together"
        return perimeters.shared(in_any_fund=in_any_fund), named.text == "each shared scheme", named.text
    if compartment := text(node, "of compartment"):
        known = reader.resolve("compartment", compartment)
        return perimeters.of_compartment(compartment.text) if known else (), False, f"compartment {compartment}"
    separately = flag(node, "of each")
    key = "of each" if separately else "of schemes"
    also = () if overspend else perimeters.open_underspends()
    names = _own_schemes(reader, node, key, (*perimeters.shared(in_any_fund=False), *also))
    listed = ", ".join(names)
    return names, separately, f"each of {listed}" if separately else listed


def _own_schemes(reader: Reader, node: Mapping, key: str, shared: tuple[str, ...]) -> tuple[str, ...]:
    """The schemes named under a key, which must be open to these terms: shared schemes of this fund, as a rule."""
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
    at_most, until = (build_limit(reader, node, key) for key in ("at most", "until all steps so far have met"))
    for limit in (at_most, until):
        _check_holding(reader, limit, taker)
    return Step(
        taker=taker,
        at_most=at_most,
        until=until,
        caused_by=text(node, "caused by") or text(node, "marked"),
        span=node.span,
        over_term=reader.amount(node, "at most over the term"),
        given=build_given(reader, node),
    )


def _check_holding(reader: Reader, limit: Limit | None, taker: Taker) -> None:
    """Report a part of what `it` holds where the step names no reserve."""
    named = taker.failing if isinstance(taker, DecidedBy) else taker
    if isinstance(limit, PartOf) and limit.of == HOLDING and not isinstance(named, FromReserve | IntoReserve):
        help = "name the reserve, such as `from Contingency`, or write `of what is left` or `of the whole amount`"
        reader.misfit("this step names no reserve that could hold anything", limit.span, help)


def _taker(reader: Reader, node: Mapping, perimeters: Perimeters) -> Taker | None:
    """Build what a step gives its money to, or takes it from."""
    if underspends := _underspends(reader, node, perimeters):
        return underspends
    if funder := text(node, "from outside"):
        return FromOutside(funder, node.span)
    if kept := _kept(reader, node):
        return kept
    if flag(node, "to be agreed"):
        return ToBeAgreed(node.span)
    if flag(node, "decided by"):
        return _decided(reader, node)
    sharing = build_sharing(reader, node)
    if sharing is None:
        return None
    return ByPartners(sharing, build_caps(reader, node), node.span, build_later(reader, node))


def _kept(reader: Reader, node: Mapping) -> FromReserve | IntoReserve | CarriedForward | None:
    """Build what money that stays in the fund comes from or goes to: a reserve, or next year."""
    if flag(node, "from"):
        reserve = reader.reference(node, "from", "reserve")
        return FromReserve(reserve, node.span) if reserve else None
    if flag(node, "into"):
        reserve = reader.reference(node, "into", "reserve")
        return IntoReserve(reserve, reader.amount(node, "until it holds"), node.span) if reserve else None
    if not flag(node, "carried forward"):
        return None
    return CarriedForward(
        reader.reference(node, "for", "scheme"),
        flag(node, "where it arose"),
        flag(node, "for one off spending only"),
        node.span,
    )


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
    fallback = part(node, "failing which")
    failing = (_kept(reader, fallback) or build_sharing(reader, fallback)) if fallback else None
    meanwhile = "paying meanwhile" if flag(node, "paying meanwhile") else "holding meanwhile"
    interim = reader.reference(node, meanwhile, "partner")
    if body is None:
        return None
    return DecidedBy(body, reader.time(node, "within"), failing, node.span, interim)
