"""Building keys, facts and indices: what rules ask for beside the ledger."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from poolrules.base.counts import read_count
from poolrules.base.dates import FinancialYear
from poolrules.base.money import read_money
from poolrules.base.shares import read_percent
from poolrules.model.agreement import Fact, Index, Key, KeyUnit, KeyValue, KeyYear, Rate, Text
from poolrules.model.reader import Reader, flag, part, parts, remarks, said, text
from poolrules.model.which_years import dated_blocks
from poolrules.source.finding import Label
from poolrules.syntax.codes import NAME_TWICE
from poolrules.syntax.tree import Mapping, Scalar

_MIXED = "write all of its values as whole numbers, all as percentages or all as amounts"


def declare_keys(reader: Reader, tree: Mapping) -> None:
    """Make the names of keys, facts and indices known; a fact that is an amount is one."""
    for node in parts(tree, "keys"):
        reader.declare("key", said(node, "key"))
    for node in parts(tree, "facts"):
        reader.declare("amount" if flag(node, "an amount") else "fact", said(node, "fact"))
    for node in parts(tree, "indices"):
        reader.declare("index", said(node, "index"))


def build_key(reader: Reader, node: Mapping) -> Key:
    """Build a key; its values are stated by year or counted each year, and all of one kind."""
    counted, name = flag(node, "counted each year"), said(node, "key")
    years = tuple(_years(reader, node))
    units = list(dict.fromkeys(year.unit for year in years))
    if counted and years:
        help = "leave out one of the two: what is counted each year is given when the year is settled"
        reader.misfit(f"`{name}` is counted each year and has values", years[0].span, help)
    if flag(node, "in pounds") and not counted:
        reader.misfit(
            f"`{name}` is in pounds and not counted", node.span, "leave `in pounds` out: amounts have pound signs"
        )
    if len(units) > 1:
        odd = next(year for year in years if year.unit is not units[0])
        also = (Label(years[0].span, units[0].value),)
        reader.misfit(f"the values of `{name}` are of two kinds", odd.span, _MIXED, here=odd.unit.value, also=also)
    in_pounds = flag(node, "in pounds") or units[:1] == [KeyUnit.MONEY]
    if in_pounds:
        reader.money_keys.add(name.text)
    return Key(
        name=name,
        title=said(node, "title"),
        years=years,
        counted=counted,
        in_pounds=in_pounds,
        found_by=text(node, "found by"),
        remarks=remarks(node),
        span=node.span,
    )


def _years(reader: Reader, node: Mapping) -> Iterator[KeyYear]:
    """Build the values of each year; a year said twice is reported."""
    for years, found in dated_blocks(reader, node, "values"):
        pairs = part(found, "of")
        values = key_values(reader, pairs) if pairs else []
        units = {unit for unit, _ in values}
        if len(units) > 1:
            reader.misfit("the values of this year are of two kinds", found.span, _MIXED)
        elif units:
            stated = tuple(value for _, value in values)
            yield KeyYear(years.first, years.last, years.onwards, units.pop(), stated, found.span)


def _first_said(reader: Reader, year: FinancialYear, node: Mapping, seen: dict[FinancialYear, Mapping]) -> bool:
    """Whether a year is said for the first time; one said again is reported."""
    if year in seen:
        also = (Label(seen[year].span, "first said here"),)
        reader.fault(NAME_TWICE, f"{year} is said twice", node.span, "keep one line for each year", also=also)
        return False
    seen[year] = node
    return True


def key_values(reader: Reader, pairs: Mapping) -> list[tuple[KeyUnit, KeyValue]]:
    """The value of each partner, with what kind of value it is."""
    values = []
    for entry in pairs:
        name = Text(entry.key.text, entry.key.span)
        if not reader.resolve("partner", name) or not isinstance(entry.value, Scalar):
            continue
        unit = _unit_of(entry.value.text)
        found = reader.value(entry.value, _READERS[unit])
        if found is not None:
            values.append((unit, KeyValue(name, Fraction(found[0]), found[1])))
    return values


_READERS: dict[KeyUnit, Callable[[str], int | Fraction]] = {
    KeyUnit.NUMBER: read_count,
    KeyUnit.PERCENT: read_percent,
    KeyUnit.MONEY: read_money,
}


def _unit_of(value: str) -> KeyUnit:
    """What kind of value a text is, by its sign."""
    if value.startswith("£"):
        return KeyUnit.MONEY
    return KeyUnit.PERCENT if value.endswith("%") else KeyUnit.NUMBER


def build_fact(node: Mapping) -> Fact:
    """Build a fact."""
    return Fact(
        name=said(node, "fact"),
        title=said(node, "title"),
        an_amount=flag(node, "an amount"),
        found_by=text(node, "found by"),
        remarks=remarks(node),
        span=node.span,
    )


def build_index(reader: Reader, node: Mapping) -> Index:
    """Build an index with its rates; a year said twice is reported."""
    seen: dict[FinancialYear, Mapping] = {}
    rates = []
    for found in parts(node, "rates"):
        year, percent = reader.year(found, "year"), reader.percent(found, "rate")
        if year and percent and _first_said(reader, year, found, seen):
            rates.append(Rate(year, percent, found.span))
    return Index(said(node, "index"), said(node, "title"), tuple(rates), remarks(node), node.span)
