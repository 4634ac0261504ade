"""The ids that rules go by, and where each rule was written."""

from collections.abc import Iterator

from poolrules.model import agreement as model
from poolrules.ruleset.ruleset import ByPartners, Cap, Place, Ruleset, Waterfall
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


def scheme_id(fund: model.Fund, scheme: str) -> str:
    """The id of a scheme's rule."""
    return f"{fund.name}.scheme.{scheme}"


def waterfall_id(fund: model.Fund, waterfall: model.Waterfall) -> str:
    """The id of an overspend or underspend block: `BCF.overspend`, and `BCF.overspend-2` for the second of a fund."""
    blocks = fund.overspends if waterfall.overspend else fund.underspends
    number = blocks.index(waterfall) + 1
    return f"{fund.name}.{waterfall.word}" + (f"-{number}" if number > 1 else "")


def ids_of(rules: Ruleset) -> Iterator[str]:
    """Every rule id that a draft must give a number to, so that every figure can name its clause."""
    yield from (partner.id for partner in rules.partners)
    yield from (duty.id for duty in rules.duties)
    for fund in rules.funds:
        yield fund.id
        yield from (scheme.id for scheme in fund.schemes)
        yield from (reserve.id for reserve in fund.reserves)
        for year in fund.years:
            yield from (contribution.id for contribution in year.contributions)
            yield from (budget.id for budget in year.budgets)
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
