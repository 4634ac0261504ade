"""Payments: every penny paid stands somewhere, and every penny due is paid or open."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poolrules.engine.inputs import InputFault
from poolrules.engine.payments import PaymentMade, PaymentSchedule, interest_on, payments
from poolrules.ruleset.ruleset import (
    CalendarRules,
    ContributionRule,
    FundRules,
    InterestRule,
    PaidByPeriod,
    PaidRule,
    PartnerRule,
    PayDay,
    PaymentRule,
    Ruleset,
    YearFigures,
)

MONTHLY = PaidByPeriod("Pool.paid", 1, "month", True)
QUARTERLY = PaidByPeriod("Pool.paid", 3, "month", True)
FOUR = InterestRule("Pool.interest", 1, 25)


def rules(
    *lines: tuple[str, int, str],
    paid: PaidRule | None = QUARTERLY,
    interest: InterestRule | None = None,
    between: tuple[PaymentRule, ...] = (),
    nation: str | None = "England",
) -> Ruleset:
    names = ("ICB", "Trust", "Council")
    made = tuple(ContributionRule(f"line.{n}", who, pence, source) for n, (who, pence, source) in enumerate(lines))
    figures = YearFigures("2026/27", made, (), between)
    fund = FundRules("Pool", "Pool", "Pool", "Council", names, (), (figures,), paid=paid, interest=interest)
    partners = tuple(PartnerRule(name, name, name, "") for name in names)
    return Ruleset("T", "", partners, (fund,), calendar=CalendarRules(nation))


def schedule(ruleset: Ruleset, *made: PaymentMade, as_at: str = "") -> PaymentSchedule:
    found = payments(ruleset, "2026/27", made, as_at)
    assert isinstance(found, PaymentSchedule), found
    return found


def faults(ruleset: Ruleset, *made: PaymentMade, year: str = "2026/27") -> list[str]:
    found = payments(ruleset, year, made)
    assert not isinstance(found, PaymentSchedule)
    assert all(isinstance(one, InputFault) for one in found)
    return [one.message for one in found]


def paid(day: str, pence: int, **more: object) -> PaymentMade:
    return PaymentMade(day, "ICB", "Pool", pence, **more)  # type: ignore[arg-type]


def test_a_payment_goes_to_the_oldest_open_instalment_of_any_line() -> None:
    found = schedule(rules(("ICB", 400, "A"), ("ICB", 200, "B")), paid("2026-04-01", 160))
    rows = [(row.instalment.source, row.instalment.number, row.paid, row.balance) for row in found.rows]
    assert rows[:2] == [("A", 1, 100, 0), ("A", 2, 10, None)]
    assert ("B", 1, 50, 0) in rows
    assert ("A", 2, None, 90) in rows


def test_a_payment_goes_first_to_what_it_names_and_its_rest_to_the_oldest() -> None:
    found = schedule(rules(("ICB", 400, "A"), ("ICB", 200, "B")), paid("2026-04-01", 60, instalment=3, source="B"))
    assert {(row.instalment.source, row.instalment.number): row.paid for row in found.rows if row.paid} == {
        ("B", 3): 50,
        ("A", 1): 10,
    }


def test_nothing_unpaid_is_late_without_a_day_to_look_from() -> None:
    assert [row.days_late for row in schedule(rules(("ICB", 400, ""))).rows] == [None] * 4
    late = schedule(rules(("ICB", 400, "")), as_at="2026-07-11")
    assert [row.days_late for row in late.rows] == [101, 10, None, None]
    on_the_day = schedule(rules(("ICB", 400, "")), as_at="2026-04-01")
    assert [row.days_late for row in on_the_day.rows] == [None] * 4


def test_interest_is_simple_by_days_of_365_and_only_where_stated() -> None:
    assert interest_on(1_000_000, 365, FOUR) == 40_000
    assert interest_on(1_000_000, 366, FOUR) == 40_110
    assert interest_on(1_000_000, 30, None) == 0
    assert interest_on(100, 1, InterestRule("", 0, 1)) == 0
    found = schedule(rules(("ICB", 4_000_000, ""), interest=FOUR), paid("2026-04-20", 1_000_000), as_at="2026-07-31")
    assert [row.interest for row in found.rows] == [2082, 3288, 0, 0]
    assert found.totals[0].interest == 5370


def test_payments_after_the_day_are_shown_and_not_counted() -> None:
    found = schedule(rules(("ICB", 400, "")), paid("2026-04-01", 100), paid("2026-08-01", 7), as_at="2026-07-31")
    assert [one.pence for one in found.after] == [7]
    assert (found.counted, found.totals[0].paid, found.totals[0].open) == (1, 100, 300)


def test_what_partners_pay_each_other_has_a_line_for_each_pair() -> None:
    between = (
        PaymentRule("p1", "ICB", "Council", 500, "hosting"),
        PaymentRule("p2", "Council", "ICB", 800, "rooms"),
        PaymentRule("p3", "Trust", "ICB", 50, "desks"),
    )
    found = schedule(rules(("ICB", 400, ""), between=between))
    assert [(net.payer, net.payee, net.pence) for net in found.between] == [
        ("Council", "ICB", 300),
        ("Trust", "ICB", 50),
    ]


def test_every_fault_in_one_run() -> None:
    ruleset = rules(("ICB", 400, "A"), ("Council", 5, ""))
    wrong = (
        PaymentMade("2026-04-01", "IBC", "Pool", 1),
        PaymentMade("2026-04-01", "ICB", "Pol", 1),
        PaymentMade("2026-04-01", "ICX", "Pol", 1),
    )
    assert faults(ruleset, *wrong) == [
        "there is no partner `IBC`",
        "there is no fund `Pol`",
        "there is no partner `ICX`",
        "there is no fund `Pol`",
    ]
    host = PaymentMade("2026-04-01", "Council", "Pool", 1)
    assert faults(ruleset, host, paid("2026-04-01", 1, instalment=9), paid("2026-04-01", 1, source="a")) == [
        "`Council` pays nothing into `Pool`: own contribution of the host: no money moves",
        "`ICB` has no instalment 9 for `Pool`",
        "`ICB` pays nothing into `Pool` from `a`",
    ]
    assert faults(ruleset, year="2030/31") == ["the agreement has no figures for 2030/31"]


def test_days_that_cannot_be_told_are_faults() -> None:
    unknown = rules(("ICB", 400, ""), paid=PaidByPeriod("p", 3, "month", True, PayDay.FIRST), nation=None)
    assert len(faults(unknown)) == 1
    assert "of which nation" in faults(unknown)[0]


MADE = st.lists(
    st.builds(
        PaymentMade,
        day=st.dates(datetime.date(2026, 3, 1), datetime.date(2027, 5, 1)).map(datetime.date.isoformat),
        payer=st.sampled_from(["ICB", "Trust"]),
        fund=st.just("Pool"),
        pence=st.integers(1, 3_000),
    ),
    max_size=12,
)


@given(
    st.lists(st.tuples(st.sampled_from(["ICB", "Trust"]), st.integers(1, 5_000), st.sampled_from("AB")), max_size=4),
    MADE,
    st.sampled_from([MONTHLY, QUARTERLY, None]),
    st.sampled_from(["", "2026-09-30"]),
)
def test_nothing_is_lost(
    lines: list[tuple[str, int, str]], made: list[PaymentMade], when: PaidRule | None, as_at: str
) -> None:
    found = schedule(rules(*lines, paid=when, interest=FOUR), *made, as_at=as_at)
    due, received = sum(pence for _, pence, _ in lines), sum(one.pence for one in made)
    assert sum(row.amount or 0 for row in found.rows) == due
    counted = sum(row.paid or 0 for row in found.rows)
    assert counted + sum(one.pence for one in found.after) == received
    assert sum(row.balance or 0 for row in found.rows) == due - counted
    assert sum(total.open for total in found.totals) == due - counted
    assert sum(total.to_pay for total in found.totals) == due
    for row in found.rows:
        assert row.overpaid or (row.balance or 0) >= 0


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_rows_changes_nothing(order: int) -> None:
    made = [paid("2026-04-01", 70), paid("2026-05-01", 80), paid("2026-06-01", 90)][::order]
    found = schedule(rules(("ICB", 400, "A")), *made)
    assert [(row.paid_on, row.paid) for row in found.rows if row.paid] == [
        ("2026-04-01", 70),
        ("2026-05-01", 30),
        ("2026-05-01", 50),
        ("2026-06-01", 50),
        ("2026-06-01", 40),
    ]
