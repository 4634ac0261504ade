"""The version is the same wherever it is written."""

import tomllib
from pathlib import Path

import poolrules
from poolrules.base.version import VERSION


def test_the_version_is_written_once_for_each_reader() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION == poolrules.__version__
