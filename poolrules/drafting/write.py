"""Writing the files that people keep: whole or not at all, and never over somebody's work."""

import contextlib
import os
import stat

from poolrules.drafting.seal import is_untouched


class WriteRefused(Exception):
    """Says why a file was not written, and what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def write_whole(path: str, data: bytes, *, force: bool = False) -> None:
    """Write a file in one step, so that no reader and no power cut ever meets half of it.

    A file that is there already is replaced when it holds the same bytes or an unbroken seal
    (`drafting.seal`); one that was edited, or that we never wrote, is replaced only with `force`.
    Nothing is ever written through a symbolic link or over anything that is not a plain file.
    Raises `WriteRefused`.
    """
    mode = _mode_of(path)
    if mode is not None and not force:
        with open(path, "rb") as file:
            before = file.read()
        if before == data:
            return
        if not is_untouched(before):
            raise WriteRefused(
                f"`{path}` was edited since it was written, or was not written by poolrules",
                "choose another name, or use --force to write over it",
            )
    try:
        _replace(path, data, mode)
    except OSError as error:
        raise WriteRefused(
            f"`{path}` cannot be written: {(error.strerror or 'unknown').lower()}", "choose another folder"
        ) from None


def _mode_of(path: str) -> int | None:
    """Give the permissions of the plain file at a path, or nothing when there is none; refuses everything else."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WriteRefused(
            f"`{path}` cannot be reached: {(error.strerror or 'unknown').lower()}", "choose another folder"
        ) from None
    if stat.S_ISLNK(found.st_mode):
        raise WriteRefused(f"`{path}` is a symbolic link", "name the file itself")
    if not stat.S_ISREG(found.st_mode):
        raise WriteRefused(f"`{path}` is not a plain file", "choose another name")
    return stat.S_IMODE(found.st_mode)


def _replace(path: str, data: bytes, mode: int | None) -> None:
    """Write beside the file, force it to the disk, and put it in the file's place."""
    folder, name = os.path.split(path)
    beside = os.path.join(folder, f".{name}.{os.getpid()}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)
        raise
    _keep_folder(folder or ".")


def _keep_folder(folder: str) -> None:
    """Force the new name to the disk as well, on systems where a folder can be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
