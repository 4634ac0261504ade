"""`poolrules compile`: the rules of an agreement as plain data."""

import click

from poolrules.cli.say import report_unread, say_data
from poolrules.cli.variation_options import agreement_as_at, variation_options
from poolrules.pipeline.compile import compiled
from poolrules.ruleset.codec import write_ruleset


@click.command("compile")
@click.argument("agreement")
@variation_options
@click.option("-o", "--output", metavar="FILE.json", help="Write the ruleset to a file instead.")
@click.option("--force", is_flag=True, help="Replace a file that holds something else.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(
    agreement: str, variations: tuple[str, ...], as_at: str | None, output: str | None, force: bool, yaml: bool
) -> int:
    """Write the rules of an AGREEMENT as JSON, from which `poolrules settle` can settle without it."""
    loaded = agreement_as_at(agreement, yaml=yaml, variations=variations, as_at=as_at)
    if report_unread(loaded):
        return 1
    data = write_ruleset(compiled(loaded))
    if output is None:
        say_data(data)
        return 0
    from poolrules.cli.write import save

    save(output, data, force=force)
    return 0
