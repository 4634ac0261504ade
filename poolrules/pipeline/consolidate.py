"""Writing out an agreement with its deeds of variation laid over it, as if it had been written so."""

from collections.abc import Iterator

from msgspec.structs import replace

from poolrules.base.dates import format_day
from poolrules.pipeline.files import Notation
from poolrules.pipeline.format import write_tree
from poolrules.pipeline.load import Loaded
from poolrules.syntax.tree import Comments, Entry, Mapping


def consolidated(loaded: Loaded, notation: Notation) -> str:
    """The text of an agreement as its deeds leave it, in its canonical layout, with a comment that names them.

    Raises `Unusable` where a notation has no words for what the other says.
    """
    assert loaded.tree is not None
    return write_tree(_headed(loaded.tree, tuple(_heading(loaded))), notation, loaded.file)


def _heading(loaded: Loaded) -> Iterator[str]:
    """The comment lines that say which deeds are in the text."""
    if loaded.versions:
        yield "# Consolidated from the agreement as signed and these variations:"
    for version in loaded.versions:
        deed = version.deed
        minute = f", minute {deed.minute.text}" if deed.minute else ""
        yield f"# {deed.name}, in force from {format_day(deed.from_day.date)}{minute}"


def _headed(tree: Mapping, heading: tuple[str, ...]) -> Mapping:
    """A tree with comments before everything."""
    if not heading or not tree.entries:
        return tree
    first, *others = tree.entries
    comments = first.key.comments
    above = Comments((*heading, "", *comments.before), comments.beside, comments.after)
    return replace(tree, entries=(Entry(replace(first.key, comments=above), first.value), *others))
