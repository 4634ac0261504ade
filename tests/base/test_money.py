"""Amounts of money: what is read, what is refused and with which mend, and that writing undoes reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poolrules.base.money import decimal_pounds, format_money, format_money_full, read_money
from poolrules.base.unreadable import Unreadable


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£0", 0),
        ("£0.01", 1),
        ("£1,200.50", 120_050),
        ("£24,512,300", 2_451_230_000),
        ("£24512300", 2_451_230_000),
        ("£999,999,999,999.99", 99_999_999_999_999),
    ],
)
def test_an_amount_is_whole_pence(text: str, pence: int) -> None:
    assert read_money(text) == pence


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("1,200", "write an amount with a pound sign, such as £1,200.50"),
        ("", "write an amount with a pound sign, such as £1,200.50"),
        ("€12", "amounts are in pounds sterling, such as £1,200.50"),
        ("$12", "amounts are in pounds sterling, such as £1,200.50"),
        ("£-5", "amounts are never negative here: the words say who pays and who receives"),
        ("£−5", "amounts are never negative here: the words say who pays and who receives"),
        ("£1.2m", "write the amount out in full, such as £1,200,000"),
        ("£300k", "write the amount out in full, such as £1,200,000"),
        ("£2 million", "write the amount out in full, such as £1,200,000"),
        ("£1.5", "pence are two digits after the point, such as £1,200.50"),
        ("£1.505", "pence are two digits after the point, such as £1,200.50"),
        ("£1,20", "put commas between thousands, such as £1,200,000, or none at all"),
        ("£1,2000", "put commas between thousands, such as £1,200,000, or none at all"),
        ("£1200,000", "put commas between thousands, such as £1,200,000, or none at all"),
        ("£1e5", "write an amount such as £1,200.50"),
        ("£1_000", "write an amount such as £1,200.50"),
        ("£NaN", "write an amount such as £1,200.50"),
        ("£٣", "write an amount such as £1,200.50"),
        ("£5²", "write an amount such as £1,200.50"),
        ("£007", "write an amount such as £1,200.50"),
        ("£ 5", "write an amount such as £1,200.50"),
        ("£5\n", "write an amount such as £1,200.50"),
        ("£1,000,000,000,000", "an amount has at most 12 digits before the point"),
    ],
)
def test_what_is_not_an_amount_is_refused_with_its_mend(text: str, help: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read_money(text)
    assert fault.value.help == help


def test_a_number_of_six_thousand_digits_gives_a_short_message() -> None:
    with pytest.raises(Unreadable) as fault:
        read_money("£" + "9" * 6000)
    assert len(fault.value.message) < 80


@pytest.mark.parametrize(
    ("pence", "short", "full", "plain"),
    [
        (0, "£0", "£0.00", "0.00"),
        (-50, "-£0.50", "-£0.50", "-0.50"),
        (-7, "-£0.07", "-£0.07", "-0.07"),
        (39_000_000, "£390,000", "£390,000.00", "390000.00"),
        (-120_050, "-£1,200.50", "-£1,200.50", "-1200.50"),
    ],
)
def test_an_amount_is_written_three_ways(pence: int, short: str, full: str, plain: str) -> None:
    assert (format_money(pence), format_money_full(pence), decimal_pounds(pence)) == (short, full, plain)


@given(st.integers(0, 99_999_999_999_999))
def test_what_is_written_reads_back(pence: int) -> None:
    assert read_money(format_money(pence)) == pence
    assert read_money(format_money_full(pence)) == pence
    assert read_money("£" + decimal_pounds(pence)) == pence


@given(st.text(alphabet="£0123456789.,-kmé ٣\n", max_size=12))
def test_anything_else_is_only_ever_unreadable(text: str) -> None:
    try:
        pence = read_money(text)
    except Unreadable:
        return
    assert text.replace(",", "") in (format_money(pence).replace(",", ""), "£" + decimal_pounds(pence))
