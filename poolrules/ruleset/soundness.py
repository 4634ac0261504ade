"""Whether a ruleset holds together: every name it uses exists, every amount is in bounds, every id is its own.

The compiler makes only sound rulesets; a file from elsewhere must show that it is one. These are
not the checks of an agreement, which ask whether it is lawful and complete.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from poolrules.base.calendar import MonthEnds, nation_named
from poolrules.base.limits import MAX_PARTNERS, MAX_TERM_YEARS
from poolrules.base.mode import Mode
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    ByPartners,
    CalendarRules,
    Cap,
    CarryForward,
    ContributionRule,
    Decided,
    ExitBalance,
    ExitRules,
    FactRule,
    FromReserve,
    FromUnderspends,
    FundRules,
    IntoReserve,
    KeyRule,
    Known,
    Later,
    Limit,
    Of,
    OfSpending,
    PaidByPeriod,
    PaidOnDays,
    PartOf,
    Ruleset,
    SchemeRule,
    Sharing,
    Step,
    Taker,
    TotalOf,
    Trigger,
    Waterfall,
    Weights,
)

MOST = 10**18
"""The largest amount in pence and the largest weight: far above what an agreement may state, as amounts roll on."""

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The most days that each month can have."""

_NEEDS_BEARER = (Mode.OWN_RISK, Mode.FIXED_SHARE, Mode.ALIGNED)


