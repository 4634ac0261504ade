"""Writing files whole or not at all, and seals that tell an untouched file from an edited one."""

import os
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from poolrules.drafting.seal import BLANK, is_untouched, seal_package, seal_text
from poolrules.drafting.to_docx import to_docx
from poolrules.drafting.write import WriteRefused, write_whole
from tests.drafting.sample import drafted

OURS = seal_text("first\n")
NEXT = seal_text("second\n", comment=True)


def test_a_new_file_is_written(tmp_path: Path) -> None:
    write_whole(str(tmp_path / "draft.md"), OURS)
    assert (tmp_path / "draft.md").read_bytes() == OURS
    assert [entry.name for entry in tmp_path.iterdir()] == ["draft.md"]


def test_an_untouched_draft_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_bytes(OURS)
    file.chmod(0o640)
    write_whole(str(file), NEXT)
    assert file.read_bytes() == NEXT
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize("content", [OURS.replace(b"first", b"1st"), b"mine\n", b"", OURS + b"more\n", b"PK\x03\x04"])
def test_an_edited_file_is_kept_unless_told_otherwise(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "draft.md"
    file.write_bytes(content)
    with pytest.raises(WriteRefused, match="was edited since"):
        write_whole(str(file), NEXT)
    assert file.read_bytes() == content
    write_whole(str(file), NEXT, force=True)
    assert file.read_bytes() == NEXT


def test_the_same_bytes_are_no_conflict(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_bytes(b"a,b\n")
    write_whole(str(file), b"a,b\n")
    assert file.read_bytes() == b"a,b\n"


def test_nothing_is_written_through_a_link_or_over_a_folder(tmp_path: Path) -> None:
    file, link = tmp_path / "other.md", tmp_path / "draft.md"
    file.write_bytes(OURS)
    link.symlink_to(file)
    with pytest.raises(WriteRefused, match="symbolic link"):
        write_whole(str(link), NEXT, force=True)
    with pytest.raises(WriteRefused, match="not a plain file"):
        write_whole(str(tmp_path), NEXT, force=True)
    assert file.read_bytes() == OURS


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WriteRefused, match="no such file or directory"):
        write_whole(str(tmp_path / "absent" / "draft.md"), OURS)


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "draft.md"
    file.write_bytes(OURS)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WriteRefused, match="no space left"):
        write_whole(str(file), NEXT)
    assert file.read_bytes() == OURS
    assert [entry.name for entry in tmp_path.iterdir()] == ["draft.md"]


def test_the_seal_of_a_text_breaks_with_any_change() -> None:
    assert is_untouched(OURS)
    assert is_untouched(NEXT)
    assert not any(is_untouched(OURS[:place] + b"x" + OURS[place + 1 :]) for place in range(len(OURS) - 1))
    assert not is_untouched(OURS.replace(b"\n", b"\r\n"))


def test_the_seal_of_a_word_file_breaks_when_it_is_saved_again() -> None:
    data = to_docx(drafted("# A\n\n1. x\n"))
    assert is_untouched(data)
    assert not is_untouched(rewritten(data, zipfile.ZIP_DEFLATED, {}))
    assert is_untouched(rewritten(data, zipfile.ZIP_STORED, {}))
    body = zipfile.ZipFile(BytesIO(data)).read("word/document.xml")
    assert not is_untouched(rewritten(data, zipfile.ZIP_STORED, {"word/document.xml": body.replace(b">x<", b">y<")}))
    assert not is_untouched(rewritten(data, zipfile.ZIP_STORED, {"word/more.xml": b"<x/>"}))


def rewritten(data: bytes, compression: int, changes: dict[str, bytes]) -> bytes:
    """A package written again by another hand."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()} | changes
    written = BytesIO()
    with zipfile.ZipFile(written, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


def test_a_package_without_a_blank_seal_cannot_be_sealed() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("docProps/custom.xml", f'<p name="other"><vt:lpwstr>{BLANK}</vt:lpwstr></p>')
    with pytest.raises(ValueError, match="no blank property"):
        seal_package(written.getvalue())
