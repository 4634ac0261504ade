"""The rules in words: the one place where statements and drafts get their sentences from.

Words come from the rule that moves the money, so that the paper and the program cannot disagree:
"up to and including" because a limit is inclusive, payer and payee from the rule's direction. Defined terms
have their capitals, as in the draft, and names of bodies the article that a lawyer would write.
"""

from collections.abc import Sequence
from fractions import Fraction

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.base.mode import Mode
from poolrules.base.money import format_money
from poolrules.base.shares import format_percent
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Cap,
    CarryForward,
    Decided,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    SchemeRule,
    Sharing,
    Silent,
    Step,
    Taker,
    Trigger,
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
    limits = limit_words(step)
    taker = taker_words(waterfall, step.taker)
    return f"{limits}, {taker}" if limits else taker


def limit_words(step: Step) -> str:
    """Say how far a step goes, or nothing where it takes whatever is left."""
    said = []
    if step.cause is not None:
        said.append(f"so far as spending that the outturn marks “{step.cause}” reaches")
    if step.at_most is not None:
        said.append(f"up to and including {format_money(step.at_most)}")
    if step.until is not None:
        said.append(f"until this step and those before it have together met {format_money(step.until)}")
    return ", ".join(said)


def taker_words(waterfall: Waterfall, taker: Taker) -> str:
    """Say what a step gives its money to, or takes it from."""
    match taker:
        case FromUnderspends():
            return underspends_words(taker.schemes)
        case FromReserve():
            return f"out of {reserve_words(taker.reserve)}"
        case IntoReserve():
            until = f" until it holds {format_money(taker.until_it_holds)}" if taker.until_it_holds is not None else ""
            return f"into {reserve_words(taker.reserve)}{until}"
        case CarryForward():
            return f"carried forward to the next Financial Year{f' for {taker.scheme}' if taker.scheme else ''}"
        case ByPartners():
            most = caps_words(taker.caps)
            caps = f", except that under this step {most}, the excess going on to the next" if most else ""
            return f"{_moved(waterfall, taker.sharing)}{caps}"
        case Decided():
            return decision_words(waterfall, taker)
        case Silent():
            return f"left unallocated, because {taker.gap}"


def _moved(waterfall: Waterfall, sharing: Sharing) -> str:
    """Say that partners pay an overspend or get an underspend back, in what proportions."""
    moved = "paid by" if waterfall.trigger is Trigger.OVERSPEND else "returned to"
    return f"{moved} {sharing_words(sharing, separately=waterfall.separately and len(waterfall.schemes) > 1)}"


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
    if taker.failing is None:
        return f"{decided}; this Agreement does not say what follows failing a decision"
    return f"{decided}, failing which {_moved(waterfall, taker.failing)}"


def length_words(length: str) -> str:
    """Say a length of time, or a day, with the capitals of the defined term.

    >>> length_words("5 working days"), length_words("6 months")
    ('5 Working Days', '6 months')
    """
    return length.replace("working day", "Working Day")


def cap_words(cap: Cap) -> str:
    """Say the most that a partner pays."""
    return f"{the(cap.partner)} pays at most {_most(cap)}"


def caps_words(caps: Sequence[Cap]) -> str:
    """Say the most that several partners pay in one step, once where it is the same for all of them."""
    if len(caps) > 1 and len({cap.pence for cap in caps}) == 1:
        return f"{listed([the(cap.partner) for cap in caps])} each pay at most {_most(caps[0])}"
    return listed([cap_words(cap) for cap in caps])


def _most(cap: Cap) -> str:
    """The sum of a cap, or the contribution that it is."""
    if cap.pence is None:
        return "a sum equal to its own cash Contribution to the Fund for the Financial Year"
    return format_money(cap.pence)


def sharing_words(sharing: Sharing, *, separately: bool = False) -> str:
    """Say in what proportions partners pay or receive; `separately` where each of several schemes is on its own."""
    if isinstance(sharing, ByContributions):
        return contributions_words(sharing, separately=separately)
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
    who = listed([the(partner) for partner in sharing.partners]) if sharing.partners else "the Partners"
    what = f"their {kinds} to {funds}{scope} for the Financial Year{recurrent}"
    return f"{who} in proportion to {what}, {sharing.moment.value}"
