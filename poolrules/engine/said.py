"""Faults in what is said of a year beside its ledger: facts, counts, marks that no row can show.

What the agreement declares and no run comes to may be said all the same; what it does not declare may not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from poolrules.base.money import format_money
from poolrules.base.near import did_you_mean
from poolrules.engine.inputs import InputFault, known_marks
from poolrules.engine.settlement import Facts, FactSaid
from poolrules.ruleset.ruleset import FactRule, Ruleset


def faults_of_what_is_said(ruleset: Ruleset, facts: Facts) -> tuple[InputFault, ...]:
    """List everything wrong with the facts, counts and marks that are said of a year."""
    return (*_facts(ruleset, facts), *_counts(ruleset, facts), *_marked(ruleset, facts))


def _facts(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Report facts that the agreement does not know, that are said twice, or of the wrong kind."""
    known = {rule.name: rule for rule in ruleset.facts}
    yield from _twice("the fact", (one.name for one in facts.said), facts.year)
    for said in facts.said:
        rule = known.get(said.name)
        if rule is None:
            yield InputFault(f"the agreement asks for no fact `{said.name}`", did_you_mean(said.name, known))
        else:
            yield from _unfit_fact(rule, said)


def _unfit_fact(rule: FactRule, said: FactSaid) -> Iterator[InputFault]:
    """Report a fact that is said as what it is not: an amount as yes or no, or yes or no as an amount."""
    if rule.amount and (said.pence is None or said.holds is not None):
        yield InputFault(f"`{rule.name}` is an amount, and is not given as one", "give it in pounds")
    elif not rule.amount and (said.holds is None or said.pence is not None):
        yield InputFault(f"`{rule.name}` is so or not so, and is not said like that", "say yes or no")
    elif said.pence is not None and said.pence < 0:
        yield InputFault(f"`{rule.name}` is given as {format_money(said.pence)}", "give an amount of at least £0")


def _counts(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Report counts for keys that are not counted, for strangers, given twice or less than nothing."""
    known = {key.name for key in ruleset.keys if key.counted}
    partners = [partner.name for partner in ruleset.partners]
    yield from _twice("the count", (f"{one.key} of {one.partner}" for one in facts.counts), facts.year)
    for one in facts.counts:
        if one.key not in known:
            yield InputFault(f"no key `{one.key}` is counted each year", did_you_mean(one.key, known))
        if one.partner not in partners:
            told = f"`{one.key}` is counted for `{one.partner}`, which is no partner"
            yield InputFault(told, did_you_mean(one.partner, partners))
        if one.number < 0:
            yield InputFault(f"`{one.key}` of `{one.partner}` is less than nothing", "give a number of at least 0")


def _marked(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Report marks that no step asks about, on schemes that do not exist, or of less than nothing."""
    marks = known_marks(ruleset, facts)
    schemes = {scheme.name for fund in ruleset.funds for scheme in fund.schemes}
    yield from _twice("what is marked", (f"{one.mark} of {one.scheme}" for one in facts.marked), facts.year)
    for one in facts.marked:
        if one.mark not in marks:
            yield InputFault(f"no step asks about the cause `{one.mark}`", did_you_mean(one.mark, marks))
        if one.scheme not in schemes:
            yield InputFault(f"there is no scheme `{one.scheme}`", did_you_mean(one.scheme, schemes))
        if one.pence < 0:
            told = f"{format_money(one.pence)} of `{one.scheme}` is marked `{one.mark}`"
            yield InputFault(told, "give an amount of at least £0")


def _twice(what: str, names: Iterable[str], year: str) -> Iterator[InputFault]:
    """Report what is given more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            yield InputFault(f"{what} `{name}` is given {count} times for {year}", "give it once")
