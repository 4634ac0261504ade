"""Whether a ruleset holds together: every name it uses exists, every amount is in bounds, every id is its own.

The compiler makes only sound rulesets; a file from elsewhere must show that it is one. These are
not the checks of an agreement, which ask whether it is lawful and complete.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from poolrules.base.limits import MAX_PARTNERS
from poolrules.base.mode import Mode
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Cap,
    CarryForward,
    Decided,
    FromReserve,
    FromUnderspends,
    FundRules,
    IntoReserve,
    Ruleset,
    SchemeRule,
    Sharing,
    Step,
    Taker,
    Waterfall,
    Weights,
)

MOST = 10**18
"""The largest amount in pence and the largest weight: far above what an agreement may state, as amounts roll on."""

_NEEDS_BEARER = (Mode.OWN_RISK, Mode.FIXED_SHARE, Mode.ALIGNED)


class _Names:
    """The names of a ruleset, looked up by every part of it."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.partners = {partner.name for partner in ruleset.partners}
        self.funds = {fund.name for fund in ruleset.funds}
        self.schemes = {scheme.name for fund in ruleset.funds for scheme in fund.schemes}
        self.reserves = {reserve.name for fund in ruleset.funds for reserve in fund.reserves}


def unsound(ruleset: Ruleset) -> tuple[str, ...]:
    """List, in sentences, what does not hold together in a ruleset."""
    names = _Names(ruleset)
    return (
        *_repeated(ruleset),
        *(["there are too many partners"] if len(ruleset.partners) > MAX_PARTNERS else []),
        *(fault for fund in ruleset.funds for fault in _fund(fund, names)),
    )


def _repeated(ruleset: Ruleset) -> Iterator[str]:
    """Report names and ids that stand for two things."""
    funds = ruleset.funds
    yield from _twice("partner", (partner.name for partner in ruleset.partners))
    yield from _twice("fund", (fund.name for fund in funds))
    yield from _twice("scheme", (scheme.name for fund in funds for scheme in fund.schemes))
    yield from _twice("reserve", (reserve.name for fund in funds for reserve in fund.reserves))
    yield from _twice("rule", (rule for fund in funds for rule in _ids(fund)))
    for fund in funds:
        yield from _twice(f"year of `{fund.name}`,", (figures.year for figures in fund.years))


def _ids(fund: FundRules) -> Iterator[str]:
    """Every rule id of a fund's steps, waterfalls and caps, which the engine counts by."""
    for waterfall in fund.waterfalls:
        yield waterfall.id
        yield from (cap.id for cap in waterfall.caps)
        for step in waterfall.steps:
            yield step.id
            if isinstance(step.taker, ByPartners):
                yield from (cap.id for cap in step.taker.caps)


def _twice(kind: str, names: Iterable[str]) -> Iterator[str]:
    """Report what is there more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            yield f"the {kind} `{name}` is there {count} times"


def _missing(where: str, kind: str, named: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Report names that nothing goes by."""
    known = known if isinstance(known, set) else set(known)
    for name in named:
        if name not in known:
            yield f"`{where}` names the {kind} `{name}`, which does not exist"


def _out_of_bounds(where: str, amounts: Iterable[int | None]) -> Iterator[str]:
    """Report amounts that are negative or too large."""
    for amount in amounts:
        if amount is not None and not 0 <= amount <= MOST:
            yield f"`{where}` has an amount out of bounds"


