"""Schemes that no waterfall deals with, money that moves between partners and hosts, and what no budget uses."""

import pytest

from poolrules.base.mode import Mode
from poolrules.engine.settlement import Spending, To
from poolrules.ruleset.ruleset import ByPartners, FromReserve, FromUnderspends, IntoReserve, SchemeRule
from tests.engine.build import (
    cash,
    facts,
    fund,
    nets,
    over,
    reserve,
    ruleset,
    scheme,
    settled,
    under,
    weights,
)

OWN = scheme("S", Mode.OWN_RISK, "B")
FIXED = scheme("S", Mode.FIXED_SHARE, "A")
FENCED = scheme("S", Mode.RING_FENCED)
FENCED_BORNE = scheme("S", Mode.RING_FENCED, "B")
ALIGNED = scheme("S", Mode.ALIGNED, "B")
SHARED = scheme("S")


@pytest.mark.parametrize(
    ("rule", "spent", "to", "name", "net"),
    [
        (OWN, 130, To.PARTNER, "B", {"A": 0, "B": 30}),
        (OWN, 80, To.PARTNER, "B", {"A": 0, "B": -20}),
        (FIXED, 130, To.PARTNER, "A", {"A": 30, "B": 0}),
        (FIXED, 80, To.PARTNER, "A", {"A": -20, "B": 0}),
        (FENCED, 130, To.UNALLOCATED, "", {"A": 0, "B": 0}),
        (FENCED_BORNE, 130, To.PARTNER, "B", {"A": 0, "B": 30}),
        (FENCED, 80, To.RING_FENCE, "S", {"A": 0, "B": 0}),
        (ALIGNED, 130, To.PARTNER, "B", {"A": 0, "B": 0}),
        (ALIGNED, 80, To.PARTNER, "B", {"A": 0, "B": 0}),
        (SHARED, 130, To.UNALLOCATED, "", {"A": 0, "B": 0}),
        (SHARED, 80, To.UNALLOCATED, "", {"A": 0, "B": 0}),
    ],
)
def test_every_mode_both_ways(rule: SchemeRule, spent: int, to: To, name: str, net: dict[str, int]) -> None:
    settlement = settled(ruleset(fund({rule: 100})), facts({"S": spent}))
    [line] = settlement.schemes
    [one] = line.allocations
    assert (line.variance, one.to, one.name, one.pence) == (spent - 100, to, name, abs(spent - 100))
    assert nets(settlement) == net
    assert (one.gap is not None) == (to is To.UNALLOCATED)
    assert [result.provisional for result in settlement.partners] == [to is To.UNALLOCATED] * 2


def test_a_scheme_in_view_is_reported_and_settles_nothing() -> None:
    rules = ruleset(fund({scheme("S"): 100, scheme("V", Mode.IN_VIEW): 50}))
    shown = settled(rules, facts({"S": 100, "V": 900}))
    assert [(line.scheme, line.variance, line.allocations) for line in shown.schemes] == [("S", 0, ()), ("V", 850, ())]
    assert nets(shown) == {"A": 0, "B": 0}
    assert [line.scheme for line in settled(rules, facts({"S": 100})).schemes] == ["S"]


def test_rows_of_a_scheme_add_up_and_income_is_negative() -> None:
    rows = [Spending("S", 90), Spending("S", -5), Spending("S", 40)]
    settlement = settled(ruleset(fund({OWN: 100})), facts(rows))
    assert (settlement.schemes[0].spent, settlement.rows_read) == (125, 3)
    assert nets(settlement)["B"] == 25


def test_a_host_meets_its_own_share_without_anything_moving() -> None:
    settlement = settled(ruleset(fund({FIXED: 100})), facts({"S": 130}))
    [one] = settlement.transfers
    assert (one.payer, one.payee, one.pence, one.bears, one.rules) == ("A", "A", 30, True, ("scheme.S",))


def test_a_partner_is_paid_by_the_host_what_it_receives_on_balance() -> None:
    rules = ruleset(fund({OWN: 100, scheme("T"): 100}, over(["T"], ByPartners(weights(B=1)))))
    settlement = settled(rules, facts({"S": 40, "T": 125}))
    result = settlement.partners[1]
    assert (result.pays, result.receives, result.net) == (25, 60, -35)
    assert result.rules == ("scheme.S", "F.over.1")
    [one] = settlement.transfers
    assert (one.payer, one.payee, one.pence, one.bears) == ("A", "B", 35, False)


def test_hosts_pay_each_other_for_underspends_and_reserves_of_the_other_fund() -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 0, scheme("U"): 70},
            over(["S"], FromUnderspends(("T",)), FromReserve("R")),
            under(["U"], IntoReserve("R")),
        ),
        fund({scheme("T"): 50}, name="G", host="B", reserves=[reserve("R", 40)]),
    )
    settlement = settled(rules, facts({"S": 80, "T": 0, "U": 10}))
    assert [(one.fund, one.payer, one.payee, one.pence, one.rules) for one in settlement.transfers] == [
        ("F", "B", "A", 80, ("F.over.1", "F.over.2")),
        ("G", "A", "B", 60, ("F.under.1",)),
    ]
    assert nets(settlement) == {"A": 0, "B": 0}


def test_funds_of_one_host_owe_each_other_nothing_that_moves() -> None:
    rules = ruleset(
        fund({scheme("S"): 0}, over(["S"], FromUnderspends(("T",)))), fund({scheme("T"): 50}, name="G", host="A")
    )
    settlement = settled(rules, facts({"S": 50, "T": 0}))
    assert settlement.transfers == ()
    assert settlement.schemes[1].lent == 50


@pytest.mark.parametrize(("contributed", "words"), [(130, "is in no budget"), (80, "is paid for by no cash")])
def test_contributions_and_budgets_that_differ_are_named(contributed: int, words: str) -> None:
    rules = ruleset(
        fund(
            {scheme("S"): 100, scheme("T", Mode.ALIGNED, "B"): 900},
            contributions=[cash("A", contributed), cash("B", 77, in_kind=True), cash("B", 900, scheme="T")],
        )
    )
    settlement = settled(rules, facts({"S": 100, "T": 900}))
    [(name, one)] = settlement.unbudgeted
    assert (name, one.to, one.pence) == ("F", To.UNALLOCATED, abs(contributed - 100))
    assert one.gap is not None
    assert words in one.gap
    assert [(result.cash, result.in_kind) for result in settlement.partners] == [(contributed, 0), (0, 77)]
    assert all(result.provisional for result in settlement.partners)


def test_controls_are_shown_and_agree() -> None:
    settlement = settled(ruleset(fund({OWN: 100, scheme("T"): 5}, over(["T"]))), facts({"S": 130, "T": 9}))
    assert [control.what for control in settlement.controls] == [
        "spending read, and spending settled",
        "overspend of T, and what the steps of F.over do with it",
        "money into F, and out of it or kept",
        "what partners and funds owe each other, and what moves",
        "money opened with and come in, and money gone out and closed with",
    ]
    assert all(control.left == control.right for control in settlement.controls)
    assert settlement.controls[2].left == 139
