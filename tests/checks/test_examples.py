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
    ("lines", "year", "said", "help"),
    [
        (
            ("expect ICB pays £0",),
            "2026/27",
            "no spending is given for `Equipment` in 2026/27",
            "add the missing `given` lines, or: given all else on budget",
        ),
        (
            ("given all else on budget", "expect ICB pays £0"),
            "2031/32",
            "no figures for 2031/32",
            "it has figures for 2026/27, 2027/28",
        ),
        (("given Equipment spends £1,000,000",), "2026/27", "expects nothing", "add a line such as: expect ICB pays"),
        (
            ("given Equipment spends £1,000,000", "expect ICB pays £0"),
            "2027/28",
            "the opening balance of the reserve `Contingency` for 2027/28 is missing",
            "say what it holds when the year begins, such as: given Contingency opens at £50,000",
        ),
    ],
)
def test_an_example_that_cannot_be_worked_out_says_what_is_missing(
    lines: tuple[str, ...], year: str, said: str, help: str
) -> None:
    [finding] = found_with(example(*lines, year=year))
    assert finding.code == "EXA002"
    assert said in finding.message
    assert finding.help.startswith(help)


AS_PAID = """fund Pool "Westshire pooled fund"
    contributions from 2026/27
        ICB £600,000
        Council £300,000
        Council £100,000, capital
    overspend of shared schemes together
        notify partners within 5 working days of a forecast overspend over 2% of their budget
        remainder in proportion to contributions to the fund, all cash, as paid

example "A case"
    year 2026/27
    given Equipment spends £1,100,000
    expect ICB pays £60,000
    expect Council pays £40,000
"""


def test_an_example_supposes_that_what_was_agreed_is_paid_in() -> None:
    assert "EXA001" not in codes(found := found_with(AS_PAID))
    assert "EXA002" not in codes(found)


def test_an_example_that_goes_by_part_of_what_is_paid_says_how_to_mend_the_terms() -> None:
    [finding] = [one for one in found_with(AS_PAID.replace("all cash", "revenue cash")) if one.code == "EXA002"]
    assert "what is paid in is not split like that" in finding.message
    assert finding.help == "let the rule count contributions as last varied in writing, or all that is paid"


def test_an_example_whose_reserve_opens_out_of_bounds_says_both_figures() -> None:
    bounded = example("given Contingency opens at £90,000", "given Equipment spends £1", "expect ICB pays £0").replace(
        "opening £30,000", "opening £30,000, at most £60,000"
    )
    [finding] = found_with(bounded)
    assert finding.code == "EXA002"
    assert "opens with £90,000, more than the £60,000 that it may hold" in finding.message
    assert finding.help == "correct the opening balance, or the bound in the agreement"


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
