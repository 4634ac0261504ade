"""Percentages: exact in, exact out."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poolrules.base.shares import format_percent, read_percent
from poolrules.base.unreadable import Unreadable


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("0%", Fraction(0)),
        ("60%", Fraction(3, 5)),
        ("50.77%", Fraction(5077, 10_000)),
        ("100%", Fraction(1)),
        ("128%", Fraction(32, 25)),
        ("33.333333333333%", Fraction(33_333_333_333_333, 10**14)),
    ],
)
def test_a_percentage_is_an_exact_fraction(text: str, share: Fraction) -> None:
    assert read_percent(text) == share


@pytest.mark.parametrize(
    "text", ["60", "60 %", "-5%", ".5%", "5.%", "1e2%", "٦٠%", "60%\n", "12345%", "1/3", "NaN%", ""]
)
def test_what_is_not_a_percentage_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a percentage"):
        read_percent(text)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1, 8), "12.5%"),
        (Fraction(1), "100%"),
        (Fraction(0), "0%"),
        (Fraction(1, 3), "about 33.3333%"),
        (Fraction(2, 3), "about 66.6667%"),
        (Fraction(-1, 8), "-12.5%"),
        (Fraction(1, 2_000_000), "0.00005%"),
    ],
)
def test_a_share_is_written_exactly_or_with_about(share: Fraction, text: str) -> None:
    assert format_percent(share) == text


@given(st.integers(0, 10**6), st.integers(0, 6))
def test_what_is_written_reads_back(number: int, places: int) -> None:
    share = Fraction(number, 100 * 10**places)
    if share < 100:
        assert read_percent(format_percent(share)) == share
