"""The build step of the wheel: takes the grammar and the templates into the package, with the grammar's tables made."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TABLES = "grammar/agreement.tables.json"
CARRIED = {"grammar": "poolrules/_data/grammar", "templates": "poolrules/_data/templates"}


class PackageData(BuildHookInterface[Any]):
    """Makes the tables beside the grammar they are of, where both a wheel and an editable install read them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before the files of a wheel are gathered; an sdist carries no tables, and its wheel makes them."""
        make_tables(Path(self.root))
        # An editable install reads the folders of the checkout in place: copies of them would go stale.
        if version != "editable":
            build_data["force_include"].update(CARRIED)


def make_tables(root: Path) -> None:
    """Compile the grammar once, so that `poolrules check` need not at every start."""
    made = root / f"{TABLES}.new"
    command = [sys.executable, "-m", "poolrules.syntax.tables", str(made)]
    subprocess.run(command, cwd=root, check=True)  # noqa: S603 - our own module, in the folder that is being built
    os.replace(made, root / TABLES)
