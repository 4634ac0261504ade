"""Agreements with their deeds: which are in force, whose they are, and what the varied agreement is the same as."""

import datetime
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from poolrules.cli.main import main
from poolrules.pipeline.check import check
from poolrules.pipeline.compile import compiled
from poolrules.pipeline.consolidate import consolidated
from poolrules.pipeline.draft import draft_file
from poolrules.pipeline.files import Notation, Unusable
from poolrules.pipeline.load import Loaded, load, understand
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.pipeline.variations import register_of
from poolrules.pipeline.vary import gathered, load_varied, varied
from poolrules.ruleset.codec import read_ruleset, write_ruleset
from poolrules.ruleset.ruleset import Ruleset
from poolrules.syntax import codes

SHOWCASE = Path(__file__).parents[2] / "agreements/showcase"
WESTSHIRE, DEED = str(SHOWCASE / "westshire.pool"), str(SHOWCASE / "westshire-variation-1.pool")
SECOND = """variation 2 to "Westshire Better Care Fund" from 1 April 2027
    agreed      3 March 2027, minute "HWB/27/3"
    made        in writing, signed by all partners

fund BCF
    remove scheme Homecare
    contributions from 2027/28
        ICB, Council last year's lines
    budget 2026/27
        Equipment   £9,000,000
        Beds        £600,000
        Adaptations £3,004,112
"""


def deed(text: str, file: str = "deed.pool", notation: Notation = Notation.POOL) -> Loaded:
    return understand(file, text.encode(), notation)


def head(number: int, day: str, title: str = "Westshire Better Care Fund") -> str:
    return f'variation {number} to "{title}" from {day}\n    agreed 3 March 2026\n'


def codes_of(loaded: Loaded) -> list[str]:
    return [found.code for found in loaded.findings]


# ---- the showcase ----------------------------------------------------------------------------------


def test_the_showcase_and_its_twin_vary_alike() -> None:
    one = load_varied(WESTSHIRE, variations=(DEED,))
    other = load_varied(f"{WESTSHIRE}.yaml", variations=(f"{DEED}.yaml",))
    assert one.findings == other.findings == ()
    assert one.tree == other.tree != load(WESTSHIRE).tree


def test_nothing_is_found_in_the_showcase_folder() -> None:
    assert main(["check", str(SHOWCASE)]) == 0


def without_history(rules: Ruleset) -> Ruleset:
    """Rules without what a consolidated text cannot say: where each stands, and what was first agreed."""
    funds = tuple(
        replace(fund, years=tuple(replace(year, first_agreed=None) for year in fund.years)) for fund in rules.funds
    )
    return replace(rules, funds=funds, places={}, versions=(), source_fingerprint="")


@pytest.mark.parametrize("notation", [Notation.POOL, Notation.YAML])
def test_the_consolidated_text_is_an_agreement_with_the_same_rules(notation: Notation) -> None:
    whole = load_varied(WESTSHIRE, variations=(DEED,))
    text = consolidated(whole, notation)
    fresh = understand("fresh", text.encode(), notation)
    assert fresh.findings == ()
    assert fresh.tree == whole.tree
    assert without_history(compiled(fresh)) == without_history(compiled(whole))
    assert "# variation 1, in force from 1 October 2026, minute HWB/26/31" in text


def test_the_rules_know_their_versions_and_say_where_each_stands() -> None:
    rules = compiled(load_varied(WESTSHIRE, variations=(DEED,)))
    assert [(one.number, one.from_day, one.agreed, one.minute) for one in rules.versions] == [
        (0, "2026-04-01", "2026-03-20", None),
        (1, "2026-10-01", "2026-09-03", "HWB/26/31"),
    ]
    assert rules.places["BCF.scheme.Beds"].file == DEED
    assert rules.places["BCF.scheme.Equipment"].file == WESTSHIRE
    assert read_ruleset(write_ruleset(rules)) == rules


def test_what_was_first_agreed_stays_for_the_years_that_were_varied() -> None:
    [fund] = compiled(load_varied(WESTSHIRE, variations=(DEED,))).funds
    first = [sum(line.pence for line in year.first_agreed or ()) for year in fund.years]
    now = [sum(line.pence for line in year.contributions) for year in fund.years]
    assert first[0] == now[0] - 60_000_000
    [plain] = compiled(load(WESTSHIRE)).funds
    assert [year.first_agreed for year in plain.years] == [None, None]
    assert [sum(line.pence for line in year.contributions) for year in plain.years] == first


def test_another_deed_has_another_fingerprint(tmp_path: Path) -> None:
    changed = tmp_path / "changed.pool"
    changed.write_text(Path(DEED).read_text().replace("announced", "told"))
    first, other = (compiled(load_varied(WESTSHIRE, variations=(path,))) for path in (DEED, str(changed)))
    assert first.versions[0] == other.versions[0]
    assert first.versions[1].fingerprint != other.versions[1].fingerprint


