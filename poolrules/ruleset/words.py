"""The rules in words: the one place where statements and drafts get their sentences from.

Words come from the rule that moves the money, so that the paper and the program cannot disagree:
"up to and including" because a limit is inclusive, payer and payee from the rule's direction. Defined terms
have their capitals, as in the draft, and names of bodies the article that a lawyer would write.
"""

import datetime
from collections.abc import Sequence
from fractions import Fraction

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.base.dates import DayOfYear, format_day
from poolrules.base.mode import Mode
from poolrules.base.money import format_money
from poolrules.base.shares import format_part, format_percent
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    ByPartners,
    Cap,
    CarryForward,
    Condition,
    Decided,
    FromReserve,
    FromUnderspends,
    InterestRule,
    IntoReserve,
    Known,
    Later,
    Limit,
    Of,
    OfSpending,
    Outside,
    PaidByPeriod,
    PaidOnDays,
    PartOf,
    PayDay,
    SchemeRule,
    Sharing,
    Silent,
    Step,
    Taker,
    TotalOf,
    Trigger,
    Version,
    Waterfall,
    Weights,
)

_COMMON = (
    "Agency", "Association", "Authority", "Board", "Budget", "Charity", "College", "Commissioner", "Committee",
    "Company", "Constable", "Corporation", "Council", "Executive", "Force", "Forum", "Fund", "Group", "Panel",
    "Partnership", "Police", "Pool", "School", "Service", "Trust", "University",
)  # fmt: skip
"""The last words of names that say what a body or a fund is, so that `the` stands before them."""


