"""The ids that rules go by, and where each rule was written."""

from collections.abc import Iterator

from poolrules.model import agreement as model
from poolrules.ruleset.ruleset import ByPartners, Cap, ExitRules, Place, Ruleset, Waterfall
from poolrules.source.span import Span


class Places:
    """Gathers, while an agreement is compiled, the place of every rule."""

    def __init__(self) -> None:
        self.found: dict[str, Place] = {}

    def note(self, rule: str, span: Span) -> None:
        """Remember where a rule was written."""
        self.found[rule] = Place(span.file, span.line, span.column)


def partner_id(name: str) -> str:
    """The id of a partner's rule."""
    return f"partner.{name}"


def key_id(name: str) -> str:
    """The id of a key."""
    return f"key.{name}"


def fact_id(name: str) -> str:
    """The id of a fact."""
    return f"fact.{name}"


def scheme_id(fund: model.Fund, scheme: str) -> str:
    """The id of a scheme's rule."""
    return f"{fund.name}.scheme.{scheme}"


def compartment_id(fund: model.Fund, compartment: str) -> str:
    """The id of a compartment of a fund."""
    return f"{fund.name}.compartment.{compartment}"


def waterfall_id(fund: model.Fund, waterfall: model.Waterfall) -> str:
    """The id of a block of terms: `BCF.overspend`, and `BCF.overspend-2` for the second of a fund."""
    blocks = {"overspend": fund.overspends, "underspend": fund.underspends, "gain": fund.gains}[waterfall.word]
    number = blocks.index(waterfall) + 1
    return f"{fund.name}.{waterfall.word}" + (f"-{number}" if number > 1 else "")


def exit_ids(rules: ExitRules) -> Iterator[str]:
    """The ids of the exit terms that make figures of a final account, so far as they are said."""
    if rules.balance is not None:
        yield f"{rules.id}.balance"
    if rules.refund is not None:
        yield f"{rules.id}.refund"
    if rules.payment_into is not None:
        yield f"{rules.id}.payment"
    if rules.commitments:
        yield f"{rules.id}.commitments"


def ids_of(rules: Ruleset) -> Iterator[str]:
    """Every rule id that a draft must give a number to, so that every figure can name its clause."""
    yield from (partner.id for partner in rules.partners)
    yield from rules.calendar.said
    yield from (duty.id for duty in rules.duties)
    if rules.exit:
        yield rules.exit.id
        yield from exit_ids(rules.exit)
        yield from (notice.id for notice in rules.exit.notices)
    for key in rules.keys:
        yield key.id
        yield from (year.id for year in key.years)
    yield from (fact.id for fact in rules.facts)
    for fund in rules.funds:
        yield fund.id
        yield from (scheme.id for scheme in fund.schemes)
        yield from (reserve.id for reserve in fund.reserves)
        yield from (rule.id for rule in (fund.paid, fund.interest) if rule)
        for year in fund.years:
            yield from (contribution.id for contribution in year.contributions)
            yield from (budget.id for budget in year.budgets)
            yield from (payment.id for payment in year.payments)
        for waterfall in fund.waterfalls:
            yield waterfall.id
            yield from _waterfall_ids(waterfall)
    for example in rules.examples:
        yield example.id
        yield from (line.id for line in example.expects)


def _waterfall_ids(waterfall: Waterfall) -> Iterator[str]:
    """The ids of a waterfall's caps, steps and their caps."""
    caps: list[Cap] = list(waterfall.caps)
    for step in waterfall.steps:
        yield step.id
        caps += step.taker.caps if isinstance(step.taker, ByPartners) else ()
    yield from (cap.id for cap in caps)
