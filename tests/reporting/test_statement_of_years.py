"""Statements of every rule that the records have: within their width, with every sum, in each form."""

import csv
import io
import json
import re

import pytest
from msgspec.structs import replace

from poolrules.engine.settle import settle
from poolrules.engine.settlement import Carried, Due, Facts, FactSaid, Position, Settlement, To
from poolrules.reporting.account import Account, MadeFrom
from poolrules.reporting.figures import printed_figures, write_trails
from poolrules.reporting.statement import write_statement
from poolrules.reporting.statement_csv import write_statement_csv
from poolrules.reporting.statement_json import write_statement_json
from poolrules.reporting.trail import figure_names, write_trail
from poolrules.reporting.wide import cells
from poolrules.ruleset.ruleset import (
    ByPartners,
    Cap,
    Condition,
    Decided,
    FactRule,
    Known,
    Later,
    OfSpending,
    Outside,
    Part,
    Ruleset,
    Step,
    Weights,
)
from tests.engine import build
from tests.engine.generated import _two_years, _year

SEEDS = range(60)


def generated(seed: int) -> Account:
    """A generated year, or the second of two."""
    rules, facts = _year(seed)
    if seed % 3 == 0:
        rules, first, facts = _two_years(seed)
        before = settle(rules, first)
        assert isinstance(before, Settlement)
        facts = replace(facts, position=before.closing)
    found = settle(rules, facts)
    assert isinstance(found, Settlement)
    return Account(rules, facts, found, MadeFrom("", "", "", ""))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_statement_fits_and_says_every_sum(seed: int) -> None:
    account = generated(seed)
    for width in (60, 80, 140):
        statement = write_statement(account, width)
        assert max(map(cells, statement.split("\n"))) <= width
        for _, step in account.step_results():
            for one in (*step.allocations, *step.meanwhile):
                pounds, odd = divmod(abs(one.pence), 100)
                assert f"{pounds:,}.{odd:02d}" in statement


@pytest.mark.parametrize("seed", SEEDS)
def test_every_allocation_in_csv_adds_up(seed: int) -> None:
    account = generated(seed)
    rows = list(csv.DictReader(io.StringIO(write_statement_csv(account).decode(), newline="")))
    sums: dict[str, int] = {}
    for row in rows:
        if row["section"] == "allocation":
            sums[row["rule_id"]] = sums.get(row["rule_id"], 0) + int(row["amount"].replace(".", ""))
    for run in account.settlement.runs:
        for step in run.steps:
            sums[step.rule] = sums.get(step.rule, 0) - step.taken
    for scheme in account.settlement.schemes:
        sums[scheme.rule] = sums.get(scheme.rule, 0) - sum(one.pence for one in scheme.allocations)
    assert set(sums.values()) <= {0}
    nets = {(row["fund_id"], row["partner"]): row for row in rows if row["basis"] == "on balance"}
    for result in account.settlement.partners:
        row = nets[result.fund, result.partner]
        assert int(row["amount"].replace(".", "")) == abs(result.net)
        assert row["sign"] == ("pay" if result.net > 0 else "receive" if result.net < 0 else "")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_that_is_printed_has_a_trail(seed: int) -> None:
    account = generated(seed)
    for name in figure_names(account):
        assert write_trail(account, name, 80).strip(), name
    for figure in printed_figures(account):
        if figure.pence:
            assert write_trails(account, f"{figure.pence / 100:.2f}", 80)


@pytest.mark.parametrize("seed", SEEDS)
def test_json_has_all_of_it(seed: int) -> None:
    account = generated(seed)
    said = json.loads(write_statement_json(account))
    for run, told in zip(account.settlement.runs, said["settlement"]["runs"], strict=True):
        for step, written in zip(run.steps, told["steps"], strict=True):
            assert [one["pence"] for one in written["allocations"]] == [one.pence for one in step.allocations]
    assert [one["holds"]["pence"] for one in said["settlement"]["closing"]["reserves"]] == [
        pence for _, pence in account.settlement.closing.reserves
    ]
    assert len(said["facts"]["said"]) == len(account.facts.said)


