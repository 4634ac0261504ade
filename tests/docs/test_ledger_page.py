"""What the reference says of ledgers is true: its examples are those of the showcase, and every word is explained."""

import re
from pathlib import Path

import pytest

from poolrules.cli.main import main
from poolrules.pipeline import facts_file, mapping
from poolrules.pipeline.mapping import R4_COLUMNS, ROLES, read_mapping

ROOT = Path(__file__).parents[2]
SHOWCASE = ROOT / "agreements" / "showcase"
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
SECTION = PAGE[PAGE.index("## The ledger") : PAGE.index("## Accepting a finding")]
BLOCKS = dict(re.findall(r"```(\w+ \w+)\n(.*?)```", SECTION, re.DOTALL))
WORDS = set(
    re.findall(r"`([a-z][a-z -]*)`", "\n".join(line for line in SECTION.splitlines() if line.startswith("| `")))
)


def test_the_examples_are_files_that_settle() -> None:
    assert BLOCKS["yaml mapping"] == (SHOWCASE / "westshire.mapping.yaml").read_text(encoding="utf-8")
    assert BLOCKS["yaml facts"] == (SHOWCASE / "westshire.facts.yaml").read_text(encoding="utf-8")
    assert (SHOWCASE / "westshire.ledger.csv").read_text(encoding="utf-8").startswith(BLOCKS["csv ledger"])
    assert read_mapping("m.yaml", BLOCKS["yaml mapping"].encode()).findings == ()


def test_the_statement_says_of_the_ledger_what_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    start = "agreements/showcase/westshire"
    given = ["--ledger", f"{start}.ledger.csv", "--mapping", f"{start}.mapping.yaml"]
    assert main(["settle", f"{start}.pool", *given, "--year", "2026/27"]) == 0
    (shown,) = re.findall(r"```\n(Ledger .*?)```", SECTION, re.DOTALL)
    assert shown in capsys.readouterr().out


@pytest.mark.parametrize("words", [mapping.KEYS, ROLES, facts_file.KEYS])
def test_every_word_is_in_a_table(words: tuple[str, ...]) -> None:
    assert set(words) - WORDS == set()


def test_the_natural_columns_are_named() -> None:
    assert [name for name in R4_COLUMNS.values() if f"`{name}`" not in SECTION] == []
