"""Contributions that wait, may change or go below nothing; notices of some partners; the balance at the end."""

import pytest

from tests.checks.laying import codes, found_with


def contributions(lines: str) -> str:
    """A fund with other contributions for its two years."""
    indented = "".join(f"        {line}\n" for line in lines.strip().splitlines())
    return f'fund Pool "Westshire pooled fund"\n{indented}'.replace("        contributions", "    contributions")


TWO_YEARS = """
contributions 2026/27
    ICB £600,000
    Council £400,000
contributions 2027/28
    ICB £600,000
"""


def test_a_later_year_that_follows_from_an_open_one_is_not_told_again() -> None:
    found = found_with(
        contributions(
            """
contributions 2026/27
    ICB £600,000
    Council to be set by 1 June 2026, having regard to "Inflation"
contributions 2027/28
    ICB, Council last year's lines
"""
        )
    )
    assert codes(found) == ["MON031"]
    assert found[0].message == "in `Pool` the figure of `Council` for 2026/27 is still to be set"


def test_what_recurs_is_awaited_for_every_year_until_it_is_said() -> None:
    rolled = "ICB, Council last year's lines, with last year's recurrent overspends and underspends"
    found = found_with(
        contributions(
            f"contributions 2026/27\n    ICB £600,000\n    Council £400,000\ncontributions from 2027/28\n    {rolled}"
        )
    )
    assert codes(found) == ["MON031"]
    assert "waits for what recurs of the overspends and underspends of the year before" in found[0].message
    assert "`plus £0` where nothing does" in found[0].help


def test_a_figure_may_be_indicative_until_its_year_starts() -> None:
    assert codes(found_with(contributions(f"{TWO_YEARS}    Council £400,000, indicative"))) == []
    assert codes(
        found_with(contributions(TWO_YEARS.replace("£400,000", "£400,000, indicative") + "    Council £400,000"))
    )[:1] == ["MON032"]


@pytest.mark.parametrize(
    ("shift", "message"),
    [
        ("shift £1 from ICB to Council", "what `Council` pays to `Pool` in place of `ICB` is never reversed"),
        (
            "shift £1 from ICB to Council, reversed in 2028/29",
            "what `Council` pays to `Pool` in place of `ICB` is reversed in 2028/29, outside the term",
        ),
    ],
)
def test_a_shift_goes_back_within_the_term(shift: str, message: str) -> None:
    block = TWO_YEARS.replace("contributions 2027/28", f"    {shift}\ncontributions 2027/28") + "    Council £400,000"
    found = found_with(contributions(block))
    assert [(finding.code, finding.message) for finding in found] == [("MON033", message)]


def test_a_shift_larger_than_the_contribution_is_told() -> None:
    shift = "    shift £600,000.01 from ICB to Council, reversed in 2027/28\ncontributions 2027/28"
    block = TWO_YEARS.replace("contributions 2027/28", shift) + "    Council £400,000"
    found = found_with(contributions(block))
    assert [finding.message for finding in found] == [
        "what `ICB` contributes to `Pool` for 2026/27 comes to -£0.01",
        "what `Council` contributes to `Pool` for 2027/28 comes to -£200,000.01",
    ]


@pytest.mark.parametrize(
    ("notices", "found"),
    [
        (["notice 6 months, in writing", "notice by Council: 12 months"], []),
        (["notice by Council: 12 months", "notice by ICB: 6 months"], []),
        (["notice by Council: 12 months"], ["EXT005"]),
        (["notice by Council, ICB: 3 years"], ["GOV011"]),
        (["notice 6 months", "notice by ICB: 6 months, not given before 1 January 2028"], ["EXT001"]),
    ],
)
def test_every_notice_is_judged(notices: list[str], found: list[str]) -> None:
    assert codes(found_with("exit\n" + "".join(f"    {line}\n" for line in notices))) == found


def test_the_balance_is_shared_in_full_and_by_a_base_that_is_said() -> None:
    assert codes(found_with("exit\n    balance shared ICB 50%, Council 50%\n")) == []
    assert codes(found_with("exit\n    balance shared ICB 50%, Council 40%\n")) == ["MON005"]
    assert codes(found_with("exit\n    balance shared in proportion to contributions\n")) == ["MON010"]


def test_a_reserve_that_holds_what_leavers_pay_is_used() -> None:
    reserve = '    reserve Parting "Costs of parting" opening £0\n'
    fund = f'fund Pool "Westshire pooled fund"\n{reserve}'
    assert codes(found_with(fund)) == ["MON018"]
    assert codes(found_with(f"{fund}exit\n    exit payment as agreed, into Parting\n")) == []
