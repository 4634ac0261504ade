"""The grammar and templates are found by name, and no name leads out of their folder."""

from pathlib import Path
from typing import get_args

import pytest

from hatch_build import CARRIED
from poolrules.base import resources
from poolrules.base.resources import list_resources, read_resource

ROOT = Path(__file__).parents[2]


def test_the_grammar_is_read_as_it_stands() -> None:
    assert read_resource("grammar", "agreement.lark") == (ROOT / "grammar/agreement.lark").read_bytes().decode()


@pytest.mark.parametrize("kind", ["grammar", "law", "templates"])
def test_every_file_of_the_repository_is_listed(kind: resources.Kind) -> None:
    folder = ROOT / kind
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(list_resources(kind)) == there


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../pyproject.toml",
        "a/../../b",
        "/etc/passwd",
        "a//b",
        ".hidden",
        "a\\b",
        "C:x",
        "a\0b",
        "A",
        "a\n",
        "a/",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a resource"):
        read_resource("grammar", name)


def test_every_kind_travels_in_the_wheel() -> None:
    assert set(CARRIED) == set(get_args(resources.Kind)) - {"tables"}


def test_a_name_that_does_not_exist_is_said_so() -> None:
    with pytest.raises(FileNotFoundError):
        read_resource("templates", "no-such-clause.md")


def test_an_installed_package_reads_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "templates" / "clauses"
    packed.mkdir(parents=True)
    (packed / "term.md").write_text("the copy in the wheel\n", encoding="utf-8")
    monkeypatch.setattr(resources, "_DATA", str(tmp_path))
    assert list_resources("templates") == ("clauses/term.md",)
    assert read_resource("templates", "clauses/term.md") == "the copy in the wheel\n"
