import datetime

import pytest

from poolrules.base.calendar import (
    LAST_HOLIDAYS,
    Calendar,
    MonthEnds,
    Nation,
    NoDay,
    day_in_month,
    first_working_day,
    is_working_day,
    last_working_day,
    later,
    nation_named,
)
from poolrules.base.dates import DayOfYear, read_day, read_day_of_year, read_length
from poolrules.base.unreadable import Unreadable

ENGLAND, SCOTLAND = Calendar(Nation.ENGLAND), Calendar(Nation.SCOTLAND)
LAST_DAY, NEXT_DAY = Calendar(month_ends=MonthEnds.LAST_DAY), Calendar(month_ends=MonthEnds.NEXT_DAY)


def days(text: str) -> set[datetime.date]:
    return {read_day(one.strip()) for one in text.split(",")}


# What www.gov.uk/bank-holidays says, with the days proclaimed for one year.
PUBLISHED = {
    (Nation.ENGLAND_AND_WALES, 2022): "3 January 2022, 15 April 2022, 18 April 2022, 2 May 2022, 2 June 2022, "
    "3 June 2022, 29 August 2022, 19 September 2022, 26 December 2022, 27 December 2022",
    (Nation.WALES, 2023): "2 January 2023, 7 April 2023, 10 April 2023, 1 May 2023, 8 May 2023, 29 May 2023, "
    "28 August 2023, 25 December 2023, 26 December 2023",
    (Nation.ENGLAND, 2027): "1 January 2027, 26 March 2027, 29 March 2027, 3 May 2027, 31 May 2027, 30 August 2027, "
    "27 December 2027, 28 December 2027",
    (Nation.SCOTLAND, 2027): "1 January 2027, 4 January 2027, 26 March 2027, 3 May 2027, 31 May 2027, 2 August 2027, "
    "30 November 2027, 27 December 2027, 28 December 2027",
    (Nation.NORTHERN_IRELAND, 2026): "1 January 2026, 17 March 2026, 3 April 2026, 6 April 2026, 4 May 2026, "
    "25 May 2026, 13 July 2026, 31 August 2026, 25 December 2026, 28 December 2026",
}


@pytest.mark.parametrize(("nation", "year"), PUBLISHED)
def test_bank_holidays_are_those_that_were_published(nation: Nation, year: int) -> None:
    first = datetime.date(year, 1, 1)
    every = (first + datetime.timedelta(count) for count in range(366))
    off = {day for day in every if day.year == year and day.weekday() < 5 and not is_working_day(day, nation)}
    assert off == days(PUBLISHED[nation, year])


def test_no_saturday_or_sunday_is_a_working_day() -> None:
    assert not is_working_day(datetime.date(2026, 4, 4), Nation.ENGLAND)
    assert not is_working_day(datetime.date(2026, 4, 5), Nation.SCOTLAND)


@pytest.mark.parametrize(
    ("calendar", "day", "first", "last"),
    [
        (ENGLAND, "1 April 2026", "1 April 2026", "1 April 2026"),
        (ENGLAND, "3 April 2026", "7 April 2026", "2 April 2026"),
        (SCOTLAND, "3 April 2026", "6 April 2026", "2 April 2026"),
        (ENGLAND, "1 January 2027", "4 January 2027", "31 December 2026"),
        (SCOTLAND, "1 January 2027", "5 January 2027", "31 December 2026"),
    ],
)
def test_working_days_from_and_up_to_a_day(calendar: Calendar, day: str, first: str, last: str) -> None:
    assert first_working_day(read_day(day), calendar) == read_day(first)
    assert last_working_day(read_day(day), calendar) == read_day(last)


@pytest.mark.parametrize(
    ("calendar", "day", "length", "then"),
    [
        (ENGLAND, "2 April 2026", "1 working day", "7 April 2026"),
        (SCOTLAND, "2 April 2026", "1 working day", "6 April 2026"),
        (ENGLAND, "30 June 2026", "20 working days", "28 July 2026"),
        (ENGLAND, "4 April 2026", "0 working days", "4 April 2026"),
        (ENGLAND, "2 April 2026", "2 weeks", "16 April 2026"),
        (ENGLAND, "28 February 2028", "2 days", "1 March 2028"),
        (ENGLAND, "31 January 2026", "2 months", "31 March 2026"),
        (LAST_DAY, "31 January 2026", "1 month", "28 February 2026"),
        (NEXT_DAY, "31 January 2026", "1 month", "1 March 2026"),
        (LAST_DAY, "31 January 2028", "1 month", "29 February 2028"),
        (NEXT_DAY, "30 November 2027", "3 months", "1 March 2028"),
        (LAST_DAY, "29 February 2028", "1 year", "28 February 2029"),
        (NEXT_DAY, "29 February 2028", "1 year", "1 March 2029"),
        (ENGLAND, "29 February 2028", "4 years", "29 February 2032"),
        (LAST_DAY, "31 March 2027", "3 months", "30 June 2027"),
        (NEXT_DAY, "31 October 2026", "1 month", "1 December 2026"),
        (LAST_DAY, "31 October 2026", "26 months", "31 December 2028"),
    ],
)
def test_a_length_of_time_after_a_day(calendar: Calendar, day: str, length: str, then: str) -> None:
    assert later(read_day(day), read_length(length), calendar) == read_day(then)


@pytest.mark.parametrize(
    ("calendar", "day", "length", "why"),
    [
        (ENGLAND, "31 January 2026", "1 month", "no 31 February 2026"),
        (ENGLAND, "29 February 2028", "1 year", "no 29 February 2029"),
        (LAST_DAY, "1 April 2026", "1 working day", "of which nation"),
        (ENGLAND, f"31 December {LAST_HOLIDAYS}", "1 working day", "are not known"),
        (ENGLAND, "1 April 1977", "1 working day", "are not known"),
        (LAST_DAY, "1 April 2199", "12 months", "too far"),
        (LAST_DAY, "1 April 2026", "9999 years", "too far"),
        (LAST_DAY, "1 April 2026", "9999 weeks", "too far"),
    ],
)
def test_what_cannot_be_counted_says_why(calendar: Calendar, day: str, length: str, why: str) -> None:
    found = later(read_day(day), read_length(length), calendar)
    assert isinstance(found, NoDay)
    assert why in found.why
    assert found.help


def test_a_day_of_a_month_that_lacks_it() -> None:
    assert isinstance(day_in_month(2026, 4, 31, ENGLAND), NoDay)
    assert day_in_month(2026, 12, 31, ENGLAND) == datetime.date(2026, 12, 31)
    assert day_in_month(2026, 4, 31, LAST_DAY) == datetime.date(2026, 4, 30)
    assert day_in_month(2026, 4, 31, NEXT_DAY) == datetime.date(2026, 5, 1)


def test_every_nation_of_a_legal_basis_has_its_bank_holidays() -> None:
    from poolrules.model.law import bases

    assert {basis.nation for basis in bases().values() if nation_named(basis.nation) is None} == set()


def test_days_of_the_year() -> None:
    assert read_day_of_year("1 April") == DayOfYear(4, 1)
    for text in ("31 April", "30 February", "April 1", "1 April 2026", "0 May", "1st May", "1 Smarch"):
        with pytest.raises(Unreadable):
            read_day_of_year(text)
