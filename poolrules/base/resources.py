"""The grammar and the clause templates that travel with the package, wherever it is installed.

`grammar/`, `law/` and `templates/` live at the top of the repository. A wheel carries them under
`poolrules/_data`; a bare checkout, an editable install and an unpacked sdist have them beside
the package. Only this module knows the difference, and it asks `os.path`, because importing
`importlib.resources` would cost a cold `poolrules check` more than reading its grammar does.
"""

import os
import re
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["grammar", "law", "templates", "tables"]
"""`grammar`, `law` and `templates` are written by hand; `tables` are made from the grammar, and may be absent."""

TABLES_NAME: Final = "agreement.tables.json"
"""The compiled tables of the grammar of `.pool` files, of the kind `tables`."""

_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_DATA: Final = os.path.join(_PACKAGE, "_data")
_NAME: Final = re.compile(r"[a-z0-9_-][a-z0-9_.-]*(?:/[a-z0-9_-][a-z0-9_.-]*)*")


def read_resource(kind: Kind, name: str) -> str:
    """Read a file of one kind as text, such as `read_resource("grammar", "agreement.lark")`.

    Names are lower-case words with `/` between folders, so that none leads out of its folder:
    any other name raises `ValueError`, and one that does not exist raises `FileNotFoundError`.
    """
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"`{name}` is not the name of a resource")
    with open(os.path.join(_folder(kind), *name.split("/")), encoding="utf-8", newline="") as file:
        return file.read()


def list_resources(kind: Kind) -> tuple[str, ...]:
    """List the names of all files of one kind, sorted, with `/` between folders on every system.

    >>> "agreement.lark" in list_resources("grammar")
    True
    """
    root = _folder(kind)
    names = []
    for folder, _, files in os.walk(root):
        inner = os.path.relpath(folder, root).replace(os.sep, "/")
        names += [file if inner == "." else f"{inner}/{file}" for file in files]
    return tuple(sorted(name for name in names if _NAME.fullmatch(name)))


def _folder(kind: Kind) -> str:
    """Find the folder of one kind: in the package when it came in a wheel (tables always are), else beside it."""
    if kind == "tables":
        return _DATA
    packed = os.path.join(_DATA, kind)
    return packed if os.path.isdir(packed) else os.path.join(os.path.dirname(_PACKAGE), kind)
