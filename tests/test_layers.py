"""Imports only go down through the layers, and never round in a circle within one."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = (
    *("base", "source", "syntax", "model", "ruleset", "engine"),
    *("checks", "drafting", "reporting", "pipeline", "cli", "lsp"),
)
TOP = {"poolrules", "poolrules.__main__"}  # the public re-exports and the way in may use every layer


def sources() -> dict[str, str]:
    """Every module of the package by its dotted name, with its text."""
    found = {}
    for path in sorted((ROOT / "poolrules").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text(encoding="utf-8")
    return found


def imports(text: str, modules: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The modules of this package that a text imports anywhere in it, with the line of each."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                named = [alias.name for alias in names]
            case ast.ImportFrom(level=level, module=module, names=names):
                if level:
                    yield node.lineno, "." * level + (module or "")
                    continue
                named = [f"{module}.{alias.name}" for alias in names]
            case ast.Call(func=ast.Name(id="__import__") | ast.Attribute(attr="import_module"), args=[first, *_]):
                named = [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []
            case _:
                continue
        for name in named:
            # `from poolrules.base import money` names a module, `from poolrules.base.money import read_money` does not.
            target = name if name in modules else name.rpartition(".")[0] if name.count(".") else name
            if target.split(".")[0] == "poolrules":
                yield node.lineno, target


def faults(modules: Mapping[str, str]) -> list[str]:
    """Say of each import that goes up, sideways in a circle, or by a relative path, where it stands."""
    found = []
    within: dict[str, set[str]] = {}
    for name, text in modules.items():
        for line, target in imports(text, modules):
            place = f"{name}:{line} imports {target}"
            if target.startswith("."):
                found.append(f"{place}: a relative import does not show its layer")
            elif name in TOP:
                continue
            elif target in TOP:
                found.append(f"{place}: the top of the package is above every layer")
            elif layer(target) > layer(name):
                found.append(f"{place}: an import that goes up")
            elif layer(target) == layer(name):
                within.setdefault(name, set()).add(target)
    try:
        TopologicalSorter(within).prepare()
    except CycleError as fault:
        found.append("a circle of imports: " + " -> ".join(fault.args[1]))
    return found


def layer(module: str) -> int:
    """The height of a module's layer; a module outside all layers is a mistake in itself."""
    return LAYERS.index(module.split(".")[1])


def test_imports_only_go_down() -> None:
    assert faults(sources()) == []


def test_every_folder_is_a_layer() -> None:
    folders = {path.parent.name for path in (ROOT / "poolrules").glob("*/__init__.py")}
    assert folders <= set(LAYERS)
    assert {name for name in sources() if name.count(".") == 1} - TOP <= {f"poolrules.{name}" for name in LAYERS}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from poolrules.cli.main import main", "imports poolrules.cli.main: an import that goes up"),
        ("import poolrules.cli.main as m", "imports poolrules.cli.main: an import that goes up"),
        ("def late():\n    from poolrules.cli import main", "poolrules.engine.late:2 imports poolrules.cli.main"),
        ("if 1:\n  try:\n    import json, poolrules.cli.main\n  except E: pass", "an import that goes up"),
        ("import importlib\nimportlib.import_module('poolrules.cli.main')", "an import that goes up"),
        ("__import__('poolrules.cli.main')", "an import that goes up"),
        ("from . import near", "a relative import"),
        ("from ..cli.main import main", "a relative import"),
        ("from poolrules import __version__", "the top of the package"),
        ("import poolrules", "the top of the package"),
        ("from poolrules.engine.late import itself", "a circle"),
        ("from poolrules.engine.early import early", "a circle"),
    ],
)
def test_an_offending_import_is_found(text: str, said: str) -> None:
    made_up = {
        "poolrules": "",
        "poolrules.cli": "",
        "poolrules.cli.main": "",
        "poolrules.engine": "",
        "poolrules.engine.early": "from poolrules.engine.late import late",
        "poolrules.engine.late": text,
    }
    [fault] = faults(made_up)
    assert said in fault


def test_an_import_that_goes_down_is_allowed() -> None:
    made_up = {
        "poolrules": "from poolrules.engine.late import late",
        "poolrules.base": "",
        "poolrules.base.money": "",
        "poolrules.engine": "",
        "poolrules.engine.early": "",
        "poolrules.engine.late": "import re\nfrom poolrules.base import money\nfrom poolrules.engine import early",
    }
    assert faults(made_up) == []
