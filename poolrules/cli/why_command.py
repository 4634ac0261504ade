"""`poolrules why`: the trail of one figure."""

import click

from poolrules.cli.say import say, statement_width
from poolrules.cli.year_options import settled, year_options
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.settle import Asked
from poolrules.reporting.figures import figures_there_are, write_trails


@click.command("why")
@click.argument("agreement")
@click.argument("figure")
@year_options
def command(asked: Asked, figure: str) -> int:
    """Show the trail of a figure: the step that made it, its clause, its line in the file, its rows of outturn.

    FIGURE is what the statement prints, an amount (110,030.02) or a clause number (12.3(e), between quotation
    marks); or a name: a partner (ICB), one side of it (ICB.pays), a scheme, a reserve, a step
    (BCF.overspend.3), `undecided` or `unallocated`. Of an amount that several figures have, all are shown.
    """
    account = settled(asked)
    if account is None:
        return 1
    trails = write_trails(account, figure, statement_width())
    if trails is None:
        raise Unusable(
            f"there is no figure `{figure}` in the settlement of {account.settlement.year}",
            figures_there_are(account, figure),
        )
    say(trails)
    return 0
