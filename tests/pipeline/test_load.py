"""Loading: all faults in one run, and no complaint that only follows from another."""

from pathlib import Path

import pytest

from poolrules.pipeline.check import check
from poolrules.pipeline.files import Notation, Unusable
from poolrules.pipeline.load import Loaded, load, understand

WESTSHIRE = (Path(__file__).parents[2] / "agreements/showcase/westshire.pool").read_text(encoding="utf-8")


def loaded(text: str) -> Loaded:
    return understand("a.pool", text.encode(), Notation.POOL)


def codes(text: str) -> list[tuple[str, int]]:
    return [(found.code, found.span.line if found.span else 0) for found in loaded(text).findings]


def broken(*changes: tuple[str, str]) -> str:
    text = WESTSHIRE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


def test_the_showcase_has_no_fault() -> None:
    assert check(loaded(WESTSHIRE)) == []


def test_faults_of_writing_and_of_names_come_together() -> None:
    found = codes(
        broken(("    host        Council", "    hst         Council"), ("from Contingency, at", "from Cntingency, at"))
    )
    assert [code for code, _ in found] == ["LNG003", "LNG009"]


def test_a_line_that_cannot_be_read_does_not_make_its_name_unknown() -> None:
    found = codes(broken(('    reserve Contingency "Contingency reserve"', "    resrve Contingency")))
    assert [code for code, _ in found] == ["LNG003"]


def test_nor_the_names_of_the_lines_below_it() -> None:
    found = codes(broken(('fund BCF "Better Care Fund"', "fnd BCF")))
    assert {code for code, _ in found} == {"LNG003"}


def test_another_name_that_is_unknown_is_still_reported() -> None:
    found = codes(
        broken(('    reserve Contingency "Contingency reserve"', "    resrve Contingency"), ("ICB 60%", "IBC 60%"))
    )
    assert [code for code, _ in found] == ["LNG003", "LNG009"]


def test_unreadable_bytes_have_lines_to_show() -> None:
    found = understand("a.pool", b"agreement \x93Pool\x94\n", Notation.POOL)
    assert (found.findings[0].code, found.agreement) == ("LNG001", None)
    assert found.lines[0] == "agreement �Pool�"


def test_a_ruleset_is_no_agreement() -> None:
    with pytest.raises(Unusable, match="ruleset"):
        load("rules.json")
