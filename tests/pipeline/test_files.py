"""Which files a path means, and what cannot be read."""

import os
import sys
from pathlib import Path

import pytest

from poolrules.base.limits import MAX_FILE_BYTES
from poolrules.pipeline.files import Notation, Unusable, files_of, notation_of, read_bytes


def test_a_folder_means_its_agreements_in_order(tmp_path: Path) -> None:
    for name in ("b.pool", "a/z.pool.yaml", "a/b/c.pool", "notes.txt", "x.yaml", ".git/hidden.pool", "poolx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    found = files_of((str(tmp_path), str(tmp_path / "b.pool")))
    names = [Path(file).relative_to(tmp_path).as_posix() for file in found.files]
    assert names == ["a/b/c.pool", "a/z.pool.yaml", "b.pool"]
    assert found.unusable == ()


def test_a_folder_without_agreements_is_reported(tmp_path: Path) -> None:
    found = files_of((str(tmp_path),))
    assert found.files == ()
    assert "no agreement in the folder" in found.unusable[0].message


@pytest.mark.parametrize(
    ("path", "notation"),
    [
        ("a.pool", Notation.POOL),
        ("a.pool.yaml", Notation.YAML),
        ("a.yml", Notation.YAML),
        ("a.json", Notation.RULESET),
        ("-", Notation.POOL),
    ],
)
def test_the_name_says_the_notation(path: str, notation: Notation) -> None:
    assert notation_of(path) is notation


def test_standard_input_is_yaml_only_if_said() -> None:
    assert notation_of("-", yaml=True) is Notation.YAML
    assert notation_of("a.pool", yaml=True) is Notation.POOL


@pytest.mark.parametrize("path", ["a.txt", "a", "pool", "a.pool.txt"])
def test_another_name_is_refused(path: str) -> None:
    with pytest.raises(Unusable):
        notation_of(path)


@pytest.mark.parametrize("path", ["none.pool", "a\0b.pool", "."])
def test_what_cannot_be_read_is_refused(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unusable):
        read_bytes(path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_a_pipe_does_not_keep_us_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pool")
    with pytest.raises(Unusable, match="not a file"):
        read_bytes(str(tmp_path / "pipe.pool"))


def test_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "long.pool").write_bytes(b" " * (MAX_FILE_BYTES + 1000))
    assert len(read_bytes(str(tmp_path / "long.pool"))) == MAX_FILE_BYTES + 1
