"""`poolrules settle`: who pays whom for a year, by which clause."""

import click

from poolrules.cli.say import say, say_data, statement_width
from poolrules.cli.write import save
from poolrules.cli.year_options import settled, year_options
from poolrules.reporting.account import Account


@click.command("settle")
@click.argument("agreement")
@year_options
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="For people or machines."
)
@click.option("-o", "--output", metavar="FILE", help="Write the statement to a file instead.")
@click.option("--force", is_flag=True, help="Replace a file that poolrules did not write.")
def command(
    agreement: str,
    outturn: str,
    year: str | None,
    opening: tuple[str, ...],
    decision: tuple[str, ...],
    no_decision: tuple[str, ...],
    paid: tuple[str, ...],
    yaml: bool,
    form: str,
    output: str | None,
    force: bool,
) -> int:
    """Settle a year: who pays whom, by which clause, and what nobody has been given.

    AGREEMENT is a .pool or .pool.yaml file, or the .json ruleset that `poolrules compile` wrote.
    """
    account = settled(agreement, outturn, year, opening, decision, no_decision, paid, yaml)
    if account is None:
        return 1
    if output is not None:
        save(output, _sealed(account) if form == "text" else _data(account, form), force=force)
    elif form == "text":
        say(_text(account, statement_width()))
    else:
        say_data(_data(account, form))
    return 0


def _text(account: Account, width: int) -> str:
    """The statement for people."""
    from poolrules.reporting.statement import write_statement

    return write_statement(account, width)


def _sealed(account: Account) -> bytes:
    """The statement for people as a file that can be told from one edited by hand."""
    from poolrules.drafting.seal import seal_text

    return seal_text(_text(account, 100))


def _data(account: Account, form: str) -> bytes:
    """The statement for machines."""
    if form == "json":
        from poolrules.reporting.statement_json import write_statement_json

        return write_statement_json(account)
    from poolrules.reporting.statement_csv import write_statement_csv

    return write_statement_csv(account)
