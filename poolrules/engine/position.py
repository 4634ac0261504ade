"""Faults in what a settlement starts from: the position of the year before, what was billed, and for what part."""

from collections import Counter
from collections.abc import Iterator

from poolrules.base.dates import days_in
from poolrules.base.mode import Mode
from poolrules.base.money import format_money
from poolrules.base.near import did_you_mean
from poolrules.engine.inputs import InputFault, Missing
from poolrules.engine.settlement import Facts, Position
from poolrules.engine.takers import follows
from poolrules.engine.working import caps_of, first_year
from poolrules.engine.years import last_day_of, year_before
from poolrules.ruleset.ruleset import ByPartners, CarryForward, Decided, FundRules, Ruleset, Step


def faults_of_position(ruleset: Ruleset, facts: Facts) -> tuple[InputFault, ...]:
    """List everything wrong with what a settlement starts from, and ask for it where earlier years may matter."""
    if not any(figures.year == facts.year for fund in ruleset.funds for figures in fund.years):
        return ()  # the year itself is wrong, which is said elsewhere
    return (
        *_part_of_year(facts),
        *_eased(facts),
        *_billed(ruleset, facts),
        *_position(ruleset, facts),
        *_needed(ruleset, facts),
    )


def _part_of_year(facts: Facts) -> Iterator[InputFault]:
    """Report a number of months that no year has, and a last day outside the year."""
    if facts.days is not None and not 1 <= facts.days <= days_in(facts.year):
        yield InputFault(
            f"{facts.days} days of {facts.year} are to be settled", f"give from 1 to {days_in(facts.year)}"
        )
    if not 1 <= facts.months <= 12:
        yield InputFault(f"{facts.months} months of {facts.year} are to be settled", "give from 1 to 12")
    first = f"{facts.year[:4]}-04-01"
    if facts.to and not first <= facts.to <= last_day_of(facts.year):
        yield InputFault(f"{facts.to} is not in {facts.year}", f"give a day from {first} to {last_day_of(facts.year)}")


