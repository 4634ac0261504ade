"""SECURITY.md tells the truth about the limits."""

import re
from pathlib import Path

from poolrules.base import limits

ROW = re.compile(r"^\| .+ \| ([0-9,]+) \| `([A-Z_]+)` \|$", re.MULTILINE)


def test_the_page_lists_every_limit_with_its_value() -> None:
    page = (Path(__file__).parents[1] / "SECURITY.md").read_text(encoding="utf-8")
    listed = {name: int(value.replace(",", "")) for value, name in ROW.findall(page)}
    assert listed == {name: value for name, value in vars(limits).items() if name.isupper()}
