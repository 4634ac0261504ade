"""`poolrules check`: find fault with agreements."""

import datetime

import click

from poolrules.cli.say import USAGE, refuse, say, say_data, statement_width, wants_colour
from poolrules.cli.variation_options import day_of, variation_options
from poolrules.pipeline.check import check
from poolrules.pipeline.files import Unusable, files_of
from poolrules.pipeline.load import Loaded, load
from poolrules.reporting.findings import count_findings, report_findings
from poolrules.source.finding import Finding, Severity


@click.command("check")
@click.argument("paths", nargs=-1)
@variation_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or machines.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(paths: tuple[str, ...], variations: tuple[str, ...], as_at: str | None, form: str, yaml: bool) -> int:
    """Find fault with agreements: is each lawful, complete, and has every penny an owner?

    PATHS are files, or folders whose .pool and .pool.yaml files are checked; without any, the
    folder you are in. - is standard input. Deeds of variation among them are laid over the agreement
    whose title they name, and it is checked as first signed and as each deed leaves it.
    """
    day = day_of(as_at)
    found = files_of(paths or (".",))
    unusable = list(found.unusable)
    findings: list[Finding] = []
    sources: dict[str, list[str]] = {}
    read: list[tuple[str, Loaded]] = []
    for file in dict.fromkeys((*found.files, *variations)):
        try:
            read.append((file, _deed(file) if file in variations else load(file, yaml=yaml)))
        except Unusable as refused:
            unusable.append(refused)
    checked = len(read)
    for loaded in _with_their_deeds(read, day):
        own = check(loaded)
        findings += own
        if own:
            sources.update(loaded.all_lines())
    _report(findings, sources, checked, form)
    for fault in unusable:
        refuse(fault)
    if unusable:
        return USAGE
    return int(any(found.severity is not Severity.INFO for found in findings))


def _deed(file: str) -> Loaded:
    """Read a deed of variation. Raises `Unusable`."""
    from poolrules.pipeline.vary import load_deed

    return load_deed(file)


def _with_their_deeds(read: list[tuple[str, Loaded]], day: datetime.date | None) -> list[Loaded]:
    """The agreements among some files as their deeds vary them; where there is no deed, as they are."""
    if not any(loaded.is_deed for _, loaded in read):
        return [loaded for _, loaded in read]
    from poolrules.pipeline.vary import gathered  # most checks have no deed to lay

    return gathered(read, day)


def _report(findings: list[Finding], sources: dict[str, list[str]], checked: int, form: str) -> None:
    """Write what was found."""
    if form == "json":
        from poolrules.reporting.findings_json import write_findings

        say_data(write_findings(findings, checked))
        return
    if findings:
        say(report_findings(findings, sources, colour=wants_colour(), width=statement_width()) + "\n")
    if checked:
        say(count_findings(findings, checked) + "\n")
