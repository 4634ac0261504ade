"""The formulas of the workbook, computed by LibreOffice: each is the engine's figure to the penny."""

from pathlib import Path

from msgspec.structs import replace

from poolrules.engine.settle import settle
from poolrules.engine.settlement import Facts, Settlement, To
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.pipeline.workbook import workbook_file
from poolrules.reporting.account import Account, MadeFrom
from poolrules.reporting.workbook.books import AGREES, DIFFERS, NOT_WRITTEN, UNKNOWN
from poolrules.ruleset.ruleset import ByPartners, Part, Ruleset, Weights
from tests.engine import build
from tests.engine.generated import _two_years, _year
from tests.reporting.workbook.recalculated import checks, figures, needs_libreoffice, recalculated

AGREEMENTS = Path(__file__).parents[3] / "agreements"
HOW_MANY = 30


def account(agreement: str, outturn: str, year: str, tmp_path: Path) -> Account:
    path = AGREEMENTS / outturn if outturn.endswith(".csv") else tmp_path / "outturn.csv"
    if not outturn.endswith(".csv"):
        path.write_text(outturn)
    done = settle_file(Asked(str(AGREEMENTS / agreement), str(path), year))
    assert not isinstance(done, NotSettled), [found.message for found in done.findings]
    return done


def years_in(agreement: str) -> str:
    from poolrules.pipeline.compile import Rules, rules_in
    from poolrules.pipeline.settle import years_of

    found = rules_in(str(AGREEMENTS / agreement))
    assert isinstance(found, Rules)
    return years_of(found.ruleset)[0]


@needs_libreoffice
def test_every_formula_of_real_agreements_is_the_engines_figure(tmp_path: Path) -> None:
    over = "scheme,spent\nEquipment,19000000.01\nHomecare,21700000.05\nAdaptations,3000000\n"
    under = "scheme,spent\nEquipment,8300000.01\nHomecare,21700000.05\nAdaptations,3000000\n"
    cases = [("showcase/westshire.pool", outturn) for outturn in ("showcase/westshire.outturn.csv", over, under)]
    cases += [
        ("rotherham/rotherham.pool", "rotherham/rotherham.outturn.csv"),
        ("fife/fife.pool", "fife/fife.outturn.csv"),
        ("fife/fife-60-40.pool", "fife/fife-60-40.outturn.csv"),
    ]
    accounts = [account(agreement, outturn, years_in(agreement), tmp_path) for agreement, outturn in cases]
    for one, sheets in zip(accounts, recalculated(tmp_path, map(workbook_file, accounts)), strict=True):
        found = checks(sheets["Settlement"])
        assert found[AGREES] >= 20
        assert (found[DIFFERS], found[UNKNOWN], found[NOT_WRITTEN]) == (0, 0, 0), one.settlement.title
        assert sheets["Settlement"][1][0] == f"All {found[AGREES]} formulas agree with poolrules"
        assert {
            (engine, formula) for *_, engine, formula in figures(sheets["Settlement"]) if engine != formula
        } == set()


def generated(seed: int) -> tuple[Ruleset, Facts, Settlement]:
    """A generated year; every third seed gives the second of two years, which starts from a position."""
    if seed % 3:
        rules, facts = _year(seed)
    else:
        rules, first, facts = _two_years(seed)
        before = settle(rules, first)
        assert isinstance(before, Settlement)
        facts = replace(facts, position=before.closing)
    found = settle(rules, facts)
    assert isinstance(found, Settlement)
    return rules, facts, found


@needs_libreoffice
def test_every_formula_of_generated_settlements_is_the_engines_figure(tmp_path: Path) -> None:
    cases = []
    for seed in range(10_000):
        rules, facts, found = generated(seed)
        if any(one.pence for run in found.runs for step in run.steps for one in step.allocations):
            cases.append(Account(rules, facts, found, MadeFrom("", "", "", "")))
        if len(cases) == HOW_MANY:
            break
    agreed = written_not = 0
    for one, sheets in zip(cases, recalculated(tmp_path, map(workbook_file, cases)), strict=True):
        counted = checks(sheets["Settlement"])
        wrong = [row for row in sheets["Settlement"] if len(row) > 5 and row[5] in (DIFFERS, UNKNOWN)]
        assert wrong == [], one.rules
        agreed += counted[AGREES]
        written_not += counted[NOT_WRITTEN]
    assert agreed > 1_000
    assert written_not < agreed / 50, "nearly everything is written as a formula"


