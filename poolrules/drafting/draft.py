"""From clause files and values to a numbered agreement, with every fault of every stage at once."""

from collections.abc import Callable, Mapping
from typing import Final

from poolrules.base.resources import list_resources, read_resource
from poolrules.drafting.markup import parse
from poolrules.drafting.number import Numbered, number
from poolrules.drafting.render import render
from poolrules.source.finding import Finding, in_file_order

MASTER: Final = "agreement.md"
"""The clause file that includes all others, in their order."""


def draft(
    values: Mapping[str, object], read: Callable[[str], str | None] | None = None, name: str = MASTER
) -> Numbered | list[Finding]:
    """Draft an agreement from the clause file `name` and all it includes; the faults instead, where there are any.

    `read` gives the text of a clause file by name, or nothing; left out, the packaged clause files are read.
    """
    rendered = render(read or packaged, name, values)
    if isinstance(rendered, list):
        return in_file_order(rendered)
    document, faults = parse(rendered)
    numbered, more = number(document)
    return in_file_order(faults + more) or numbered


def packaged(name: str) -> str | None:
    """Read one of the clause files that travel with the package, or nothing where there is none of that name."""
    return read_resource("templates", name) if name in list_resources("templates") else None
