"""Several years by one command: the same as one after another with the position between them."""

from pathlib import Path

import pytest

from poolrules.engine.settlement import Position
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.positions import read_position, write_position
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.pipeline.years import AskedYears, each_year, settle_years
from poolrules.reporting.account import Account
from poolrules.reporting.statement import write_statement

SHOWCASE = Path(__file__).parents[2] / "agreements/showcase"
WESTSHIRE = str(SHOWCASE / "westshire.pool")
FIRST, SECOND = str(SHOWCASE / "westshire.outturn.csv"), str(SHOWCASE / "westshire-second-year.outturn.csv")


def settled(asked: AskedYears) -> tuple[Account, ...]:
    done = settle_years(asked)
    assert not isinstance(done, NotSettled), [found.message for found in done.findings]
    return done


def one(asked: Asked) -> Account:
    done = settle_file(asked)
    assert not isinstance(done, NotSettled), [found.message for found in done.findings]
    return done


def test_two_years_at_once_are_the_two_one_after_the_other(tmp_path: Path) -> None:
    both = settled(AskedYears(WESTSHIRE, (f"2026/27={FIRST}", f"2027/28={SECOND}")))
    first = one(Asked(WESTSHIRE, FIRST, "2026/27"))
    path = tmp_path / "position.json"
    path.write_bytes(write_position(first.settlement.closing))
    second = one(Asked(WESTSHIRE, SECOND, "2027/28", positions=(str(path),)))
    assert [write_statement(account) for account in both] == [write_statement(first), write_statement(second)]
    assert both[-1].settlement == second.settlement
    assert read_position("p", write_position(both[-1].settlement.closing)) == both[-1].settlement.closing


def test_the_second_year_starts_from_what_the_first_closed_with() -> None:
    first, second = settled(AskedYears(WESTSHIRE, (f"2026/27={FIRST}", f"2027/28={SECOND}")))
    assert second.facts.position == first.settlement.closing
    closing = dict(first.settlement.closing.reserves)
    assert {one.reserve: one.opening for one in second.settlement.reserves} == closing
    assert "Brought forward from 2026/27" in write_statement(second, 80)
    assert second.made_from.position


def test_what_was_billed_for_a_part_of_the_year_is_taken_off(tmp_path: Path) -> None:
    so_far = tmp_path / "so-far.csv"
    so_far.write_text("scheme,spent\nEquipment,6000000\nHomecare,10816150\nAdaptations,1502056\n")
    whole = tmp_path / "whole.csv"
    whole.write_text("scheme,spent\nEquipment,10400000.01\nHomecare,21632300\nAdaptations,3004112\n")
    half = one(Asked(WESTSHIRE, str(so_far), "2026/27", to="30 September 2026"))
    path = tmp_path / "half.json"
    path.write_bytes(write_position(half.settlement.closing))
    again = one(Asked(WESTSHIRE, str(whole), "2026/27", positions=(str(path),)))
    straight = one(Asked(WESTSHIRE, str(whole), "2026/27"))
    for result, earlier, all_at_once in zip(
        again.settlement.partners, half.settlement.partners, straight.settlement.partners, strict=True
    ):
        assert result.billed == earlier.net
        assert result.net == all_at_once.net
        assert result.call + earlier.call == all_at_once.call
    assert "What is asked for now" in write_statement(again, 80)


def fails(asked: AskedYears) -> str:
    with pytest.raises(Unusable) as fault:
        each_year(asked)
    assert fault.value.help
    return fault.value.message


def test_what_is_said_of_one_year_must_say_of_which() -> None:
    years = ("2026/27", "2027/28")
    assert fails(AskedYears("a.pool", ("a.csv",), years)) == "`a.csv` does not say of which year it is"
    assert fails(AskedYears("a.pool", (), years, decisions=("Board: ICB",))) == (
        "`Board: ICB` does not say of which year it is"
    )
    assert fails(AskedYears("a.pool", ("2030/31=a.csv",), years)) == (
        "`2030/31=a.csv` is said of 2030/31, which is not settled"
    )
    assert fails(AskedYears("a.pool", (), years, openings=("2027/28=R=£1",))) == (
        "`2027/28=R=£1` is said of 2027/28, which starts from what 2026/27 closes with"
    )
    assert fails(AskedYears("a.pool", (), years, ledgers=("2026/27=l.csv",))) == "`2026/27=l.csv` is said of one year"
    assert fails(AskedYears("a.pool", ("2026/27=a.csv", "2026/27=b.csv", "2027/28=c.csv"))) == (
        "--outturn is given 2 times for 2026/27"
    )


def test_years_follow_each_other() -> None:
    assert fails(AskedYears("a.pool", (), ("2026/27", "2028/29"))) == "2028/29 does not follow 2026/27"
    assert fails(AskedYears("a.pool", (), ("2027/28", "2026/27"))) == "2026/27 does not follow 2027/28"
    assert fails(AskedYears("a.pool", (), ("2026/27", "later"))) == "`later` is not a financial year"


def test_each_year_gets_what_is_said_of_it() -> None:
    first, second = each_year(
        AskedYears(
            "a.pool",
            ("2027/28=b.csv", "2026/27=a.csv"),
            ("2026/27", "2027/28"),
            openings=("Contingency=£1",),
            decisions=("2027/28=Board: ICB",),
            to="30 September 2027",
            ledgers=("l.csv",),
            positions=("p.json",),
            afresh=True,
        )
    )
    assert (first.year, first.outturn, first.openings, first.decisions) == ("2026/27", "a.csv", ("Contingency=£1",), ())
    assert (first.to, first.positions, first.afresh) == (None, ("p.json",), True)
    assert (second.year, second.outturn, second.openings) == ("2027/28", "b.csv", ())
    assert (second.decisions, second.to, second.positions, second.afresh) == (
        ("Board: ICB",),
        "30 September 2027",
        (),
        False,
    )
    assert first.ledgers == second.ledgers == ("l.csv",)


def test_one_year_needs_no_prefix_and_may_have_one() -> None:
    [plain] = each_year(AskedYears("a.pool", ("a.csv",), ("2026/27",), openings=("R=£1",)))
    [named] = each_year(AskedYears("a.pool", ("2026/27=a.csv",), openings=("R=£1",)))
    assert plain == named


def test_a_position_of_the_wrong_year_or_agreement_is_a_finding(tmp_path: Path) -> None:
    first = one(Asked(WESTSHIRE, FIRST, "2026/27")).settlement.closing
    for position, told in (
        (Position("Another", "2026/27", "2027-03-31"), "the position is of `Another`"),
        (Position(first.title, "2025/26", "2026-03-31", first.reserves), "the position is what 2025/26 closed with"),
        (Position(first.title, "2027/28", "2028-03-31"), "is up to 2028-03-31, later than the 2027-09-30"),
    ):
        path = tmp_path / "p.json"
        path.write_bytes(write_position(position))
        done = settle_file(Asked(WESTSHIRE, SECOND, "2027/28", positions=(str(path),), to="30 September 2027"))
        assert isinstance(done, NotSettled)
        assert any(told in found.message for found in done.findings), [found.message for found in done.findings]


def test_two_positions_for_one_purpose_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(write_position(one(Asked(WESTSHIRE, FIRST, "2026/27")).settlement.closing))
    with pytest.raises(Unusable, match="both say what the settlement starts from"):
        settle_file(Asked(WESTSHIRE, SECOND, "2027/28", positions=(str(path), str(path))))
