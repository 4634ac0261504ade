"""The monitoring table: its columns, colours and signs, and exposures that are a settlement of the forecast."""

import csv
import io
import json
from pathlib import Path

import pytest

from poolrules.cli.main import main
from poolrules.pipeline.forecast import AskedForecast, forecast_file
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.reporting.monitoring import Monitoring, Thresholds
from poolrules.reporting.monitoring_data import write_exposures_csv, write_monitoring_csv, write_monitoring_json
from poolrules.reporting.monitoring_text import write_monitoring
from poolrules.reporting.wide import cells

WESTSHIRE = str(Path(__file__).parents[2] / "agreements/showcase/westshire.pool")
SO_FAR = "scheme,spent\nEquipment,4700000.00\nHomecare,10800000\nAdaptations,1000000\n"
FORECAST = (
    "scheme,forecast,reason,action\nEquipment,10400000.01,More beds at home,Review loans\n"
    "Homecare,21600000,,\nAdaptations,3004112,,\n"
)
LAST = "scheme,forecast\nEquipment,9200000\nHomecare,21632300\nAdaptations,3004112\n"

R5 = (
    "scheme_id,scheme,lead_commissioner,risk_class,original_budget,latest_budget,budget_to_date,actual_to_date,"
    "variance_to_date,previous_forecast,latest_forecast,forecast_variance,forecast_variance_pct,movement_since_last,"
    "rag,reason,action,partner_exposure_ICB,partner_exposure_Council"
)
R6 = (
    "scenario,forecast_over_under,less_virement,less_risk_reserve,less_fund_reserve,residual,"
    "ICB_share_pct,ICB_amount,ICB_cap_used,ICB_cap_left,"
    "Council_share_pct,Council_amount,Council_cap_used,Council_cap_left,unallocated"
)

USUAL = Thresholds()


def made(folder: Path, forecast: str = FORECAST, last: str | None = LAST, thresholds: Thresholds = USUAL) -> Monitoring:
    done = asked_for(folder, forecast, last, thresholds)
    assert not isinstance(done, NotSettled), [found.message for found in done.findings]
    return done


