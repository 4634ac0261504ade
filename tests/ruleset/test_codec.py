"""A ruleset written to JSON and read back, and files that are no ruleset."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from msgspec import structs

from poolrules.base.mode import Mode
from poolrules.base.unreadable import Unreadable
from poolrules.ruleset.codec import read_ruleset, write_ruleset
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Cap,
    CarryForward,
    Decided,
    Duty,
    ExampleRule,
    Expectation,
    FromReserve,
    FromUnderspends,
    FundRules,
    GivenDecision,
    GivenSpending,
    IntoReserve,
    Moment,
    Outcome,
    Place,
    Ruleset,
    SchemeRule,
    Silent,
)
from poolrules.ruleset.schema import schema_bytes
from poolrules.ruleset.soundness import unsound
from tests.engine.build import YEAR, cash, fund, limited, over, reserve, ruleset, scheme, under, weights

SCHEMA = Path(__file__).parents[2] / "grammar" / "ruleset.schema.json"
SHARES = weights(A=60, B=40)
BY_CASH = ByContributions(("F",), Moment.PAID, schemes=("S",), partners=("A",))


def full() -> Ruleset:
    """A ruleset that uses every record of the compiled form."""
    one = fund(
        {scheme("S"): 10, scheme("T", Mode.OWN_RISK, "B", capital=True): 5},
        over(
            ["S"],
            FromUnderspends(("T",)),
            limited(FromReserve("R"), at_most=3),
            limited(ByPartners(SHARES, (Cap("cap", "A", None),)), until=9, cause="luck"),
            Decided("Board", "30 days", BY_CASH),
            caps=(Cap("year", "B", 10**14 - 1),),
        ),
        under(["S"], IntoReserve("R", 7), CarryForward("T"), ByPartners(BY_CASH), Silent("the agreement is silent")),
        contributions=[cash("A", 15, scheme="S")],
        reserves=[reserve("R", 5, ceiling=7)],
        odd_pennies="B",
    )
    case = ExampleRule(
        "example",
        "A “case”",
        YEAR,
        (GivenSpending("S", 12, "luck"),),
        (Expectation("example.1", None, Outcome.UNALLOCATED, 2),),
        decisions=(GivenDecision("Board", SHARES),),
        openings=(("R", 5),),
    )
    return structs.replace(
        ruleset(one),
        duties=(Duty("duty", "notice", "A", 5, "working day"),),
        examples=(case,),
        clauses={"F.over.2": "12.2", "F.over.1": "12.1"},
        places={"F.over.1": Place("a.pool", 3, 5)},
    )


def test_what_is_written_is_read_back_the_same() -> None:
    assert unsound(full()) == ()
    assert read_ruleset(write_ruleset(full())) == full()


def test_equal_rulesets_give_equal_bytes_with_a_line_end() -> None:
    turned = structs.replace(full(), clauses=dict(reversed(full().clauses.items())))
    assert write_ruleset(turned) == write_ruleset(full())
    assert write_ruleset(full()).startswith(b'{\n  "title": "Test",\n')
    assert write_ruleset(full()).endswith(b"}\n")


def test_the_schema_in_the_grammar_folder_is_the_one_that_the_records_make() -> None:
    assert SCHEMA.read_bytes() == schema_bytes()


def test_the_schema_describes_what_is_written() -> None:
    validator = Draft202012Validator(json.loads(schema_bytes()))
    written = json.loads(write_ruleset(full()))
    assert list(validator.iter_errors(written)) == []
    assert list(validator.iter_errors({**written, "unknown": 1}))


def swapped(old: str, new: str) -> bytes:
    """The written ruleset with one text in place of another."""
    text = write_ruleset(full()).decode()
    assert old in text
    return text.replace(old, new).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is not JSON"),
        (b"{", "the file is not JSON"),
        (b"\xff\xfe{\x00", "the file is not JSON"),
        (b"[" * 200_000, "the file is"),
        (b'{"format": "poolrules ruleset 1", "title": ' + b"[" * 200_000, "the file is not JSON"),
        (b"[]", "the file is JSON but not a ruleset"),
        (b'{"title": "Test"}', "the file is JSON but not a ruleset"),
        (b'{"format": "poolrules ruleset 1"}', "the ruleset is not well formed"),
        (
            swapped("poolrules ruleset 1", "poolrules ruleset 2"),
            "the ruleset has the format `poolrules ruleset 2`, and only `poolrules ruleset 1` can be read here",
        ),
        (swapped('"at_most": 3', '"at_most": 3.5'), "not well formed at funds[0].waterfalls[0].steps[1].at_most"),
        (swapped('"at_most": 3', '"at_most": "3"'), "not well formed at funds[0].waterfalls[0].steps[1].at_most"),
        (swapped('"at_most": 3', '"at_most": NaN'), "the file is not JSON"),
        (swapped('"at_most": 3', '"at_least": 3'), "not well formed at funds[0].waterfalls[0].steps[1]"),
        (swapped('"host": "A"', '"host": "A", "host": "B"'), "the ruleset has the key `host` twice in one place"),
        (swapped('"host": "A"', '"host": "A\\u202e"'), "holds U+202E (right-to-left override), which cannot be seen"),
        (swapped('"host": "A"', '"host": "C"'), "contradicts itself: `F` names the partner `C`, which does not exist"),
    ],
)
def test_what_is_no_ruleset_is_said_in_our_words(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_ruleset(data)
    assert message in caught.value.message
    assert "Expected" not in caught.value.message
    assert caught.value.help


def test_several_contradictions_are_counted() -> None:
    with pytest.raises(Unreadable, match=r"\(and 1 more like it\)"):
        read_ruleset(swapped('"reserve": "R"', '"reserve": "Q"'))


def changed(**fields: object) -> Callable[[FundRules], FundRules]:
    """A change of some fields of a fund."""
    return lambda one: structs.replace(one, **fields)


def test_names_and_ids_that_stand_for_two_things() -> None:
    twice = ruleset(*full().funds, *full().funds)
    assert unsound(twice)[:4] == (
        "the fund `F` is there 2 times",
        "the scheme `S` is there 2 times",
        "the scheme `T` is there 2 times",
        "the reserve `R` is there 2 times",
    )
    assert "the rule `F.over.1` is there 2 times" in unsound(twice)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (changed(host="C"), "`F` names the partner `C`, which does not exist"),
        (changed(odd_pennies="C"), "`F` names the partner `C`, which does not exist"),
        (changed(partners=("A", "B", "C")), "`F` names the partner `C`, which does not exist"),
        (changed(partners=("A", "B", "B")), "the partner of `F`, `B` is there 2 times"),
        (
            changed(schemes=(SchemeRule("s", "S", "", Mode.OWN_RISK), scheme("T"))),
            "`s` is own risk and names nobody who bears it",
        ),
        (
            changed(schemes=(scheme("S", bearer="C"), scheme("T"))),
            "`scheme.S` names the partner `C`, which does not exist",
        ),
        (changed(schemes=(scheme("S"),)), "`budget.T` names the scheme `T`, which does not exist"),
        (changed(reserves=(reserve("R", -1),)), "`reserve.R` has an amount out of bounds"),
        (changed(reserves=(reserve("R", 1, 9, 8),)), "`reserve.R` has a floor above its ceiling"),
        (
            changed(waterfalls=(over(["T"]),)),
            "`F.over` names the shared scheme `T`, which does not exist",
        ),
        (
            changed(waterfalls=(over(["S"], fund="G"),)),
            "`G.over` says it is of the fund `G`, and stands in `F`",
        ),
        (
            changed(waterfalls=(over(["S"], limited(Silent("gap"), until=10**18 + 1)),)),
            "`F.over.1` has an amount out of bounds",
        ),
        (
            changed(waterfalls=(over(["S"], ByPartners(weights(C=1))),)),
            "`F.over.1` names the partner `C`, which does not exist",
        ),
        (changed(waterfalls=(over(["S"], ByPartners(weights(A=0))),)), "`F.over.1` gives nobody a share"),
        (
            changed(waterfalls=(over(["S"], ByPartners(weights(A=2, B=-1))),)),
            "`F.over.1` has an amount out of bounds",
        ),
        (
            changed(waterfalls=(over(["S"], Decided("Board", None, ByContributions(("G",), Moment.PAID))),)),
            "`F.over.1` names the fund `G`, which does not exist",
        ),
        (
            changed(waterfalls=(over(["S"], caps=(Cap("c", "C", -1),)),)),
            "`c` names the partner `C`, which does not exist",
        ),
        (
            changed(waterfalls=(over(["S"], FromReserve("Q")),)),
            "`F.over.1` names the reserve `Q`, which does not exist",
        ),
        (
            changed(waterfalls=(over(["S"], CarryForward("Q")),)),
            "`F.over.1` names the scheme `Q`, which does not exist",
        ),
        (
            changed(waterfalls=(over(["S"], FromUnderspends(("Q",))),)),
            "`F.over.1` names the scheme `Q`, which does not exist",
        ),
    ],
)
def test_what_does_not_hold_together_is_found(change: Callable[[FundRules], FundRules], fault: str) -> None:
    assert fault in unsound(structs.replace(full(), funds=(change(full().funds[0]),)))
