"""`poolrules report`: what finance officers keep beside the statement of a year."""

from collections.abc import Callable
from typing import NamedTuple

import click

from poolrules.cli.forms import ENDINGS, form_of
from poolrules.cli.say import report
from poolrules.cli.write import deliver
from poolrules.cli.year_options import settled_years, years_options
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.settle import NotSettled
from poolrules.pipeline.years import AskedYears


class _Written(NamedTuple):
    """A report in each of its forms, written when it is asked for."""

    text: Callable[[int], str]
    csv: Callable[[], bytes]
    json: Callable[[], bytes]

    def data(self, form: str) -> bytes:
        """The report for machines."""
        return self.json() if form == "json" else self.csv()


@click.command("report")
@click.argument("what", type=click.Choice(["contributions", "memorandum", "balances"]))
@click.argument("agreement")
@years_options
@click.option("--body", metavar="PARTNER", help="Balances: whose books; without it, those of the host.")
@click.option(
    "--theirs",
    multiple=True,
    metavar="PARTNER=FILE.csv",
    help="Balances: what that partner's books say, as it sees it: columns counterparty,nature,amount.",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), help="For people or machines.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE.txt, FILE.csv or FILE.json instead.")
@click.option("--force", is_flag=True, help="Replace a file that poolrules did not write.")
def command(
    what: str,
    asked: AskedYears,
    body: str | None,
    theirs: tuple[str, ...],
    form: str | None,
    output: str | None,
    force: bool,
) -> int:
    """Report on a year: the contribution schedule, memorandum accounts, or balances to agree.

    `contributions` is what each partner puts in, built up from the year before; it needs no spending. `memorandum`
    is the note to the accounts: give two years and it shows both. `balances` is what the partners' books should hold
    against each other.
    """
    if what != "balances" and (body or theirs):
        raise Unusable("--body and --theirs are for balances", f"leave them out of `report {what}`")
    form = form_of(form, output, ENDINGS)
    written = _contributions(asked) if what == "contributions" else _of_settled(what, asked, body, theirs)
    if written is None:
        return 1
    deliver(
        form,
        output,
        force=force,
        text=written.text,
        data=lambda form: written.json() if form == "json" else written.csv(),
    )
    return 0


def _contributions(asked: AskedYears) -> _Written | None:
    """The contribution schedule; nothing where it cannot be made, and what stands in the way has been said."""
    from poolrules.pipeline.reports import schedule_file
    from poolrules.reporting.contribution_schedule import write_schedule, write_schedule_csv, write_schedule_json

    found = schedule_file(asked)
    if isinstance(found, NotSettled):
        report(found.findings, found.sources)
        return None
    return _Written(
        lambda width: write_schedule(found, width),
        lambda: write_schedule_csv(found),
        lambda: write_schedule_json(found),
    )


def _of_settled(what: str, asked: AskedYears, body: str | None, theirs: tuple[str, ...]) -> _Written | None:
    """A report of settled years; nothing where they cannot be settled, and what stands in the way has been said."""
    accounts = settled_years(asked)
    if accounts is None:
        return None
    if what == "memorandum":
        from poolrules.reporting.memorandum import (
            memoranda,
            write_memorandum,
            write_memorandum_csv,
            write_memorandum_json,
        )

        found = memoranda(accounts)
        return _Written(
            lambda width: write_memorandum(found, width),
            lambda: write_memorandum_csv(found),
            lambda: write_memorandum_json(found),
        )
    from poolrules.pipeline.reports import balances_file
    from poolrules.reporting.balances import write_balances, write_balances_csv, write_balances_json

    agreed = balances_file(accounts[-1], body, theirs)
    if isinstance(agreed, NotSettled):
        report(agreed.findings, agreed.sources)
        return None
    return _Written(
        lambda width: write_balances(agreed, width),
        lambda: write_balances_csv(agreed),
        lambda: write_balances_json(agreed),
    )