def asked_for(
    folder: Path, forecast: str, last: str | None = None, thresholds: Thresholds = USUAL
) -> Monitoring | NotSettled:
    paths = {"so-far.csv": SO_FAR, "forecast.csv": forecast, "last.csv": last or LAST}
    for name, text in paths.items():
        (folder / name).write_text(text)
    year = Asked(WESTSHIRE, str(folder / "so-far.csv"), "2026/27", to="30 September 2026")
    return forecast_file(
        AskedForecast(year, str(folder / "forecast.csv"), str(folder / "last.csv") if last else None, thresholds)
    )


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_the_columns_are_those_of_the_monitoring_table(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert write_monitoring_csv(found).split(b"\r\n")[0].decode() == R5
    assert write_exposures_csv(found).split(b"\r\n")[0].decode() == R6
    [equipment, *_] = rows_of(write_monitoring_csv(found))
    assert equipment == {
        "scheme_id": "Equipment",
        "scheme": "Integrated community equipment",
        "lead_commissioner": "",
        "risk_class": "shared",
        "original_budget": "9000000.00",
        "latest_budget": "9000000.00",
        "budget_to_date": "4500000.00",
        "actual_to_date": "4700000.00",
        "variance_to_date": "200000.00",
        "previous_forecast": "9200000.00",
        "latest_forecast": "10400000.01",
        "forecast_variance": "1400000.01",
        "forecast_variance_pct": "15.6",
        "movement_since_last": "1200000.01",
        "rag": "red",
        "reason": "More beds at home",
        "action": "Review loans",
        "partner_exposure_ICB": "770084.36",
        "partner_exposure_Council": "379915.65",
    }


def test_exposure_is_what_a_settlement_of_the_forecast_says(tmp_path: Path) -> None:
    found = made(tmp_path)
    whole = tmp_path / "whole.csv"
    whole.write_text("scheme,spent\nEquipment,10400000.01\nHomecare,21600000\nAdaptations,3004112\n")
    settled = settle_file(Asked(WESTSHIRE, str(whole), "2026/27"))
    assert not isinstance(settled, NotSettled)
    nets = {one.partner: one.net for one in settled.settlement.partners}
    [together] = [one for one in found.exposures if one.scenario == "BCF together"]
    assert dict(together.partners) == nets
    by_scheme: dict[str, int] = {}
    for one in found.schemes:
        for partner, pence in one.exposure:
            by_scheme[partner] = by_scheme.get(partner, 0) + pence
    assert by_scheme == nets
    for exposed in found.exposures:
        assert exposed.residual == sum(pence for _, pence in exposed.partners) + exposed.unallocated + exposed.kept


def test_what_a_cap_has_left_is_shown(tmp_path: Path) -> None:
    rows = rows_of(write_exposures_csv(made(tmp_path)))
    [overspend] = [row for row in rows if row["scenario"].startswith("forecast: overspend")]
    assert overspend["less_risk_reserve"] == "250000.00"
    assert overspend["residual"] == "1150000.01"
    assert (overspend["Council_cap_used"], overspend["Council_cap_left"]) == ("79915.65", "670084.35")
    assert (overspend["ICB_cap_used"], overspend["unallocated"]) == ("", "0.00")
    assert any(row["scenario"].startswith("last forecast: ") for row in rows)


@pytest.mark.parametrize(
    ("forecast", "rag"),
    [
        ("9000000", "green"),
        ("8000000", "green"),
        ("9179999.99", "amber"),  # 2.0% once rounded to a tenth
        ("9175499.99", "green"),  # 1.9%
        ("9450000", "amber"),  # 5.0%
        ("9455000", "red"),  # 5.1%
    ],
)
def test_colours_change_at_the_thresholds(forecast: str, rag: str, tmp_path: Path) -> None:
    text = f"scheme,forecast\nEquipment,{forecast}\nHomecare,21632300\nAdaptations,3004112\n"
    assert made(tmp_path, text, None).schemes[0].rag == rag


def test_colours_by_other_thresholds(tmp_path: Path) -> None:
    text = "scheme,forecast\nEquipment,9090000\nHomecare,21632300\nAdaptations,3004112\n"
    assert made(tmp_path, text, None, Thresholds(5, 9)).schemes[0].rag == "red"


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_is_wider_than_asked(width: int, tmp_path: Path) -> None:
    text = write_monitoring(made(tmp_path), width)
    assert max(map(cells, text.split("\n"))) <= width
    assert "over is spending above budget" in text
    assert "because   More beds at home" in text


def test_without_a_last_forecast_nothing_moves(tmp_path: Path) -> None:
    found = made(tmp_path, FORECAST, None)
    assert found.last == ()
    assert {row["movement_since_last"] for row in rows_of(write_monitoring_csv(found))} == {""}
    assert "moved since" not in write_monitoring(found)


def test_json_says_its_signs(tmp_path: Path) -> None:
    said = json.loads(write_monitoring_json(made(tmp_path)))
    assert said["format"] == "poolrules monitoring 1"
    assert "positive differences are overspends" in said["signs"]
    assert said["schemes"][0]["forecast_variance_pence"] == 140_000_001
    assert (said["amber_from_percent"], said["red_above_percent"]) == ("2.0", "5.0")


@pytest.mark.parametrize(
    ("forecast", "told"),
    [
        (
            "scheme,forecast\nEquipment,1\n",
            ["no forecast is given for `Homecare`", "no forecast is given for `Adaptations`"],
        ),
        ("scheme,forecast\nEquipmint,1\nEquipment,x\n", ["there is no scheme `Equipmint`", "`x` is not an amount"]),
        ("scheme,forecast\nEquipment,1\nEquipment,2\n", ["`Equipment` is forecast twice"]),
        ("scheme,spent\nEquipment,1\n", ["there is no column `spent` here", "the column `forecast` is missing"]),
        ("scheme,forecast\n", ["the file has no rows"]),
        ("a,b\n1,2\n", ["the first line does not name the columns"]),
        ("scheme,forecast\nEquipment\n", ["the row has 1 values, and the first line names 2"]),
        ("scheme,forecast\nEquipment,\n", ["the row gives no forecast"]),
        ('scheme,forecast\n"Equipment,1\n', ["the quotation mark that opens here is never closed"]),
    ],
)
def test_a_forecast_that_cannot_be_read_is_told_whole(forecast: str, told: list[str], tmp_path: Path) -> None:
    done = asked_for(tmp_path, forecast)
    assert isinstance(done, NotSettled)
    found = [one.message for one in done.findings]
    assert sorted(found) == sorted(told)
    assert {one.code for one in done.findings} == {"FIG001"}


def test_the_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made(tmp_path)
    asked = ["forecast", WESTSHIRE, "--outturn", str(tmp_path / "so-far.csv"), "--year", "2026/27"]
    asked += ["--to", "30 September 2026", "--forecast", str(tmp_path / "forecast.csv")]
    assert main(asked) == 0
    assert "RED" in capfd.readouterr().out
    assert main([*asked, "--red", "20%", "--amber", "1.5%", "--format", "csv"]) == 0
    assert ",amber," in capfd.readouterr().out
    assert main([*asked, "--amber", "6%"]) == 2
    assert main([*asked, "--amber", "much"]) == 2
    assert main([*asked, "-o", str(tmp_path / "f.doc")]) == 2
    capfd.readouterr()
    for ending in ("txt", "csv", "json"):
        assert main([*asked, "-o", str(tmp_path / f"f.{ending}")]) == 0
    assert main([*asked, "--format", "exposures-csv"]) == 0
    assert capfd.readouterr().out.startswith("scenario,")
