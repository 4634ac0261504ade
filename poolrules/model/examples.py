"""Building worked examples."""

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.model.agreement import Example, Expected, KeyUnit, KeyValue, Supposed, Text
from poolrules.model.keys import key_values
from poolrules.model.reader import Reader, flag, part, parts, remarks, said, text
from poolrules.model.sharings import build_sharing
from poolrules.syntax.tree import Mapping

_OUTCOMES = {
    "contributes": "partner", "pays": "partner", "receives": "partner", "bears": "partner",
    "gives": "reserve", "holds": "reserve",
}  # fmt: skip
_NOBODY = ("undecided", "unallocated")


def build_example(reader: Reader, node: Mapping) -> Example:
    """Build a worked example."""
    return Example(
        title=said(node, "example"),
        year=reader.year(node, "year"),
        given=tuple(supposed for item in parts(node, "given") if (supposed := _supposed(reader, item))),
        rest_on_budget=any(flag(item, "all else on budget") for item in parts(node, "given")),
        expects=tuple(expected for item in parts(node, "expects") if (expected := _expected(reader, item))),
        remarks=remarks(node),
        span=node.span,
    )


def _supposed(reader: Reader, node: Mapping) -> Supposed | None:
    """Build one supposition; `all else on budget` is kept on the example itself."""
    name = text(node, "given")
    if name is None or not _known(reader, node, name):
        return None
    decides, counts = part(node, "decides"), part(node, "counts")
    holds = True if flag(node, "holds") else False if flag(node, "does not hold") else None
    return Supposed(
        name=name,
        spends=reader.amount(node, "spends"),
        caused_by=text(node, "caused by") or text(node, "marked"),
        opens_at=reader.amount(node, "opens at"),
        decides=build_sharing(reader, decides) if decides else None,
        span=node.span,
        is_decision=decides is not None or flag(node, "does not decide"),
        has=reader.amount(node, "has"),
        holds=holds,
        amounts_to=reader.amount(node, "is"),
        counts=_counts(reader, name, counts) if counts else (),
        off_budget=_off_budget(reader, node),
    )


_SUPPOSED = {
    "spends": "scheme", "overspends by": "scheme", "underspends by": "scheme", "has": "scheme",
    "opens at": "reserve", "holds": "fact", "does not hold": "fact",
    "is": "amount", "counts": "key", "decides": "board", "does not decide": "board",
}  # fmt: skip
"""What each supposition is of."""


def _known(reader: Reader, node: Mapping, name: Text) -> bool:
    """Whether a supposition names the right thing: a scheme spends, a reserve opens, a fact holds, a board decides."""
    said_of = next(what for key, what in _SUPPOSED.items() if flag(node, key))
    if said_of == "board" and name.text == ALL_PARTNERS:
        return True
    return reader.resolve("gain" if said_of == "amount" and reader.means(name, "gain") else said_of, name)


def _off_budget(reader: Reader, node: Mapping) -> int | None:
    """How far above its budget a scheme spends; below it where it is negative."""
    over, under = reader.amount(node, "overspends by"), reader.amount(node, "underspends by")
    return over.pence if over else -under.pence if under else None


def _counts(reader: Reader, key: Text, pairs: Mapping) -> tuple[KeyValue, ...]:
    """What is counted for each partner, in the kind of value that the key has."""
    money = key.text in reader.money_keys
    values = key_values(reader, pairs)
    for unit, value in values:
        if (unit is KeyUnit.MONEY) is not money:
            kind = "amounts such as `£1,200`" if money else "whole numbers such as `98`"
            reader.misfit(f"this is not what `{key}` counts", value.span, f"its values are {kind}")
    return tuple(value for _, value in values)


def _expected(reader: Reader, node: Mapping) -> Expected | None:
    """Build one expectation."""
    outcome = next((key for key in (*_OUTCOMES, *_NOBODY) if flag(node, key)), None)
    amount = reader.amount(node, outcome) if outcome else None
    if outcome is None or amount is None:
        return None
    who = text(node, "expect")
    if who is not None and outcome in _OUTCOMES and not reader.resolve(_OUTCOMES[outcome], who):
        return None
    return Expected(who, outcome, amount, reader.amount(node, "to the nearest"), node.span)
