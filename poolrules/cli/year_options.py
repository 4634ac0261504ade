"""What `settle` and `why` ask alike: which agreement, which year, and what happened in it."""

from collections.abc import Callable
from typing import TypeVar

import click

from poolrules.cli.say import complain, report
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.reporting.account import Account
from poolrules.reporting.findings import count_findings
from poolrules.source.finding import Severity

Command = TypeVar("Command", bound=Callable[..., int])

_OPTIONS = (
    click.option("--outturn", required=True, metavar="FILE.csv", help="What was spent: columns scheme,spent[,cause]."),
    click.option("--year", metavar="2026/27", help="The financial year to settle."),
    click.option(
        "--opening",
        multiple=True,
        metavar="RESERVE=£…",
        help="What a reserve held when the year began, with or without the £; may be repeated.",
    ),
    click.option(
        "--decision",
        multiple=True,
        metavar='"BODY: ICB 70%, …"',
        help='What a body decided, as an agreement says it: "Board: ICB 70%, Council 30%", '
        '"Board: ICB 2 parts, Council 1 part", "Board: Council alone" or "Board: equally"; may be repeated.',
    ),
    click.option("--no-decision", multiple=True, metavar="BODY", help="A body whose time to decide ran out."),
    click.option(
        "--paid",
        multiple=True,
        metavar="FUND.PARTNER=£…",
        help="What a partner paid in, where a rule asks for it; may be repeated.",
    ),
    click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool."),
)


def year_options(command: Command) -> Command:
    """Give a command these options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def settled(
    agreement: str,
    outturn: str,
    year: str | None,
    opening: tuple[str, ...],
    decision: tuple[str, ...],
    no_decision: tuple[str, ...],
    paid: tuple[str, ...],
    yaml: bool,
) -> Account | None:
    """Settle as asked; nothing where that could not be done, and what stood in the way has been said."""
    done = settle_file(Asked(agreement, outturn, year, opening, decision, no_decision, paid, yaml))
    if not isinstance(done, NotSettled):
        if any(found.severity is not Severity.INFO for found in done.faults):
            complain(f"Beware: poolrules check finds {count_findings(done.faults, 1)}.")
        return done
    report(done.findings, done.sources)
    if any(found.span is None for found in done.findings):
        complain("See poolrules settle --help for how to give opening balances, decisions and sums paid in.")
    return None
