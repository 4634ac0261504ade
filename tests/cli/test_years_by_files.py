"""Years and parts of years through the command line, with positions as files and rules compiled beforehand."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from poolrules.cli.main import main

AGREEMENTS = Path(__file__).parents[2] / "agreements"
SHOWCASE = AGREEMENTS / "showcase"

POOL = """agreement "Westshire pool"
    term        1 April 2026 to 31 March 2029

partner ICB "NHS Westshire Integrated Care Board"
    kind        integrated care board

partner Council "Westshire County Council"
    kind        county council

board Board "Joint board"

fund Pool "Pooled fund"
    host        Council
    scheme Equipment "Community equipment" shared
    scheme Homecare "Home care" own risk of ICB, over and under
    scheme Grants "Adaptation grants" ring-fenced with overspend borne by Council

    contributions from 2026/27
        ICB     £600,001
        Council £400,000
    budget from 2026/27
        Equipment £700,000
        Homecare  £300,000
        Grants    £1

    reserve Contingency "Contingency" opening £9,000, at least £1,000, at most £12,000

    overspend of shared schemes together
        first     from Contingency, at most £5,000
        then      at most £4,000 over the term: ICB alone
        then      at most £3,000: Council alone; due in 2 yearly instalments from next year
        remainder decided by Board within 30 days of the statement, failing which ICB 1 part, Council 2 parts

    underspend of shared schemes together
        first     into Contingency, until it holds £12,000
        remainder returned in proportion to contributions to the fund, revenue cash, as last varied in writing
"""
DEED = """variation {number} to "Westshire pool" from {day}
    agreed      3 March 2027, by "Cabinet and the Board of the ICB", minute "WP/27/2"
    made        in writing, signed by all partners
    because     "More to spend."

fund Pool
    budget 2027/28
        Equipment £700,000
        Homecare  £{homecare}
        Grants    £1
"""
MAPPING = """columns:
  scheme: Scheme
  date: Posted
  amount: Net
