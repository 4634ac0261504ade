"""What commands that settle a year ask alike: which agreement, which year, and what happened in it."""

import functools
from collections.abc import Callable
from typing import Any

import click

from poolrules.cli.say import complain, complain_of, report
from poolrules.cli.variation_options import variation_options
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.pipeline.years import AskedYears, settle_years
from poolrules.reporting.account import Account
from poolrules.reporting.findings import count_findings
from poolrules.source.finding import Severity

_ONE_YEAR = (
    click.option("--outturn", metavar="FILE.csv", help="What was spent: columns scheme,spent[,cause]."),
    click.option("--year", metavar="2026/27", help="The financial year to settle."),
    click.option(
        "--facts", metavar="FILE.yaml", help="Decisions, facts, counts, sums paid in and openings, with their evidence."
    ),
)
"""What commands that settle one year ask."""

_SEVERAL_YEARS = (
    click.option(
        "--outturn",
        "outturns",
        multiple=True,
        metavar="FILE.csv",
        help="What was spent: columns scheme,spent[,cause]. For several years, each as 2026/27=FILE.csv.",
    ),
    click.option(
        "--year",
        "years",
        multiple=True,
        metavar="2026/27",
        help="The financial year to settle; several are settled in turn, each from what the one before closed with.",
    ),
    click.option(
        "--facts",
        multiple=True,
        metavar="FILE.yaml",
        help="Decisions, facts, counts, sums paid in and openings, with their evidence. For several years, each as "
        "2026/27=FILE.yaml; what is said beside it begins with its year too.",
    ),
)
"""The same for a command that settles several."""

_BOTH = (
    click.option(
        "--ledger",
        "ledgers",
        multiple=True,
        metavar="FILE",
        help="What was spent, row by row: a ledger as CSV or an Excel workbook; may be repeated. Needs --mapping.",
    ),
    click.option(
        "--mapping",
        "mappings",
        multiple=True,
        metavar="FILE.yaml",
        help="How to read the ledger: columns, codes, dates, sign; one for all ledgers, or one for each in order.",
    ),
    click.option(
        "--to", metavar='"30 September 2026"', help="Settle the year up to this day, inclusive: the last of a month."
    ),
    click.option(
        "--opening",
        "openings",
        multiple=True,
        metavar="RESERVE=£…",
        help="What a reserve held when the year began, with or without the £; may be repeated.",
    ),
    click.option(
        "--decision",
        "decisions",
        multiple=True,
        metavar='"BODY: ICB 70%, …"',
        help='What a body decided, as an agreement says it: "Board: ICB 70%, Council 30%", '
        '"Board: ICB 2 parts, Council 1 part", "Board: Council alone" or "Board: equally"; may be repeated.',
    ),
    click.option(
        "--no-decision", "no_decisions", multiple=True, metavar="BODY", help="A body whose time to decide ran out."
    ),
    click.option(
        "--paid",
        multiple=True,
        metavar="FUND.PARTNER=£…",
        help="What a partner paid in, where a rule asks for it; may be repeated.",
    ),
    click.option(
        "--fact",
        "said",
        multiple=True,
        metavar='"FACT: yes"',
        help='What was found of a fact of the agreement: "Consent: yes", "Consent: no" or "Offer: £3,500,000".',
    ),
    click.option(
        "--count",
        "counts",
        multiple=True,
        metavar='"KEY: ICB 98, …"',
        help="The values of a key that is counted each year.",
    ),
    click.option(
        "--marked",
        multiple=True,
        metavar='"SCHEME MARK £…"',
        help='How much of an overspend or underspend is so marked: "Equipment windfall £100,000".',
    ),
    click.option(
        "--debt",
        "debts",
        multiple=True,
        metavar='"CLAUSE: …"',
        help='What was agreed of a debt of an earlier year: "12.3(c): put off 1 year" or '
        '"12.3(c): written off £1,000".',
    ),
    click.option(
        "--position",
        "positions",
        multiple=True,
        metavar="FILE.json",
        help="What the year before closed with, or what an earlier part of this year asked for, as --write-position "
        "wrote it; may be given twice.",
    ),
    click.option("--afresh", is_flag=True, help="Nothing was carried into the year but what --opening says."),
    click.option("--yaml", is_flag=True, help="Read standard input as YAML instead of .pool."),
)

Command = Callable[..., int]


def year_options(command: Command) -> Command:
    """Give a command that takes an agreement these options; it gets them with the agreement as one `asked`."""
    return _with_options(command, (*_ONE_YEAR, *_BOTH), Asked)


def years_options(command: Command) -> Command:
    """Give a command the same options for one year or several."""
    return _with_options(command, (*_SEVERAL_YEARS, *_BOTH), AskedYears)


def _with_options(command: Command, options: tuple[Any, ...], record: type[Asked | AskedYears]) -> Command:
    """Give a command some options, which it gets as one record."""

    @functools.wraps(command)
    def gathered(**given: Any) -> int:
        asked = record(**{name: given.pop(name) for name in record.__struct_fields__ if name in given})
        return command(asked=asked, **given)

    with_options: Command = gathered
    for option in reversed(options):
        with_options = option(with_options)
    return variation_options(with_options)


def settled(asked: Asked, *, shows_warnings: bool = False) -> Account | None:
    """Settle as asked; nothing where that could not be done, and what stood in the way has been said.

    Doubts about ledgers are told beside the result, unless it shows them itself.
    """
    done = settle_file(asked)
    found = _told(done if isinstance(done, NotSettled) else (done,), shows_warnings=shows_warnings)
    return found[0] if found else None


def settled_years(asked: AskedYears, *, shows_warnings: bool = False) -> tuple[Account, ...] | None:
    """Settle one year or several as asked; nothing where that could not be done, and what stood in the way was said."""
    return _told(settle_years(asked), shows_warnings=shows_warnings)


def _told(done: tuple[Account, ...] | NotSettled, *, shows_warnings: bool) -> tuple[Account, ...] | None:
    """Say what stood in the way, or what to beware of."""
    if not isinstance(done, NotSettled):
        faults = done[0].faults
        if any(found.severity is not Severity.INFO for found in faults):
            complain(f"Beware: poolrules check finds {count_findings(faults, 1)}.")
        for account in done:
            if account.warnings and not shows_warnings:
                complain_of(account.warnings, account.sources)
        return done
    report(done.findings, done.sources)
    if any(found.span is None for found in done.findings):
        complain(
            "See poolrules settle --help for how to give opening balances, decisions, facts, counts and sums paid in."
        )
    return None
