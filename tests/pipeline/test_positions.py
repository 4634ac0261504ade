"""Closing positions as files: read back as they were written, refused once edited, every fault in one run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poolrules.engine.settlement import Billed, Carried, Due, Position
from poolrules.pipeline.positions import (
    NOT_USABLE,
    PAGES,
    is_position,
    position_fingerprint,
    read_position,
    schema_bytes,
    write_position,
)

SCHEMA = Path(__file__).parents[2] / "grammar/position.schema.json"
WHOLE = Position(
    "Two Rivers Equipment Pool",
    "2026/27",
    "2027-03-31",
    reserves=(("Contingency", 40_000_000),),
    carried=(Carried("Pool", "Beds", 100, "Pool.underspend.1", one_off_only=True), Carried("Pool", None, -5, "r")),
    dues=(Due("Pool", None, "Trust", "2027/28", 33, "Pool.overspend.2", loan=True),),
    taken=(("Pool.overspend.3", 12),),
    billed=(Billed("Pool", "Trust", -7), Billed("Pool", "Borough", 7, "Other")),
    rules="ab" * 32,
)

NAMES = st.text(st.characters(whitelist_categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8)
PENCE = st.integers(0, 10**18)
SIGNED = st.integers(-(10**18), 10**18)
MAYBE = st.none() | NAMES
YEARS = st.integers(1950, 2150).map(lambda start: f"{start}/{(start + 1) % 100:02d}")
POSITIONS = st.builds(
    Position,
    NAMES,
    st.just("2026/27"),
    st.sampled_from(["2026-04-30", "2027-02-28", "2027-03-31"]),
    st.dictionaries(NAMES, PENCE, max_size=3).map(lambda held: tuple(held.items())),
    st.lists(st.builds(Carried, NAMES, MAYBE, SIGNED, NAMES, st.booleans()), max_size=3).map(tuple),
    st.lists(st.builds(Due, NAMES, MAYBE, MAYBE, YEARS, PENCE, NAMES, st.booleans()), max_size=3).map(tuple),
    st.dictionaries(NAMES, PENCE, max_size=3).map(lambda taken: tuple(taken.items())),
    st.lists(
        st.builds(Billed, NAMES, NAMES, SIGNED, MAYBE), max_size=3, unique_by=lambda one: (one.fund, one.partner)
    ).map(tuple),
    st.just("") | NAMES,
)


@given(POSITIONS)
def test_a_position_is_read_back_as_it_was_written(position: Position) -> None:
    data = write_position(position)
    assert read_position("p.json", data) == position
    assert write_position(position) == data
    assert is_position(data)


def test_the_schema_is_what_the_records_say_and_fits_what_is_written() -> None:
    assert SCHEMA.read_bytes() == schema_bytes()
    jsonschema.validate(json.loads(write_position(WHOLE)), json.loads(SCHEMA.read_text()))


def test_layout_and_the_order_of_keys_do_not_count() -> None:
    content = json.loads(write_position(WHOLE))
    turned = dict(reversed(list(content.items())))
    assert read_position("p.json", json.dumps(turned).encode()) == WHOLE


def messages(data: bytes) -> list[str]:
    found = read_position("p.json", data)
    assert isinstance(found, list), "the position was read"
    assert {one.code for one in found} == {NOT_USABLE} == set(PAGES)
    assert all(one.help and one.span is not None for one in found)
    return [one.message for one in found]


def edited(change: Callable[[dict[str, Any]], None], *, resealed: bool = False) -> bytes:
    content: dict[str, Any] = json.loads(write_position(WHOLE))
    change(content)
    if resealed:
        content["fingerprint"] = position_fingerprint(content)
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["reserves"][0].update(pence=40_000_001),
        lambda content: content["carried"][1].update(pence=5),
        lambda content: content["dues"].clear(),
        lambda content: content.update(year="2025/26", to="2026-03-31"),
        lambda content: content.update(rules=""),
        lambda content: content.update(fingerprint="0" * 64),
    ],
)
def test_a_position_that_was_edited_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    assert messages(edited(change)) == ["the position was edited since it was written: its fingerprint no longer fits"]
    assert not is_position(edited(change))


def test_every_fault_is_told_in_one_run() -> None:
    def change(content: dict[str, Any]) -> None:
        content["year"] = "2026/28"
        content["reserves"] = [{"reserve": "", "pence": -1}, {"reserve": "A", "pence": 1}, {"reserve": "A", "pence": 1}]
        content["carried"] = [{"fund": "Pool"}]
        content["dues"][0]["year"] = "soon"
        content["taken"] = "none"
        content["extra"] = 1

    assert messages(edited(change, resealed=True)) == [
        "there is no `extra` in a position",
        "the position cannot be read: `2026/28` is not a financial year",
        "`reserves` of the position has an amount out of bounds at entry 1",
        "`reserves` of the position has an empty name at entry 1",
        "`carried` of the position is not well formed at entry 1",
        "`dues` of the position cannot be read at entry 1: `soon` is not a financial year",
        "`taken` of the position is no list, or too long a one",
        "`reserves` of the position has `A` 2 times",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is not JSON in whole numbers"),
        (b"[" * 100_000, "the file is not JSON in whole numbers"),
        (b'{"format": "poolrules position 1", "pence": 1.5}', "the file is not JSON in whole numbers"),
        (b'{"format": "poolrules position 1", "pence": NaN}', "the file is not JSON in whole numbers"),
        (b"[]", "the file is JSON but no closing position"),
        (b'{"format": 1}', "the file is JSON but no closing position"),
        (
            b'{"format": "poolrules position 2"}',
            "the file has the format `poolrules position 2`, and only `poolrules position 1` can be read here",
        ),
        (b"x" * 2_000_001, "the file is larger than any position"),
    ],
)
def test_what_is_no_position_is_refused(data: bytes, told: str) -> None:
    assert messages(data) == [told]


def test_a_key_twice_and_a_text_that_cannot_be_seen_are_refused() -> None:
    twice = write_position(WHOLE).replace(b'"year": "2026/27"', b'"year": "2025/26", "year": "2026/27"')
    assert "the position has the key `year` 2 times in one place" in messages(twice)
    unseen = edited(lambda content: content.update(title="Two\u202eRivers"), resealed=True)
    assert "holds U+202E (right-to-left override), which cannot be seen" in messages(unseen)[0]


def test_a_day_outside_the_year_is_refused() -> None:
    late = edited(lambda content: content.update(to="2027-04-01"), resealed=True)
    assert messages(late) == ["the position is up to 2027-04-01, which is not in 2026/27"]
    none = edited(lambda content: content.update(to="2027-02-30"), resealed=True)
    assert messages(none) == ["the position cannot be read: `2027-02-30` is not a day"]
