"""`poolrules consolidate`: an agreement with its deeds of variation written into it."""

import click

from poolrules.cli.say import report_unread, say
from poolrules.cli.variation_options import agreement_as_at, variation_options
from poolrules.pipeline.consolidate import consolidated
from poolrules.pipeline.files import Notation, Unusable, notation_of


@click.command("consolidate")
@click.argument("agreement")
@variation_options
@click.option("-o", "--output", metavar="FILE", help="Write it to FILE.pool or FILE.pool.yaml instead.")
@click.option("--force", is_flag=True, help="Replace a file that says something else.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(
    agreement: str, variations: tuple[str, ...], as_at: str | None, output: str | None, force: bool, yaml: bool
) -> int:
    """Write an AGREEMENT as its deeds of variation leave it, in the one canonical layout."""
    notation = notation_of(agreement if output is None else output, yaml=yaml)
    if notation is Notation.RULESET:
        raise Unusable("an agreement is not written as JSON", "end the name in .pool or .pool.yaml")
    loaded = agreement_as_at(agreement, yaml=yaml, variations=variations, as_at=as_at)
    if report_unread(loaded):
        return 1
    text = consolidated(loaded, notation)
    if output is None:
        say(text)
        return 0
    from poolrules.cli.write import save

    save(output, text.encode(), force=force)
    return 0
