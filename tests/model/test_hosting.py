"""The largest contributor hosts a fund that leaves it to that: one partner, or nobody."""

import pytest

from poolrules.model.from_tree import build
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool

AGREEMENT = """
agreement "Host"
    term 1 April 2026 to 31 March 2028
partner ICB "ICB"
partner Council "Council"
partner Trust "Trust"
key Population "Population"
    values from 2026/27: ICB 10, Council 20
key Visits "Visits"
    counted each year
fund Pool "Pool"
    host the largest contributor
    contributions 2026/27
"""


@pytest.mark.parametrize(
    ("lines", "largest"),
    [
        (["ICB £2", "Council £3"], ("Council",)),
        (["ICB £3", "Council £3"], ("ICB", "Council")),
        (["ICB £2", "ICB £2", "Council £3"], ("ICB",)),
        (['ICB £9, in kind "Rooms"', "Council £3"], ("Council",)),
        (['ICB £9, in kind "Rooms"', "Council nothing"], ()),
        (["ICB £3", "Council £3", 'ICB less £1, efficiency "Routes"'], ("Council",)),
        (["total £100: in proportion to Population"], ("Council",)),
        (["total £100: ICB 40%, the others equally"], ("ICB",)),
        (["total £100: equally"], ("ICB", "Council", "Trust")),
        (["total £100: Trust alone", "ICB £99"], ("Trust",)),
        (["total £100: in proportion to Visits", "ICB £99"], ()),
        (["ICB £3", "Council to be set"], ()),
    ],
)
def test_who_contributes_most_in_the_first_year(lines: list[str], largest: tuple[str, ...]) -> None:
    later = "    contributions from 2027/28\n        Trust £1,000,000\n"
    text = AGREEMENT + "".join(f"        {line}\n" for line in lines) + later
    tree, misread = read_pool(SourceText("host.pool", text))
    agreement, misfits = build(tree)
    assert misread + misfits == []
    fund = agreement.funds[0]
    assert fund.largest == largest
    assert (fund.host.text if fund.host else None) == (largest[0] if len(largest) == 1 else None)
