"""The facts of a year that its ledger does not show: what was found, on what evidence, and which clauses ask for it."""

from collections.abc import Iterator

from msgspec import Struct

from poolrules.base.money import format_money_full
from poolrules.reporting.account import Account
from poolrules.ruleset.ruleset import (
    ByKey,
    ByPartners,
    Decided,
    Known,
    Limit,
    PartOf,
    Sharing,
    Step,
    TotalOf,
)


class UsedFact(Struct, frozen=True):
    """One fact, count or mark: `what` it is in words, its value, and the ids of the rules that ask for it.

    `pence` is there where the value is a sum.
    """

    name: str
    what: str
    value: str
    evidence: str | None
    rules: tuple[str, ...]
    pence: int | None = None


def used_facts(account: Account) -> tuple[UsedFact, ...]:
    """Every fact, count and mark that was given, in their order, with what asks for it."""
    return (*_said(account), *_counted(account), *_marked(account))


def _said(account: Account) -> Iterator[UsedFact]:
    """The facts that are so, are not so, or are a sum."""
    titles = {fact.name: fact.title for fact in account.rules.facts}
    for one in account.facts.said:
        what = titles.get(one.name, "")
        value = format_money_full(one.pence) if one.pence is not None else "yes" if one.holds else "no"
        asking = tuple(rule for rule, facts in _facts_asked(account) if one.name in facts)
        yield UsedFact(one.name, what, value, one.evidence, tuple(dict.fromkeys(asking)), one.pence)


def _counted(account: Account) -> Iterator[UsedFact]:
    """The values of keys that are counted each year."""
    keys = {key.name: key for key in account.rules.keys}
    for one in account.facts.counts:
        key = keys.get(one.key)
        money = key is not None and key.money
        value = format_money_full(one.number) if money else f"{one.number:,}"
        asking = tuple(rule for rule, names in _keys_asked(account) if one.key in names)
        what = key.title if key else ""
        pence = one.number if money else None
        yield UsedFact(f"{one.key} of {one.partner}", what, value, one.evidence, tuple(dict.fromkeys(asking)), pence)


def _marked(account: Account) -> Iterator[UsedFact]:
    """How much of a scheme's difference has a mark."""
    for one in account.facts.marked:
        asking = tuple(step.id for _, step in account.steps.values() if step.cause == one.mark)
        what = f"of the difference of {one.scheme}"
        yield UsedFact(f"{one.scheme} {one.mark}", what, format_money_full(one.pence), one.evidence, asking, one.pence)


def _facts_asked(account: Account) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By rule, the facts that it asks for in the year."""
    for fund in account.funds:
        figures = account.figures(fund)
        for line in figures.contributions if figures else ():
            if line.condition is not None:
                yield line.id, (line.condition.fact,)
    for waterfall, step in account.steps.values():
        yield waterfall.id, (waterfall.gain or "",)
        yield step.id, tuple(_facts_of_step(step))
    for cap in account.caps.values():
        yield cap.id, (cap.unless or "",)


def _facts_of_step(step: Step) -> Iterator[str]:
    """The facts that one step asks for."""
    if step.condition is not None:
        yield step.condition.fact
    for limit in (step.at_most, step.until):
        if isinstance(limit, Known):
            yield limit.fact


def _keys_asked(account: Account) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By rule, the keys that it reads."""
    for _, step in account.steps.values():
        limits = [limit.key for limit in (step.at_most, step.until) if isinstance(limit, TotalOf)]
        taker = step.taker
        sharing = taker.sharing if isinstance(taker, ByPartners) else None
        failing = taker.failing if isinstance(taker, Decided) else None
        shared = [one.key for one in (sharing, failing) if isinstance(one, ByKey)]
        yield step.id, (*limits, *shared)


def depends_on(limit: Limit | None, sharing: Sharing | None = None) -> str:
    """What a limit or sharing was worked out from that no one figure of the agreement shows, in words, if anything."""
    if isinstance(limit, PartOf):
        return limit.of.value
    if isinstance(limit, Known):
        return f"the amount of {limit.fact}"
    if isinstance(limit, TotalOf):
        return f"the total of {limit.key}"
    return f"the values of {sharing.key}" if isinstance(sharing, ByKey) else ""
