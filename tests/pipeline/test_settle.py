"""Settling from files: the same bytes from an agreement and from its ruleset, and fingerprints of what went in."""

import hashlib
from pathlib import Path

import pytest

from poolrules.pipeline.compile import compiled
from poolrules.pipeline.facts import read_decision, read_opening, read_paid
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.load import load
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.reporting.account import Account
from poolrules.reporting.statement import write_statement
from poolrules.reporting.statement_csv import write_statement_csv
from poolrules.reporting.statement_json import write_statement_json
from poolrules.reporting.trail import figure_names, write_trail
from poolrules.ruleset.codec import write_ruleset
from poolrules.ruleset.ruleset import Part, Weights

WESTSHIRE = str(Path(__file__).parents[2] / "agreements/showcase/westshire.pool")


@pytest.fixture
def outturn(tmp_path: Path) -> Path:
    path = tmp_path / "outturn.csv"
    path.write_text("scheme,spent\nEquipment,19000000.01\nHomecare,21700000.05\nAdaptations,3000000\n")
    return path


def settled(
    agreement: str, outturn: Path, *, decisions: tuple[str, ...] = (), no_decisions: tuple[str, ...] = ()
) -> Account:
    done = settle_file(Asked(agreement, str(outturn), "2026/27", decisions=decisions, no_decisions=no_decisions))
    assert not isinstance(done, NotSettled)
    return done


def test_settling_from_the_ruleset_gives_the_same_bytes(outturn: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.json"
    rules.write_bytes(write_ruleset(compiled(load(WESTSHIRE))))
    one, other = settled(WESTSHIRE, outturn), settled(str(rules), outturn)
    assert write_statement(one) == write_statement(other)
    assert write_statement_csv(one) == write_statement_csv(other)
    assert write_statement_json(one) == write_statement_json(other)
    for figure in figure_names(one):
        assert write_trail(one, figure) == write_trail(other, figure)


def test_every_rule_that_makes_a_figure_has_a_clause_and_a_place(outturn: Path) -> None:
    account = settled(WESTSHIRE, outturn)
    used = [step.rule for _, step in account.step_results()] + [line.rule for line in account.settlement.schemes]
    assert [rule for rule in used if rule not in account.rules.clauses or rule not in account.rules.places] == []


def test_a_statement_names_what_it_was_made_from(outturn: Path) -> None:
    made_from = settled(WESTSHIRE, outturn).made_from
    assert made_from.outturn == hashlib.sha256(outturn.read_bytes()).hexdigest()
    assert made_from.agreement == hashlib.sha256(Path(WESTSHIRE).read_bytes()).hexdigest()
    assert made_from.rules == hashlib.sha256(write_ruleset(compiled(load(WESTSHIRE)))).hexdigest()


def test_a_decision_closes_what_was_open(outturn: Path) -> None:
    assert [one.name for _, one in settled(WESTSHIRE, outturn).open_sums()] == ["Board"]
    decided = settled(WESTSHIRE, outturn, decisions=("Board: ICB",))
    assert list(decided.open_sums()) == []
    assert list(settled(WESTSHIRE, outturn, no_decisions=("Board",)).open_sums()) == []


def both(_: str) -> tuple[str, ...]:
    return ("ICB", "Council")


def nobody(_: str) -> tuple[str, ...]:
    return ()


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("ICB 1, Council 2", (("ICB", 1), ("Council", 2))),
        ("ICB 2 parts, Council 1 part", (("ICB", 2), ("Council", 1))),
        ("ICB 33.5%, Council 66.5%", (("ICB", 67), ("Council", 133))),
        ("Council alone", (("Council", 1),)),
        ("Council", (("Council", 1),)),
        ("equally", (("ICB", 1), ("Council", 1))),
        ("equally between Council, Trust", (("Council", 1), ("Trust", 1))),
    ],
)
def test_decisions(said: str, parts: tuple[tuple[str, int], ...]) -> None:
    made = read_decision(f"all partners: {said}", both)
    assert made.body == "all partners"
    assert made.sharing == Weights(tuple(Part(*part) for part in parts))


def test_equally_needs_to_know_between_whom() -> None:
    with pytest.raises(Unusable, match="between whom"):
        read_decision("Board: equally", nobody)


def test_a_decision_is_between_the_partners_of_the_fund(outturn: Path) -> None:
    decided = settled(WESTSHIRE, outturn, decisions=("Board: equally",)).facts.decisions
    assert decided[0].sharing == Weights((Part("ICB", 1), Part("Council", 1)))


@pytest.mark.parametrize(
    "text",
    [
        *("", "Board", "Board:", ": ICB", "Board: ICB 70%", "Board: ICB 70%, Council 40%", "Board: ICB 70%, Council"),
        *("Board: ICB 1, ICB 1", "Board: ICB 50%, Council 1", "Board: ICB -5%, Council 105%"),
        *("Board: ICB 1.5, Council 2", "Board: equally between ICB, ICB", "Board: ICB alone, Council alone"),
    ],
)
def test_no_decision(text: str) -> None:
    with pytest.raises(Unusable):
        read_decision(text, both)


@pytest.mark.parametrize(
    "text", ["", "Contingency", "Contingency=", "Contingency=-5", "=£5", "Contingency=£-5", "C=5k"]
)
def test_no_opening(text: str) -> None:
    with pytest.raises(Unusable):
        read_opening(text)


def test_a_sum_needs_no_pound_sign() -> None:
    assert read_opening("Contingency=50000") == read_opening("Contingency=£50,000.00") == ("Contingency", 5_000_000)
    assert read_paid("BCF.ICB=5.50") == ("BCF", "ICB", 550)


@pytest.mark.parametrize("text", ["ICB=£5", ".ICB=£5", "BCF.=£5", "BCF.ICB=five"])
def test_nothing_paid(text: str) -> None:
    with pytest.raises(Unusable):
        read_paid(text)
