"""`poolrules forecast`: the monitoring table in the middle of a year, and what each partner would pay."""

import re
from typing import Final

import click

from poolrules.cli.forms import ENDINGS, form_of
from poolrules.cli.say import complain, complain_of, report
from poolrules.cli.write import deliver
from poolrules.cli.year_options import year_options
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.forecast import AskedForecast, forecast_file
from poolrules.pipeline.settle import Asked, NotSettled
from poolrules.reporting.monitoring import Monitoring, Thresholds

_FORMS: Final = ("text", "json", "csv", "exposures-csv")
_PERCENT: Final = re.compile(r"([0-9]{1,3})(?:\.([0-9]))?%?")


@click.command("forecast")
@click.argument("agreement")
@year_options
@click.option(
    "--forecast",
    required=True,
    metavar="FILE.csv",
    help="What each scheme is forecast to spend in the year: columns scheme,forecast[,reason][,action].",
)
@click.option("--last-forecast", "last", metavar="FILE.csv", help="The forecast before, to show what has moved.")
@click.option("--amber", default="2%", metavar="2%", help="From which part of the budget an overspend is amber.")
@click.option("--red", default="5%", metavar="5%", help="Above which part of the budget an overspend is red.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    help="For people or machines; exposures-csv is the table of who would pay what.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE.txt, FILE.csv or FILE.json instead.")
@click.option("--force", is_flag=True, help="Replace a file that poolrules did not write.")
def command(
    asked: Asked,
    forecast: str,
    last: str | None,
    amber: str,
    red: str,
    form: str | None,
    output: str | None,
    force: bool,
) -> int:
    """Show spending to date and the forecast by scheme, and who would pay what if the forecast came true.

    Give what was spent so far with --outturn or --ledger, and up to when with --to. Positive differences in CSV and
    JSON are overspends.
    """
    thresholds = Thresholds(_thousandths(amber, "--amber"), _thousandths(red, "--red"))
    if thresholds.amber > thresholds.red:
        raise Unusable(f"amber from {amber} is above red from {red}", "give --amber the smaller percentage")
    form = form_of(form, output, ENDINGS)
    done = forecast_file(AskedForecast(asked, forecast, last, thresholds))
    if isinstance(done, NotSettled):
        report(done.findings, done.sources)
        if any(found.span is None for found in done.findings):
            what = "opening balances, decisions, facts, counts and sums paid in"
            complain(f"See poolrules forecast --help for how to give {what}.")
        return 1
    if done.account.warnings:
        complain_of(done.account.warnings, done.account.sources)
    deliver(form, output, force=force, text=lambda width: _text(done, width), data=lambda form: _data(done, form))
    return 0


def _thousandths(text: str, option: str) -> int:
    """Read a percentage with at most one decimal. Raises `Unusable`."""
    found = _PERCENT.fullmatch(text)
    if found is None:
        raise Unusable(f"{option} `{text}` is no percentage", f"write it as {option} 2.5%")
    return int(found[1]) * 10 + int(found[2] or 0)


def _text(monitoring: Monitoring, width: int) -> str:
    """The table for people."""
    from poolrules.reporting.monitoring_text import write_monitoring

    return write_monitoring(monitoring, width)


def _data(monitoring: Monitoring, form: str) -> bytes:
    """The table for machines."""
    from poolrules.reporting.monitoring_data import write_exposures_csv, write_monitoring_csv, write_monitoring_json

    if form == "json":
        return write_monitoring_json(monitoring)
    return write_exposures_csv(monitoring) if form == "exposures-csv" else write_monitoring_csv(monitoring)
