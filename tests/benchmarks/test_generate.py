"""The agreements that the benchmarks measure with are real ones: nothing is found in them."""

import pytest

from benchmarks.generate import agreement
from poolrules.pipeline.check import check
from poolrules.pipeline.files import Notation
from poolrules.pipeline.load import understand
from poolrules.source.finding import Severity


@pytest.mark.parametrize("number", range(1, 21))
@pytest.mark.parametrize("schemes", [4, 12])
def test_nothing_is_found_in_a_made_agreement(number: int, schemes: int) -> None:
    found = check(understand("made.pool", agreement(number, schemes).encode(), Notation.POOL))
    assert [each for each in found if each.severity is not Severity.INFO] == []