@needs_libreoffice
def test_the_formulas_follow_an_input_that_is_changed(tmp_path: Path) -> None:
    """The rows of the ledger are changed and the engine's figures are not: the formulas give those of the new rows."""
    first = account("showcase/westshire.pool", "showcase/westshire.outturn.csv", "2026/27", tmp_path)
    spending = tuple(
        replace(row, pence=row.pence + 1_040_000_003) if row.scheme == "Equipment" else row
        for row in first.facts.spending
    )
    changed = replace(first.facts, spending=spending)
    settled = settle(first.rules, changed)
    assert isinstance(settled, Settlement)
    data = workbook_file(Account(first.rules, changed, first.settlement, first.made_from))
    [sheets] = recalculated(tmp_path, [data])
    rows = {(clause, words, who): formula for clause, words, who, _, formula in figures(sheets["Settlement"])}
    taken = 0
    for run in settled.runs:
        for step in run.steps:
            for one in step.allocations:
                if one.to is To.PARTNER:
                    words = "pays" if run.trigger.value == "overspend" else "receives"
                    assert rows[first.clause(step.rule), words, one.name] == one.pence
                    taken += one.pence
    assert taken > 0
    assert "do not agree with poolrules" in str(sheets["Settlement"][1][0])


WEIGHTS = (
    (33, 66, 1),
    (98, 92, 123),
    (1, 1, 1),
    (10**11 + 1, 3, 10**10),
    (0, 7, 5),
)
SUMS = (1, 2, 3, 100, 99_99, 1003, 613_00, 10**12 + 1, 10**14 - 1)


def penny_disputes() -> list[Account]:
    """Sums that do not divide over weights small and large, up to the largest sum that an outturn may hold."""
    found = []
    for sizes in WEIGHTS:
        schemes = {build.scheme(f"S{place}"): 0 for place, _ in enumerate(SUMS)}
        sharing = Weights(tuple(Part(name, size) for name, size in zip("ABC", sizes, strict=True)))
        falls = build.over([rule.name for rule in schemes], ByPartners(sharing), separately=True)
        for odd_to in (None, "C"):
            fund = build.fund(schemes, falls, partners=("A", "B", "C"), host="B", odd_pennies=odd_to)
            rules = build.ruleset(fund)
            facts = build.facts({f"S{place}": pence for place, pence in enumerate(SUMS)})
            found.append(Account(rules, facts, build.settled(rules, facts), MadeFrom("", "", "", "")))
    return found


@needs_libreoffice
def test_pennies_that_do_not_divide(tmp_path: Path) -> None:
    accounts = penny_disputes()
    for one, sheets in zip(accounts, recalculated(tmp_path, map(workbook_file, accounts)), strict=True):
        found = checks(sheets["Settlement"])
        assert (found[DIFFERS], found[UNKNOWN], found[NOT_WRITTEN]) == (0, 0, 0), one.rules.funds[0].waterfalls
        parts = [row for row in figures(sheets["Settlement"]) if row[1] == "pays"]
        assert sum(formula for *_, formula in parts) == sum(SUMS)


@needs_libreoffice
def test_weights_too_long_for_a_spreadsheet_are_never_nearly_right(tmp_path: Path) -> None:
    sharing = Weights((Part("A", 10**15 + 1), Part("B", 10**15)))
    fund = build.fund({build.scheme("S"): 0}, build.over(["S"], ByPartners(sharing)))
    rules, facts = build.ruleset(fund), build.facts({"S": 1003})
    one = Account(rules, facts, build.settled(rules, facts), MadeFrom("", "", "", ""))
    [sheets] = recalculated(tmp_path, [workbook_file(one)])
    found = checks(sheets["Settlement"])
    assert found[DIFFERS] == 0
    assert found[UNKNOWN] > 0
