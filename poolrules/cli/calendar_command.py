"""`poolrules calendar`: every day, deadline and instalment of an agreement."""

from typing import Final

import click

from poolrules.cli.forms import form_of
from poolrules.cli.say import report
from poolrules.cli.variation_options import day_of, variation_options
from poolrules.cli.write import deliver
from poolrules.engine.diary import Diary, diary
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.payments import NotShown, read_asked_year, rules_or_findings
from poolrules.ruleset.ruleset import Ruleset

_ENDINGS: Final = {".txt": "text", ".csv": "csv", ".ics": "ics"}


@click.command("calendar")
@click.argument("agreement")
@variation_options
@click.option("--year", metavar="2026/27", help="Only the days that fall in this financial year.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "ics"]),
    help="For people, spreadsheets or calendar programs; without it, as the name of the output says, else text.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE.txt, FILE.csv or FILE.ics.")
@click.option("--force", is_flag=True, help="Replace a file that poolrules did not write.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(
    agreement: str,
    variations: tuple[str, ...],
    as_at: str | None,
    year: str | None,
    form: str | None,
    output: str | None,
    force: bool,
    yaml: bool,
) -> int:
    """List every day and deadline that an agreement sets, and every instalment that falls due.

    AGREEMENT is a .pool or .pool.yaml file, or the .json ruleset that `poolrules compile` wrote. What is counted
    from something that may happen on any day is listed without one, with what starts its clock.
    """
    form = form_of(form, output, _ENDINGS)
    asked = read_asked_year(year) if year is not None else ""
    found = rules_or_findings(agreement, yaml=yaml, variations=variations, as_at=day_of(as_at))
    if isinstance(found, NotShown):
        report(found.findings, found.sources)
        return 1
    shown = diary(found.rules, asked, found.earlier)
    deliver(
        form,
        output,
        force=force,
        text=lambda width: _text(found.rules, shown, width),
        data=lambda form: _data(found.rules, shown, form),
    )
    return 0


def _text(rules: Ruleset, shown: Diary, width: int) -> str:
    """The diary for people."""
    from poolrules.reporting.diary_text import write_diary

    return write_diary(rules, shown, width)


def _data(rules: Ruleset, shown: Diary, form: str) -> bytes:
    """The diary for machines. Raises `Unusable` where the library for calendar files is not there."""
    if form == "csv":
        from poolrules.reporting.diary_csv import write_diary_csv

        return write_diary_csv(rules, shown)
    try:
        from poolrules.reporting.diary_ics import write_diary_ics
    except ModuleNotFoundError as fault:
        if fault.name != "icalendar":
            raise
        raise Unusable(
            "calendar files need an extra library", 'install it with: pip install "poolrules[ics]"'
        ) from None
    return write_diary_ics(rules, shown)
