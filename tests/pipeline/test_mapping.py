"""Mappings: all that is wrong with one is said at its place, and the schema for editors says the same."""

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from poolrules.base.resources import read_resource
from poolrules.pipeline.mapping import KEYS, R4_COLUMNS, ROLES, Handling, Sign, misfits, read_mapping

GOOD = """columns:
  scheme: Cost centre
  amount: Net
  date: Posted
date format: dd/mm/yyyy
sign: spending is positive
unit: pounds
"""
SCHEMA = json.loads(read_resource("grammar", "mapping.schema.json"))


def faults(text: str) -> list[tuple[str, str, str]]:
    read = read_mapping("m.yaml", text.encode())
    return [(f"{one.span.line}:{one.span.column}" if one.span else "", one.message, one.help) for one in read.findings]


def schema_likes(text: str) -> bool:
    said: Any = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader makes texts only
    return Draft202012Validator(SCHEMA).is_valid(said)


def test_a_short_mapping() -> None:
    mapping = read_mapping("m.yaml", GOOD.encode()).mapping
    assert mapping is not None
    assert {role: name.text for role, name in mapping.columns.items()} == {
        "scheme": "Cost centre",
        "amount": "Net",
        "date": "Posted",
    }
    assert (mapping.sign, mapping.header_row, mapping.delimiter) == (Sign.SPENDING_POSITIVE, 1, ",")
    assert schema_likes(GOOD)


def test_a_long_mapping() -> None:
    text = """scheme: Beds
columns: {debit: Dr, credit: Cr, period: Per, partner: Body, prior year: PY, permitted: OK, currency: Cur}
schemes: {E1: Beds, 441000: Hoists}
left out: {E9: suspense account}
partners: {Z01: ICB}
blank partner: allowed
sign: income is negative
unit: thousands of pounds
sheet: Ledger
header row: 4
delimiter: semicolon
outside the period: set aside
prior-year rows: use
rows not permitted: set aside
total lines: set aside
references: one row each
nothing spent:
  - Hoists
"""
    mapping = read_mapping("m.yaml", text.encode()).mapping
    assert mapping is not None
    assert {code: scheme.text for code, scheme in mapping.schemes.items()} == {"E1": "Beds", "441000": "Hoists"}
    assert (mapping.left_out, mapping.header_row, mapping.delimiter) == ({"E9": "suspense account"}, 4, ";")
    assert (mapping.outside, mapping.prior_year) == (Handling.SET_ASIDE, Handling.USE)
    assert [scheme.text for scheme in mapping.nothing_spent] == ["Hoists"]
    assert schema_likes(text)


def test_without_columns_they_are_those_of_a_ledger_made_for_a_pool() -> None:
    mapping = read_mapping("m.yaml", b"date format: yyyy-mm-dd\nsign: both are positive\nunit: pounds\n").mapping
    assert mapping is not None
    assert {role: name.text for role, name in mapping.columns.items()} == R4_COLUMNS
    assert mapping.optional == {"period", "description", "partner", "evidence", "prior year", "permitted"}


