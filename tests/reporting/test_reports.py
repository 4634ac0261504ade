"""The contribution schedule, memorandum accounts and balances to agree: columns, sums that add up, and widths."""

import csv
import io
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from poolrules.base.mode import Mode
from poolrules.cli.main import main
from poolrules.engine.settle import settle
from poolrules.engine.settlement import Due, Position, Settlement
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.reports import balances_file, schedule_file
from poolrules.pipeline.settle import NotSettled
from poolrules.pipeline.years import AskedYears, settle_years
from poolrules.reporting.account import Account, MadeFrom
from poolrules.reporting.balances import Balances, balances_of, bodies_with_books, write_balances, write_balances_csv
from poolrules.reporting.contribution_schedule import (
    COLUMNS,
    Schedule,
    schedule_of,
    write_schedule,
    write_schedule_csv,
    write_schedule_json,
)
from poolrules.reporting.memorandum import (
    NET,
    SHARED,
    memoranda,
    write_memorandum,
    write_memorandum_csv,
    write_memorandum_json,
)
from poolrules.reporting.wide import cells
from poolrules.ruleset.ruleset import (
    BudgetRule,
    ByPartners,
    Change,
    Condition,
    ContributionRule,
    FundRules,
    Later,
    Part,
    PartnerRule,
    Ruleset,
    SchemeRule,
    Step,
    Trigger,
    Waterfall,
    Weights,
    YearFigures,
)
from tests.engine.build import cash, fund, limited, over, ruleset, scheme, settled, weights
from tests.engine.build import facts as spent
from tests.engine.generated import _two_years, _year

SHOWCASE = Path(__file__).parents[2] / "agreements/showcase"
WESTSHIRE = str(SHOWCASE / "westshire.pool")
FIRST, SECOND = str(SHOWCASE / "westshire.outturn.csv"), str(SHOWCASE / "westshire-second-year.outturn.csv")
WIDTHS = (60, 80, 100, 140)


@pytest.fixture(scope="module")
def both() -> tuple[Account, ...]:
    done = settle_years(AskedYears(WESTSHIRE, (f"2026/27={FIRST}", f"2027/28={SECOND}")))
    assert not isinstance(done, NotSettled)
    return done


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def pence(amount: str) -> int:
    return int(amount.replace(".", ""))


# ---- the contribution schedule -----------------------------------------------------------------------


def scheduled(year: str = "2027/28") -> Schedule:
    done = schedule_file(AskedYears(WESTSHIRE, years=(year,)))
    assert not isinstance(done, NotSettled)
    return done


def test_a_rolled_contribution_shows_how_it_was_built_up() -> None:
    data = write_schedule_csv(scheduled())
    assert (
        data.split(b"\r\n")[0].decode()
        == ",".join(COLUMNS)
        == (
            "financial_year,fund_id,scheme_id,partner,funding_source,ring_fence,kind,capital_or_revenue,recurrent,"
            "base_prior_year,recurrent_changes,uplift_pct,uplift_amount,planned_changes,efficiency,contribution,"
            "gross_or_net_of_client_income,share_pct_exact,share_pct_agreed,clause"
        )
    )
    rows = rows_of(data)
    for row in rows:
        assert pence(row["base_prior_year"]) + pence(row["uplift_amount"]) == pence(row["contribution"])
        assert row["uplift_pct"] == "5.66%"
    assert rows[0]["base_prior_year"] == "24512300.00"
    assert {row["share_pct_exact"] for row in rows if row["kind"] == "cash"} == {"72.8743", "27.1257"}
    assert {row["share_pct_agreed"] for row in rows} == {""}, "the bands share in two ways"


def rules_of(*lines: ContributionRule, partner: str = "ICB") -> Ruleset:
    sharing = Weights((Part("ICB", 51), Part("Council", 49)))
    over = Waterfall("F.over", "F", Trigger.OVERSPEND, ("S",), (Step("F.over.1", ByPartners(sharing)),))
    budgets = (BudgetRule("F.budget", "S", sum(line.pence for line in lines)),)
    figures = YearFigures("2026/27", lines, budgets, unset=(partner,))
    fund = FundRules(
        "F", "F", "A fund", "ICB", ("ICB", "Council"), (SchemeRule("S", "S", "S", Mode.SHARED),), (figures,)
    )
    fund = replace(fund, waterfalls=(over,))
    partners = tuple(PartnerRule(name, name, f"The {name}", "council") for name in ("ICB", "Council"))
    return Ruleset("Test", "section 75 of the NHS Act 2006", partners, (fund,))