date format: yyyy-mm-dd
sign: spending is positive
unit: pounds
outside the period: set aside
"""
ENDS = (
    ("30 April 2026", "2026-04-30"),
    ("31 May 2026", "2026-05-31"),
    ("30 June 2026", "2026-06-30"),
    ("31 July 2026", "2026-07-31"),
    ("31 August 2026", "2026-08-31"),
    ("30 September 2026", "2026-09-30"),
    ("31 October 2026", "2026-10-31"),
    ("30 November 2026", "2026-11-30"),
    ("31 December 2026", "2026-12-31"),
    ("31 January 2027", "2027-01-31"),
    ("28 February 2027", "2027-02-28"),
    ("31 March 2027", "2027-03-31"),
)
EQUIPMENT = (71000.01, 40000, 99000.99, 58333.33, 58333.33, 60000, 61000.5, 20000, 90000, 70000, 40000, 60000.07)
"""What is spent on equipment month by month: over the budget of the part of the year, under it and over it again."""


def done(*words: str) -> None:
    """Run a command that must succeed."""
    assert main(list(words)) == 0


def statement(*words: str) -> dict[str, Any]:
    """The statement of a settlement as JSON."""
    done("settle", *words, "-o", "statement.json", "--force")
    read: dict[str, Any] = json.loads(Path("statement.json").read_bytes())
    return read


def sums(found: dict[str, Any], what: str) -> dict[str, int]:
    """A figure of each partner in pence."""
    return {one["partner"]: one[what]["pence"] for one in found["settlement"]["partners"]}


def moved(found: dict[str, Any]) -> dict[tuple[str, str], int]:
    """What each pays each, a host's own part too, in pence."""
    return {(one["payer"], one["payee"]): one["pence"] for one in found["settlement"]["transfers"]}


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with an agreement, its compiled rules, a mapping and a ledger of a year."""
    monkeypatch.chdir(tmp_path)
    Path("pool.pool").write_text(POOL, encoding="utf-8")
    done("compile", "pool.pool", "-o", "pool.json")
    Path("mapping.yaml").write_text(MAPPING, encoding="utf-8")
    rows = [f"Equipment,{day},{spent}" for (_, day), spent in zip(ENDS, EQUIPMENT, strict=True)]
    rows += [f"Homecare,{day},25000.03" for _, day in ENDS]
    rows += [f"Grants,{day},0.08" for _, day in ENDS]
    Path("ledger.csv").write_text("\n".join(["Scheme,Posted,Net", *rows, ""]), encoding="utf-8")
    Path("over.csv").write_text("scheme,spent\nEquipment,716000.01\nHomecare,300010\nGrants,0.4\n", encoding="utf-8")
    Path("under.csv").write_text("scheme,spent\nEquipment,680000\nHomecare,299999\nGrants,0\n", encoding="utf-8")


LEDGER = ("pool.json", "--year", "2026/27", "--ledger", "ledger.csv", "--mapping", "mapping.yaml")


@pytest.mark.parametrize("ends", [ENDS, ENDS[2::3]], ids=["months", "quarters"])
@pytest.mark.parametrize("at_the_end", [(), ("--decision", "Board: ICB 70%, Council 30%")], ids=["open", "decided"])
@pytest.mark.usefixtures("pool")
def test_the_calls_of_months_and_quarters_make_the_year(
    ends: tuple[tuple[str, str], ...], at_the_end: tuple[str, ...]
) -> None:
    calls: dict[str, int] = {"ICB": 0, "Council": 0}
    before: tuple[str, ...] = ()
    directions = set()
    for place, (words, day) in enumerate(ends):
        given = at_the_end if place == len(ends) - 1 else ()
        part = statement(*LEDGER, "--to", words, "--write-position", f"{day}.json", *before, *given)
        before = ("--position", f"{day}.json")
        for partner, call in sums(part, "call").items():
            calls[partner] += call
            directions.add((partner, call > 0))
        assert sums(part, "net") == calls
    year = statement(*LEDGER, *at_the_end)
    assert calls == sums(year, "net") == sums(year, "call")
    if len(ends) == 12:
        assert directions == {(partner, pays) for partner in calls for pays in (True, False)}
    assert part["status"] == year["status"] == ("final" if at_the_end else "provisional")
    for what in ("reserves", "dues", "carried", "taken", "billed"):
        assert part["settlement"]["closing"][what] == year["settlement"]["closing"][what]


@pytest.mark.usefixtures("pool")
def test_a_chain_by_one_command_is_the_chain_by_files() -> None:
    years = {"2026/27": "over.csv", "2027/28": "under.csv", "2028/29": "over.csv"}
    decided = [word for year in years for word in ("--decision", f"{year}=Board: ICB alone")]
    outturns = [word for year, file in years.items() for word in ("--outturn", f"{year}={file}")]
    done("settle", "pool.json", *outturns, *decided, "-o", "chain.json", "--write-position", "closing.json")
    chain = json.loads(Path("chain.json").read_bytes())["settlements"]
    before: tuple[str, ...] = ()
    for (year, file), found in zip(years.items(), chain, strict=True):
        own = f"{year[:4]}.json"
        alone = statement(
            *("pool.json", "--year", year, "--outturn", file, "--decision", "Board: ICB alone"),
            *("--write-position", own, *before),
        )
        assert alone == found
        before = ("--position", own)
    assert Path("2028.json").read_bytes() == Path("closing.json").read_bytes()
    assert [one["settlement"]["dues"] != [] for one in chain] == [False, True, True]
    assert chain[2]["settlement"]["closing"]["dues"]
    for earlier, later in pairwise(chain):
        closed = earlier["settlement"]["closing"]["reserves"][0]["holds"]
        assert later["settlement"]["reserves"][0]["opening"] == closed


def refused(capfdbinary: pytest.CaptureFixture[bytes], *words: str) -> str:
    """Run a settlement that must be refused, and give what was said, its lines joined."""
    capfdbinary.readouterr()
    assert main(["settle", *words]) != 0
    printed = capfdbinary.readouterr()
    return " ".join((printed.out + printed.err).decode().replace("= help:", " ").split())


@pytest.mark.usefixtures("pool")
def test_a_position_that_does_not_fit_is_refused_with_what_to_do(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    first = ("--outturn", "over.csv", "--year", "2026/27", "--decision", "Board: ICB alone")
    done("settle", "pool.json", *first, "--write-position", "closing.json")
    second = ("--outturn", "under.csv", "--year", "2027/28", "--position")
    done("settle", "pool.json", *second, "closing.json")

    text = Path("closing.json").read_text(encoding="utf-8")
    held = json.loads(text)["reserves"][0]["pence"]
    Path("edited.json").write_text(text.replace(f'"pence": {held}', f'"pence": {held + 1}'), encoding="utf-8")
    said = refused(capfdbinary, "pool.json", *second, "edited.json")
    assert "was edited since it was written" in said
    assert "settle that year again with --write-position" in said

    said = refused(
        capfdbinary, "pool.json", "--outturn", "under.csv", "--year", "2028/29", "--position", "closing.json"
    )
    assert "2028/29 starts from what 2027/28 closed with" in said
    assert "settle 2027/28 and give its closing position" in said

    Path("other.pool").write_text(POOL.replace("Westshire pool", "Another pool"), encoding="utf-8")
    said = refused(capfdbinary, "other.pool", *second, "closing.json")
    assert "the position is of `Westshire pool`, and the agreement is `Another pool`" in said
    assert "give the closing position of this agreement" in said


@pytest.mark.usefixtures("pool")
def test_a_position_settled_under_other_deeds_is_refused(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A deed that reaches back needs the year before settled again; one that is left out has to be given."""
    for number, day in ((1, "1 October 2026"), (2, "1 October 2027")):
        deed = DEED.format(number=number, day=day, homecare=f"299,99{number}")
        Path(f"{number}.pool").write_text(deed, encoding="utf-8")
    first = ("--outturn", "over.csv", "--year", "2026/27", "--decision", "Board: ICB alone", "--write-position")
    second = ("--outturn", "under.csv", "--year", "2027/28", "--position")
    deeds = ("--variation", "1.pool", "--variation", "2.pool")
    done("settle", "pool.pool", *first, "as-signed.json")
    done("settle", "pool.pool", *deeds, *first, "varied.json")

    said = refused(capfdbinary, "pool.pool", *deeds, *second, "as-signed.json")
    assert "was settled without a deed of variation, and by 2027-03-31" in said
    assert "in force with variation 1 " in said
    assert "settle 2026/27 again with the same --variation as here" in said

    said = refused(capfdbinary, "pool.pool", *second, "varied.json")
    assert "was settled with variation 1, and by 2027-03-31" in said
    assert "give here those that it was settled with" in said

    done("settle", "pool.pool", *deeds, *second, "varied.json")
    done("compile", "pool.pool", *deeds, "-o", "varied-rules.json")
    said = refused(capfdbinary, "varied-rules.json", *second, "varied.json")
    assert "a ruleset does not say what it replaced" in said
    assert "each deed as --variation" in said


