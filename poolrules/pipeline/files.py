"""Which files a command was given, and their bytes."""

import os
import stat
import sys
from enum import Enum
from typing import Final

from msgspec import Struct

from poolrules.base.limits import MAX_FILE_BYTES

STDIN: Final = "-"
"""The path that means standard input; findings call it `<stdin>`."""


class Notation(Enum):
    """How a file is written, as its name says."""

    POOL = ".pool"
    YAML = ".pool.yaml"
    RULESET = ".json"


class Unusable(Exception):
    """A path, or an option, that a command cannot work with: what is wrong, and how to mend it."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Found(Struct, frozen=True):
    """The agreements that some paths mean, and what is wrong with the other paths."""

    files: tuple[str, ...]
    unusable: tuple[Unusable, ...] = ()


def files_of(paths: tuple[str, ...]) -> Found:
    """Find the agreements that paths mean: files as they are, of a folder all `*.pool` and `*.pool.yaml` below it.

    The files of a folder come sorted; folders whose names begin with a dot are left out. No
    file is named twice, and a path that gives none is always reported.
    """
    files: dict[str, None] = {}
    unusable: list[Unusable] = []
    for path in paths:
        if path == STDIN or not os.path.isdir(path):
            files[path] = None
            continue
        inside = _inside(path, unusable)
        if not inside:
            unusable.append(Unusable(f"there is no agreement in the folder `{path}`", _ENDINGS))
        files.update(dict.fromkeys(inside))
    return Found(tuple(files), tuple(unusable))


_ENDINGS: Final = "the names of agreements end in .pool or .pool.yaml"


def _inside(folder: str, unusable: list[Unusable]) -> list[str]:
    """List the agreements below a folder; what cannot be listed is reported, and links to folders are not followed."""

    def refuse(fault: OSError) -> None:
        unusable.append(Unusable(f"the folder `{fault.filename}` cannot be read: {_reason(fault)}"))

    found = []
    for inner, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.join(inner, name) for name in names if name.endswith((".pool", ".pool.yaml"))]
    return sorted(found)


def notation_of(path: str, *, yaml: bool = False) -> Notation:
    """Tell from a file's name how it is written; standard input is `.pool` unless `yaml` says otherwise.

    Raises `Unusable` for a name that says nothing: the text itself is never used to guess.
    """
    if path == STDIN:
        return Notation.YAML if yaml else Notation.POOL
    if path.endswith((".yaml", ".yml")):
        return Notation.YAML
    if path.endswith(".json"):
        return Notation.RULESET
    if path.endswith(".pool"):
        return Notation.POOL
    raise Unusable(f"`{path}` is not named as an agreement", _ENDINGS)


def shown_name(path: str) -> str:
    """What a file is called in findings: its path, with codes for bytes that are no text."""
    return "<stdin>" if path == STDIN else path.encode("utf-8", "backslashreplace").decode()


def read_bytes(path: str, most: int = MAX_FILE_BYTES) -> bytes:
    """Read a plain file or standard input, and no more of it than `most` bytes.

    One byte beyond the limit is read, so that the next pass refuses the file. Raises `Unusable`.
    """
    if path == STDIN and sys.stdin is None:  # whoever started us closed it
        raise Unusable("there is no standard input to read", "give the name of a file")
    try:
        if path == STDIN:
            return sys.stdin.buffer.read(most + 1)
        # A pipe or a device could keep us waiting for ever; only what is opened is asked what it is.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Unusable(f"`{path}` is not a file", "give a plain file, or - for standard input")
            return file.read(most + 1)
    except (OSError, ValueError) as fault:
        raise Unusable(f"`{path}` cannot be read: {_reason(fault)}") from None


def _reason(fault: OSError | ValueError) -> str:
    """Why the system refused, in its words."""
    said = fault.strerror if isinstance(fault, OSError) else None
    return (said or "the name is not one of a file").lower()