def test_changes_conditions_charges_and_agreed_shares() -> None:
    rules = rules_of(
        ContributionRule("1", "ICB", 9_600, "grant"),
        ContributionRule("2", "ICB", 500, change=Change.RECURRENT),
        ContributionRule("3", "ICB", 300, change=Change.PLANNED),
        ContributionRule("4", "Council", -400, change=Change.EFFICIENCY),
        ContributionRule("5", "Council", 10_000, charges=1_500, gross=True),
        ContributionRule("6", "Council", 77, condition=Condition("Target")),
        ContributionRule("7", "Council", 5, in_kind=True, recurrent=False, capital=True),
    )
    rows = rows_of(write_schedule_csv(schedule_of(rules, "2026/27", {})))
    assert [row["recurrent_changes"] for row in rows] == ["", "5.00", "", "", "", "", ""]
    assert [row["planned_changes"] for row in rows] == ["", "", "3.00", "", "", "", ""]
    assert [row["efficiency"] for row in rows] == ["", "", "", "-4.00", "", "", ""]
    assert [row["gross_or_net_of_client_income"] for row in rows] == ["", "", "", "", "gross", "", ""]
    assert rows[5]["contribution"] == "0.00", "its condition was not said to hold"
    assert (rows[6]["kind"], rows[6]["recurrent"], rows[6]["capital_or_revenue"]) == ("in_kind", "N", "capital")
    assert {row["share_pct_agreed"] for row in rows} == {"51.0000", "49.0000"}
    assert rows[0]["share_pct_exact"] == "52.0000"
    held = rows_of(write_schedule_csv(schedule_of(rules, "2026/27", {"Target": True})))
    assert held[5]["contribution"] == "0.77"
    text = write_schedule(schedule_of(rules, "2026/27", {}), 80)
    assert "NOT DUE" in text
    assert "ICB's contribution to F is still to be set" in text
    said = json.loads(write_schedule_json(schedule_of(rules, "2026/27", {})))
    assert said["still_to_be_set"] == [{"fund": "F", "partner": "ICB"}]
    assert [line["due"] for line in said["lines"]] == [True] * 5 + [False, True]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_schedule_fits(width: int) -> None:
    assert max(map(cells, write_schedule(scheduled(), width).split("\n"))) <= width


def test_a_year_without_figures_is_refused() -> None:
    with pytest.raises(Unusable, match="the agreement has no figures for 2030/31"):
        scheduled("2030/31")


# ---- memorandum accounts ---------------------------------------------------------------------------


def test_both_years_add_up(both: tuple[Account, ...]) -> None:
    [found] = memoranda(both)
    this_year = {line: line.pence for line in found.every}
    year_before = {line: found.before(line) or 0 for line in found.every}
    for column in (this_year, year_before):
        parts = [line for line in found.every if not line.total]
        net = next(column[line] for line in found.every if line.section == NET)
        assert sum(column[line] for line in parts if line.section not in (NET, SHARED)) == net
        assert sum(column[line] for line in parts if line.section == SHARED) == net
    assert found.prior_year == "2026/27"
    text = write_memorandum([found], 80)
    assert "Net surplus/(deficit) arising during the year" in text
    assert "n/a" not in text


def test_the_year_before_is_not_made_up(both: tuple[Account, ...]) -> None:
    found = memoranda(both[1:])
    assert {found[0].before(line) for line in found[0].every} == {None}
    text = write_memorandum(found, 80)
    assert "n/a: 2026/27 is not settled here, so its figures are unknown: give both years." in " ".join(text.split())
    assert {row["prior_year"] for row in rows_of(write_memorandum_csv(found))} == {"n/a"}
    first = write_memorandum(memoranda(both[:1]), 80)
    assert "n/a: 2025/26 is before the agreement." in first


