"""Days: read by the one format that is stated, never by another that would fit as well."""

import datetime

import pytest

from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.ledger_days import read_day_as, read_day_format


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("dd/mm/yyyy", "03/04/2026", (2026, 4, 3)),
        ("mm/dd/yyyy", "03/04/2026", (2026, 3, 4)),
        ("d/m/yyyy", "3/4/2026", (2026, 4, 3)),
        ("yyyy-mm-dd", "2026-04-03", (2026, 4, 3)),
        ("DD.MM.YY", "03.04.26", (2026, 4, 3)),
        ("d mmm yyyy", "3 APR 2026", (2026, 4, 3)),
        ("dd-mmm-yy", "03-Apr-26", (2026, 4, 3)),
        ("d mmmm yyyy", "29 February 2028", (2028, 2, 29)),
        ("yyyymmdd", "20260403", (2026, 4, 3)),
    ],
)
def test_a_day_in_its_format(form: str, text: str, day: tuple[int, int, int]) -> None:
    assert read_day_as(text, read_day_format(form)) == datetime.date(*day)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("dd/mm/yyyy", "3/4/2026"),
        ("dd/mm/yyyy", "04/14/2026"),
        ("dd/mm/yyyy", "03/04/26"),
        ("dd/mm/yyyy", "03-04-2026"),
        ("dd/mm/yyyy", "03/04/2026 12:00"),
        ("yyyy-mm-dd", "2026-02-30"),
        ("yyyy-mm-dd", "٢٠٢٦-04-03"),
        ("d mmm yyyy", "3 Avr 2026"),
        ("d mmmm yyyy", "3 Apr 2026"),
        ("yyyy-mm-dd", "46115"),
    ],
)
def test_a_day_in_no_other_format(form: str, text: str) -> None:
    with pytest.raises(Unreadable):
        read_day_as(text, read_day_format(form))


@pytest.mark.parametrize(
    "form", ["", "dd/mm", "dd/dd/yyyy", "%d/%m/%Y", "dd/mm/yyyy hh:mm", "day month year", "dd/mm/yyyyy"]
)
def test_no_format(form: str) -> None:
    with pytest.raises(Unreadable):
        read_day_format(form)
