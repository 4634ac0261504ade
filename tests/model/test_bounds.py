"""An agreement larger than any real one is refused with its size, before anything is worked out from it."""

import pytest

from poolrules.model.from_tree import build
from poolrules.source.finding import Finding
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool

PARTNER = 'partner P{0} "Body {0}"\n'
SCHEME = '    scheme S{0} "Scheme {0}" shared\n'
EXAMPLE = 'example "Case {0}"\n    year 2026/27\n'
LINE = "        P1 £{0}\n"


def found_in(text: str) -> list[Finding]:
    """What is found in an agreement beyond its reading."""
    tree, misread = read_pool(SourceText("large.pool", 'agreement "Large"\n' + text))
    assert misread == []
    return build(tree)[1]


def many(line: str, count: int) -> str:
    """A line written many times over."""
    return "".join(line.format(number) for number in range(1, count + 1))


@pytest.mark.parametrize(
    ("least", "most", "message"),
    [
        (many(PARTNER, 100), many(PARTNER, 101), "the agreement has 101 partners"),
        ('fund F "F"\n' + many(SCHEME, 400), 'fund F "F"\n' + many(SCHEME, 401), "the agreement has 401 schemes"),
        (many(EXAMPLE, 500), many(EXAMPLE, 501), "the agreement has 501 worked examples"),
        (
            "    term 1 April 2000 to 31 March 2100\n",
            "    term 1 April 2000 to 1 April 2100\n",
            "the agreement has 101 financial years",
        ),
        (
            f'    term 1 April 2000 to 31 March 2100\n{PARTNER.format(1)}fund F "F"\n    contributions from 2000/01\n'
            + many(LINE, 1000),
            f'    term 1 April 2000 to 31 March 2100\n{PARTNER.format(1)}fund F "F"\n    contributions from 2000/01\n'
            + many(LINE, 1001),
            "the agreement has 100,100 contributions and budgets over its term",
        ),
    ],
)
def test_one_more_than_may_be_is_one_too_many(least: str, most: str, message: str) -> None:
    assert found_in(least) == []
    assert [found.message for found in found_in(most)] == [message]