# ---- one kind of rule at a time ----------------------------------------------------------------------


def account(rules: Ruleset, facts: Facts) -> Account:
    return Account(rules, facts, build.settled(rules, facts), MadeFrom("", "", "", ""))


def plain(text: str) -> str:
    return " ".join(text.split())


def over_of(*takers: Step | ByPartners | Outside | Decided, caps: tuple[Cap, ...] = ()) -> Ruleset:
    """A fund of one scheme with a budget of £100, to which A contributes £60 and B £40."""
    falls = build.over(["S"], *takers, caps=caps)
    made = (build.cash("A", 60_00), build.cash("B", 40_00))
    return build.ruleset(build.fund({build.scheme("S"): 100_00}, falls, contributions=made))


def test_a_share_of_all_spending_may_give_something_back() -> None:
    rules = over_of(ByPartners(OfSpending((Part("A", 20), Part("B", 80)))))
    one = account(rules, build.facts({"S": 110_00}))
    assert plain("A gets back, set against what others pay, 20% 38.00") in plain(write_statement(one, 80))
    assert plain("B pays, 80% 48.00") in plain(write_statement(one, 80))
    rows = list(csv.DictReader(io.StringIO(write_statement_csv(one).decode(), newline="")))
    found = {(row["partner"], row["sign"], row["amount"]) for row in rows if row["section"] == "allocation"}
    assert found == {("A", "receive", "-38.00"), ("B", "pay", "48.00")}
    assert "38.00: A gets back" in write_trail(one, "A.receives", 80)
    assert "38.00: A gets back" not in write_trail(one, "A.pays", 80)


def test_outside_money_and_facts_with_their_evidence() -> None:
    fact = FactRule("fact.Brokerage", "Brokerage", "What the Government lends", amount=True)
    step = build.limited(Outside("Scottish Government brokerage"), at_most=Known("Brokerage"))
    rules = replace(over_of(step, ByPartners(build.weights(A=1))), facts=(fact,))
    said = (FactSaid("Brokerage", pence=7_00, evidence="letter of 1 March 2027"),)
    one = account(rules, replace(build.facts({"S": 110_00}), said=said))
    text = plain(write_statement(one, 140))
    assert "met from outside, by Scottish Government brokerage 7.00" in text
    assert "shown by letter of 1 March 2027" in text
    assert "F.over.1" in text
    assert "£7.00" in text
    assert json.loads(write_statement_json(one))["facts"]["asked_by"] == {"Brokerage": ["F.over.1"]}


def test_a_fact_that_nobody_asks_for_is_shown_to_change_nothing() -> None:
    fact = FactRule("fact.Idle", "Idle", "Something else")
    rules = replace(over_of(ByPartners(build.weights(A=1))), facts=(fact,))
    one = account(rules, replace(build.facts({"S": 110_00}), said=(FactSaid("Idle", holds=True),)))
    assert "none: it changes nothing" in plain(write_statement(one, 80))


@pytest.mark.parametrize(
    ("holds", "told"),
    [(False, "[Consent: no (minute 3)] [nothing taken: Consent does not hold]"), (True, "Consent: yes")],
)
def test_a_condition_says_what_was_found(holds: bool, told: str) -> None:
    fact = FactRule("fact.Consent", "Consent", "Both agreed")
    step = build.limited(ByPartners(build.weights(B=1)), condition=Condition("Consent"))
    rules = replace(over_of(step, ByPartners(build.weights(A=1))), facts=(fact,))
    said = (FactSaid("Consent", holds=holds, evidence="minute 3"),)
    one = account(rules, replace(build.facts({"S": 110_00}), said=said))
    assert told in plain(write_statement(one, 80))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((), "; Consent would lift it"),
        ((FactSaid("Consent", holds=True, evidence="minute 3"),), "does not bind: Consent holds (minute 3)"),
    ],
)
def test_a_cap_that_consent_lifts(said: tuple[FactSaid, ...], told: str) -> None:
    fact = FactRule("fact.Consent", "Consent", "Both agreed")
    cap = Cap("F.over.cap", "A", 1_00, unless="Consent")
    rules = replace(over_of(ByPartners(build.weights(A=1)), caps=(cap,)), facts=(fact,))
    one = account(rules, replace(build.facts({"S": 110_00}), said=said))
    assert told in plain(write_statement(one, 80))


