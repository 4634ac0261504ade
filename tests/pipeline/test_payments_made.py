"""Files of payments: every row is read or reported, and no date or amount is guessed."""

import pytest

from poolrules.engine.payments import PaymentMade
from poolrules.pipeline.payments_made import PaymentsRead, read_payments

HEADER = "date,payer,fund,amount,reference\n"


def read(rows: str, header: str = HEADER) -> PaymentsRead:
    return read_payments("paid.csv", (header + rows).encode())


def told(found: PaymentsRead) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in found.findings]


def test_a_row_is_a_payment() -> None:
    found = read('1 April 2026,ICB,Pool,"£6,128,075.00",BACS 1\n2026-07-01,ICB,Pool,7,\n')
    assert told(found) == []
    assert found.made == (
        PaymentMade("2026-04-01", "ICB", "Pool", 612_807_500, "BACS 1", place="paid.csv:2:14"),
        PaymentMade("2026-07-01", "ICB", "Pool", 700, place="paid.csv:3:12"),
    )


def test_columns_stand_in_any_order_and_two_more_may_be_there() -> None:
    found = read("Grant,3,7.5,Pool,ICB,,2026-04-01\n", "source,Instalment,amount,fund,payer,reference,date\n")
    assert told(found) == []
    assert found.made[0].instalment == 3
    assert (found.made[0].source, found.made[0].pence) == ("Grant", 750)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("01/04/2026,ICB,Pool,7,\n", "PAY003"),
        ("2026-02-30,ICB,Pool,7,\n", "PAY003"),
        ("April 2026,ICB,Pool,7,\n", "PAY003"),
        ("2026-4-1,ICB,Pool,7,\n", "PAY003"),
        ("2026-04-01,ICB,Pool,0,\n", "PAY003"),
        ("2026-04-01,ICB,Pool,(7),\n", "PAY003"),
        ("2026-04-01,ICB,Pool,1e3,\n", "PAY003"),
        ("2026-04-01,ICB,Pool,7.001,\n", "PAY003"),
        ("2026-04-01,ICB,Pool,,\n", "PAY002"),
        (",ICB,Pool,7,\n", "PAY002"),
        ("2026-04-01,ICB,Pool,7\n", "PAY002"),
        ("2026-04-01,ICB,Pool,1,000,x\n", "PAY002"),
        ("\n2026-04-01,ICB,Pool,7,\n", "PAY002"),
        ('2026-04-01,ICB,Pool,7,"open\n', "PAY002"),
    ],
)
def test_a_row_that_cannot_be_read_with_certainty_is_reported(rows: str, code: str) -> None:
    assert [one for one, _ in told(read(rows))] == [code]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"date;payer;fund;amount;reference\n", "the values of the file are separated by semicolons"),
        (b"when,who\n", "the first line does not name the columns"),
        (b"date,payer,fund,amount\n", "the column `reference` is missing"),
        (b"date,payer,fund,amount,reference,note\n", "there is no column `note` here"),
        (b"date,date,payer,fund,amount,reference\n", "the column `date` is there twice"),
        (b"PK\x03\x04xl/workbook", "the file is an Excel workbook, not CSV"),
    ],
)
def test_a_file_that_is_no_list_of_payments_is_reported(data: bytes, message: str) -> None:
    assert told(read_payments("paid.csv", data)) == [("PAY001", message)]


def test_the_instalment_is_a_number() -> None:
    found = read("2026-04-01,ICB,Pool,7,,Q1\n", "date,payer,fund,amount,reference,instalment\n")
    assert told(found) == [("PAY003", "`Q1` is not the number of an instalment")]
