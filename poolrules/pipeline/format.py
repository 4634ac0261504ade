"""Writing agreements in their one canonical layout, and from one notation into the other."""

from msgspec import Struct

from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.files import STDIN, Notation, Unusable, notation_of, read_bytes, shown_name
from poolrules.pipeline.load import Loaded, read_tree, understand
from poolrules.syntax.tree import Mapping


class Formatted(Struct, frozen=True):
    """An agreement as it should be written: the file that should hold it, what that holds now, and what it should hold.

    `before` is nothing where there is no such file yet.
    """

    file: str
    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        """Whether the file is not yet as it should be."""
        return self.before != self.after


class ChangedMeaning(Exception):
    """Our own fault: a formatted agreement says something else than before. It is never written."""


def formatted(path: str, to: Notation | None = None, *, yaml: bool = False) -> Formatted | Loaded:
    """Write an agreement in its own notation, or in another beside it; one that cannot be read is given as it is.

    Nothing is written to disk. Raises `Unusable` for paths that cannot be worked with, and where a notation has
    no words for what the other says.
    """
    own = notation_of(path, yaml=yaml)
    if own is Notation.RULESET:
        raise Unusable(f"`{path}` is a ruleset, not an agreement", "a ruleset has one layout, and no other notation")
    data = read_bytes(path)
    loaded = read_tree(shown_name(path), data, own)
    if loaded.findings or loaded.tree is None or loaded.source is None:
        return loaded
    target = to or own
    text = write_tree(loaded.tree, target, path)
    again = read_tree(loaded.file, text.encode(), target)
    kept = not again.findings and again.tree == loaded.tree
    if not kept:
        # The YAML reader judges values sooner than that of `.pool`: a value that is none is a fault of the file.
        whole = understand(loaded.file, data, own)
        if whole.findings:
            return whole
        raise ChangedMeaning(path)
    if target is own:
        return Formatted(path, _as_on_disk(data) if path != STDIN else loaded.source.text, text)
    return Formatted(twin_of(path), _twin_now(path), text)


def write_tree(tree: Mapping, notation: Notation, path: str) -> str:
    """Write a tree in a notation. Raises `Unusable` where it has no words for what the tree says."""
    try:
        if notation is Notation.YAML:
            from poolrules.syntax.to_yaml import write_yaml

            return write_yaml(tree)
        from poolrules.syntax.to_pool import write_pool

        return write_pool(tree)
    except Unreadable as fault:
        raise Unusable(f"`{path}` cannot be written as {notation.value}: {fault.message}", fault.help) from None


def twin_of(path: str) -> str:
    """The name of the same agreement in the other notation.

    >>> twin_of("a/b.pool"), twin_of("a/b.pool.yaml")
    ('a/b.pool.yaml', 'a/b.pool')
    """
    if path == STDIN:
        return STDIN
    for ending in (".pool.yaml", ".pool.yml", ".yaml", ".yml"):
        if path.endswith(ending):
            return path.removesuffix(ending) + ".pool"
    return path.removesuffix(".pool") + ".pool.yaml"


def _twin_now(path: str) -> str | None:
    """What the file beside an agreement holds, nothing where there is none."""
    twin = twin_of(path)
    if twin == STDIN:
        return None
    try:
        return _as_on_disk(read_bytes(twin))
    except Unusable:
        return None


def _as_on_disk(data: bytes) -> str:
    """A file's text with its line ends and byte-order mark kept, since a formatted one has neither."""
    return data.decode("utf-8", "replace")