def listed(names: Sequence[str], last: str = "and") -> str:
    """Join names as a sentence does.

    >>> listed(["ICB", "Council", "Trust"])
    'ICB, Council and Trust'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def the(name: str) -> str:
    """Put `the` before the short name of a body or fund where one says it so, but not before a proper name.

    >>> the("Council"), the("ICB"), the("Bromsgrove"), the("NHS"), the("all partners")
    ('the Council', 'the ICB', 'Bromsgrove', 'NHS', 'all Partners')
    """
    if name == ALL_PARTNERS:
        return "all Partners"
    letters = len(name) > 1 and name.isupper() and not name.startswith("NHS")
    return f"the {name}" if letters or name.endswith(_COMMON) else name


def reserve_words(name: str) -> str:
    """Name a reserve in a sentence.

    >>> reserve_words("Contingency"), reserve_words("WinterReserve")
    ('the Contingency reserve', 'the WinterReserve')
    """
    return f"the {name}" if name.endswith("Reserve") else f"the {name} reserve"


def mode_words(scheme: SchemeRule) -> str:
    """Say what happens to the variance of a scheme."""
    bearer = the(scheme.bearer) if scheme.bearer else ""
    match scheme.mode:
        case Mode.SHARED:
            return "shared: an Overspend or Underspend is dealt with under the overspend and underspend terms"
        case Mode.OWN_RISK if scheme.over_only:
            return f"own risk: {bearer} pays any Overspend; an Underspend is dealt with under the underspend terms"
        case Mode.OWN_RISK:
            return f"own risk: {bearer} pays any Overspend and keeps any Underspend"
        case Mode.FIXED_SHARE:
            rest = f"{bearer}, as Host, pays any Overspend and keeps any Underspend"
            return f"fixed share: the others pay their Contributions and no more; {rest}"
        case Mode.RING_FENCED:
            over = f"{bearer} pays any Overspend" if bearer else "this Agreement does not say who pays an Overspend"
            return f"ring-fenced: any Underspend stays for the same purpose; {over}"
        case Mode.ALIGNED:
            lead = bearer or "a lead that is not named"
            return f"aligned: no money is pooled; {lead} leads and answers for its own budget"
        case Mode.IN_VIEW:
            return "in view only: reported beside the Fund, with nothing settled"


def step_words(waterfall: Waterfall, step: Step) -> str:
    """Say what one step does: how far it goes, and who pays or receives.

    Limits are inclusive. Payer and payee follow from whether the waterfall is for an overspend.
    """
    limits = limit_words(step, waterfall)
    taker = taker_words(waterfall, step.taker)
    return f"{limits}, {taker}" if limits else taker


def limit_words(step: Step, waterfall: Waterfall) -> str:
    """Say when a step applies and how far it goes, or nothing where it takes whatever is left."""
    said = []
    if step.condition is not None:
        said.append(condition_words(step.condition))
    if step.cause is not None:
        said.append(_cause_words(waterfall, step.cause))
    if step.at_most is not None:
        said.append(f"up to and including {sum_words(step.at_most, waterfall, step.taker)}")
    if step.over_term is not None:
        said.append(f"up to and including {format_money(step.over_term)} in all Financial Years together")
    if step.until is not None:
        total = sum_words(step.until, waterfall, step.taker)
        done = "met" if waterfall.trigger is Trigger.OVERSPEND else "applied"
        said.append(f"until this step and those before it have together {done} {total}")
    return ", ".join(said)


def condition_words(condition: Condition) -> str:
    """Say which fact a rule waits for."""
    return f"if {condition.fact} {'holds' if condition.holds else 'does not hold'}"


def _cause_words(waterfall: Waterfall, cause: str) -> str:
    """Say what must be marked: spending, or the part of what is left over or gained that is so marked."""
    if waterfall.trigger is Trigger.OVERSPEND:
        return f"so far as spending that the outturn marks “{cause}” reaches"
    return f"so far as it is marked “{cause}”"


def sum_words(limit: Limit, waterfall: Waterfall, taker: Taker) -> str:
    """Say a sum, or where it is found."""
    match limit:
        case int():
            return format_money(limit)
        case Known():
            return f"the amount of {limit.fact}"
        case TotalOf():
            return f"the total of {limit.key} for the Financial Year"
        case PartOf():
            part = format_part(Fraction(limit.numerator, limit.denominator))
            return f"{part} of {_of_words(limit, waterfall, taker)}"


def _of_words(limit: PartOf, waterfall: Waterfall, taker: Taker) -> str:
    """Say what a part is of."""
    match limit.of:
        case Of.AMOUNT:
            return f"the whole {_AMOUNTS[waterfall.trigger]}"
        case Of.LEFT:
            return "what is then left"
        case Of.STEP_BEFORE:
            return "what the step before takes"
        case Of.BUDGET:
            return f"the budget for the Financial Year of {_which(waterfall)}"
        case Of.SPENDING:
            return f"the spending in the Financial Year on {_which(waterfall)}"
        case Of.HOLDING:
            reserve = taker.reserve if isinstance(taker, FromReserve | IntoReserve) else None
            return f"what {reserve_words(reserve) if reserve else 'it'} then holds"
        case Of.CONTRIBUTIONS:
            whose = listed([the(partner) for partner in limit.partners]) or "all Partners"
            return f"the cash Contributions of {whose} to {the(waterfall.fund)} for the Financial Year"


def _which(waterfall: Waterfall) -> str:
    """Name all the Schemes that a waterfall is for, also those that are on budget."""
    alone = waterfall.separately or len(waterfall.schemes) == 1
    return "that Scheme" if alone else listed(waterfall.schemes)


_AMOUNTS = {Trigger.OVERSPEND: "Overspend", Trigger.UNDERSPEND: "Underspend", Trigger.GAIN: "sum"}
"""What a waterfall deals with."""


def taker_words(waterfall: Waterfall, taker: Taker) -> str:
    """Say what a step gives its money to, or takes it from."""
    match taker:
        case FromUnderspends():
            return underspends_words(taker.schemes)
        case FromReserve() | IntoReserve() | CarryForward():
            return _kept_words(taker)
        case Outside():
            return f"met from outside {the(waterfall.fund)}: {taker.funder}"
        case ByPartners():
            most = caps_words(taker.caps, waterfall)
            caps = f", except that under this step {most}, the excess going on to the next" if most else ""
            later = f"; {later_words(waterfall, taker.later)}" if taker.later else ""
            return f"{_moved(waterfall, taker.sharing)}{caps}{later}"
        case Decided():
            return decision_words(waterfall, taker)
        case Silent():
            return f"left unallocated, because {taker.gap}"


def _kept_words(taker: FromReserve | IntoReserve | CarryForward) -> str:
    """Say what money that stays in the fund comes from or goes to."""
    match taker:
        case FromReserve():
            return f"out of {reserve_words(taker.reserve)}"
        case IntoReserve():
            until = f" until it holds {format_money(taker.until_it_holds)}" if taker.until_it_holds is not None else ""
            return f"into {reserve_words(taker.reserve)}{until}"
        case CarryForward():
            which = f" for {taker.scheme}" if taker.scheme else ""
            arose = " for the Schemes where it arose, in proportion to what each leaves" if taker.where_it_arose else ""
            once = ", to be spent only on what does not recur" if taker.one_off_only else ""
            return f"carried forward to the next Financial Year{which}{arose}{once}"


def later_words(waterfall: Waterfall, later: Later) -> str:
    """Say what follows in later years: a loan that is repaid, or a sum that only falls due then."""
    when = (
        "the next Financial Year" if later.after == 1 else f"the Financial Year that begins {later.after} years later"
    )
    if later.instalments == 1:
        parts = f"in one instalment in {when}"
    else:
        parts = (
            f"in {later.instalments} equal yearly instalments, the first in {when}, the remaining pennies in the last"
        )
    if later.pay_now:
        by = the(later.by) if later.by else the(waterfall.fund)
        return f"each Partner's payment is a loan without interest, repaid to it by {by} {parts}"
    moved = "paid" if waterfall.trigger is Trigger.OVERSPEND else "received"
    return f"nothing is {moved} in the Financial Year itself, and the sum falls due {parts}"


def _moved(waterfall: Waterfall, sharing: Sharing) -> str:
    """Say that partners pay an overspend or get an underspend back, in what proportions."""
    if isinstance(sharing, OfSpending):
        return _spending_words(waterfall, sharing)
    moved = {Trigger.OVERSPEND: "paid by", Trigger.UNDERSPEND: "returned to", Trigger.GAIN: "paid to"}
    words = sharing_words(sharing, separately=waterfall.separately and len(waterfall.schemes) > 1)
    return f"{moved[waterfall.trigger]} {words}"


def _spending_words(waterfall: Waterfall, sharing: OfSpending) -> str:
    """Say that the budgets are shared with what a step takes of them or beyond them, not only what it takes."""
    change = (
        "with what this step meets added" if waterfall.trigger is Trigger.OVERSPEND else "less what this step applies"
    )
    return (
        f"settled so that the budget for the Financial Year of {_which(waterfall)}, {change}, is borne by"
        f" {sharing_words(Weights(sharing.parts))}: a Partner that has contributed less towards that budget than its"
        " share pays the difference, and one that has contributed more is paid it"
    )


def underspends_words(schemes: Sequence[str]) -> str:
    """Say whose underspends are used, and that their order counts."""
    if not schemes:
        return "out of the Underspends of other Schemes, of which there are none"
    which = f"Underspends of {listed(schemes)}, in that order" if len(schemes) > 1 else f"Underspend of {schemes[0]}"
    return f"out of the {which}"


def decision_words(waterfall: Waterfall, taker: Decided) -> str:
    """Say who decides, by when, and what follows when they do not; time runs from the settlement statement."""
    body = the(taker.body)
    within = f" within {length_words(taker.within)} of the Settlement Statement" if taker.within else ""
    decided = f"as {body} decide{'' if taker.body.endswith('s') else 's'}{within}"
    meanwhile = ""
    if taker.interim:
        pays = "pays" if waterfall.trigger is Trigger.OVERSPEND else "holds"
        meanwhile = f", and until then {the(taker.interim)} {pays} it, without prejudice to that decision"
    if taker.failing is None:
        return f"{decided}{meanwhile}; this Agreement does not say what follows failing a decision"
    failing = taker.failing
    if isinstance(failing, FromReserve | IntoReserve | CarryForward):
        return f"{decided}{meanwhile}, failing which {_kept_words(failing)}"
    return f"{decided}{meanwhile}, failing which {_moved(waterfall, failing)}"


def length_words(length: str) -> str:
    """Say a length of time, or a day, with the capitals of the defined term.

    >>> length_words("5 working days"), length_words("6 months")
    ('5 Working Days', '6 months')
    """
    return length.replace("working day", "Working Day")


_PERIODS = {(1, "month"): "month", (3, "month"): "quarter", (6, "month"): "half-year", (12, "month"): "Financial Year"}
_HOW_OFTEN = {"month": "monthly", "quarter": "quarterly", "half-year": "half-yearly", "Financial Year": "yearly"}


def paid_words(paid: PaidByPeriod | PaidOnDays) -> str:
    """Say when contributions are paid: how often and on which day, or on which days and what part on each.

    >>> paid_words(PaidByPeriod("", 3, "month", True, PayDay.FIRST))
    'quarterly in advance, on the first Working Day of each quarter'
    >>> from poolrules.ruleset.ruleset import PartPaid
    >>> paid_words(PaidOnDays("", (PartPaid(4, 1, 3), PartPaid(10, 1, 7))))
    '30% on 1 April and 70% on 1 October'
    """
    if isinstance(paid, PaidOnDays):
        days = [str(DayOfYear(part.month, part.day)) for part in paid.parts]
        if paid.equal:
            return f"in equal parts on {listed(days)}" if len(days) > 1 else f"on {days[0]}"
        whole = sum(part.weight for part in paid.parts)
        shares = [format_percent(Fraction(part.weight, whole)) for part in paid.parts]
        return listed([f"{share} on {day}" for share, day in zip(shares, days, strict=True)])
    period = _PERIODS.get((paid.count, paid.unit), f"{paid.count} {paid.unit}s")
    often = _HOW_OFTEN.get(period, f"every {period}")
    known = period in _HOW_OFTEN
    each = f"each {period}" if known else "each such period"
    when = "in advance" if paid.in_advance else "in arrears"
    return f"{often} {when}, {_pay_day_words(paid, each)}"


def _pay_day_words(paid: PaidByPeriod, each: str) -> str:
    """Say on which day of a period, or before or after it, contributions are paid."""
    months = paid.unit == "month"
    if paid.day is not None:
        if paid.in_advance:
            return f"on day {paid.day} of {'the first month of ' if months and paid.count > 1 else ''}{each}"
        return f"on day {paid.day} {'of the month ' if months else ''}after {each}"
    match paid.working_day:
        case PayDay.FIRST:
            return f"on the first Working Day {'of' if paid.in_advance else 'after'} {each}"
        case PayDay.LAST:
            return f"on the last Working Day {'before' if paid.in_advance else 'of'} {each}"
        case None:
            return f"on the first day {'of' if paid.in_advance else 'after'} {each}"


def reading(words: str) -> str:
    """Words of a draft as a sentence outside it has them: defined terms without their capitals.

    >>> reading("on the first Working Day of each Financial Year")
    'on the first working day of each financial year'
    """
    return words.replace("Working Day", "working day").replace("Financial Year", "financial year")


def interest_words(interest: InterestRule) -> str:
    """Say what a late payment bears.

    >>> interest_words(InterestRule("", 1, 25))
    'simple interest at 4% a year, by days out of 365'
    """
    if not interest.numerator:
        return "no interest"
    rate = format_percent(Fraction(interest.numerator, interest.denominator))
    return f"simple interest at {rate} a year, by days out of 365"


def cap_words(cap: Cap, waterfall: Waterfall) -> str:
    """Say the most that a partner pays."""
    return f"{the(cap.partner)} {_pays(waterfall)} at most {_most(cap, waterfall)}"


def caps_words(caps: Sequence[Cap], waterfall: Waterfall) -> str:
    """Say the most that several partners pay in one step, once where it is the same for all of them."""
    if len(caps) > 1 and len({_most(cap, waterfall) for cap in caps}) == 1:
        pay = _pays(waterfall).removesuffix("s")
        return f"{listed([the(cap.partner) for cap in caps])} each {pay} at most {_most(caps[0], waterfall)}"
    return listed([cap_words(cap, waterfall) for cap in caps])


def _pays(waterfall: Waterfall) -> str:
    """What a partner does by a step."""
    return "pays" if waterfall.trigger is Trigger.OVERSPEND else "receives"


def _most(cap: Cap, waterfall: Waterfall) -> str:
    """The sum of a cap, or the contribution that it is, the years it holds for and the fact that lifts it."""
    unless = f", unless {cap.unless} holds" if cap.unless else ""
    if cap.pence is not None:
        return f"{format_money(cap.pence)}{' in all Financial Years together' if cap.over_term else ''}{unless}"
    part = Fraction(cap.numerator, cap.denominator)
    how_much = "a sum equal to" if part == 1 else f"{format_part(part)} of"
    to = f"tied to {listed(cap.schemes)}" if cap.schemes else f"to {the(waterfall.fund)}"
    return f"{how_much} its own cash Contribution {to} for the Financial Year{unless}"


def sharing_words(sharing: Sharing, *, separately: bool = False) -> str:
    """Say in what proportions partners pay or receive; `separately` where each of several schemes is on its own."""
    match sharing:
        case ByContributions():
            return contributions_words(sharing, separately=separately)
        case ByKey():
            who = listed([the(partner) for partner in sharing.partners]) or "the Partners"
            return f"{who} in proportion to {sharing.key} for the Financial Year"
        case OfSpending():
            return f"all that was spent as to {sharing_words(Weights(sharing.parts))}"
        case Weights():
            return _weights_words(sharing)


def _weights_words(sharing: Weights) -> str:
    """Say shares that are stated."""
    names = [the(part.partner) for part in sharing.parts]
    if len(names) == 1:
        return f"{names[0]} alone"
    if len({part.weight for part in sharing.parts}) == 1 and 100 % len(names):
        return f"{listed(names)} in equal shares"
    return listed([f"{name} as to {share}" for name, share in zip(names, weight_words(sharing), strict=True)])


def weight_words(weights: Weights) -> tuple[str, ...]:
    """Say each partner's share: as a percentage where that is exact, else as parts of the whole."""
    total = sum(part.weight for part in weights.parts)
    percents = [format_percent(Fraction(part.weight, total)) for part in weights.parts]
    if any(percent.startswith("about") for percent in percents):
        return tuple(f"{part.weight} of {total} parts" for part in weights.parts)
    return tuple(percents)


def contributions_words(sharing: ByContributions, *, separately: bool = False) -> str:
    """Say whose contributions set the proportion, and which of them count."""
    cash = "revenue and capital cash" if sharing.capital else "revenue cash"
    kinds = f"{cash} and in-kind Contributions" if sharing.in_kind else f"{cash} Contributions"
    funds = listed([the(fund) for fund in sharing.funds])
    scope = f" tied to {'that Scheme' if separately else listed(sharing.schemes)}" if sharing.schemes else ""
    recurrent = " (one-off Contributions left out)" if sharing.recurrent_only else ""
    charges = f", {sharing.charges.value.replace('charges', 'what users pay')}" if sharing.charges else ""
    who = listed([the(partner) for partner in sharing.partners]) if sharing.partners else "the Partners"
    what = f"their {kinds} to {funds}{scope} for the Financial Year{recurrent}{charges}"
    return f"{who} in proportion to {what}, {sharing.moment.value}"


def version_words(version: Version) -> str:
    """A version of the agreement in words: which it is, from when, and what records it."""
    day = f", from {format_day(datetime.date.fromisoformat(version.from_day))}" if version.from_day else ""
    return f"{version.what}{day}" + (f" ({version.minute})" if version.minute else "")
