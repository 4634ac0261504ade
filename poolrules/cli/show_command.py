"""`poolrules show`: what an agreement has become at a stage of the way through."""

import datetime
from fractions import Fraction

import click

from poolrules.cli.say import report_unread, say_data
from poolrules.cli.variation_options import agreement_as_at, variation_options
from poolrules.pipeline.compile import compiled
from poolrules.ruleset.codec import write_ruleset


@click.command("show")
@click.argument("stage", type=click.Choice(["tree", "model", "ruleset"]))
@click.argument("agreement")
@variation_options
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(stage: str, agreement: str, variations: tuple[str, ...], as_at: str | None, yaml: bool) -> int:
    """Show what an AGREEMENT has become at a stage: the written tree, the model, or the ruleset, as JSON."""
    loaded = agreement_as_at(agreement, yaml=yaml, variations=variations, as_at=as_at)
    if report_unread(loaded):
        return 1
    if stage == "ruleset":
        say_data(write_ruleset(compiled(loaded)))
    else:
        say_data(_json(loaded.tree if stage == "tree" else loaded.agreement))
    return 0


def _json(what: object) -> bytes:
    """Write records as indented JSON."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(what, enc_hook=_plain), indent=2) + b"\n"


def _plain(value: object) -> str:
    """Write a share as a fraction; nothing else in an agreement is not plain data."""
    if isinstance(value, Fraction | datetime.date):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not plain data")