def test_a_draft_names_its_variations_on_the_first_page() -> None:
    draft = draft_file(load_varied(WESTSHIRE, variations=(DEED,)), "draft.md").decode()
    said = "Variation 1, in force from 1 October 2026, agreed on 3 September 2026, recorded in HWB/26/31"
    assert said in draft.split("Parties")[0]
    assert "As varied by" not in draft_file(load(WESTSHIRE), "draft.md").decode()


# ---- which are in force ----------------------------------------------------------------------------


def test_deeds_are_laid_in_the_order_of_their_numbers_whichever_is_given_first() -> None:
    second = deed(SECOND, "second.pool")
    first = deed(Path(DEED).read_text(), "first.pool")
    one, other = varied(load(WESTSHIRE), [first, second]), varied(load(WESTSHIRE), [second, first])
    assert one.findings == other.findings == ()
    assert [version.deed.number for version in one.versions] == [1, 2]
    assert one.tree == other.tree


@pytest.mark.parametrize(
    ("day", "laid", "aside"),
    [
        (datetime.date(2026, 9, 30), [], [1, 2]),
        (datetime.date(2026, 10, 1), [1], [2]),
        (datetime.date(2027, 3, 31), [1], [2]),
        (datetime.date(2027, 4, 1), [1, 2], []),
        (None, [1, 2], []),
    ],
)
def test_a_deed_is_in_force_from_its_first_day_on(day: datetime.date | None, laid: list[int], aside: list[int]) -> None:
    found = varied(load(WESTSHIRE), [deed(Path(DEED).read_text(), "1.pool"), deed(SECOND, "2.pool")], day)
    assert [version.deed.number for version in found.versions] == laid
    assert [one.number for one in found.set_aside] == aside
    if not laid:
        assert found.tree == load(WESTSHIRE).tree


def test_what_a_ruleset_has_in_it_must_be_in_force(tmp_path: Path) -> None:
    rules, outturn = tmp_path / "rules.json", tmp_path / "outturn.csv"
    second = tmp_path / "second.pool"
    second.write_text(SECOND)
    outturn.write_text("scheme,spent\nEquipment,0\nBeds,0\nAdaptations,0\n")
    deeds = ["--variation", DEED, "--variation", str(second)]
    assert main(["compile", WESTSHIRE, *deeds, "-o", str(rules)]) == 0
    with pytest.raises(Unusable, match="variation 2 in it, which was not in force on 31 March 2027"):
        settle_file(Asked(str(rules), str(outturn), "2026/27"))
    with pytest.raises(Unusable, match="has its variations already"):
        settle_file(Asked(str(rules), str(outturn), "2027/28", variations=(DEED,)))
    one = settle_file(Asked(str(rules), str(outturn), "2027/28", openings=("Contingency=£0",)))
    given = (DEED, str(second))
    other = settle_file(Asked(WESTSHIRE, str(outturn), "2027/28", openings=("Contingency=£0",), variations=given))
    assert not isinstance(one, NotSettled)
    assert not isinstance(other, NotSettled)
    assert one.settlement == other.settlement
    assert one.made_from == other.made_from


def test_json_says_for_each_rule_which_version_it_came_with(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    outturn = tmp_path / "outturn.csv"
    outturn.write_text("scheme,spent\nEquipment,8600000\nBeds,700000\nHomecare,21632300\nAdaptations,3004112\n")
    asked = ["--variation", DEED, "--outturn", str(outturn), "--year", "2026/27", "--format", "json"]
    assert main(["settle", WESTSHIRE, *asked]) == 0
    said = json.loads(capsysbinary.readouterr().out)
    assert (said["rules"]["BCF.scheme.Beds"]["version"], said["rules"]["BCF.scheme.Equipment"]["version"]) == (1, 0)
    assert [one["number"] for one in said["versions"]] == [0, 1]
    assert len(said["made_from"]["variations"]) == 1


# ---- what does not fit -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([head(1, "1 October 2026", "Eastshire")], [codes.VARIES_NOTHING, codes.VARIES_ANOTHER]),
        ([head(2, "1 October 2026")], [codes.OUT_OF_TURN]),
        ([head(1, "1 October 2026"), head(1, "1 November 2026")], [codes.OUT_OF_TURN]),
        ([head(1, "1 October 2026"), head(3, "1 November 2026")], [codes.OUT_OF_TURN]),
        ([head(1, "1 October 2026"), head(2, "1 September 2026")], [codes.OUT_OF_TURN]),
        ([head(1, "31 September 2026")], [codes.BAD_VALUE]),
        ([head(1, "1 May 2026") + "fund BCF\n    remove scheme Homecare\n"], [codes.UNKNOWN_NAME]),
        ([head(1, "1 May 2026") + '    consent of Nobody, recorded in "x"\nremove exit\n'], [codes.UNKNOWN_NAME]),
        ([head(1, "1 May 2026") + "    made by decision of Cabinet\nremove exit\n"], [codes.UNKNOWN_NAME]),
    ],
)
def test_what_does_not_fit_is_found(texts: list[str], found: list[str]) -> None:
    deeds = [deed(text, f"{place}.pool") for place, text in enumerate(texts)]
    assert codes_of(varied(load(WESTSHIRE), deeds)) == found


