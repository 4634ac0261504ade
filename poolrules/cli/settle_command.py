"""`poolrules settle`: who pays whom for a year, by which clause."""

import os
from typing import Final

import click

from poolrules.cli.say import say, say_data, statement_width
from poolrules.cli.write import save
from poolrules.cli.year_options import settled, year_options
from poolrules.pipeline.files import Unusable
from poolrules.reporting.account import Account

_ENDINGS: Final = {".txt": "text", ".csv": "csv", ".json": "json"}
"""The form of a statement by how the name of its file ends."""

_SAYS: Final = {"text": "text", "csv": "CSV", "json": "JSON"}


@click.command("settle")
@click.argument("agreement")
@year_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    help="For people or machines; without it, as the name of the output says, else text.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the statement to FILE.txt, FILE.csv or FILE.json.")
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
    form: str | None,
    output: str | None,
    force: bool,
) -> int:
    """Settle a year: who pays whom, by which clause, and what nobody has been given.

    AGREEMENT is a .pool or .pool.yaml file, or the .json ruleset that `poolrules compile` wrote.
    """
    form = _form(form, output)
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


def _form(said: str | None, output: str | None) -> str:
    """Find the form of the statement from what was said and from the name of the output. Raises `Unusable`."""
    if output is None:
        return said or "text"
    ending = os.path.splitext(output)[1].lower()
    named = _ENDINGS.get(ending)
    if named is None and said is None:
        raise Unusable(
            f"the name `{output}` does not say how to write the statement",
            "end it in .txt, .csv or .json, or give --format",
        )
    if named is not None and said is not None and named != said:
        raise Unusable(
            f"`{output}` is named as {_SAYS[named]}, but --format says {said}",
            f"leave --format out, or end the name in {next(end for end, form in _ENDINGS.items() if form == said)}",
        )
    return said or named or "text"


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
