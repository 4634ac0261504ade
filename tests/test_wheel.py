"""The wheel and the sdist, each built, installed alone in a clean environment and used from another folder."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parents[1]
AGREEMENT = ROOT / "agreements/showcase/westshire.pool"
BIN = "Scripts" if sys.platform == "win32" else "bin"


def run(*command: str | Path, folder: Path) -> str:
    """Run a command from a folder and give what it printed; its failure is the test's, with what it said."""
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([str(part) for part in command], cwd=folder, env=alone, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was made from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, folder=folder)
    return folder


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_a_distribution_works_alone(kind: str, distributions: Path, tmp_path: Path) -> None:
    [distribution] = distributions.glob(kind)
    run(sys.executable, "-m", "venv", "alone", folder=tmp_path)
    scripts = tmp_path / "alone" / BIN
    run(scripts / "python", "-m", "pip", "install", "--quiet", distribution, folder=tmp_path)
    copy = tmp_path / "copy.pool"
    copy.write_bytes(AGREEMENT.read_bytes())
    run(scripts / "poolrules", "check", "copy.pool", folder=tmp_path)
    run(scripts / "python", "-m", "poolrules", "check", "copy.pool", folder=tmp_path)
    run(scripts / "poolrules", "draft", "copy.pool", "-o", "copy.md", folder=tmp_path)
    assert (tmp_path / "copy.md").stat().st_size > 1000


def test_the_wheel_carries_what_the_package_reads(distributions: Path) -> None:
    [wheel] = distributions.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = [path for folder in ("grammar", "law", "templates") for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert {f"poolrules/_data/{path.relative_to(ROOT).as_posix()}" for path in kept} <= names
    assert {"poolrules/_data/agreement.tables.json", "poolrules/py.typed"} <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"poolrules"}


def test_the_sdist_carries_the_sources_and_nothing_that_was_made(distributions: Path) -> None:
    [sdist] = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"grammar/agreement.lark", "hatch_build.py", "LICENSE", "README.md", "tests/conftest.py"} <= names
    made = ("poolrules/_data/", ".venv/", "build/", "dist/")
    assert not [name for name in names if name.startswith(made) or "__pycache__" in name]