def test_what_a_deed_leaves_dangling_is_told_where_it_dangles_and_by_which_deed() -> None:
    [found] = varied(load(WESTSHIRE), [deed(head(1, "1 May 2026") + "fund BCF\n    remove scheme Homecare\n")]).findings
    assert [label.span.file for label in found.labels] == [WESTSHIRE, "deed.pool"]
    assert found.labels[1].text == "as varied by variation 1"


def test_a_deed_may_give_a_title_that_the_next_deed_names() -> None:
    texts = [head(1, "1 May 2026") + 'agreement "New name"\n', head(2, "1 June 2026", "New name") + "remove review\n"]
    found = varied(load(WESTSHIRE), [deed(text, f"{place}.pool") for place, text in enumerate(texts)])
    assert found.findings == ()
    assert found.agreement is not None
    assert (found.agreement.title.text, found.agreement.review) == ("New name", None)


def test_an_agreement_is_no_deed_and_a_deed_no_agreement() -> None:
    with pytest.raises(Unusable, match="is an agreement, not a deed of variation"):
        load_varied(WESTSHIRE, variations=(WESTSHIRE,))
    assert codes_of(load(DEED)) == [codes.WITHOUT_AGREEMENT]


def test_a_deed_is_found_by_its_title_in_its_own_folder_and_notation() -> None:
    def agreement(path: str) -> tuple[str, Loaded]:
        return path, deed(f'agreement "{"A" if "a" in path else "B"}"\n    review yearly\n', path)

    text = head(1, "1 May 2026", "A") + "remove review\n"
    files = [agreement("x/a.pool"), agreement("x/b.pool"), agreement("y/a.pool")]
    found = gathered([*files, ("y/v.pool", deed(text, "y/v.pool"))])
    assert [(one.file, len(one.versions)) for one in found] == [("x/a.pool", 0), ("x/b.pool", 0), ("y/a.pool", 1)]
    found = gathered([*files, ("z/v.pool", deed(text, "z/v.pool"))])
    assert codes_of(found[-1]) == [codes.WITHOUT_AGREEMENT]
    assert found[-1].findings[0].message == "2 agreements here are called `A`, and this may vary either"
    found = gathered([files[1], ("x/v.pool", deed(text, "x/v.pool"))])
    assert found[-1].findings[0].message == "no agreement here is called `A`, which this varies"


def test_both_versions_are_checked_and_what_is_wrong_with_both_is_told_once(tmp_path: Path) -> None:
    signed = Path(WESTSHIRE).read_text().replace("    review      yearly\n", "")
    (tmp_path / "a.pool").write_text(signed.replace("    services    ", "    # services  "))
    (tmp_path / "v.pool").write_text(
        head(1, "1 May 2026") + "    made in writing, signed by all partners\nremove exit\n"
    )
    loaded = load_varied(str(tmp_path / "a.pool"), variations=(str(tmp_path / "v.pool"),))
    found = check(loaded)
    alone = check(load(str(tmp_path / "a.pool")))
    assert alone
    assert [one for one in found if one in alone] == alone
    new = [one for one in found if one not in alone]
    assert new
    assert all(any(label.span.file.endswith("v.pool") for label in one.labels) for one in new)


# ---- the register ----------------------------------------------------------------------------------


def test_everything_that_a_deed_changes_is_in_the_register() -> None:
    rows = register_of(
        varied(
            load(WESTSHIRE),
            [
                deed(Path(DEED).read_text()),
                deed(head(2, "1 May 2027") + "remove exit\nfund BCF\n    remove certified\n    host ICB\n", "2.pool"),
            ],
        )
    )
    said = [row.change for row in rows if row.deed.number == 2]
    assert said == ["removed: exit", "removed: certified", "replaced: host"]
    sums = {(row.partner or row.scheme, row.year): row.delta for row in rows if row.delta is not None}
    assert sums["ICB", "2026/27"] == sums["Beds", "2026/27"] == 60_000_000
    assert {row.detriment_to for row in rows if row.partner} == {("ICB",)}
    assert {row.consents for row in rows if row.partner} == {("letter of 4 September 2026",)}
    assert all(row.changes_share for row in rows if row.partner)
