"""`poolrules draft`: the legal agreement."""

import click

from poolrules.cli.say import report_unread
from poolrules.cli.variation_options import agreement_as_at, variation_options
from poolrules.cli.write import save
from poolrules.pipeline.draft import draft_file


@click.command("draft")
@click.argument("agreement")
@variation_options
@click.option("-o", "--output", required=True, metavar="FILE", help="FILE.docx, FILE.html or FILE.md.")
@click.option("--force", is_flag=True, help="Replace a draft that was edited since.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(
    agreement: str, variations: tuple[str, ...], as_at: str | None, output: str, force: bool, yaml: bool
) -> int:
    """Draft the legal agreement of an AGREEMENT as a Word file, a web page or Markdown."""
    loaded = agreement_as_at(agreement, yaml=yaml, variations=variations, as_at=as_at)
    if report_unread(loaded):
        return 1
    save(output, draft_file(loaded, output), force=force)
    return 0
