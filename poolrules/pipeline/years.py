"""Several years settled one after another, each from what the one before closed with.

What is said of one year only begins with that year: `2026/27=outturn.csv`, `2026/27=Board: ICB alone`. A ledger and its
mapping serve every year, opening balances and positions the first, and the last day is one of the last year.
"""

import re
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.dates import FinancialYear, read_year
from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.files import STDIN, Unusable
from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.reporting.account import Account

_OF_YEAR: Final = re.compile(r"([0-9]{4}/[0-9]{2})=(.*)", re.DOTALL)
_MOST_YEARS: Final = 100


class AskedYears(Struct, frozen=True):
    """What somebody asks to have settled: as `Asked`, for one year or several; texts may begin with their year."""

    agreement: str
    outturns: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    no_decisions: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    yaml: bool = False
    ledgers: tuple[str, ...] = ()
    mappings: tuple[str, ...] = ()
    to: str | None = None
    facts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    debts: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    afresh: bool = False
    variations: tuple[str, ...] = ()
    as_at: str | None = None


_SAID_OF_ONE: Final = {
    "outturns": "--outturn",
    "decisions": "--decision",
    "no_decisions": "--no-decision",
    "paid": "--paid",
    "facts": "--facts",
    "said": "--fact",
    "counts": "--count",
    "marked": "--marked",
    "debts": "--debt",
}
"""What differs from year to year, with its option."""

_FIRST: Final = ("openings", "positions")
_EVERY: Final = ("ledgers", "mappings")


def settle_years(asked: AskedYears) -> tuple[Account, ...] | NotSettled:
    """Settle each year in turn, or say what stands in the way of the first that cannot be. Raises `Unusable`."""
    accounts: list[Account] = []
    for one in each_year(asked):
        done = settle_file(one, accounts[-1].settlement.closing if accounts else None)
        if isinstance(done, NotSettled):
            return done
        accounts.append(done)
    return tuple(accounts)


def each_year(asked: AskedYears) -> tuple[Asked, ...]:
    """What is asked of each year, in order. Raises `Unusable` for years that do not follow each other."""
    years = asked.years or tuple(dict.fromkeys(year for text in asked.outturns if (year := _split(text)[0])))
    if len(years) < 2:
        return (_one_year(asked, years[0] if years else None),)
    _check_order(years)
    _check_files(asked, years)
    _check_years_named(asked, years)
    return tuple(_of_year(asked, years, place) for place in range(len(years)))


def _one_year(asked: AskedYears, year: str | None) -> Asked:
    """What is asked of the only year."""
    if year is not None:
        _check_years_named(asked, (year,))
    given = {name: tuple(_split(text)[1] for text in getattr(asked, name)) for name in (*_SAID_OF_ONE, *_FIRST)}
    return _asked(asked, year, given, asked.to)


def _of_year(asked: AskedYears, years: tuple[str, ...], place: int) -> Asked:
    """What is asked of one of several years."""
    year, first = years[place], place == 0
    given = {name: _said_of(asked, name, year) for name in _SAID_OF_ONE}
    given |= {name: tuple(_split(text)[1] for text in getattr(asked, name)) if first else () for name in _FIRST}
    found = _asked(asked, year, given, asked.to if year == years[-1] else None)
    return found if first else replace(found, afresh=False)


def _asked(asked: AskedYears, year: str | None, given: dict[str, tuple[str, ...]], to: str | None) -> Asked:
    """Put together what is asked of one year."""
    return Asked(
        agreement=asked.agreement,
        outturn=_only(given["outturns"], "--outturn", year),
        year=year,
        openings=given["openings"],
        decisions=given["decisions"],
        no_decisions=given["no_decisions"],
        paid=given["paid"],
        yaml=asked.yaml,
        ledgers=asked.ledgers,
        mappings=asked.mappings,
        to=to,
        facts=_only(given["facts"], "--facts", year),
        said=given["said"],
        counts=given["counts"],
        marked=given["marked"],
        debts=given["debts"],
        positions=given["positions"],
        afresh=asked.afresh,
        variations=asked.variations,
        as_at=asked.as_at,
    )


def _only(paths: tuple[str, ...], option: str, year: str | None) -> str | None:
    """The one path that is given for a year, if any. Raises `Unusable`."""
    if len(paths) > 1:
        raise Unusable(
            f"{option} is given {len(paths)} times for {year or 'one year'}",
            f"give it once for each year: {option} {year or '2026/27'}=FILE",
        )
    return paths[0] if paths else None


def _said_of(asked: AskedYears, name: str, year: str) -> tuple[str, ...]:
    """What is said of one of several years. Raises `Unusable` for what does not say of which."""
    found = []
    for text in getattr(asked, name):
        said_of, rest = _split(text)
        if said_of is None:
            option = _SAID_OF_ONE[name]
            raise Unusable(
                f"`{text}` does not say of which year it is",
                f'several years are settled: write {option} "{year}={text}"',
            )
        if said_of == year:
            found.append(rest)
    return tuple(found)


def _split(text: str) -> tuple[str | None, str]:
    """The year that a text begins with, if any, and the rest of it.

    >>> _split("2026/27=a.csv"), _split("a=b.csv")
    (('2026/27', 'a.csv'), (None, 'a=b.csv'))
    """
    found = _OF_YEAR.fullmatch(text)
    return (found[1], found[2]) if found else (None, text)


def _check_order(years: tuple[str, ...]) -> None:
    """Make sure that each year follows the one before. Raises `Unusable`."""
    if len(years) > _MOST_YEARS:
        raise Unusable(f"{len(years)} years are given", f"settle at most {_MOST_YEARS} at a time")
    try:
        read = [read_year(year) for year in years]
    except Unreadable as fault:
        raise Unusable(fault.message, fault.help) from None
    for before, year in pairwise(read):
        if year.start != before.start + 1:
            raise Unusable(
                f"{year} does not follow {before}",
                f"give every year, in order: {FinancialYear(before.start + 1)} comes after {before}",
            )


def _check_files(asked: AskedYears, years: tuple[str, ...]) -> None:
    """Make sure that what serves every year can be read for each of them. Raises `Unusable`."""
    if STDIN in (asked.agreement, *asked.variations, *asked.ledgers, *asked.mappings):
        raise Unusable(
            f"standard input can be read once, and {len(years)} years are settled",
            "give the agreement, its deeds, the ledgers and their mappings as files",
        )


def _check_years_named(asked: AskedYears, years: tuple[str, ...]) -> None:
    """Make sure that everything said of a year is of one that is settled. Raises `Unusable`."""
    for name in (*_SAID_OF_ONE, *_FIRST):
        for text in getattr(asked, name):
            year = _split(text)[0]
            if year is not None and year not in years:
                raise Unusable(f"`{text}` is said of {year}, which is not settled", f"the years are {', '.join(years)}")
            if name in _FIRST and year is not None and year != years[0]:
                raise Unusable(
                    f"`{text}` is said of {year}, which starts from what {years[0]} closes with",
                    "give opening balances and positions for the first year only",
                )
    for name in _EVERY:
        for text in getattr(asked, name):
            if _split(text)[0] is not None:
                raise Unusable(f"`{text}` is said of one year", "a ledger with its mapping serves every year")
