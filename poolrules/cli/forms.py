"""In which form a command writes what it makes: as was said, else as the name of the output says."""

import os
from typing import Final

from poolrules.pipeline.files import Unusable

_NAMES: Final = {"csv": "CSV", "json": "JSON", "xlsx": "an Excel workbook", "ics": "a calendar file"}

ENDINGS: Final = {".txt": "text", ".csv": "csv", ".json": "json"}
"""The forms that most commands write, by how the name of the file ends."""


def form_of(said: str | None, output: str | None, endings: dict[str, str]) -> str:
    """Find the form from what was said and from the name of the output; `endings` give the form by ending.

    Without either it is text. Raises `Unusable` for a name that says nothing, or something else.
    """
    if output is None:
        return said or "text"
    ending = os.path.splitext(output)[1].lower()
    named = endings.get(ending)
    if named is None and said is None:
        raise Unusable(
            f"the name `{output}` does not say in which form to write",
            f"end it in {_listed(endings)}, or give --format",
        )
    if named is not None and said is not None and named != said:
        mend = next(end for end, form in endings.items() if form == said)
        raise Unusable(
            f"`{output}` is named as {_NAMES.get(named, named)}, but --format says {said}",
            f"leave --format out, or end the name in {mend}",
        )
    return said or named or "text"


def _listed(endings: dict[str, str]) -> str:
    """The endings there are, in words."""
    *most, last = endings
    return f"{', '.join(most)} or {last}"
