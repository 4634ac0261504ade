"""`poolrules schema`: the JSON Schema of what people and machines write."""

import click

from poolrules.base.resources import read_resource
from poolrules.cli.say import say_data


@click.command("schema")
@click.argument("what", type=click.Choice(["agreement", "ruleset"]), default="agreement")
def command(what: str) -> int:
    """Print the JSON Schema of the YAML form of an agreement, for editors, or that of a compiled ruleset."""
    say_data(read_resource("grammar", f"{what}.schema.json").encode())
    return 0
