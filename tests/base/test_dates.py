"""Days, lengths of time and financial years."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poolrules.base.dates import (
    FinancialYear,
    Length,
    Unit,
    format_day,
    read_day,
    read_length,
    read_year,
    year_of,
    years_between,
)
from poolrules.base.unreadable import Unreadable

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))


@given(DAYS)
def test_every_day_reads_back(day: datetime.date) -> None:
    assert read_day(format_day(day)) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("30 February 2026", "there is no such day as 30 February 2026"),
        ("29 February 2026", "there is no such day as 29 February 2026"),
        ("0 April 2026", "there is no such day as 0 April 2026"),
        ("1 April 0000", "`1 April 0000` is out of reach"),
        ("1 April 9999", "`1 April 9999` is out of reach"),
        ("1 april 2026", "`1 april 2026` is not a date"),
        ("1 Aprl 2026", "`1 Aprl 2026` is not a date"),
        ("1st April 2026", "`1st April 2026` is not a date"),
        ("1/4/2026", "`1/4/2026` is not a date"),
        ("2026-04-01", "`2026-04-01` is not a date"),
        ("1 April 26", "`1 April 26` is not a date"),
        ("١ April 2026", "`١ April 2026` is not a date"),
        ("", "`` is not a date"),
    ],
)
def test_what_is_not_a_day_is_refused(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read_day(text)
    assert fault.value.message == message


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("20 working days", Length(20, Unit.WORKING_DAY)),
        ("1 day", Length(1, Unit.DAY)),
        ("2 weeks", Length(2, Unit.WEEK)),
        ("6 months", Length(6, Unit.MONTH)),
        ("1 year", Length(1, Unit.YEAR)),
    ],
)
def test_a_length_of_time_reads_back(text: str, length: Length) -> None:
    assert read_length(text) == length
    assert str(length) == text


@pytest.mark.parametrize(
    "text", ["six months", "6", "6 fortnights", "-6 months", "6.5 months", "99999 days", "6 Months"]
)
def test_what_is_not_a_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a length of time"):
        read_length(text)


def test_a_financial_year_runs_from_april_to_march() -> None:
    year = read_year("2027/28")
    assert (year.first_day, year.last_day) == (datetime.date(2027, 4, 1), datetime.date(2028, 3, 31))
    assert str(read_year("1999/00")) == "1999/00"


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("2026/28", "the year that starts in 2026 is 2026/27"),
        ("2026/26", "the year that starts in 2026 is 2026/27"),
        ("1999/99", "the year that starts in 1999 is 1999/00"),
        ("2026-27", "write a financial year such as 2026/27"),
        ("2026/2027", "write a financial year such as 2026/27"),
        ("26/27", "write a financial year such as 2026/27"),
        ("0000/01", "years run from 1900 to 2199"),
        ("9999/00", "years run from 1900 to 2199"),
    ],
)
def test_what_is_not_a_financial_year_is_refused(text: str, help: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read_year(text)
    assert fault.value.help == help


@given(DAYS)
def test_every_day_lies_within_its_year(day: datetime.date) -> None:
    year = year_of(day)
    assert year.first_day <= day <= year.last_day
    assert year_of(year.first_day) == year_of(year.last_day) == year


def test_the_year_changes_on_the_first_of_april() -> None:
    assert year_of(datetime.date(2028, 3, 31)) == FinancialYear(2027)
    assert year_of(datetime.date(2028, 4, 1)) == FinancialYear(2028)


def test_a_period_touches_the_years_of_both_its_ends() -> None:
    touched = years_between(datetime.date(2026, 3, 31), datetime.date(2028, 4, 1))
    assert [str(year) for year in touched] == ["2025/26", "2026/27", "2027/28", "2028/29"]
    assert years_between(datetime.date(2028, 4, 1), datetime.date(2026, 3, 31)) == ()
