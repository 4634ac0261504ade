"""The Better Care Fund's money and deadlines, read from the dated file `law/bcf.json`."""

import datetime
import functools
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from poolrules.base.resources import read_resource
from poolrules.model.agreement import Agreement, Contribution, Fund


class BcfYear(Struct, frozen=True):
    """One year's policy: the day by which the agreement was to be signed, where it is known."""

    year: str
    signed_by: datetime.date | None
    source: str


class BetterCareFund(Struct, frozen=True):
    """How the fund's money is named, and its years."""

    as_at: datetime.date
    about: str
    nhs_sources: tuple[str, ...]
    dfg_sources: tuple[str, ...]
    source: str
    years: tuple[BcfYear, ...]


@functools.cache
def better_care_fund() -> BetterCareFund:
    """The whole file."""
    return msgspec.json.decode(read_resource("law", "bcf.json"), type=BetterCareFund)


def nhs_minimum(agreement: Agreement) -> Iterator[tuple[Fund, Contribution]]:
    """Every contribution that is the NHS minimum of the Better Care Fund."""
    return _from_sources(agreement, better_care_fund().nhs_sources)


def facilities_grants(agreement: Agreement) -> Iterator[tuple[Fund, Contribution]]:
    """Every contribution that comes from the Disabled Facilities Grant."""
    return _from_sources(agreement, better_care_fund().dfg_sources)


def _from_sources(agreement: Agreement, names: tuple[str, ...]) -> Iterator[tuple[Fund, Contribution]]:
    """Every contribution whose source names one of some grants."""
    folded = tuple(name.casefold() for name in names)
    for fund in agreement.funds:
        for block in fund.contributions:
            for line in block.amounts:
                if line.source and any(name in line.source.text.casefold() for name in folded):
                    yield fund, line
