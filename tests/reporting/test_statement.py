"""Statements: every line within its width, every figure in every form, and cells that no spreadsheet runs."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from poolrules.engine.settlement import To
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.reporting.account import Account
from poolrules.reporting.lines import table, wrapped
from poolrules.reporting.statement import write_statement
from poolrules.reporting.statement_csv import COLUMNS, safe_cell, write_statement_csv
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


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_asked(account: Account, width: int) -> None:
    assert max(cells(line) for line in write_statement(account, width).split("\n")) <= width


def test_a_narrower_terminal_than_can_be_served_is_no_fault(account: Account) -> None:
    assert write_statement(account, 1) == write_statement(account, 60)


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
    for run in account.settlement.runs:
        own = [row for row in rows if row["rule_id"].startswith(run.rule)]
        assert sum(int(row["amount"].replace(".", "")) for row in own) == run.amount
        assert int(own[-1]["running_total"].replace(".", "")) == run.amount
    partners = {one.name for _, step in account.step_results() for one in step.allocations if one.to is To.PARTNER}
    assert {row["partner"] for row in rows if row["sign"]} >= partners


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
    scheme = said["settlement"]["schemes"][1]
    assert scheme["spent"] == {"pence": 2170000005, "pounds": "21700000.05"}
    assert said["rules"][scheme["rule"]]["clause"] == account.clause(scheme["rule"])


def test_every_figure_has_a_trail(account: Account) -> None:
    for figure in figure_names(account):
        assert write_trail(account, figure, 90).strip(), figure


def test_a_trail_goes_down_to_rows_and_lines(account: Account) -> None:
    trail = write_trail(account, "Homecare", 500)
    assert "outturn.csv:3:1: £21,700,000.05" in trail
    assert "westshire.pool:" in trail
    assert account.clause("BCF.scheme.Homecare") in trail


@given(some.text(some.characters(exclude_categories=["Cs"]), max_size=200), some.integers(min_value=8, max_value=60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cells(line) <= width for line in lines)
    from poolrules.source.text import visible

    assert "".join(lines).replace(" ", "") == visible(text).replace(" ", "")


def test_amounts_line_up() -> None:
    lines = table(("who", "£"), [("ICB", "5.00"), ("資金", "12,345.00")], 40, texts=1)
    assert [cells(line) for line in lines] == [17, 17, 17]