def test_a_note_says_what_its_own_run_puts_off() -> None:
    late = ByPartners(build.weights(B=1), later=Later(2))
    made = [build.cash("A", 200_00)]
    fall = build.over(["S", "T"], late, separately=True)
    budgets = {build.scheme("S"): 100_00, build.scheme("T"): 100_00}
    one = account(build.ruleset(build.fund(budgets, fall, contributions=made)), build.facts({"S": 110_00, "T": 106_00}))
    text = plain(write_statement(one, 80))
    assert "not paid now but in 2027/28 £5.00, 2028/29 £5.00" in text
    assert "not paid now but in 2027/28 £3.00, 2028/29 £3.00" in text


def test_a_loan_and_a_payment_put_off() -> None:
    lent = ByPartners(build.weights(A=1), later=Later(3, pay_now=True))
    one = account(over_of(lent), build.facts({"S": 110_00}))
    text = plain(write_statement(one, 80))
    assert "repaid in 2027/28 £3.33, 2028/29 £3.33, 2029/30 £3.34" in text
    assert "2029/30: F repays A F.over.1 3.34" in text
    late = ByPartners(build.weights(B=1), later=Later(1))
    one = account(over_of(late), build.facts({"S": 110_00}))
    text = plain(write_statement(one, 80))
    assert "not paid now but in 2027/28 £10.00" in text
    assert "B of what it pays or gets, put off to later years 10.00 pays" in text
    assert one.settlement.transfers == ()
    assert "put off to later years B pays £10.00" in write_trail(one, "B", 80)


def test_what_falls_due_from_an_earlier_year() -> None:
    rules = build.ruleset(
        build.fund(
            {build.scheme("S"): 100_00},
            build.over(["S"], ByPartners(build.weights(A=1), later=Later(1))),
            years=("2026/27", "2027/28"),
        )
    )
    due = Due("F", "B", None, "2027/28", 9_00, "F.over.1")
    position = Position("Test", "2026/27", "2027-03-31", carried=(Carried("F", "S", 2_00, "F.over.1"),), dues=(due,))
    facts = replace(build.facts({"S": 100_00}, year="2027/28"), position=position)
    one = account(rules, facts)
    text = plain(write_statement(one, 80))
    assert "Brought forward from 2026/27" in text
    assert "carried forward for S F.over.1 2.00" in text
    assert "B pays F, put off from an earlier year F.over.1 9.00" in text
    assert "B due this year by a rule of an earlier one 9.00 pays" in text
    assert "brought £" in text
    assert "in 2027/28" in write_trail(one, "B", 80)


def test_an_interim_payment_is_shown_and_may_change() -> None:
    rules = over_of(Decided("Board", failing=Weights((Part("A", 1),)), interim="B"))
    one = account(rules, build.facts({"S": 110_00}))
    text = plain(write_statement(one, 80))
    assert "B pays £10.00 until there is a decision" in text
    assert re.search(r"B pays A, until it is decided \S+ 10\.00", text)
    assert "B until a decision is made 10.00 pays" in text
    assert [one.to for _, step in one.step_results() for one in step.allocations] == [To.UNDECIDED]


def test_a_gain_is_shared_out() -> None:
    falls = build.gain(ByPartners(build.weights(A=1, B=3)))
    fact = FactRule("fact.Growth", "Growth", "Retained growth", amount=True)
    rules = replace(build.ruleset(build.fund({build.scheme("S"): 0}, falls)), facts=(fact,))
    said = (FactSaid("Growth", pence=1_01, evidence="NNDR3 return"),)
    one = account(rules, replace(build.facts({"S": 0}), said=said))
    text = plain(write_statement(one, 80))
    assert "Gain, Retained growth: £1.01" in text
    assert "B receives, 75% 0.76" in text
    assert "NNDR3 return" in write_trail(one, "B", 80)
