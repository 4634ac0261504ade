"""`poolrules draft`: the legal agreement."""

import click

from poolrules.cli.say import report_unread
from poolrules.cli.write import save
from poolrules.pipeline.draft import draft_file
from poolrules.pipeline.load import load


@click.command("draft")
@click.argument("agreement")
@click.option("-o", "--output", required=True, metavar="FILE", help="FILE.docx, FILE.html or FILE.md.")
@click.option("--force", is_flag=True, help="Replace a draft that was edited since.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(agreement: str, output: str, force: bool, yaml: bool) -> int:
    """Draft the legal agreement of an AGREEMENT as a Word file, a web page or Markdown."""
    loaded = load(agreement, yaml=yaml)
    if report_unread(loaded):
        return 1
    save(output, draft_file(loaded, output), force=force)
    return 0
