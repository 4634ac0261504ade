"""What a settlement starts from: how the year before closed, and what earlier parts of the year asked for."""

import datetime

from msgspec import Struct

from poolrules.engine.settlement import Billed, Position
from poolrules.pipeline.files import Unusable, read_bytes, shown_name
from poolrules.pipeline.positions import NOT_USABLE, read_position
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import line_span


class Start(Struct, frozen=True):
    """What a settlement starts from, and what is wrong with the files that say so."""

    position: Position | None = None
    billed: tuple[Billed, ...] = ()
    findings: tuple[Finding, ...] = ()


def starting_from(
    paths: tuple[str, ...], year: str, title: str, to: datetime.date | None, before: Position | None = None
) -> Start:
    """Read positions: one of the year before unless `before` is that, and at most one of an earlier part of this year.

    Whether the position of the year before fits is for the engine to say. Raises `Unusable` for paths that cannot be
    read, and where two positions are of one year.
    """
    start = Start(before)
    named = "" if before is None else "the year settled before this one"
    part = ""
    for path in paths:
        file = shown_name(path)
        found = read_position(file, read_bytes(path))
        if not isinstance(found, Position):
            start = Start(start.position, start.billed, (*start.findings, *found))
        elif found.year == year:
            _only_one(part, file)
            part = file
            start = Start(start.position, found.billed, (*start.findings, *_of_the_part(file, found, title, to)))
        else:
            _only_one(named, file)
            named = file
            start = Start(found, start.billed, start.findings)
    return start


def _only_one(first: str, second: str) -> None:
    """Refuse a second position for one purpose."""
    if first:
        raise Unusable(
            f"`{second}` and {first if ' ' in first else f'`{first}`'} both say what the settlement starts from",
            "give what the year before closed with once, and once what an earlier part of this year asked for",
        )


def _of_the_part(file: str, found: Position, title: str, to: datetime.date | None) -> list[Finding]:
    """Report a position of the same year that is of another agreement, or of a later day than is settled."""
    faults = []
    if found.title != title:
        told = f"the position is of `{found.title}`, and the agreement is `{title}`"
        faults.append((told, "give a position of this agreement"))
    if to is not None and found.to > to.isoformat():
        told = f"the position is up to {found.to}, later than the {to.isoformat()} that is settled"
        faults.append((told, "give the position of an earlier part of the year, or settle up to a later day"))
    place = (Label(line_span(file, 1, 1, 1)),)
    return [Finding(NOT_USABLE, Severity.ERROR, message, place, help) for message, help in faults]
