"""Compiling keys and facts: what a settlement asks for beside the ledger."""

from collections.abc import Iterator
from math import lcm

from poolrules.base.dates import FinancialYear
from poolrules.model import agreement as model
from poolrules.ruleset import ruleset as rules
from poolrules.ruleset.money_by_year import in_force, years_with_figures
from poolrules.ruleset.places import Places, fact_id, key_id


def compile_keys(agreement: model.Agreement, places: Places) -> Iterator[rules.KeyRule]:
    """Compile every key, with its values for each year of the term that it gives some for."""
    for key in agreement.keys:
        found = key_id(key.name.text)
        places.note(found, key.span)
        yield rules.KeyRule(
            id=found,
            name=key.name.text,
            title=key.title.text,
            years=tuple(_years(agreement, key, places)),
            counted=key.counted,
            money=key.in_pounds,
            found_by=key.found_by.text if key.found_by else None,
        )


def _years(agreement: model.Agreement, key: model.Key, places: Places) -> Iterator[rules.KeyYear]:
    """The values of a key, year by year."""
    for year in key_years(agreement, key):
        block = in_force(key.years, year)
        if block is not None:
            found = f"{key_id(key.name.text)}.{year}"
            places.note(found, block.span)
            yield rules.KeyYear(found, str(year), weights_in(block))


def key_years(agreement: model.Agreement, key: model.Key) -> tuple[FinancialYear, ...]:
    """The years for which a key needs values: those of the term, else those that any fund has figures for."""
    of_funds = {year for fund in agreement.funds for year in years_with_figures(agreement, fund)}
    return agreement.years or tuple(sorted(of_funds | {block.year for block in key.years if not block.onwards}))


def weights_in(block: model.KeyYear) -> tuple[rules.Part, ...]:
    """The values of a year as whole numbers in the same proportions: numbers and pence as they are."""
    whole = lcm(100 if block.unit is model.KeyUnit.PERCENT else 1, *(one.value.denominator for one in block.values))
    return tuple(rules.Part(one.partner.text, (one.value * whole).numerator) for one in block.values)


def compile_facts(agreement: model.Agreement, places: Places) -> Iterator[rules.FactRule]:
    """Compile every fact, and the amount of every gain."""
    for fact in agreement.facts:
        found = fact_id(fact.name.text)
        places.note(found, fact.span)
        yield rules.FactRule(
            id=found,
            name=fact.name.text,
            title=fact.title.text,
            amount=fact.an_amount,
            found_by=fact.found_by.text if fact.found_by else None,
        )
    for gain in (gain for fund in agreement.funds if fund.host for gain in fund.gains):
        yield from _gain(gain, places)


def _gain(gain: model.Waterfall, places: Places) -> Iterator[rules.FactRule]:
    """Compile how much a gain is: an amount that is found each year."""
    if gain.called and gain.gain:
        found = fact_id(gain.called.text)
        places.note(found, gain.span)
        found_by = gain.found_by.text if gain.found_by else None
        yield rules.FactRule(found, gain.called.text, gain.gain.text, amount=True, found_by=found_by)
