"""`poolrules format`: agreements in their one layout, or in the other notation."""

from collections.abc import Iterator

import click

from poolrules.cli.say import complain, refuse, report, say
from poolrules.cli.write import save
from poolrules.pipeline.files import STDIN, Notation, Unusable, files_of
from poolrules.pipeline.format import Formatted, formatted
from poolrules.source.text import visible

_NOTATIONS = {"pool": Notation.POOL, "yaml": Notation.YAML}


@click.command("format")
@click.argument("paths", nargs=-1)
@click.option(
    "--check", is_flag=True, help="Write nothing; say which files would change, and exit with 1 if any would."
)
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, and exit with 1 if anything would.")
@click.option("--to", type=click.Choice(list(_NOTATIONS)), help="Write the same agreement beside it in that notation.")
@click.option("--force", is_flag=True, help="With --to: replace a file that says something else.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(paths: tuple[str, ...], check: bool, diff: bool, to: str | None, force: bool, yaml: bool) -> int:
    """Write agreements in their one canonical layout; comments stay.

    PATHS are files, or folders whose .pool and .pool.yaml files are meant; without any, the folder
    you are in. - reads standard input and writes standard output.
    """
    found = files_of(paths or (".",))
    code = 0
    for file in found.files:
        try:
            code = max(code, _format(file, check=check, diff=diff, to=to, force=force, yaml=yaml))
        except Unusable as refused:
            code = refuse(refused)
    for fault in found.unusable:
        code = refuse(fault)
    return code


def _format(file: str, *, check: bool, diff: bool, to: str | None, force: bool, yaml: bool) -> int:
    """Format one file and give its exit code."""
    done = formatted(file, _NOTATIONS[to] if to else None, yaml=yaml)
    if not isinstance(done, Formatted):
        report(done.findings, {done.file: done.lines})
        return 1
    if diff and done.changed:
        say("".join(_diff(done)))
    if check and done.changed:
        say(f"{visible(done.file)} would change\n")
    if check or diff:
        return int(done.changed)
    if done.file == STDIN:
        say(done.after)
    elif done.changed:
        save(done.file, done.after.encode(), force=force or to is None)
        complain(f"wrote {visible(done.file)}")
    return 0


def _diff(done: Formatted) -> Iterator[str]:
    """What would change, line by line."""
    from difflib import unified_diff

    before = (done.before or "").splitlines(keepends=True)
    for line in unified_diff(before, done.after.splitlines(keepends=True), done.file, f"{done.file} (formatted)"):
        yield visible(line.rstrip("\n")) + "\n"
