"""Writing the files that commands make."""

from poolrules.drafting.write import WriteRefused, write_whole
from poolrules.pipeline.files import Unusable


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