def test_the_note_says_what_the_agreement_says(both: tuple[Account, ...]) -> None:
    said = json.loads(write_memorandum_json(memoranda(both)))["funds"][0]
    note = " ".join(said["note"])
    for words in ("Westshire County Council hosts it", "1 April 2026 to 31 March 2028", "as to 60%", "clause 12.3"):
        assert words in note
    assert said["lines"][0]["prior_year_pence"] == 2_451_230_000


@pytest.mark.parametrize("seed", range(60))
def test_every_account_of_generated_years_adds_up(seed: int) -> None:
    rules, first, second = _two_years(seed)
    one = settle(rules, first)
    assert isinstance(one, Settlement)
    second = replace(second, position=one.closing)
    two = settle(rules, second)
    assert isinstance(two, Settlement)
    accounts = [
        Account(rules, facts, found, MadeFrom("", "", "", "")) for facts, found in ((first, one), (second, two))
    ]
    for found in memoranda(accounts):
        shared = [line for line in found.lines if line.section == SHARED]
        assert sum(line.pence for line in shared if not line.total) == shared[-1].pence
        assert write_memorandum([found], 60)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_accounts_fit(width: int, both: tuple[Account, ...]) -> None:
    text = write_memorandum(memoranda(both), width)
    assert max(map(cells, text.split("\n"))) <= width


def test_a_line_of_the_year_before_only_keeps_its_place(both: tuple[Account, ...]) -> None:
    [one] = memoranda(both)
    shared = [line for line in one.lines if line.section == SHARED]
    gone = next(line for line in shared if not line.total)
    lines = tuple(line for line in one.lines if line is not gone)
    prior = {(line.section, line.words): 1 for line in one.lines}
    found = replace(one, lines=lines, prior=prior).every
    assert [(line.section, line.words) for line in found] == list(prior)


# ---- balances to agree -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(40))
def test_what_one_side_books_the_other_books_too(seed: int) -> None:
    rules, facts = _year(seed)
    found = settle(rules, facts)
    assert isinstance(found, Settlement)
    account = Account(rules, facts, found, MadeFrom("", "", "", ""))
    books = {name: balances_of(account, name, {}) for name in bodies_with_books(account)}
    for name, own in books.items():
        theirs = {
            other: {line.nature: line.pence for line in books[other].lines if line.counterparty == name}
            for other in books
            if other != name
        }
        matched = balances_of(account, name, theirs)
        assert [line.matched for line in matched.lines] == ["Y"] * len(own.lines)


def test_books_hold_what_falls_due_in_later_years_by_this_year_and_by_earlier_ones() -> None:
    loan = ByPartners(weights(A=1, B=1), later=Later(2, pay_now=True))
    late = ByPartners(weights(B=1), later=Later(2))
    falls = (over(["S"], limited(loan, at_most=6_00), limited(late, at_most=4_00)),)
    rules = ruleset(fund({scheme("S"): 100_00}, *falls, contributions=[cash("A", 60_00), cash("B", 40_00)]))
    before = Position(
        "Test",
        "2025/26",
        "2026-03-31",
        dues=(Due("F", "B", None, "2026/27", 1_00, "F.over.2"), Due("F", "B", None, "2027/28", 7_00, "F.over.2")),
    )
    facts = replace(spent({"S": 110_00}), position=before)
    account = Account(rules, facts, settled(rules, facts), MadeFrom("", "", "", ""))
    host = {line.nature: (line.pence, line.explanation) for line in balances_of(account, "A", {}).lines}
    assert host["debtor"][0] == 3_00 + 1_00 + 4_00 + 7_00  # the loan and last year's instalment now; the rest later
    assert "put off to later years in F £11.00" in host["debtor"][1]
    assert host["creditor"] == (3_00, "lent for F, repaid in later years £3.00")
    theirs = {line.nature: line.pence for line in balances_of(account, "B", {}).lines}
    assert (theirs["creditor"], theirs["debtor"]) == (host["debtor"][0], host["creditor"][0])


def settled_balances(tmp_path: Path, theirs: str | None = None) -> Balances | NotSettled:
    path = tmp_path / "outturn.csv"
    path.write_text("scheme,spent\nEquipment,19000000.01\nHomecare,21700000.05\nAdaptations,3000000\n")
    done = settle_years(AskedYears(WESTSHIRE, (str(path),), ("2026/27",)))
    assert not isinstance(done, NotSettled)
    [account] = done
    if theirs is None:
        return balances_file(account, None, ())
    other = tmp_path / "icb.csv"
    other.write_text(theirs)
    return balances_file(account, None, (f"ICB={other}",))


