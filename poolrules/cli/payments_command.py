"""`poolrules payments`: the instalments of a year, what was paid of them, and what is late."""

import click

from poolrules.cli.forms import ENDINGS, form_of
from poolrules.cli.say import report
from poolrules.cli.write import deliver
from poolrules.pipeline.payments import NotShown, PaymentsAsked, PaymentsShown, payments_of


@click.command("payments")
@click.argument("agreement")
@click.option("--year", metavar="2026/27", help="The financial year whose payments to show.")
@click.option(
    "--paid-file",
    metavar="FILE.csv",
    help="What was paid: columns date,payer,fund,amount,reference and, if you like, instalment,source.",
)
@click.option(
    "--as-at",
    metavar="DAY",
    help="The day to look from, under the deeds of variation in force on it; without it nothing unpaid is called late.",
)
@click.option("--variation", "variations", multiple=True, metavar="FILE", help="A deed of variation; may be repeated.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    help="For people or machines; without it, as the name of the output says, else text.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE.txt, FILE.csv or FILE.json.")
@click.option("--force", is_flag=True, help="Replace a file that poolrules did not write.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(
    agreement: str,
    year: str | None,
    paid_file: str | None,
    as_at: str | None,
    variations: tuple[str, ...],
    form: str | None,
    output: str | None,
    force: bool,
    yaml: bool,
) -> int:
    """Show what each partner pays in a year: instalments, what was paid of them, and what is late.

    AGREEMENT is a .pool or .pool.yaml file, or the .json ruleset that `poolrules compile` wrote. A payment goes
    to the instalment it names, else to the oldest that is open.
    """
    form = form_of(form, output, ENDINGS)
    shown = payments_of(PaymentsAsked(agreement, year, paid_file, as_at, yaml, variations))
    if isinstance(shown, NotShown):
        report(shown.findings, shown.sources)
        return 1
    deliver(form, output, force=force, text=lambda width: _text(shown, width), data=lambda form: _data(shown, form))
    return 0


def _text(shown: PaymentsShown, width: int) -> str:
    """The payments for people."""
    from poolrules.reporting.payments_text import write_payments

    return write_payments(shown.rules, shown.schedule, width)


def _data(shown: PaymentsShown, form: str) -> bytes:
    """The payments for machines."""
    if form == "json":
        from poolrules.reporting.payments_json import write_payments_json

        return write_payments_json(shown.rules, shown.schedule)
    from poolrules.reporting.payments_csv import write_payments_csv

    return write_payments_csv(shown.rules, shown.schedule)
