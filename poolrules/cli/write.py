"""Writing the files that commands make."""

from poolrules.drafting.write import WriteRefused, write_whole
from poolrules.pipeline.files import Unusable


def save(path: str, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all. Raises `Unusable` where it may not or cannot be written."""
    try:
        write_whole(path, data, force=force)
    except WriteRefused as fault:
        raise Unusable(fault.message, fault.help) from None
