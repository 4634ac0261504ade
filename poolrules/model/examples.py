"""Building worked examples."""

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.model.agreement import Example, Expected, Supposed, Text
from poolrules.model.reader import Reader, flag, part, parts, remarks, said, text
from poolrules.model.waterfalls import build_sharing
from poolrules.syntax.tree import Mapping

_OUTCOMES = {"pays": "partner", "receives": "partner", "gives": "reserve", "holds": "reserve"}
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
    decides = part(node, "decides")
    return Supposed(
        name=name,
        spends=reader.amount(node, "spends"),
        caused_by=text(node, "caused by"),
        opens_at=reader.amount(node, "opens at"),
        decides=build_sharing(reader, decides) if decides else None,
        span=node.span,
    )


def _known(reader: Reader, node: Mapping, name: Text) -> bool:
    """Whether a supposition names the right thing: a scheme spends, a reserve opens, a board decides."""
    if flag(node, "spends"):
        return reader.resolve("scheme", name)
    if flag(node, "opens at"):
        return reader.resolve("reserve", name)
    assert flag(node, "decides") or flag(node, "does not decide")
    return name.text == ALL_PARTNERS or reader.resolve("board", name)


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
