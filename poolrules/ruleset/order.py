"""The order in which sets of terms are dealt with, where some say that they are subject to others, or despite them."""

from collections.abc import Iterator

from poolrules.model import agreement as model


def in_order(fund: model.Fund) -> tuple[model.Waterfall, ...]:
    """The blocks of a fund as they are run: overspends, underspends, gains, each kind in an order that they follow.

    Otherwise they stay as written. Where blocks go round in a circle, which a check reports, the first of them written
    comes first.
    """
    return tuple(block for kind in (fund.overspends, fund.underspends, fund.gains) for block in _sorted(kind))


def _sorted(blocks: tuple[model.Waterfall, ...]) -> Iterator[model.Waterfall]:
    """Sort blocks of one kind: again and again, the first written that waits for none of those that are left."""
    left = list(blocks)
    before = {(first, second) for first, second, _ in precedences(blocks)}
    while left:
        names = {name_of(block) for block in left}
        free = [block for block in left if not any((name, name_of(block)) in before for name in names)]
        following = (free or left)[0]
        left.remove(following)
        yield following


def precedences(blocks: tuple[model.Waterfall, ...]) -> Iterator[tuple[str, str, model.Text]]:
    """What comes before what: the name of the one, the name of the other, and where that is said.

    A block that has no name can still wait for others, or hold despite them.
    """
    for block in blocks:
        for other in block.subject_to:
            yield other.text, name_of(block), other
        for other in block.despite:
            yield name_of(block), other.text, other


def name_of(block: model.Waterfall) -> str:
    """What a block is called, or what tells it from others where it has no name: the place it was written."""
    return block.called.text if block.called else str(block.span)