def test_the_columns_and_natures(tmp_path: Path) -> None:
    found = settled_balances(tmp_path)
    assert isinstance(found, Balances)
    data = write_balances_csv(found)
    assert data.startswith(b"counterparty,nature,amount,period,matched,difference,explanation\r\n")
    rows = rows_of(data)
    assert [(row["counterparty"], row["nature"], row["amount"], row["matched"]) for row in rows] == [
        ("ICB", "income", "32164198.00", ""),
        ("ICB", "debtor", "7651898.00", ""),
    ]
    assert {row["period"] for row in rows} == {"2026/27"}


@pytest.mark.parametrize(
    ("theirs", "matched", "differences", "told"),
    [
        ("Council,expenditure,32164198.00\nCouncil,creditor,7651898.00", "YY", ["0.00", "0.00"], ""),
        (
            "Council,expenditure,24512300.00\nCouncil,creditor,7651898.00",
            "NY",
            ["7651898.00", "0.00"],
            "The difference is what it pays beyond that for BCF",
        ),
        (
            "Council,expenditure,32164198\nCouncil,creditor,7651898.40",
            "YN",
            ["0.00", "-0.40"],
            "one side may have rounded to pounds",
        ),
        ("Council,expenditure,32164198", "YN", ["0.00", "7651898.00"], "Their books have no such line"),
        (
            "Council,expenditure,32164198\nCouncil,creditor,7651898\nCouncil,income,5",
            "YNY",
            ["0.00", "-5.00", "0.00"],
            "nothing in these books",
        ),
        ("Council,expenditure,32164198\nCouncil,creditor,-7651898", "YN", ["0.00", "15303796.00"], "the other sign"),
    ],
)
def test_their_books_are_matched(theirs: str, matched: str, differences: list[str], told: str, tmp_path: Path) -> None:
    found = settled_balances(tmp_path, f"counterparty,nature,amount\n{theirs}\n")
    assert isinstance(found, Balances)
    rows = rows_of(write_balances_csv(found))
    assert "".join(row["matched"] for row in rows) == matched
    assert [row["difference"] for row in rows] == differences
    assert told in " ".join(row["explanation"] for row in rows)
    for width in WIDTHS:
        assert max(map(cells, write_balances(found, width).split("\n"))) <= width


def test_what_is_wrong_with_their_books_is_told_whole(tmp_path: Path) -> None:
    found = settled_balances(
        tmp_path, "counterparty,nature,amount\nCouncl,debtor,1\nCouncil,owed,2\nCouncil,income,x\n"
    )
    assert isinstance(found, NotSettled)
    assert sorted(one.message for one in found.findings) == [
        "`owed` is no nature of a balance",
        "`x` is not an amount",
        "there is no partner `Councl`",
    ]


# ---- the command -----------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["contributions", "memorandum", "balances"])
def test_the_command_in_each_form(what: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    asked = ["report", what, WESTSHIRE, "--year", "2026/27"]
    asked += [] if what == "contributions" else ["--outturn", FIRST]
    assert main(asked) == 0
    assert "Westshire" in capfd.readouterr().out
    for ending in ("txt", "csv", "json"):
        path = tmp_path / f"report.{ending}"
        assert main([*asked, "-o", str(path)]) == 0
        assert path.read_bytes()
    assert main([*asked, "-o", str(tmp_path / "report.doc")]) == 2


def test_options_of_another_report_are_refused(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "memorandum", WESTSHIRE, "--outturn", FIRST, "--year", "2026/27", "--body", "ICB"]) == 2
    assert "--body and --theirs are for balances" in capfd.readouterr().err
    books = ["report", "balances", WESTSHIRE, "--outturn", FIRST, "--year", "2026/27"]
    assert main([*books, "--body", "Counci"]) == 2
    assert "there is no partner `Counci`" in capfd.readouterr().err
    assert main([*books, "--theirs", "x.csv"]) == 2
    assert "does not say whose books it is" in capfd.readouterr().err