class _Names:
    """The names of a ruleset, looked up by every part of it."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.partners = {partner.name for partner in ruleset.partners}
        self.funds = {fund.name for fund in ruleset.funds}
        self.schemes = {scheme.name for fund in ruleset.funds for scheme in fund.schemes}
        self.rules = {scheme.name: scheme for fund in ruleset.funds for scheme in fund.schemes}
        self.reserves = {reserve.name for fund in ruleset.funds for reserve in fund.reserves}
        self.facts = {fact.name for fact in ruleset.facts if not fact.amount}
        self.amounts = {fact.name for fact in ruleset.facts if fact.amount}
        self.keys = {key.name for key in ruleset.keys}
        self.money_keys = {key.name for key in ruleset.keys if key.money}


def unsound(ruleset: Ruleset) -> tuple[str, ...]:
    """List, in sentences, what does not hold together in a ruleset."""
    names = _Names(ruleset)
    return (
        *_repeated(ruleset),
        *(["there are too many partners"] if len(ruleset.partners) > MAX_PARTNERS else []),
        *(fault for key in ruleset.keys for fault in _key(key, names)),
        *_calendar(ruleset.calendar),
        *(fault for fund in ruleset.funds for fault in _fund(fund, names)),
        *(_exit(ruleset.exit, names) if ruleset.exit else ()),
    )


def _repeated(ruleset: Ruleset) -> Iterator[str]:
    """Report names and ids that stand for two things."""
    funds = ruleset.funds
    yield from _twice("partner", (partner.name for partner in ruleset.partners))
    yield from _twice("fund", (fund.name for fund in funds))
    yield from _twice("scheme", (scheme.name for fund in funds for scheme in fund.schemes))
    yield from _twice("reserve", (reserve.name for fund in funds for reserve in fund.reserves))
    named: tuple[KeyRule | FactRule, ...] = (*ruleset.keys, *ruleset.facts)
    yield from _twice("fact or key", (one.name for one in named))
    yield from _twice("version", (version.number for version in ruleset.versions))
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


def _twice(kind: str, names: Iterable[str | int]) -> Iterator[str]:
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
    yield from _payment(fund)
    for scheme in fund.schemes:
        yield from _scheme(scheme, fund)
    own = {scheme.name for scheme in fund.schemes}
    for figures in fund.years:
        for made in (*figures.contributions, *(figures.first_agreed or ())):
            yield from _contribution(made, fund, names)
        for payment in figures.payments:
            yield from _missing(payment.id, "partner", (payment.payer, payment.payee), fund.partners)
            yield from _out_of_bounds(payment.id, (payment.pence,))
        yield from _missing(f"{fund.id}, {figures.year}", "partner", figures.unset, fund.partners)
        for budget in figures.budgets:
            yield from _missing(budget.id, "scheme", (budget.scheme,), own)
            yield from _out_of_bounds(budget.id, (budget.pence,))
    for reserve in fund.reserves:
        yield from _out_of_bounds(reserve.id, (reserve.opening, reserve.floor, reserve.ceiling))
        if reserve.ceiling is not None and reserve.floor > reserve.ceiling:
            yield f"`{reserve.id}` has a floor above its ceiling"
    for waterfall in fund.waterfalls:
        yield from _waterfall(waterfall, fund, names)


def _contribution(made: ContributionRule, fund: FundRules, names: _Names) -> Iterator[str]:
    """Report what does not hold together in one contribution; only a change to others may be negative."""
    yield from _missing(made.id, "partner", (made.partner,), fund.partners)
    yield from _missing(made.id, "scheme", () if made.scheme is None else (made.scheme,), names.schemes)
    yield from _missing(made.id, "fact", () if made.condition is None else (made.condition.fact,), names.facts)
    sums = (made.pence, made.last_year, made.a_year)
    yield from _out_of_bounds(made.id, (made.charges, *(abs(one) if made.change and one else one for one in sums)))


def _exit(rules: ExitRules, names: _Names) -> Iterator[str]:
    """Report what does not hold together in the exit terms."""
    into = () if rules.payment_into is None else (rules.payment_into,)
    yield from _missing(rules.id, "reserve", into, names.reserves)
    for notice in rules.notices:
        yield from _missing(notice.id, "partner", notice.partners, names.partners)
    if rules.sharing is not None:
        if rules.balance is not ExitBalance.SHARED:
            yield f"`{rules.id}` states a sharing and says that the balance is not shared by it"
        yield from _sharing(rules.id, rules.sharing, names.partners, names)


def _key(key: KeyRule, names: _Names) -> Iterator[str]:
    """Report what does not hold together in one key."""
    yield from _twice(f"year of `{key.name}`,", (year.year for year in key.years))
    for year in key.years:
        yield from _missing(year.id, "partner", (part.partner for part in year.parts), names.partners)
        yield from _out_of_bounds(year.id, (part.weight for part in year.parts))


def _payment(fund: FundRules) -> Iterator[str]:
    """Report days of payment that no year has, parts that share nothing, and a rate that is none."""
    paid, interest = fund.paid, fund.interest
    if interest is not None and not (interest.denominator > 0 and 0 <= interest.numerator <= MOST):
        yield f"`{interest.id}` is no rate of interest"
    if isinstance(paid, PaidByPeriod):
        longest = {"month": 12, "week": 52, "day": 366}.get(paid.unit, 0)
        if not 0 < paid.count <= longest or not 1 <= (1 if paid.day is None else paid.day) <= 31:
            yield f"`{paid.id}` names a period or a day of payment that no year has"
    if isinstance(paid, PaidOnDays):
        if not all(1 <= part.month <= 12 and 1 <= part.day <= _LONGEST[part.month - 1] for part in paid.parts):
            yield f"`{paid.id}` names a day of payment that no year has"
        if not paid.parts or not all(0 <= part.weight <= MOST for part in paid.parts):
            yield f"`{paid.id}` has a part out of bounds"
        elif not any(part.weight for part in paid.parts):
            yield f"`{paid.id}` has nothing paid on any day"


def _calendar(calendar: CalendarRules) -> Iterator[str]:
    """Report a nation or a rule for month ends that is not known."""
    if calendar.nation is not None and nation_named(calendar.nation) is None:
        yield f"the bank holidays of `{calendar.nation}` are not known"
    if calendar.month_ends is not None and calendar.month_ends not in {rule.value for rule in MonthEnds}:
        yield f"`{calendar.month_ends}` is no rule for days that a month lacks"


def _scheme(scheme: SchemeRule, fund: FundRules) -> Iterator[str]:
    """Report a scheme whose bearer is missing or unknown."""
    if scheme.over_only and scheme.mode not in (Mode.OWN_RISK, Mode.FIXED_SHARE):
        yield f"`{scheme.id}` is {scheme.mode.value}, and its bearer cannot answer for overspends only"
    yield from _missing(scheme.id, "partner", () if scheme.lead is None else (scheme.lead,), fund.partners)
    if scheme.bearer is not None:
        yield from _missing(scheme.id, "partner", (scheme.bearer,), fund.partners)
    elif scheme.mode in _NEEDS_BEARER:
        yield f"`{scheme.id}` is {scheme.mode.value} and names nobody who bears it"


def _waterfall(waterfall: Waterfall, fund: FundRules, names: _Names) -> Iterator[str]:
    """Report what does not hold together in one waterfall."""
    under = waterfall.trigger is not Trigger.OVERSPEND
    shared = {name for name, rule in names.rules.items() if rule.mode is Mode.SHARED or (under and rule.over_only)}
    if waterfall.fund != fund.name:
        yield f"`{waterfall.id}` says it is of the fund `{waterfall.fund}`, and stands in `{fund.name}`"
    yield from _missing(waterfall.id, "shared scheme", waterfall.schemes, shared)
    if (waterfall.gain is not None) is not (waterfall.trigger is Trigger.GAIN):
        yield f"`{waterfall.id}` must say the amount of a gain where it deals with one, and only there"
    yield from _missing(waterfall.id, "amount", () if waterfall.gain is None else (waterfall.gain,), names.amounts)
    yield from _caps(waterfall.caps, fund, names)
    for step in waterfall.steps:
        yield from _step(step, fund, names)
        yield from _taker(step, fund, names)


def _caps(caps: Iterable[Cap], fund: FundRules, names: _Names) -> Iterator[str]:
    """Report caps on strangers and caps out of bounds."""
    for cap in caps:
        yield from _missing(cap.id, "partner", (cap.partner,), fund.partners)
        yield from _missing(cap.id, "scheme", cap.schemes, names.schemes)
        yield from _missing(cap.id, "fact", () if cap.unless is None else (cap.unless,), names.facts)
        yield from _out_of_bounds(cap.id, (cap.pence, cap.numerator))
        if not 0 < cap.denominator <= MOST:
            yield f"`{cap.id}` is a part of nothing"
        if cap.over_term and cap.pence is None:
            yield f"`{cap.id}` holds over the term and has no sum"


def _step(step: Step, fund: FundRules, names: _Names) -> Iterator[str]:
    """Report what does not hold together in the limits and the condition of a step."""
    condition = () if step.condition is None else (step.condition.fact,)
    yield from _missing(step.id, "fact", condition, names.facts)
    yield from _out_of_bounds(step.id, (step.over_term,))
    for limit in (step.at_most, step.until):
        yield from _limit(step, limit, fund, names)


def _limit(step: Step, limit: Limit | None, fund: FundRules, names: _Names) -> Iterator[str]:
    """Report a limit that is out of bounds, or is of what is not there."""
    match limit:
        case int():
            yield from _out_of_bounds(step.id, (limit,))
        case Known():
            yield from _missing(step.id, "amount", (limit.fact,), names.amounts)
        case TotalOf():
            yield from _missing(step.id, "key of money", (limit.key,), names.money_keys)
        case PartOf():
            yield from _missing(step.id, "partner", limit.partners, fund.partners)
            yield from _out_of_bounds(step.id, (limit.numerator,))
            if not 0 < limit.denominator <= MOST:
                yield f"`{step.id}` is limited to a part of nothing"
            named = step.taker.failing if isinstance(step.taker, Decided) else step.taker
            if limit.of is Of.HOLDING and not isinstance(named, FromReserve | IntoReserve):
                yield f"`{step.id}` is limited by what a reserve holds, and names no reserve"


def _taker(step: Step, fund: FundRules, names: _Names) -> Iterator[str]:
    """Report what does not hold together in what a step gives to."""
    taker: Taker = step.taker
    if isinstance(taker, Decided):
        yield from _missing(step.id, "partner", () if taker.interim is None else (taker.interim,), fund.partners)
        if isinstance(taker.failing, FromReserve | IntoReserve | CarryForward):
            taker = taker.failing
    if isinstance(taker, FromUnderspends):
        yield from _missing(step.id, "scheme", taker.schemes, names.schemes)
    elif isinstance(taker, FromReserve | IntoReserve):
        yield from _missing(step.id, "reserve", (taker.reserve,), names.reserves)
        yield from _out_of_bounds(step.id, (taker.until_it_holds,) if isinstance(taker, IntoReserve) else ())
    elif isinstance(taker, CarryForward):
        yield from _missing(step.id, "scheme", () if taker.scheme is None else (taker.scheme,), names.schemes)
        if taker.scheme is not None and taker.where_it_arose:
            yield f"`{step.id}` carries forward for one scheme and for all where it arose"
    elif isinstance(taker, ByPartners):
        yield from _sharing(step.id, taker.sharing, fund.partners, names)
        yield from _caps(taker.caps, fund, names)
        if taker.later is not None:
            yield from _later(step.id, taker.later, fund)
    elif isinstance(taker, Decided) and isinstance(taker.failing, Sharing):
        yield from _sharing(step.id, taker.failing, fund.partners, names)


def _later(where: str, later: Later, fund: FundRules) -> Iterator[str]:
    """Report what does not hold together in what follows in later years."""
    yield from _missing(where, "partner", () if later.by is None else (later.by,), fund.partners)
    if not 1 <= later.instalments <= MAX_TERM_YEARS or not 1 <= later.after <= MAX_TERM_YEARS:
        yield f"`{where}` has instalments in no year that can be"
    if later.by is not None and not later.pay_now:
        yield f"`{where}` says who repays what nobody lends"


def _sharing(where: str, sharing: Sharing, partners: Iterable[str], names: _Names) -> Iterator[str]:
    """Report in a sharing who is none of these partners, and weights that share nothing."""
    if isinstance(sharing, Weights | OfSpending):
        yield from _missing(where, "partner", (part.partner for part in sharing.parts), partners)
        yield from _out_of_bounds(where, (part.weight for part in sharing.parts))
        if not any(part.weight for part in sharing.parts):
            yield f"`{where}` gives nobody a share"
    elif isinstance(sharing, ByKey):
        yield from _missing(where, "key", (sharing.key,), names.keys)
        yield from _missing(where, "partner", sharing.partners, partners)
    elif isinstance(sharing, ByContributions):
        yield from _missing(where, "fund", sharing.funds, names.funds)
        yield from _missing(where, "scheme", sharing.schemes, names.schemes)
        yield from _missing(where, "partner", sharing.partners, names.partners)
