"""`poolrules why`: the trail of one figure."""

import click

from poolrules.base.near import did_you_mean
from poolrules.cli.say import say, statement_width
from poolrules.cli.year_options import settled, year_options
from poolrules.pipeline.files import Unusable
from poolrules.reporting.trail import figure_names, write_trail


@click.command("why")
@click.argument("agreement")
@click.argument("figure")
@year_options
def command(
    agreement: str,
    figure: str,
    outturn: str,
    year: str | None,
    opening: tuple[str, ...],
    decision: tuple[str, ...],
    no_decision: tuple[str, ...],
    paid: tuple[str, ...],
    yaml: bool,
) -> int:
    """Show the trail of a figure: the step that made it, its clause, its line in the file, its rows of outturn.

    FIGURE is a partner (ICB), one side of it (ICB.pays), a scheme, a reserve, a step (BCF.overspend.3), or
    `undecided` or `unallocated`.
    """
    account = settled(agreement, outturn, year, opening, decision, no_decision, paid, yaml)
    if account is None:
        return 1
    names = figure_names(account)
    if figure not in names:
        raise Unusable(
            f"there is no figure `{figure}` in the settlement of {account.settlement.year}", did_you_mean(figure, names)
        )
    say(write_trail(account, figure, statement_width()))
    return 0
