"""Worked examples that hold, that no longer hold, and that cannot be worked out."""

import pytest

from poolrules.checks.worked_examples import agrees
from poolrules.ruleset.ruleset import Expectation, Outcome
from tests.checks.laying import codes, found_with

TERMS = """fund Pool "Westshire pooled fund"
    reserve Contingency "Contingency reserve" opening £30,000
    overspend of shared schemes together
        notify partners within 5 working days of a forecast overspend over 2% of their budget
        first from Contingency
        then at most £50,000: ICB 60%, Council 40%
        remainder decided by Board within 30 days of the statement, failing which ICB 50%, Council 50%
"""


def example(*lines: str, year: str = "2026/27") -> str:
    return "".join([TERMS, '\nexample "A case"\n', f"    year {year}\n", *(f"    {line}\n" for line in lines)])


@pytest.mark.parametrize(
    "lines",
    [
        ("given Equipment spends £1,100,000", "expect Contingency gives £30,000", "expect ICB pays £30,000"),
        ("given Equipment spends £1,100,000", "expect undecided £20,000", "expect unallocated £0"),
        ("given Equipment spends £1,100,000", "given Board does not decide", "expect ICB pays £40,000"),
        ("given Equipment spends £1,100,000", "given Board decides Council alone", "expect Council pays £40,000"),
        ("given Equipment spends £1,010,000", "expect Contingency holds £20,000"),
        ("given Equipment spends £990,000", "expect ICB receives £6,000", "expect Council pays £0"),
        ("given Contingency opens at £1,000", "given Equipment spends £1,002,000", "expect ICB pays £600"),
        ("given all else on budget", "expect ICB pays £0"),
        ("given Equipment spends £1,031,234", "expect ICB pays £700, to the nearest £100"),
    ],
)
def test_an_example_that_holds_gives_no_finding(lines: tuple[str, ...]) -> None:
    assert found_with(example(*lines)) == []


def test_each_figure_that_differs_is_shown_with_what_comes_out() -> None:
    lines = (
        "given Equipment spends £1,100,000",
        "expect ICB pays £30,000",
        "expect undecided £1",
        "expect Council pays £9",
    )
    [finding] = found_with(example(*lines))
    assert finding.code == "EXA001"
    assert [label.text for label in finding.labels] == [
        "expected £0.01, but £20,000 is undecided".replace("£0.01", "£1"),
        "expected £9, but `Council` pays £20,000",
    ]


def test_an_amount_to_the_nearest_unit_holds_up_to_half_of_it() -> None:
    expected = Expectation("example.1.1", "ICB", Outcome.PAYS, 100_000, 1_000)
    assert agrees(expected, 100_500)
    assert agrees(expected, 99_500)
    assert not agrees(expected, 100_501)
    to_the_penny = Expectation("example.1.1", "ICB", Outcome.PAYS, 100_000)
    assert agrees(to_the_penny, 100_000)
    assert not agrees(to_the_penny, 100_001)


@pytest.mark.parametrize(
    ("lines", "year", "said"),
    [
        (("expect ICB pays £0",), "2026/27", "no spending is given for `Equipment` in 2026/27"),
        (("given Equipment spends £1", "expect ICB pays £0"), "2031/32", "no figures for 2031/32"),
        (("given Equipment spends £1,000,000",), "2026/27", "expects nothing"),
        (
            ("given Equipment spends £1,000,000", "expect ICB pays £0"),
            "2027/28",
            "the opening balance of the reserve `Contingency` for 2027/28 is missing",
        ),
    ],
)
def test_an_example_that_cannot_be_worked_out_says_what_is_missing(
    lines: tuple[str, ...], year: str, said: str
) -> None:
    [finding] = found_with(example(*lines, year=year))
    assert finding.code == "EXA002"
    assert said in finding.message


def test_an_example_without_a_year_says_so() -> None:
    text = 'example "A case"\n    given Equipment spends £1,000,000\n    expect ICB pays £0\n'
    [finding] = found_with(text)
    assert (finding.code, finding.message) == ("EXA002", "the example `A case` has no year")


def test_no_example_is_run_on_terms_that_cannot_be_run() -> None:
    change = (
        TERMS.replace("remainder", "then ICB alone\n        remainder") + example("expect ICB pays £0")[len(TERMS) :]
    )
    no_host = 'fund Pool "x"\n    host Council\n'
    assert codes(found_with(change, without=no_host)) != []
    assert "EXA002" not in codes(found_with(change, without=no_host))
