"""Writing the files that commands make."""

from collections.abc import Callable
from typing import Final

from poolrules.base.limits import MAX_FILE_BYTES
from poolrules.cli.say import say, say_data, statement_width
from poolrules.drafting.write import WriteRefused, write_whole
from poolrules.engine.settlement import Position
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.positions import is_position, write_position

_FILE_WIDTH: Final = 100
"""How many columns a text has in a file."""


def deliver(
    form: str,
    output: str | None,
    *,
    force: bool,
    text: Callable[[int], str],
    data: Callable[[str], bytes],
) -> None:
    """Give what a command has made: into a file where one is named, else to whoever reads its output.

    `text` writes it for people in so many columns, `data` for machines in the form said. A file for people can be told
    from one that was edited by hand. Raises `Unusable` where the file may not or cannot be written.
    """
    if output is not None:
        save(output, _sealed(text(_FILE_WIDTH)) if form == "text" else data(form), force=force)
    elif form == "text":
        say(text(statement_width()))
    else:
        say_data(data(form))


def _sealed(text: str) -> bytes:
    """A text as a file that can be told from one edited by hand."""
    from poolrules.drafting.seal import seal_text

    return seal_text(text)


def save(path: str, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all. Raises `Unusable` where it may not or cannot be written."""
    try:
        write_whole(path, data, force=force)
    except WriteRefused as fault:
        raise Unusable(fault.message, fault.help) from None
    except OSError as fault:  # what stands there may not be read, so nothing tells whether it is somebody's work
        reason = (fault.strerror or "unknown").lower()
        raise Unusable(
            f"`{path}` cannot be compared with what is to be written: {reason}", "choose another name"
        ) from None


def save_position(path: str, position: Position, *, force: bool = False) -> None:
    """Write a closing position; one that nobody has edited since it was written may be written over.

    Raises `Unusable` where it may not or cannot be written.
    """
    try:
        with open(path, "rb") as file:
            ours = is_position(file.read(MAX_FILE_BYTES + 1))
    except OSError:
        ours = False  # there is none yet, or the writing itself will say what is wrong
    save(path, write_position(position), force=force or ours)
