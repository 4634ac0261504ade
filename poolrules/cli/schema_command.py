"""`poolrules schema`: the JSON Schema of what people and machines write."""

import click

from poolrules.base.resources import read_resource
from poolrules.cli.say import say_data


@click.command("schema")
@click.argument(
    "what", type=click.Choice(["agreement", "ruleset", "mapping", "facts", "position"]), default="agreement"
)
def command(what: str) -> int:
    """Print the JSON Schema of the YAML form of an agreement, for editors.

    `poolrules schema ruleset` prints that of a compiled ruleset, `mapping` and `facts` those of the files that
    `settle` takes beside a ledger, `position` that of what a year closes with.
    """
    say_data(read_resource("grammar", f"{what}.schema.json").encode())
    return 0
