"""Statements: every line within its width, every figure in every form, and cells that no spreadsheet runs."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from poolrules.engine.settlement import To
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.reporting.account import Account
from poolrules.reporting.csv_cells import safe_cell
from poolrules.reporting.lines import table, wrapped
from poolrules.reporting.statement import write_statement
from poolrules.reporting.statement_csv import COLUMNS, write_statement_csv
from poolrules.reporting.statement_json import FORMAT, write_statement_json
from poolrules.reporting.trail import figure_names, write_trail
from poolrules.reporting.wide import cells

WESTSHIRE = Path(__file__).parents[2] / "agreements/showcase/westshire.pool"


@pytest.fixture(scope="module", params=["19000000.01", "8300000.01", "9000000"])
def account(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Account:
    outturn = tmp_path_factory.mktemp("year") / "outturn.csv"
    outturn.write_text(f"scheme,spent\nEquipment,{request.param}\nHomecare,21700000.05\nAdaptations,3000000\n")
    done = settle_file(Asked(str(WESTSHIRE), str(outturn), "2026/27"))
    assert not isinstance(done, NotSettled)
    return done


@pytest.mark.parametrize("width", [60, 72, 80, 100, 120, 140])
def test_no_line_is_wider_than_asked(account: Account, width: int) -> None:
    assert max(cells(line) for line in write_statement(account, width).split("\n")) <= width


def test_a_narrower_terminal_than_can_be_served_is_no_fault(account: Account) -> None:
    assert write_statement(account, 1) == write_statement(account, 60)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_amount_stands_alone(account: Account, width: int) -> None:
    trails = "".join(write_trail(account, figure, width) for figure in figure_names(account))
    for line in (write_statement(account, width) + trails).split("\n"):
        assert not re.fullmatch(r"\s*[(\[]?£?[0-9,]+\.[0-9]{2}[)\].,]*", line), line


def test_a_wide_terminal_is_used_for_words_and_not_for_sums(account: Account) -> None:
    lines = write_statement(account, 140).split("\n")
    assert max(map(cells, lines)) > 100
    assert {cells(line) for line in lines if re.match(r" {10,}(?:left|[A-Z]\w+ pays|UNDECIDED)", line)} <= {100}


def test_every_sum_is_in_the_statement(account: Account) -> None:
    statement = write_statement(account, 100)
    for _, step in account.step_results():
        for one in step.allocations:
            assert f"{one.pence // 100:,}.{one.pence % 100:02d}" in statement


def test_every_step_is_shown_with_its_clause(account: Account) -> None:
    statement = write_statement(account, 100)
    for _, step in account.step_results():
        assert f"\n  {account.clause(step.rule)} " in statement
        assert account.rules.clauses[step.rule] == account.clause(step.rule)


def test_csv_adds_up_to_each_overspend_and_underspend(account: Account) -> None:
    rows = list(csv.DictReader(io.StringIO(write_statement_csv(account).decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["line"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    rows = [row for row in rows if row["section"] == "allocation"]
    for run in account.settlement.runs:
        own = [row for row in rows if row["rule_id"].startswith(run.rule)]
        assert sum(int(row["amount"].replace(".", "")) for row in own) == run.amount
        assert int(own[-1]["running_total"].replace(".", "")) == run.amount
    partners = {one.name for _, step in account.step_results() for one in step.allocations if one.to is To.PARTNER}
    assert {row["partner"] for row in rows if row["sign"]} >= partners


def test_csv_has_the_answer_and_what_it_was_made_from(account: Account) -> None:
    rows = list(csv.DictReader(io.StringIO(write_statement_csv(account).decode(), newline="")))
    settlement = account.settlement
    paid = [(row["partner"], row["payee"], pence(row["amount"])) for row in rows if row["section"] == "payment"]
    assert paid == [(one.payer, one.payee, one.pence) for one in settlement.transfers if not one.bears]
    own = [pence(row["amount"]) for row in rows if row["section"] == "own part"]
    assert own == [one.pence for one in settlement.transfers if one.bears]
    put_in = sum(pence(row["amount"]) for row in rows if row["section"] == "contribution")
    assert put_in == sum(result.cash + result.in_kind for result in settlement.partners)
    spending = {(row["scheme_id"], row["basis"]): pence(row["amount"]) for row in rows if row["section"] == "spending"}
    for line in settlement.schemes:
        way = "over budget" if line.variance > 0 else "under budget" if line.variance else "on budget"
        assert spending[line.scheme, "budget"] == line.budget
        assert spending[line.scheme, "spent"] == line.spent
        assert spending[line.scheme, way] == abs(line.variance)
    held = [pence(row["amount"]) for row in rows if row["section"] == "reserve"]
    assert held == [sum_ for one in settlement.reserves for sum_ in (one.opening, one.drawn, one.added, one.closing)]
    assert {(row["financial_year"], row["fund_id"]) for row in rows} == {("2026/27", "BCF")}
    assert {row["status"] for row in rows} == {"provisional" if account.provisional else "final"}


def pence(amount: str) -> int:
    assert re.fullmatch(r"-?[0-9]+\.[0-9]{2}", amount)
    return int(amount.replace(".", ""))


def test_an_income_above_spending_stays_a_number_in_csv(tmp_path: Path) -> None:
    outturn = tmp_path / "outturn.csv"
    outturn.write_text("scheme,spent\nEquipment,-5\nHomecare,0\nAdaptations,0\n")
    done = settle_file(Asked(str(WESTSHIRE), str(outturn), "2026/27"))
    assert not isinstance(done, NotSettled)
    assert b",spent,-5.00," in write_statement_csv(done)


def test_csv_says_where_rounding_put_a_penny(account: Account) -> None:
    rows = csv.DictReader(io.StringIO(write_statement_csv(account).decode(), newline=""))
    adjusted = {row["rule_id"]: row["partner"] for row in rows if row["rounding_adjustment"] != "0.00"}
    odd = {step.rule: one.name for _, step in account.step_results() for one in step.allocations if one.odd_penny}
    assert odd.items() <= adjusted.items()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_json_has_pence_and_pounds(account: Account) -> None:
    said = json.loads(write_statement_json(account))
    assert said["format"] == FORMAT == "poolrules settlement 1"
    assert said["settlement"]["rows_read"] == 3
    assert said["status"] == ("provisional" if account.provisional else "final")
    for run in said["settlement"]["runs"]:
        for one in (one for step in run["steps"] for one in step["allocations"]):
            assert one["pence"] == int(one["pounds"].replace(".", ""))
    scheme = said["settlement"]["schemes"][1]
    assert scheme["spent"] == {"pence": 2170000005, "pounds": "21700000.05"}
    assert said["rules"][scheme["rule"]]["clause"] == account.clause(scheme["rule"])


def test_every_figure_has_a_trail(account: Account) -> None:
    for figure in figure_names(account):
        assert write_trail(account, figure, 90).strip(), figure


def test_a_trail_goes_down_to_rows_and_lines(account: Account) -> None:
    trail = write_trail(account, "Homecare", 500)
    assert re.search(r"£21,700,000.05 at \S*outturn.csv:3:1\n", trail)
    assert "westshire.pool:" in trail
    assert account.clause("BCF.scheme.Homecare") in trail


@given(some.text(some.characters(exclude_categories=["Cs"]), max_size=200), some.integers(min_value=8, max_value=60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cells(line) <= width for line in lines)
    from poolrules.source.text import visible

    assert "".join(lines).replace(" ", "") == visible(text).replace(" ", "")


def test_a_sum_keeps_the_word_before_it() -> None:
    assert wrapped("ICB pays £5.00, Council £6.00", 17) == ["ICB pays £5.00,", "Council £6.00"]


def test_a_table_too_wide_for_its_sums_goes_below_each_other() -> None:
    figures = ("999,999,999,999.99",) * 4
    lines = table(("who", "a £", "b £", "c £", "d £", ""), [("ICB", *figures, "pays")], 60, texts=1)
    assert max(map(cells, lines)) <= 60
    assert [line.split() for line in lines] == [
        ["ICB"],
        *([head, "£", "999,999,999,999.99"] for head in "abc"),
        ["d", "£", "pays", "999,999,999,999.99"],
    ]


def test_amounts_line_up() -> None:
    lines = table(("who", "£"), [("ICB", "5.00"), ("資金", "12,345.00")], 40, texts=1)
    assert [cells(line) for line in lines] == [17, 17, 17]
