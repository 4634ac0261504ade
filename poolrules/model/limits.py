"""Building how far a step goes: limits and conditions."""

from poolrules.base.money import read_money
from poolrules.base.shares import read_part
from poolrules.model.agreement import Amount, AmountOf, Given, Limit, PartOf, Text, TotalOf
from poolrules.model.reader import Reader, text
from poolrules.source.finding import Label
from poolrules.syntax.tree import Mapping, Scalar

HOLDING = "what it holds"
"""What a part may be of where a step draws on a reserve or fills one."""

_OF_SOME = "the contributions of "
_TOTAL = "the total of "


def build_limit(reader: Reader, node: Mapping, key: str) -> Limit | None:
    """Build the limit under a key: a sum, a part of one, the amount of a fact, or the total of a key of money."""
    found = node.get(key)
    if not isinstance(found, Scalar):
        return None
    if found.text.startswith("£"):
        amount = reader.value(found, read_money)
        return Amount(*amount) if amount else None
    if found.text.startswith(_TOTAL):
        return _total(reader, Text(found.text.removeprefix(_TOTAL), found.span))
    if " of " in found.text:
        return _part_of(reader, found)
    fact = Text(found.text, found.span)
    return AmountOf(fact, found.span) if reader.resolve("amount", fact) else None


def _total(reader: Reader, key: Text) -> TotalOf | None:
    """Build the total of a key, which must be of sums of money."""
    if not reader.resolve("key", key):
        return None
    if key.text not in reader.money_keys:
        reader.misfit(
            f"the values of `{key}` are no sums of money, so that their total is no limit",
            key.span,
            "name a key whose values are amounts, or write the limit as an amount",
        )
        return None
    return TotalOf(key, key.span)


def _part_of(reader: Reader, found: Scalar) -> PartOf | None:
    """Build a part of a sum, with the partners whose contributions it is of."""
    share, of = found.text.split(" of ", 1)
    part = reader.value(Scalar(share, found.span), read_part)
    named = of.removeprefix(_OF_SOME).split(", ") if of.startswith(_OF_SOME) else []
    partners = tuple(Text(name, found.span) for name in named)
    for place, name in enumerate(partners):
        if name.text in {other.text for other in partners[:place]}:
            reader.misfit(f"`{name}` is named twice", found.span, "name it once")
    known = [reader.resolve("partner", name) for name in partners]
    if part is None or not all(known):
        return None
    return PartOf(part[0], "contributions" if of.endswith("contributions") or named else of, partners, found.span)


def build_given(reader: Reader, node: Mapping) -> Given | None:
    """Build the fact that must hold, or must not; a sum or a step waits for one."""
    conditions = [(name, key == "if") for key in ("if", "unless") if (name := text(node, key))]
    if len(conditions) > 1:
        also = (Label(conditions[0][0].span, "and this"),)
        reader.misfit("this waits for two facts", conditions[1][0].span, "name one fact that says both", also=also)
    known = [Given(name, holds) for name, holds in conditions if reader.resolve("fact", name)]
    return known[0] if known else None
