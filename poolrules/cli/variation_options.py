"""What every command that reads an agreement asks alike: its deeds of variation, and as at which day."""

import datetime
from collections.abc import Callable
from typing import TypeVar

import click

from poolrules.pipeline.load import Loaded

Command = TypeVar("Command", bound=Callable[..., int])


def variation_options(command: Command) -> Command:
    """Give a command these options; it receives `variations` and `as_at` as they were typed."""
    command = click.option(
        "--as-at",
        metavar='"1 OCTOBER 2026"',
        help="Lay over only the deeds that are in force on that day; the others are set aside.",
    )(command)
    return click.option(
        "--variation", "variations", multiple=True, metavar="FILE", help="A deed of variation; may be repeated."
    )(command)


def day_of(as_at: str | None) -> datetime.date | None:
    """The day that was typed, where one was. Raises `Unusable`."""
    if as_at is None:
        return None
    from poolrules.pipeline.vary import read_as_at

    return read_as_at(as_at)


def agreement_as_at(path: str, *, yaml: bool, variations: tuple[str, ...], as_at: str | None) -> Loaded:
    """Read an agreement and lay its deeds over it, as the command line says. Raises `Unusable`."""
    from poolrules.pipeline.vary import load_varied

    return load_varied(path, yaml=yaml, variations=variations, as_at=day_of(as_at))