def _billed(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Report sums billed for funds and partners that do not exist."""
    funds, partners = [fund.name for fund in ruleset.funds], [partner.name for partner in ruleset.partners]
    for one in facts.billed:
        for fund in (one.fund, *([] if one.to_fund is None else [one.to_fund])):
            if fund not in funds:
                yield InputFault(f"a sum was billed for `{fund}`, which is no fund", did_you_mean(fund, funds))
        if one.partner not in partners:
            yield InputFault(f"`{one.partner}`, which was billed, is no partner", did_you_mean(one.partner, partners))
    for (fund, partner, to), count in Counter((one.fund, one.partner, one.to_fund) for one in facts.billed).items():
        if count > 1:
            beyond = f" for `{to}`" if to is not None else ""
            yield InputFault(f"what `{partner}` was billed for `{fund}`{beyond} is given {count} times", "give it once")


def _position(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Report a position that is not of this agreement and the whole year before, or names what is not there."""
    position = facts.position
    if position is None:
        return
    before = year_before(facts.year)
    if position.title != ruleset.title:
        told = f"the position is of `{position.title}`, and the agreement is `{ruleset.title}`"
        yield InputFault(told, "give the closing position of this agreement")
    if position.year != before:
        told = (
            f"the position is what {position.year} closed with, and {facts.year} starts from what {before} closed with"
        )
        yield InputFault(told, f"settle {before} and give its closing position")
    elif position.to != last_day_of(before):
        told = f"the position is up to {position.to}, and {before} ends on {last_day_of(before)}"
        yield InputFault(told, f"settle all of {before} and give its closing position")
    yield from _deeds(ruleset, position)
    yield from _strangers(ruleset, position)
    held = dict(position.reserves)
    for name, pence in facts.openings:
        if name in held and held[name] != pence:
            told = f"the reserve `{name}` is said to open with {format_money(pence)}, and the position closes with"
            yield InputFault(f"{told} {format_money(held[name])}", "leave the opening balance out")


def _eased(facts: Facts) -> Iterator[InputFault]:
    """Report what was agreed of sums that are not due, and more written off than was lent."""
    dues = facts.position.dues if facts.position else ()
    for one in facts.eased:
        mine = [due for due in dues if due.rule == one.rule and due.year >= facts.year]
        loans = sum(due.pence for due in mine if due.loan)
        if not mine:
            known = dict.fromkeys(due.rule for due in dues)
            mend = did_you_mean(one.rule, known) if known else "give the position that brings it with --position"
            yield InputFault(f"nothing is due by `{one.rule}` that could be put off or written off", mend)
        elif one.written_off > loans:
            told = f"{format_money(one.written_off)} of what is due by `{one.rule}` is said to be written off, and"
            yield InputFault(
                f"{told} {format_money(loans)} of it was lent",
                "only what was lent can be written off: a share that falls due later is somebody's all the same",
            )


def _deeds(ruleset: Ruleset, position: Position) -> Iterator[InputFault]:
    """Report a position that was settled under other deeds of variation than those now in force on its last day."""
    in_force = tuple(one.number for one in ruleset.versions[1:] if one.from_day <= position.to)
    if position.deeds == in_force:
        return
    told = f"the position of {position.year} was settled {_laid(position.deeds)}, and by {position.to} the agreement"
    yield InputFault(
        f"{told} given here is in force {_laid(in_force)}",
        f"settle {position.year} again with the same --variation as here, or give here those that it was settled with",
    )


def _laid(deeds: tuple[int, ...]) -> str:
    """With which deeds, in words.

    >>> _laid(()), _laid((1,)), _laid((1, 2))
    ('without a deed of variation', 'with variation 1', 'with variation 1 and 2')
    """
    numbers = " and ".join(str(number) for number in deeds)
    return f"with variation {numbers}" if deeds else "without a deed of variation"


def _strangers(ruleset: Ruleset, position: Position) -> Iterator[InputFault]:
    """Report names in a position that the agreement does not know, and reserves below nothing."""
    reserves = {reserve.name for fund in ruleset.funds for reserve in fund.reserves}
    funds = {fund.name for fund in ruleset.funds}
    for name, pence in position.reserves:
        if name not in reserves:
            yield InputFault(f"the position has a reserve `{name}`, which is not there", did_you_mean(name, reserves))
        if pence < 0:
            yield InputFault(
                f"the position has {format_money(pence)} in `{name}`", "a reserve never holds less than nothing"
            )
    named = [*(one.fund for one in position.carried), *(one.fund for one in position.dues)]
    for name in dict.fromkeys(named):
        if name not in funds:
            yield InputFault(
                f"the position has money of a fund `{name}`, which is not there", did_you_mean(name, funds)
            )
    for due in position.dues:
        if due.pence < 0 or due.payer == due.payee:
            yield InputFault(
                f"the position has a due by `{due.rule}` that nobody can owe", "give it as it was closed with"
            )


def _needed(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Ask for the position where an earlier year may have passed on more than reserves, and nothing says what.

    Whoever gives opening balances by hand, or says that the year starts afresh, has said so.
    """
    if facts.position is not None or facts.afresh or facts.openings:
        return
    later = [fund for fund in ruleset.funds if fund.years and first_year(fund) < facts.year]
    settled = [fund for fund in later if any(figures.year == facts.year for figures in fund.years)]
    if any(fund.reserves for fund in settled):
        return  # their opening balances are asked for already
    if any(_passes_on(fund) for fund in settled):
        before = year_before(facts.year)
        yield InputFault(
            f"what {before} closed with is missing",
            f"money may have been carried into {facts.year}: give the closing position of {before}",
            missing=Missing.POSITION,
            name=before,
        )


def _passes_on(fund: FundRules) -> bool:
    """Whether a year of a fund may leave something to a later one, beside what its reserves hold."""
    fenced = any(scheme.mode is Mode.RING_FENCED for scheme in fund.schemes)
    caps = [cap for waterfall in fund.waterfalls for cap in waterfall.caps]
    steps = [step for waterfall in fund.waterfalls for step in waterfall.steps]
    return fenced or any(cap.over_term for cap in caps) or any(_lasts(step) for step in steps)


def _lasts(step: Step) -> bool:
    """Whether what a step does matters in later years."""
    taker = follows(step.taker) if isinstance(step.taker, Decided) else step.taker
    later = isinstance(taker, ByPartners) and taker.later is not None
    caps = any(cap.over_term for cap in caps_of(taker))
    return step.over_term is not None or isinstance(taker, CarryForward) or later or caps
