"""What other programs may build on is there, typed, and costs nothing until it is asked for."""

import ast
import subprocess
import sys
from pathlib import Path

import poolrules


def test_every_public_name_is_there() -> None:
    for name in poolrules.__all__:
        assert getattr(poolrules, name) is not None


def test_types_and_homes_agree() -> None:
    tree = ast.parse(Path(poolrules.__file__).read_text(encoding="utf-8"))
    typed = next(node for node in tree.body if isinstance(node, ast.If))
    imports = {
        node.module: tuple(one.name for one in node.names) for node in typed.body if isinstance(node, ast.ImportFrom)
    }
    assert imports == poolrules._HOMES
    assert sorted(name for names in imports.values() for name in names) == sorted(
        set(poolrules.__all__) - {"__version__"}
    )


def test_importing_the_package_imports_little() -> None:
    command = "import sys, poolrules; print(sorted(name for name in sys.modules if name.startswith('poolrules')))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['poolrules', 'poolrules.base', 'poolrules.base.version']"
