"""Amounts: one form of text, and numbers of a workbook that are whole pence, whatever a float makes of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.amounts import Unit, read_amount, read_number


@pytest.mark.parametrize(
    ("text", "unit", "pence"),
    [
        ("1,234.56", Unit.POUNDS, 123456),
        ("(1,234.56)", Unit.POUNDS, -123456),
        ("1.23456", Unit.THOUSANDS, 123456),
        ("-£0.5", Unit.THOUSANDS, -50000),
        ("12", Unit.THOUSANDS, 1200000),
        ("123456", Unit.PENCE, 123456),
        ("-7", Unit.PENCE, -7),
    ],
)
def test_an_amount_is_counted_in_its_unit(text: str, unit: Unit, pence: int) -> None:
    assert read_amount(text, unit) == pence


@pytest.mark.parametrize(
    ("text", "unit", "help"),
    [
        ("1.234", Unit.POUNDS, "at most two decimals"),
        ("1.234567", Unit.THOUSANDS, "whole pence"),
        ("1.5", Unit.PENCE, "`unit: pounds`"),
        ("1 200", Unit.POUNDS, "such as 1200.50"),
        ("1200,5", Unit.POUNDS, "after a point"),
    ],
)
def test_what_is_no_amount_in_its_unit(text: str, unit: Unit, help: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read_amount(text, unit)
    assert help in fault.value.help


@pytest.mark.parametrize(
    ("number", "unit", "pence"),
    [
        (0.1 + 0.2, Unit.POUNDS, 30),
        (1200, Unit.POUNDS, 120000),
        (-80.25, Unit.POUNDS, -8025),
        (1e5, Unit.POUNDS, 10000000),
        (100.0000049, Unit.POUNDS, 10000),
        (1.23456, Unit.THOUSANDS, 123456),
        (123.0004, Unit.PENCE, 123),
        (999999999999.99, Unit.POUNDS, 99999999999999),
    ],
)
def test_a_number_is_the_penny_next_to_it(number: float, unit: Unit, pence: int) -> None:
    assert read_number(number, unit) == pence


@pytest.mark.parametrize(
    "number", [1.005, 100.00001, -0.001, 12.3456, float("nan"), float("inf"), 1e300, 1e12, 123.001 / 100]
)
def test_a_number_that_is_not_whole_pence_is_refused(number: float) -> None:
    with pytest.raises(Unreadable):
        read_number(number)


@given(some.integers(-(10**14) + 1, 10**14 - 1))
def test_what_a_spreadsheet_stores_for_a_penny_is_that_penny(pence: int) -> None:
    assert read_number(float(Decimal(pence) / 100)) == pence


@given(some.lists(some.integers(-(10**7), 10**7), max_size=60))
def test_sums_of_floats_come_back_to_the_penny(pence: list[int]) -> None:
    assert read_number(sum(one / 100 for one in pence)) == sum(pence)
