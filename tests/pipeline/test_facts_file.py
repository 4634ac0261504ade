"""Files of facts: all that can be typed, with its evidence, and what is wrong at its place."""

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from poolrules.base.resources import read_resource
from poolrules.engine.settlement import Counted, DecisionMade, Eased, FactSaid, Marked
from poolrules.pipeline import facts_file
from poolrules.pipeline.facts import read_counts, read_marked, read_said
from poolrules.pipeline.facts_file import KEYS, GivenFacts, read_facts, said_twice
from poolrules.pipeline.files import Unusable
from poolrules.ruleset.ruleset import Part, Weights

SCHEMA = json.loads(read_resource("grammar", "facts.schema.json"))
WHOLE = """decisions:
  Board:
    value: ICB 70%, Council 30%
    evidence: minute 7
  Executive: no decision
facts:
  Consent:
    value: yes
    evidence: minute 12
  Offer: £3,500,000
counts:
  Visits:
    ICB: 1,098
    Council:
      value: 92
      evidence: return of May
  Paid:
    value:
      ICB: £2.50
    evidence: ledger
marked:
  - scheme: Equipment
    mark: pay award
    amount: £100,000
    evidence: letter
paid:
  BCF:
    ICB: £24,512,300
openings:
  Contingency:
    value: 400000.00
    evidence: statement of 2025/26
"""


def nobody(_: str) -> tuple[str, ...]:
    return ()


def faults(text: str) -> list[tuple[str, str, str]]:
    found = read_facts("f.yaml", text.encode(), nobody).findings
    return [(f"{one.span.line}:{one.span.column}" if one.span else "", one.message, one.help) for one in found]


def schema_likes(text: str) -> bool:
    said: Any = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader makes texts only
    return Draft202012Validator(SCHEMA).is_valid(said)


def test_everything_that_a_file_can_say() -> None:
    read = read_facts("f.yaml", WHOLE.encode(), nobody)
    assert read.findings == ()
    assert read.facts == GivenFacts(
        (
            DecisionMade("Board", Weights((Part("ICB", 70), Part("Council", 30)))),
            DecisionMade("Executive", None),
        ),
        (("Contingency", 40_000_000),),
        (("BCF", "ICB", 2_451_230_000),),
        (FactSaid("Consent", holds=True, evidence="minute 12"), FactSaid("Offer", pence=350_000_000)),
        (
            Counted("Visits", "ICB", 1098),
            Counted("Visits", "Council", 92, "return of May"),
            Counted("Paid", "ICB", 250, "ledger"),
        ),
        (Marked("Equipment", "pay award", 10_000_000, "letter"),),
        (),
        (("Board", "minute 7"), ("Contingency", "statement of 2025/26")),
    )
    assert schema_likes(WHOLE)


def test_the_page_of_the_module_is_read() -> None:
    example = "\n".join(line[4:] for line in (facts_file.__doc__ or "").split("\n") if line.startswith("    "))
    assert read_facts("f.yaml", example.encode(), nobody).findings == ()
    assert schema_likes(example)


@pytest.mark.parametrize(
    ("text", "place", "message", "help"),
    [
        ("decision:\n  Board: no decision\n", "1:1", "there is no word `decision`", "did you mean `decisions`?"),
        ("decisions:\n  Board: ICB 70%\n", "2:10", "add up to 70%", "ICB 70%, Council 30%"),
        ("facts:\n  Consent: maybe\n", "2:12", "`maybe` says nothing of the fact `Consent`", "yes or no"),
        ("facts:\n  Offer: £3.5m\n", "2:10", "the fact `Offer` is no amount", "£1,200"),
        ("facts:\n  Consent:\n    valu: yes\n", "3:5", "there is no word `valu` under `Consent`", "`value`"),
        ("facts: yes\n", "1:1", "`facts` needs lines of its own", "indented"),
        ("counts:\n  Visits: 98\n", "2:3", "`Visits` needs lines of its own", "indented"),
        ("counts:\n  Visits:\n    ICB: 9.8\n", "3:10", "`9.8` is not a whole number", "98 or 1,098"),
        ("counts:\n  Visits:\n    evidence: return\n", "2:3", "`Visits` has no value", "`value:`"),
        ("paid:\n  BCF:\n    ICB: -5\n", "3:10", "what was paid, BCF.ICB, is no amount", "pound sign"),
        ("openings:\n  Contingency: none\n", "2:16", "is no amount", "pound sign"),
        ("marked:\n  scheme: Beds\n", "1:1", "`marked` needs a list", "dash"),
        ("marked:\n  - Beds\n", "2:5", "has a scheme, a mark and an amount", "- scheme"),
        ("marked:\n  - scheme: Beds\n    mark: x\n", "2:5", "lacks its amount", "`amount: …`"),
    ],
)
def test_what_is_wrong_with_a_file(text: str, place: str, message: str, help: str) -> None:
    where, said, mend = faults(text)[0]
    assert (where, message in said, help in mend) == (place, True, True), (where, said, mend)


