"""The laws of years, parts of years and scale, over generated agreements."""

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from poolrules.engine.chain import settle_years
from poolrules.engine.settlement import Allocation, Due, Facts, Settlement, Spending, To
from poolrules.ruleset.ruleset import (
    ByPartners,
    Cap,
    Of,
    Part,
    PartOf,
    Ruleset,
    Step,
    Trigger,
    Weights,
)
from tests.engine.build import settled
from tests.engine.generated import PARTNERS, chained_years, settled_years

CASES = settings(max_examples=200)


def chained(*years: tuple[Ruleset, Facts]) -> tuple[Settlement, ...]:
    """Settlements of years, or parts of them, that have no faults."""
    found = settle_years(years)
    settlements = tuple(one for one in found if isinstance(one, Settlement))
    assert len(settlements) == len(years), found
    return settlements


@CASES
@given(chained_years())
def test_a_chain_of_years_loses_nothing(case: tuple[Ruleset, Facts, Facts]) -> None:
    """What there is at first and comes in is what goes out and what there is at last, read off the statements."""
    rules, *years = case
    first, second = chained(*((rules, facts) for facts in years))
    came, went = 0, 0
    for settlement, facts in zip((first, second), years, strict=True):
        pooled = {scheme.name for fund in rules.funds for scheme in fund.schemes if scheme.pooled}
        came += sum(one.cash + one.pays - one.receives - one.deferred + one.due for one in settlement.partners)
        came += sum(run.amount for run in settlement.runs if run.trigger is Trigger.GAIN)
        came += sum(one.pence for one in left_to_others(settlement, pooled, over=True))
        went += sum(line.spent for line in settlement.schemes if line.scheme in pooled)
        went += sum(one.pence for one in left_to_others(settlement, pooled, over=False))
        assert sum(row.pence for row in facts.spending) == sum(line.spent for line in settlement.schemes)
        for _, one in settlement.unbudgeted:
            if "is in no budget" in (one.gap or ""):
                went += one.pence
            else:
                came += one.pence
    opening = sum(result.opening for result in first.reserves)
    assert opening + came == went + in_hand(second)
    assert {one.reserve: one.closing for one in first.reserves} == {one.reserve: one.opening for one in second.reserves}


def left_to_others(settlement: Settlement, pooled: set[str], *, over: bool) -> Iterator[Allocation]:
    """What an outside funder or nobody bears of overspends, or gets of underspends and gains."""
    others = (To.OUTSIDE, To.UNDECIDED, To.UNALLOCATED)
    for run in settlement.runs:
        if (run.trigger is Trigger.OVERSPEND) is over:
            yield from (one for step in run.steps for one in step.allocations if one.to in others)
    for line in settlement.schemes:
        if line.scheme in pooled and (line.variance > 0) is over:
            yield from (one for one in line.allocations if one.to in others)


def in_hand(settlement: Settlement) -> int:
    """The money behind a closing position: what is kept, less what partners pay for late."""
    closing = settlement.closing
    kept = sum(pence for _, pence in closing.reserves) + sum(one.pence for one in closing.carried)
    late = [one for one in closing.dues if not one.loan]
    return kept - sum(one.pence if one.payee is None else -one.pence for one in late)


@CASES
@given(chained_years())
def test_what_is_due_is_settled_once(case: tuple[Ruleset, Facts, Facts]) -> None:
    rules, *years = case
    first, second = chained(*((rules, facts) for facts in years))
    waiting = Counter(named(one) for one in first.closing.dues)
    assert {one.year for one in second.dues} <= {"2027/28"}
    later = Counter(named(one) for one in second.closing.dues if one.year > "2027/28")
    settled_now = Counter(named(one) for one in second.dues)
    assert not waiting - later - settled_now
    assert all(one.pence > 0 and one.payer != one.payee for one in first.closing.dues)


def named(due: Due) -> tuple[object, ...]:
    """Everything about a due."""
    return structs.astuple(due)


@CASES
@given(chained_years())
def test_caps_hold_over_the_term(case: tuple[Ruleset, Facts, Facts]) -> None:
    rules, *years = case
    if any(one.holds for facts in years for one in facts.said if one.name == "Agreed"):
        return  # they may be lifted
    settlements = chained(*((rules, facts) for facts in years))
    taken = dict(settlements[-1].closing.taken)
    for fund in rules.funds:
        for waterfall in fund.waterfalls:
            caps: list[Cap] = [*waterfall.caps]
            for step in waterfall.steps:
                caps += step.taker.caps if isinstance(step.taker, ByPartners) else ()
                assert step.over_term is None or taken.get(step.id, 0) <= step.over_term
            assert all(taken.get(cap.id, 0) <= (cap.pence or 0) for cap in caps if cap.over_term)


