"""`poolrules check`: find fault with agreements."""

import click

from poolrules.cli.say import USAGE, refuse, say, say_data, statement_width, wants_colour
from poolrules.pipeline.check import check
from poolrules.pipeline.files import Unusable, files_of
from poolrules.pipeline.load import load
from poolrules.reporting.findings import count_findings, report_findings
from poolrules.source.finding import Finding, Severity


@click.command("check")
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or machines.")
@click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool.")
def command(paths: tuple[str, ...], form: str, yaml: bool) -> int:
    """Find fault with agreements: is each lawful, complete, and has every penny an owner?

    PATHS are files, or folders whose .pool and .pool.yaml files are checked; without any, the
    folder you are in. - is standard input.
    """
    found = files_of(paths or (".",))
    unusable = list(found.unusable)
    findings: list[Finding] = []
    sources: dict[str, list[str]] = {}
    checked = 0
    for file in found.files:
        try:
            loaded = load(file, yaml=yaml)
        except Unusable as refused:
            unusable.append(refused)
            continue
        checked += 1
        own = check(loaded)
        findings += own
        if own:
            sources[loaded.file] = loaded.lines
    _report(findings, sources, checked, form)
    for fault in unusable:
        refuse(fault)
    if unusable:
        return USAGE
    return int(any(found.severity is not Severity.INFO for found in findings))


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
