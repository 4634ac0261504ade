"""The ids that rules go by, and where each rule was written."""

from poolrules.model import agreement as model
from poolrules.ruleset.ruleset import Place
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
