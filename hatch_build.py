"""The build step of the wheel: takes the grammar, the law and the templates into the package, and makes its tables."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TABLES = "poolrules/_data/agreement.tables.json"
CARRIED = {"grammar": "poolrules/_data/grammar", "law": "poolrules/_data/law", "templates": "poolrules/_data/templates"}


class PackageData(BuildHookInterface[Any]):
    """Makes the tables inside the package, where both a wheel and an editable install read them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before the files of a wheel are gathered; an sdist carries no tables, and its wheel makes them."""
        make_tables(Path(self.root, TABLES))
        build_data["artifacts"].append(f"/{TABLES}")
        # An editable install reads the folders of the checkout in place: copies of them would go stale.
        if version != "editable":
            build_data["force_include"].update(CARRIED)


def make_tables(tables: Path) -> None:
    """Compile the grammar once, so that `poolrules check` need not at every start."""
    tables.parent.mkdir(exist_ok=True)
    made = tables.with_suffix(".new")
    command = [sys.executable, "-m", "poolrules.syntax.tables", str(made)]
    subprocess.run(command, cwd=tables.parents[2], check=True)  # noqa: S603 - a module of the folder being built
    made.replace(tables)