def test_a_comma_between_curly_brackets_loses_nothing_in_silence() -> None:
    assert faults("openings:\n  Contingency: {value: £400,000, evidence: x}\n")


def test_every_fault_comes_at_once() -> None:
    assert len(faults("facts:\n  A: x\n  B: y\ncounts:\n  C:\n    D: z\nother: 1\n")) == 4


def test_what_is_typed() -> None:
    assert read_said("Consent: yes") == FactSaid("Consent", holds=True)
    assert read_said("Offer: £3,500,000") == FactSaid("Offer", pence=350_000_000)
    assert read_counts("Visits: ICB 98, Council 1,092") == (
        Counted("Visits", "ICB", 98),
        Counted("Visits", "Council", 1092),
    )
    assert read_counts("Baseline: ICB £2,500.50") == (Counted("Baseline", "ICB", 250050),)
    assert read_marked("Equipment windfall £100,000") == Marked("Equipment", "windfall", 10_000_000)
    assert read_marked('Equipment "pay award" £1') == Marked("Equipment", "pay award", 100)


@pytest.mark.parametrize(
    "text", ["", "Consent", "Consent: ", "consent: yes", "Consent: Yes", "Consent: 5", "Consent: £5k"]
)
def test_no_fact(text: str) -> None:
    with pytest.raises(Unusable):
        read_said(text)


@pytest.mark.parametrize(
    "text", ["", "Visits", "Visits: ICB", "Visits: ICB -5", "Visits: ICB 9.5", "Visits: ICB 98 Council 92"]
)
def test_no_count(text: str) -> None:
    with pytest.raises(Unusable):
        read_counts(text)


@pytest.mark.parametrize(
    "text", ["", "Equipment £5", "Equipment windfall", "Equipment windfall 5", "Equipment windfall £-5"]
)
def test_nothing_marked(text: str) -> None:
    with pytest.raises(Unusable):
        read_marked(text)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (GivenFacts(said=(FactSaid("Consent", holds=True), FactSaid("Consent", holds=False))), "`Consent`"),
        (GivenFacts(counts=(Counted("V", "ICB", 1), Counted("V", "ICB", 1))), "`V` of ICB"),
        (GivenFacts(marked=(Marked("S", "m", 1), Marked("S", "m", 2))), "S is marked `m`"),
    ],
)
def test_what_is_said_twice_is_refused(facts: GivenFacts, name: str) -> None:
    fault = said_twice(facts)
    assert fault is not None
    assert name in fault.message


def test_what_differs_is_not_said_twice() -> None:
    assert said_twice(read_facts("f.yaml", WHOLE.encode(), nobody).facts) is None


def test_the_schema_knows_the_same_words() -> None:
    assert set(SCHEMA["properties"]) == set(KEYS)
    Draft202012Validator.check_schema(SCHEMA)


def test_what_was_agreed_of_debts_is_read_with_its_evidence() -> None:
    text = "debts:\n  12.3(c):\n    value: put off 1 year\n    evidence: minute 9\n  12.3(d): written off £5\n"
    read = read_facts("f.yaml", text.encode(), nobody)
    assert read.findings == ()
    assert read.facts.eased == (Eased("12.3(c)", years=1, evidence="minute 9"), Eased("12.3(d)", written_off=500))
    assert schema_likes(text)
    (wrong,) = read_facts("f.yaml", b"debts:\n  12.3(c): forgotten\n", nobody).findings
    assert "not what can be agreed of a debt" in wrong.message
