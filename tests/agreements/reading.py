"""Reading the agreements that come with the project, and settling years of them."""

import csv
from decimal import Decimal
from pathlib import Path

from poolrules.engine.settle import settle
from poolrules.engine.settlement import Facts, Settlement, Spending
from poolrules.pipeline.load import Loaded, load
from poolrules.ruleset.from_model import compile_rules
from poolrules.ruleset.ruleset import Ruleset

FOLDER = Path(__file__).parents[2] / "agreements"
REAL = tuple(sorted(file for file in FOLDER.glob("*/*.pool") if file.parent.name != "showcase"))
"""Every real agreement; the showcase is invented."""

LESSON = FOLDER / "cambridgeshire" / "cambridgeshire.pool"
"""The one that is silent where it should not be."""


def file_of(name: str) -> Path:
    """The agreement of that name, such as `fife-60-40`."""
    (found,) = (file for file in REAL if file.stem == name)
    return found


def read(file: Path) -> Loaded:
    """Read an agreement as a command would."""
    return load(str(file))


def rules_of(file: Path) -> Ruleset:
    """Compile an agreement that has no fault of writing."""
    loaded = read(file)
    assert loaded.agreement is not None
    assert loaded.findings == ()
    return compile_rules(loaded.agreement)


def outturn_of(file: Path) -> Path:
    """The outturn that stands beside an agreement."""
    return file.with_name(f"{file.stem}.outturn.csv")


def rows_of(file: Path) -> tuple[Spending, ...]:
    """The rows of the outturn beside an agreement."""
    with outturn_of(file).open(encoding="utf-8", newline="") as rows:
        return tuple(
            Spending(row["scheme"], int(Decimal(row["spent"]) * 100), (row["cause"],) if row.get("cause") else ())
            for row in csv.DictReader(rows)
        )


def budgets_of(rules: Ruleset, year: str) -> dict[str, int]:
    """What every scheme may spend in a year, in pence."""
    figures = [figures for fund in rules.funds for figures in fund.years if figures.year == year]
    return {budget.scheme: budget.pence for one in figures for budget in one.budgets}


def contributions_of(rules: Ruleset, year: str) -> dict[str, int]:
    """What every partner pays in in a year, over all funds, in pence."""
    paid: dict[str, int] = {}
    for made in (made for fund in rules.funds for one in fund.years if one.year == year for made in one.contributions):
        paid[made.partner] = paid.get(made.partner, 0) + made.pence
    return paid


def settled(
    rules: Ruleset, year: str, spending: tuple[Spending, ...], openings: dict[str, int] | None = None
) -> Settlement:
    """Settle a year in which reserves open as they first did, unless said otherwise."""
    held = {reserve.name: reserve.opening for fund in rules.funds for reserve in fund.reserves} | (openings or {})
    settlement = settle(rules, Facts(year, spending, openings=tuple(held.items())))
    assert isinstance(settlement, Settlement), settlement
    return settlement


def off_budget(
    rules: Ruleset,
    year: str,
    variances: dict[str, int],
    *,
    cause: str | None = None,
    openings: dict[str, int] | None = None,
) -> Settlement:
    """Settle a year in which some schemes are off budget by some pounds, all else being on budget."""
    on_budget = tuple(Spending(scheme, pence) for scheme, pence in budgets_of(rules, year).items())
    off = tuple(Spending(scheme, pounds * 100, (cause,) if cause else ()) for scheme, pounds in variances.items())
    return settled(rules, year, on_budget + off, openings)


def pays(settlement: Settlement, partner: str) -> int:
    """What a partner pays beyond its contributions, over all funds, in pence."""
    return sum(result.pays for result in settlement.partners if result.partner == partner)


def gives(settlement: Settlement, reserve: str) -> int:
    """What is drawn from a reserve, in pence."""
    return sum(result.drawn for result in settlement.reserves if result.reserve == reserve)
