"""`poolrules variations`: the register of what deeds of variation changed."""

import click

from poolrules.cli.say import report_unread, say, say_data, statement_width
from poolrules.cli.variation_options import agreement_as_at, variation_options


@click.command("variations")
@click.argument("agreement")
@variation_options
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="For people or machines."
)
@click.option("-o", "--output", metavar="FILE", help="Write the register to a file instead.")
@click.option("--force", is_flag=True, help="Replace a file that poolrules did not write.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(
    agreement: str,
    variations: tuple[str, ...],
    as_at: str | None,
    form: str,
    output: str | None,
    force: bool,
    yaml: bool,
) -> int:
    """Print the variation register of an AGREEMENT: every sum and every term that its deeds changed."""
    loaded = agreement_as_at(agreement, yaml=yaml, variations=variations, as_at=as_at)
    if report_unread(loaded):
        return 1
    from poolrules.pipeline.variations import register_of
    from poolrules.reporting import variation_register as register

    rows = register_of(loaded)
    assert loaded.agreement is not None
    if form == "text":
        deeds = [version.deed for version in loaded.versions]
        text = register.register_text(
            loaded.agreement.title.text, rows, deeds, statement_width() if output is None else 100
        )
        data = text.encode()
    else:
        data = register.register_json(rows) if form == "json" else register.register_csv(rows)
    if output is not None:
        from poolrules.cli.write import save

        save(output, data, force=force)
    elif form == "text":
        say(data.decode())
    else:
        say_data(data)
    return 0
