"""The rules in words: the one place where statements and drafts get their sentences from.

Words come from the rule that moves the money, so that the paper and the program cannot disagree:
"up to and including" because a limit is inclusive, payer and payee from the rule's direction.
"""

from collections.abc import Sequence
from fractions import Fraction

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
    Mode,
    SchemeRule,
    Sharing,
    Silent,
    Step,
    Taker,
    Trigger,
    Waterfall,
    Weights,
)


def listed(names: Sequence[str], last: str = "and") -> str:
    """Join names as a sentence does.

    >>> listed(["ICB", "Council", "Trust"])
    'ICB, Council and Trust'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def mode_words(scheme: SchemeRule) -> str:
    """Say what happens to the variance of a scheme."""
    match scheme.mode:
        case Mode.SHARED:
            return "shared: its overspend or underspend is dealt with under the overspend and underspend terms"
        case Mode.OWN_RISK:
            return f"own risk: {scheme.bearer} pays any overspend and keeps any underspend"
        case Mode.FIXED_SHARE:
            rest = f"{scheme.bearer}, as host, pays any overspend and keeps any underspend"
            return f"fixed share: the others pay their contributions and no more; {rest}"
        case Mode.RING_FENCED:
            over = (
                f"{scheme.bearer} pays any overspend"
                if scheme.bearer
                else "the agreement does not say who pays an overspend"
            )
            return f"ring-fenced: any underspend stays for the same purpose; {over} any overspend"
        case Mode.ALIGNED:
            return f"aligned: no money is pooled; {scheme.bearer} leads and answers for its own budget"
        case Mode.IN_VIEW:
            return "in view only: reported beside the fund, with nothing settled"


def perimeter_words(waterfall: Waterfall) -> str:
    """Say which schemes a waterfall is about: taken together, or each on its own."""
    names = listed(waterfall.schemes)
    if len(waterfall.schemes) < 2:
        return names
    return f"each of {names} on its own" if waterfall.separately else f"{names} taken together"


def step_words(waterfall: Waterfall, step: Step) -> str:
    """Say what one step does: how far it goes, and who pays or receives.

    Limits are inclusive. Payer and payee follow from whether the waterfall is for an overspend.
    """
    limits = limit_words(waterfall, step)
    taker = taker_words(waterfall.trigger, step.taker)
    return f"{limits}: {taker}" if limits else taker


def limit_words(waterfall: Waterfall, step: Step) -> str:
    """Say how far a step goes, or nothing where it takes whatever is left."""
    what = waterfall.trigger.value
    said = []
    if step.cause is not None:
        said.append(f"so far as spending marked “{step.cause}” caused it")
    if step.at_most is not None:
        said.append(f"up to and including {format_money(step.at_most)} under this step")
    if step.until is not None:
        said.append(f"until the {what} reaches {format_money(step.until)}, counting what all earlier steps have met")
    return ", ".join(said)


def taker_words(trigger: Trigger, taker: Taker) -> str:
    """Say what a step gives its money to, or takes it from."""
    over = trigger is Trigger.OVERSPEND
    match taker:
        case FromUnderspends():
            return underspends_words(taker.schemes)
        case FromReserve():
            return f"from the reserve {taker.reserve}"
        case IntoReserve():
            until = f", until it holds {format_money(taker.until_it_holds)}" if taker.until_it_holds is not None else ""
            return f"into the reserve {taker.reserve}{until}"
        case CarryForward():
            return f"carried forward to the next year{f' for {taker.scheme}' if taker.scheme else ''}"
        case ByPartners():
            caps = f"; but {listed([cap_words(cap) for cap in taker.caps])} under this step" if taker.caps else ""
            return f"{'paid' if over else 'returned to'}{' by' if over else ''} {sharing_words(taker.sharing)}{caps}"
        case Decided():
            return decision_words(trigger, taker)
        case Silent():
            return f"nobody: {taker.gap}"


def underspends_words(schemes: Sequence[str]) -> str:
    """Say whose underspends are used, and that their order counts."""
    if not schemes:
        return "from the underspends of other schemes, of which there are none"
    return f"from the underspends of {listed(schemes)}{', in that order' if len(schemes) > 1 else ''}"


def decision_words(trigger: Trigger, taker: Decided) -> str:
    """Say who decides, by when, and what follows when they do not; time runs from the settlement statement."""
    within = f" within {taker.within} of the settlement statement" if taker.within else ""
    decided = f"as {taker.body} decide{'' if taker.body.endswith('s') else 's'}{within}"
    if taker.failing is None:
        return f"{decided}; the agreement does not say what follows failing a decision"
    verb = "paid by" if trigger is Trigger.OVERSPEND else "returned to"
    return f"{decided}, failing which {verb} {sharing_words(taker.failing)}"


def cap_words(cap: Cap) -> str:
    """Say the most that a partner pays."""
    most = (
        format_money(cap.pence)
        if cap.pence is not None
        else "a sum equal to its own cash contribution to the fund for the year"
    )
    return f"{cap.partner} pays at most {most}"


def sharing_words(sharing: Sharing) -> str:
    """Say in what proportions partners pay or receive."""
    if isinstance(sharing, ByContributions):
        return contributions_words(sharing)
    parts = sharing.parts
    if len(parts) == 1:
        return f"{parts[0].partner} alone"
    if len({part.weight for part in parts}) == 1 and 100 % len(parts):
        return f"{listed([part.partner for part in parts])} equally"
    return listed([f"{part.partner} {share}" for part, share in zip(parts, weight_words(sharing), strict=True)])


def weight_words(weights: Weights) -> tuple[str, ...]:
    """Say each partner's share: as a percentage where that is exact, else as parts of the whole."""
    total = sum(part.weight for part in weights.parts)
    percents = [format_percent(Fraction(part.weight, total)) for part in weights.parts]
    if any(percent.startswith("about") for percent in percents):
        return tuple(f"{part.weight} of {total} parts" for part in weights.parts)
    return tuple(percents)


def contributions_words(sharing: ByContributions) -> str:
    """Say whose contributions set the proportion, and which of them count."""
    cash = "revenue and capital cash" if sharing.capital else "revenue cash"
    kinds = f"{cash} and in-kind contributions" if sharing.in_kind else f"{cash} contributions"
    recurrent = "recurrent " if sharing.recurrent_only else ""
    scope = f" for {listed(sharing.schemes)}" if sharing.schemes else ""
    who = listed(sharing.partners) if sharing.partners else "the partners"
    what = f"their {recurrent}{kinds} to {listed(sharing.funds)}{scope} for the year"
    return f"{who} in proportion to {what}, {sharing.moment.value}"