@pytest.mark.parametrize(
    ("text", "place", "message", "help"),
    [
        (GOOD + "shemes:\n  E1: Beds\n", "8:1", "there is no word `shemes` in a mapping", "did you mean `schemes`?"),
        (GOOD.replace("  date:", "  dat:"), "4:3", "there is no word `dat` under `columns`", "did you mean `date`?"),
        (GOOD.replace("unit: pounds\n", ""), "1:1", "the mapping states no unit", "`unit: pounds`"),
        (GOOD.replace("unit: pounds", "unit: euros"), "7:7", "`unit` cannot be `euros`", "`unit: pence`"),
        (GOOD.replace("sign: spending is positive\n", ""), "1:1", "states no sign", "`sign: spending is negative`"),
        (GOOD.replace("is positive", "is plus"), "6:7", "`sign` cannot be `spending is plus`", "spending is positive"),
        (GOOD.replace("spending is positive", "both are positive"), "6:7", "`sign` cannot be", "spending is negative"),
        (GOOD.replace("date format: dd/mm/yyyy\n", ""), "1:1", "states no date format", "`date format: dd/mm/yyyy`"),
        (GOOD.replace("dd/mm/yyyy", "british"), "5:14", "`british` is not a date format", "yyyy-mm-dd"),
        (GOOD.replace("  date: Posted\n", ""), "4:14", "names no column of dates", "`date: …`"),
        (GOOD.replace("dd/mm/yyyy", "no dates"), "4:9", "says that there are no dates", "drop one"),
        (GOOD.replace("  scheme: Cost centre\n", ""), "1:1", "names no column of schemes", "scheme: Name"),
        (GOOD.replace("  amount: Net\n", ""), "1:1", "names no column of amounts", "amount: …"),
        (GOOD.replace("Posted", "net"), "4:9", "said to be both amount and date", "keep one"),
        (GOOD + "scheme: Beds\n", "2:11", "one scheme for all rows, and a column of schemes", "keep one"),
        (GOOD + "schemes:\n  E1: Beds\nleft out:\n  E1: x\n", "11:7", "`E1` is both a scheme and left out", "keep one"),
        (GOOD + "header row: first\n", "8:13", "`first` is not the number of a row", "1 to 1000"),
        (GOOD + "header row: 0\n", "8:13", "`0` is not the number of a row", "1 to 1000"),
        (GOOD + "schemes: Beds\n", "8:1", "`schemes` needs lines of its own", "indented"),
        (GOOD + "sheet:\n", "8:1", "`sheet` needs one value", "after the colon"),
        (GOOD + "unit: pence\n", "8:1", "`unit` is said twice", "keep the one"),
        ("- columns\n", "1:1", "a mapping is lines of `word: value`", "write such lines"),
        (GOOD + "schemes: &a\n  E1: Beds\n", "8:10", "an anchor has no place in a mapping", "write out"),
        ("", "1:1", "a mapping is lines of `word: value`", "write such lines"),
    ],
)
def test_what_is_wrong_with_a_mapping(text: str, place: str, message: str, help: str) -> None:
    ((where, said, mend),) = faults(text)
    assert (where, message in said, help in mend) == (place, True, True), (where, said, mend)


def test_one_column_of_a_pair_needs_the_other() -> None:
    text = GOOD.replace("  amount: Net", "  debit: Net").replace("spending is positive", "both are positive")
    ((place, said, mend),) = faults(text)
    assert (place, "none of credit" in said, "`credit: …`" in mend) == ("3:10", True, True)
    both = text.replace("  debit: Net", "  debit: Dr\n  credit: Cr\n  amount: Net")
    assert ["names amounts twice" in said for _, said, _ in faults(both)] == [True]


def test_every_fault_comes_at_once() -> None:
    assert len(faults("colums: x\nsing: y\nunits: z\n")) == 3
    assert len(faults("columns:\n  amonut: x\nsheet:\nheader row: x\n")) == 6


def test_names_that_the_agreement_does_not_know() -> None:
    mapping = read_mapping(
        "m.yaml", (GOOD + "schemes: {E1: Bed}\npartners: {Z: Truts}\nnothing spent: Hoist\n").encode()
    )
    assert mapping.mapping is not None
    found = misfits(mapping.mapping, ["Beds", "Hoists"], ["Trust"])
    assert [(one.message, one.help) for one in found] == [
        ("there is no scheme `Bed` in the agreement", "did you mean `Beds`?"),
        ("there is no scheme `Hoist` in the agreement", "did you mean `Hoists`?"),
        ("there is no partner `Truts` in the agreement", "did you mean `Trust`?"),
    ]


def test_the_schema_knows_the_same_words() -> None:
    assert set(SCHEMA["properties"]) == set(KEYS)
    assert set(SCHEMA["properties"]["columns"]["properties"]) == set(ROLES)
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "text", [GOOD + "shemes: {E1: Beds}\n", GOOD.replace("unit: pounds", "unit: euros"), "unit: pounds\n"]
)
def test_what_the_schema_refuses_the_reader_refuses(text: str) -> None:
    assert not schema_likes(text)
    assert faults(text)
