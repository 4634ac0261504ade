"""Every page is well formed, and both its examples do what it says."""

import re
from pathlib import Path

import pytest

from poolrules.checks.catalogue import CATALOGUE, look_up, nearest_check
from poolrules.checks.registry import Check
from poolrules.model.from_tree import build
from poolrules.pipeline.check import check as pipeline_check
from poolrules.pipeline.files import Notation
from poolrules.pipeline.load import understand
from poolrules.pipeline.vary import gathered, varied
from poolrules.source.finding import Finding
from poolrules.source.text import read_text
from poolrules.syntax import codes as reading
from poolrules.syntax.from_pool import read_pool
from poolrules.syntax.from_yaml import read_yaml
from tests.checks.laying import BASE, codes, examples_of, found_in, laid_over

CHECKS = Path(__file__).parents[2] / "poolrules" / "checks"
JUDGING = [check for check in CATALOGUE if not check.code.startswith(("LNG", "VAR"))]
VARYING = [check for check in CATALOGUE if check.code.startswith("VAR")]
READING = [check for check in CATALOGUE if check.code.startswith("LNG")]
IN_YAML = (reading.BAD_SHAPE, reading.BAD_YAML)


def by_name(check: Check) -> str:
    return f"{check.code}-{check.name}"


def test_the_base_agreement_has_no_fault() -> None:
    assert found_in(BASE) == []


@pytest.mark.parametrize("check", CATALOGUE, ids=by_name)
def test_a_page_has_a_sentence_a_reason_and_two_examples(check: Check) -> None:
    first, blank, rest = check.page.partition("\n\n")
    assert blank
    assert re.fullmatch(r"[A-Z\"`][^\n]*\.", first), "the first line is the fault in one sentence"
    assert rest[:1].isupper(), "the reason comes before the examples"
    assert len(examples_of(check.page)) == 2
    assert max(len(line) for line in check.page.split("\n")) <= 120
    assert check.find is None or "\nAuthority: " in check.page


@pytest.mark.parametrize("check", JUDGING, ids=by_name)
def test_the_failing_example_gives_exactly_this_finding(check: Check) -> None:
    failing, mended = examples_of(check.page)
    found = found_in(laid_over(failing, mended))
    assert [(finding.code, finding.severity) for finding in found] == [(check.code, check.severity)]
    [finding] = found
    assert finding.labels
    assert finding.help
    assert not finding.message.endswith(".")


@pytest.mark.parametrize("check", JUDGING, ids=by_name)
def test_the_mended_example_gives_none(check: Check) -> None:
    failing, mended = examples_of(check.page)
    assert found_in(laid_over(mended, failing)) == []


def read(text: str, code: str) -> list[Finding]:
    text = re.sub(r"<U\+([0-9A-F]{4})>", lambda shown: chr(int(shown[1], 16)), text)
    source = read_text("page", text.encode())
    if isinstance(source, list):
        return source
    tree, misread = read_yaml(source) if code in IN_YAML else read_pool(source)
    return [*misread, *build(tree)[1]]


@pytest.mark.parametrize("check", READING, ids=by_name)
def test_the_failing_file_gives_exactly_this_reading_problem(check: Check) -> None:
    failing, _ = examples_of(check.page)
    assert codes(read(failing, check.code)) == [check.code]


@pytest.mark.parametrize("check", READING, ids=by_name)
def test_the_mended_file_gives_none(check: Check) -> None:
    _, mended = examples_of(check.page)
    assert read(mended, check.code) == []


def varied_by(deed: str, code: str) -> list[Finding]:
    """What is found when a deed is read with the base agreement: given with it, or found beside it."""
    agreement = understand("base.pool", BASE.encode(), Notation.POOL)
    given = understand("deed.pool", deed.encode(), Notation.POOL)
    if code == reading.WITHOUT_AGREEMENT:
        read = gathered([("base.pool", agreement), ("deed.pool", given)])
        return [finding for one in read for finding in pipeline_check(one)]
    return pipeline_check(varied(agreement, [given]))


@pytest.mark.parametrize("check", VARYING, ids=by_name)
def test_the_failing_deed_gives_exactly_this_finding(check: Check) -> None:
    failing, _ = examples_of(check.page)
    found = varied_by(failing, check.code)
    assert [(finding.code, finding.severity) for finding in found] == [(check.code, check.severity)]
    [finding] = found
    assert finding.labels
    assert finding.labels[0].span.file == "deed.pool"
    assert finding.help
    assert not finding.message.endswith(".")


@pytest.mark.parametrize("check", VARYING, ids=by_name)
def test_the_mended_deed_gives_none(check: Check) -> None:
    _, mended = examples_of(check.page)
    assert varied_by(mended, check.code) == []


def test_every_file_that_declares_a_check_is_in_the_catalogue() -> None:
    files = [path for path in CHECKS.glob("*.py") if path.name not in ("registry.py",)]
    declaring = {path.stem for path in files if re.search(r"(?m)^(@check\(|page = found_elsewhere)", path.read_text())}
    assert declaring == {check.name.replace("-", "_") for check in CATALOGUE}


def test_every_reading_problem_has_a_page() -> None:
    known = {value for name, value in vars(reading).items() if name.isupper() and isinstance(value, str)}
    assert known <= {check.code for check in CATALOGUE}


def test_codes_and_names_are_unique_and_can_be_allowed() -> None:
    assert len({check.code for check in CATALOGUE}) == len({check.name for check in CATALOGUE}) == len(CATALOGUE)
    for check in CATALOGUE:
        assert re.fullmatch("[A-Z]{3}[0-9]{3}", check.code)
        assert re.fullmatch("[a-z]+(-[a-z0-9]+)+", check.name)


def test_a_check_is_found_by_its_code_and_its_name() -> None:
    assert look_up("MON005") is look_up("mon005") is look_up("shares-do-not-sum")
    assert look_up("MON999") is None
    assert nearest_check("MON0005") == "did you mean `MON005`?"
    assert nearest_check("share-do-not-sum") == "did you mean `shares-do-not-sum`?"
