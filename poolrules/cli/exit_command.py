"""`poolrules exit`: the final account if a partner leaves, or the agreement ends, on a day."""

from typing import Final

import click

from poolrules.cli.forms import ENDINGS, form_of
from poolrules.cli.say import complain, report
from poolrules.cli.write import deliver
from poolrules.cli.year_options import year_options
from poolrules.pipeline.leave import AskedExit, leave_file
from poolrules.pipeline.settle import Asked, NotSettled
from poolrules.reporting.final_account import ExitAccount
from poolrules.reporting.findings import count_findings
from poolrules.source.finding import Severity

_FORMS: Final = ("text", "json", "csv")


@click.command("exit")
@click.argument("agreement")
@click.option("--on", required=True, metavar='"30 SEPTEMBER 2026"', help="The last day before the partner is gone.")
@click.option("--partner", metavar="NAME", help="Who leaves; without it the agreement ends for all.")
@click.option(
    "--commitments",
    metavar="FILE.csv",
    help="Contracts that go on: columns contract,fund,yearly,first_break.",
)
@click.option(
    "--notice-given", "notice", metavar='"1 APRIL 2026"', help="When notice was given, to see that it has run out."
)
@click.option("--exit-payment", "payment", metavar="£…", help="What was agreed to be paid for later costs.")
@year_options
@click.option("--format", "form", type=click.Choice(_FORMS), help="For people or machines.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE.txt, FILE.csv or FILE.json instead.")
@click.option("--force", is_flag=True, help="Replace a file that poolrules did not write.")
def command(
    asked: Asked,
    on: str,
    partner: str | None,
    commitments: str | None,
    notice: str | None,
    payment: str | None,
    form: str | None,
    output: str | None,
    force: bool,
) -> int:
    """Make the final account: the year settled to the day, what the fund holds, and what goes on after.

    Give what was spent up to that day with --outturn or --ledger, and what a leaver has paid in with --paid.
    """
    form = form_of(form, output, ENDINGS)
    made = leave_file(AskedExit(asked, on, partner, commitments, payment, notice))
    if isinstance(made, NotSettled):
        report(made.findings, made.sources)
        if any(found.span is None for found in made.findings):
            complain("See poolrules exit --help for how to give opening balances, decisions and sums paid in (--paid).")
        return 1
    if any(found.severity is not Severity.INFO for found in made.faults):
        complain(f"Beware: poolrules check finds {count_findings(made.faults, 1)}.")
    deliver(form, output, force=force, text=lambda width: _text(made, width), data=lambda form: _data(made, form))
    return 0


def _text(made: ExitAccount, width: int) -> str:
    """The account for people."""
    from poolrules.reporting.final_account import write_final_account

    return write_final_account(made, width)


def _data(made: ExitAccount, form: str) -> bytes:
    """The account for machines."""
    from poolrules.reporting.final_account_data import write_final_account_csv, write_final_account_json

    return write_final_account_json(made) if form == "json" else write_final_account_csv(made)