@pytest.mark.usefixtures("pool")
def test_standard_input_cannot_serve_several_years(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    said = refused(capfdbinary, "-", "--outturn", "2026/27=over.csv", "--outturn", "2027/28=under.csv")
    assert "standard input can be read once, and 2 years are settled" in said


SETTLED = [
    (path.relative_to(AGREEMENTS), outturn)
    for path in sorted(AGREEMENTS.glob("*/*.pool"))
    for outturn in [path.with_suffix(".outturn.csv")]
    if outturn.exists()
]


def year_of(rules: Path) -> str:
    """The first year that an agreement has figures for."""
    return str(min(one["year"] for fund in json.loads(rules.read_bytes())["funds"] for one in fund["years"]))


def same_from_both(source: str, *words: str, deeds: tuple[str, ...] = ()) -> None:
    """Settle from the source and from its compiled rules; nothing at all may differ."""
    done("compile", source, *deeds, "-o", "rules.json", "--force")
    for out, from_what in (("source", (source, *deeds)), ("compiled", ("rules.json",))):
        done("settle", *from_what, *words, "-o", f"{out}-statement.json", "--force", "--write-position", f"{out}.json")
    assert Path("source-statement.json").read_bytes() == Path("compiled-statement.json").read_bytes()
    assert Path("source.json").read_bytes() == Path("compiled.json").read_bytes()


@pytest.mark.parametrize(("agreement", "outturn"), SETTLED, ids=[str(path) for path, _ in SETTLED])
def test_compiled_rules_settle_as_their_source(
    agreement: Path, outturn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = str(AGREEMENTS / agreement)
    done("compile", source, "-o", "rules.json")
    same_from_both(source, "--outturn", str(outturn), "--year", year_of(Path("rules.json")))


def test_the_showcase_settles_alike_with_deed_ledger_facts_and_position(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = str(SHOWCASE / "westshire.pool")
    deeds = ("--variation", str(SHOWCASE / "westshire-variation-1.pool"))
    mapping = Path("mapping.yaml")
    mapping.write_text(
        (SHOWCASE / "westshire.mapping.yaml").read_text(encoding="utf-8") + "nothing spent:\n  Beds\n", encoding="utf-8"
    )
    ledger = ("--ledger", str(SHOWCASE / "westshire.ledger.csv"), "--mapping", str(mapping))
    facts = ("--facts", str(SHOWCASE / "westshire.facts.yaml"))
    same_from_both(source, "--year", "2026/27", *ledger, *facts, deeds=deeds)
    Path("source.json").rename("closing.json")
    outturn = Path("outturn.csv")
    outturn.write_text(
        (SHOWCASE / "westshire-second-year.outturn.csv").read_text(encoding="utf-8").rstrip() + "\nBeds,600000\n",
        encoding="utf-8",
    )
    same_from_both(
        source, "--year", "2027/28", "--outturn", str(outturn), "--position", "closing.json", *facts, deeds=deeds
    )
