"""`poolrules settle`: who pays whom for a year, or for several in turn, by which clause."""

from typing import Final

import click

from poolrules.cli.forms import ENDINGS, form_of
from poolrules.cli.write import deliver, save_position
from poolrules.cli.year_options import settled_years, years_options
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.years import AskedYears
from poolrules.reporting.account import Account

_ENDINGS: Final = {**ENDINGS, ".xlsx": "xlsx"}
"""The form of a statement by how the name of its file ends."""


@click.command("settle")
@click.argument("agreement")
@years_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    help="For people or machines; without it, as the name of the output says, else text.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write the statement to FILE.txt, FILE.csv, FILE.json or FILE.xlsx."
)
@click.option(
    "--write-position",
    "position",
    metavar="FILE.json",
    help="Also write what the (last) year closes with, from which the next starts.",
)
@click.option("--force", is_flag=True, help="Replace a file that poolrules did not write.")
def command(
    asked: AskedYears,
    form: str | None,
    output: str | None,
    position: str | None,
    force: bool,
) -> int:
    """Settle a year: who pays whom, by which clause, and what nobody has been given.

    AGREEMENT is a .pool or .pool.yaml file, or the .json ruleset that `poolrules compile` wrote. Several years are
    settled in turn, each starting from what the one before closed with. The workbook (.xlsx) computes every step anew
    with formulas beside the figures of poolrules, and says whether they agree.
    """
    form = form_of(form, output, _ENDINGS)
    accounts = settled_years(asked, shows_warnings=form == "text" and output is None)
    if accounts is None:
        return 1
    deliver(
        form, output, force=force, text=lambda width: _text(accounts, width), data=lambda form: _data(accounts, form)
    )
    if position is not None:
        save_position(position, accounts[-1].settlement.closing, force=force)
    return 0


def _text(accounts: tuple[Account, ...], width: int) -> str:
    """The statements for people, one after another."""
    from poolrules.reporting.statement import write_statement

    return "\n\n".join(write_statement(account, width) for account in accounts)


def _data(accounts: tuple[Account, ...], form: str) -> bytes:
    """The statements for machines, or the workbook. Raises `Unusable`."""
    if form == "json":
        from poolrules.reporting.statement_json import write_statements_json

        return write_statements_json(accounts)
    if form == "csv":
        from poolrules.reporting.statement_csv import write_statements_csv

        return write_statements_csv(accounts)
    if len(accounts) > 1:
        raise Unusable(
            "a workbook holds one year",
            "write each year's with --write-position and --position, or all years to a .txt, .csv or .json file",
        )
    from poolrules.pipeline.workbook import workbook_file

    return workbook_file(accounts[0])