@CASES
@given(settled_years(), st.randoms(use_true_random=False))
def test_twelve_calls_make_the_year(case: tuple[Ruleset, Facts], chance: Random) -> None:
    """Whatever has been spent by the end of each month, what is asked for month by month is the year's call."""
    rules, facts = case
    months = [parted(facts, month, chance) for month in range(1, 12)]
    settlements = chained(*((rules, part) for part in (*months, facts)))
    year = settled(rules, facts)
    calls = Counter[tuple[str, str]]()
    for settlement in settlements:
        calls.update({(one.fund, one.partner): one.call for one in settlement.partners})
    assert {key: pence for key, pence in calls.items() if pence} == {
        (one.fund, one.partner): one.net for one in year.partners if one.net
    }
    assert moved(settlements) == moved([year])
    assert settlements[-1].closing == year.closing
    assert [(one.cash, one.pays, one.receives) for one in settlements[-1].partners] == [
        (one.cash, one.pays, one.receives) for one in year.partners
    ]


def parted(facts: Facts, months: int, chance: Random) -> Facts:
    """The facts of part of a year: some of its rows, and a row for every scheme."""
    rows = [row for row in facts.spending if chance.random() < months / 12]
    nothing = [Spending(name, 0) for name in dict.fromkeys(row.scheme for row in facts.spending)]
    return structs.replace(facts, spending=(*rows, *nothing), months=months)


def moved(settlements: Iterable[Settlement]) -> dict[tuple[str, ...], int]:
    """What each pair of bodies owes on balance by all transfers of some settlements, fund by fund."""
    pence = Counter[tuple[str, ...]]()
    for settlement in settlements:
        for one in settlement.transfers:
            payer, payee = sorted((one.payer, one.payee))
            pence[one.fund, payer, payee] += one.pence if payer == one.payer else -one.pence
            if one.payer == one.payee:
                pence[one.fund, payer, payee] = 0  # a host's own share, either way
    return {key: total for key, total in pence.items() if total}


SCALE = 10**6


@CASES
@given(settled_years())
def test_scaling_every_sum_scales_the_results_to_within_pennies(case: tuple[Ruleset, Facts]) -> None:
    rules, facts = case
    large = settled(scaled_rules(rules), scaled_facts(facts))
    for one, other in zip(settled(rules, facts).partners, large.partners, strict=True):
        assert one.partner == other.partner
        for small, great in ((one.net, other.net), (one.pays, other.pays), (one.cash, other.cash)):
            assert abs(small * SCALE - great) <= 250 * SCALE


def scaled_rules(rules: Ruleset) -> Ruleset:
    """The same agreement with every sum of money so many times as large."""
    keys = tuple(
        structs.replace(
            key,
            years=tuple(
                structs.replace(year, parts=tuple(Part(one.partner, one.weight * SCALE) for one in year.parts))
                for year in key.years
            ),
        )
        for key in rules.keys
    )
    return structs.replace(rules, keys=keys, funds=tuple(scaled(fund) for fund in rules.funds))


MONEY = {"pence", "charges", "at_most", "until", "over_term", "until_it_holds", "opening", "floor", "ceiling"}


def scaled(record: object) -> object:
    """A record with all money in it so many times as large."""
    if isinstance(record, tuple):
        return tuple(scaled(one) for one in record)
    if not hasattr(record, "__struct_fields__"):
        return record
    fields = {
        name: value * SCALE if name in MONEY and isinstance(value, int) else scaled(value)
        for name in record.__struct_fields__
        for value in (getattr(record, name),)
    }
    return type(record)(**fields)


def scaled_facts(facts: Facts) -> Facts:
    """The same year with every sum so many times as large; counts and decisions stay."""
    return structs.replace(
        facts,
        spending=tuple(structs.replace(row, pence=row.pence * SCALE) for row in facts.spending),
        said=tuple(structs.replace(one, pence=one.pence and one.pence * SCALE) for one in facts.said),
        marked=tuple(structs.replace(one, pence=one.pence * SCALE) for one in facts.marked),
    )


@CASES
@given(settled_years(), st.randoms(use_true_random=False))
def test_a_step_that_takes_nothing_may_be_taken_out(case: tuple[Ruleset, Facts], chance: Random) -> None:
    """A step that nothing reaches, or that may take nothing, changes nothing where it stands."""
    rules, facts = case
    more = structs.replace(
        rules,
        funds=tuple(
            structs.replace(
                fund,
                waterfalls=tuple(
                    structs.replace(fall, steps=with_idle_step(fall.steps, fall.id, chance)) for fall in fund.waterfalls
                ),
            )
            for fund in rules.funds
        ),
    )
    idle, plain = settled(more, facts), settled(rules, facts)
    assert idle.partners == plain.partners
    assert idle.reserves == plain.reserves
    assert idle.closing == plain.closing
    for one, other in zip(idle.runs, plain.runs, strict=True):
        assert tuple(step for step in one.steps if not step.rule.endswith(".idle")) == other.steps


def with_idle_step(steps: tuple[Step, ...], rule: str, chance: Random) -> tuple[Step, ...]:
    """Put in a step that may take nothing, but not before one that goes by what the step before took."""
    place = chance.randint(0, len(steps))
    after = steps[place : place + 1]
    if any(
        isinstance(one, PartOf) and one.of is Of.STEP_BEFORE for step in after for one in (step.at_most, step.until)
    ):
        return steps
    everyone = Weights(tuple(Part(name, 1) for name in PARTNERS))
    return (*steps[:place], Step(f"{rule}.idle", ByPartners(everyone), at_most=0), *steps[place:])