def _fund(fund: FundRules, names: _Names) -> Iterator[str]:
    """Report what does not hold together in one fund."""
    odd = () if fund.odd_pennies is None else (fund.odd_pennies,)
    yield from _missing(fund.id, "partner", fund.partners, names.partners)
    yield from _missing(fund.id, "partner", (fund.host, *odd), fund.partners)
    yield from _twice(f"partner of `{fund.name}`,", fund.partners)
    for scheme in fund.schemes:
        yield from _scheme(scheme, fund)
    own = {scheme.name for scheme in fund.schemes}
    for figures in fund.years:
        for made in figures.contributions:
            yield from _missing(made.id, "partner", (made.partner,), fund.partners)
            yield from _missing(made.id, "scheme", () if made.scheme is None else (made.scheme,), names.schemes)
            yield from _out_of_bounds(made.id, (made.pence,))
        for budget in figures.budgets:
            yield from _missing(budget.id, "scheme", (budget.scheme,), own)
            yield from _out_of_bounds(budget.id, (budget.pence,))
    for reserve in fund.reserves:
        yield from _out_of_bounds(reserve.id, (reserve.opening, reserve.floor, reserve.ceiling))
        if reserve.ceiling is not None and reserve.floor > reserve.ceiling:
            yield f"`{reserve.id}` has a floor above its ceiling"
    for waterfall in fund.waterfalls:
        yield from _waterfall(waterfall, fund, names)


def _scheme(scheme: SchemeRule, fund: FundRules) -> Iterator[str]:
    """Report a scheme whose bearer is missing or unknown."""
    if scheme.bearer is not None:
        yield from _missing(scheme.id, "partner", (scheme.bearer,), fund.partners)
    elif scheme.mode in _NEEDS_BEARER:
        yield f"`{scheme.id}` is {scheme.mode.value} and names nobody who bears it"


def _waterfall(waterfall: Waterfall, fund: FundRules, names: _Names) -> Iterator[str]:
    """Report what does not hold together in one waterfall."""
    modes = {scheme.name: scheme.mode for scheme in fund.schemes}
    if waterfall.fund != fund.name:
        yield f"`{waterfall.id}` says it is of the fund `{waterfall.fund}`, and stands in `{fund.name}`"
    yield from _missing(waterfall.id, "shared scheme", waterfall.schemes, (n for n in modes if modes[n] is Mode.SHARED))
    yield from _caps(waterfall.caps, fund)
    for step in waterfall.steps:
        yield from _out_of_bounds(step.id, (step.at_most, step.until))
        yield from _taker(step, fund, names)


def _caps(caps: Iterable[Cap], fund: FundRules) -> Iterator[str]:
    """Report caps on strangers and caps out of bounds."""
    for cap in caps:
        yield from _missing(cap.id, "partner", (cap.partner,), fund.partners)
        yield from _out_of_bounds(cap.id, (cap.pence,))


def _taker(step: Step, fund: FundRules, names: _Names) -> Iterator[str]:
    """Report what does not hold together in what a step gives to."""
    taker: Taker = step.taker
    if isinstance(taker, FromUnderspends):
        yield from _missing(step.id, "scheme", taker.schemes, names.schemes)
    elif isinstance(taker, FromReserve | IntoReserve):
        yield from _missing(step.id, "reserve", (taker.reserve,), names.reserves)
        yield from _out_of_bounds(step.id, (taker.until_it_holds,) if isinstance(taker, IntoReserve) else ())
    elif isinstance(taker, CarryForward):
        yield from _missing(step.id, "scheme", () if taker.scheme is None else (taker.scheme,), names.schemes)
    elif isinstance(taker, ByPartners):
        yield from _sharing(step.id, taker.sharing, fund, names)
        yield from _caps(taker.caps, fund)
    elif isinstance(taker, Decided) and taker.failing is not None:
        yield from _sharing(step.id, taker.failing, fund, names)


def _sharing(where: str, sharing: Sharing, fund: FundRules, names: _Names) -> Iterator[str]:
    """Report strangers in a sharing, and weights that share nothing."""
    if isinstance(sharing, Weights):
        yield from _missing(where, "partner", (part.partner for part in sharing.parts), fund.partners)
        yield from _out_of_bounds(where, (part.weight for part in sharing.parts))
        if not any(part.weight for part in sharing.parts):
            yield f"`{where}` gives nobody a share"
    elif isinstance(sharing, ByContributions):
        yield from _missing(where, "fund", sharing.funds, names.funds)
        yield from _missing(where, "scheme", sharing.schemes, names.schemes)
        yield from _missing(where, "partner", sharing.partners, names.partners)
