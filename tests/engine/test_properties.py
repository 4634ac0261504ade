"""The laws of a settlement, over generated agreements and years."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json, structs

from poolrules.base.pennies import share_out, share_out_odd_to
from poolrules.engine.settlement import Facts, Settlement, Spending, StepResult, To
from poolrules.ruleset.codec import read_ruleset, write_ruleset
from poolrules.ruleset.ruleset import ByPartners, Cap, Decided, OfSpending, Ruleset, Trigger
from poolrules.ruleset.soundness import unsound
from tests.engine.build import settled
from tests.engine.generated import settled_years

CASES = settings(max_examples=200)


@CASES
@given(settled_years())
def test_every_step_and_run_hands_out_exactly_what_it_was_given(case: tuple[Ruleset, Facts]) -> None:
    of_spending = shares_total_spending(*case)
    for run in settled(*case).runs:
        left = run.amount
        for step in run.steps:
            assert step.before == left
            assert step.taken == sum(one.pence for one in step.allocations)
            assert step.taken <= (left if step.limit is None else min(left, step.limit))
            if step.rule not in of_spending:
                assert step.taken >= 0
                assert all(one.pence >= 0 for one in (*step.allocations, *step.provisional))
            assert all(one.turned_away >= 0 for one in (*step.allocations, *step.provisional))
            left -= step.taken
        assert left == 0


def shares_total_spending(rules: Ruleset, facts: Facts) -> set[str]:
    """The steps that share total spending, by the agreement or by a decision: there a share may be negative."""
    decided = any(isinstance(one.sharing, OfSpending) for one in facts.decisions)
    found = set()
    for step in (step for fund in rules.funds for fall in fund.waterfalls for step in fall.steps):
        taker = step.taker
        by_body = isinstance(taker, Decided) and (decided or isinstance(taker.failing, OfSpending))
        if by_body or (isinstance(taker, ByPartners) and isinstance(taker.sharing, OfSpending)):
            found.add(step.id)
    return found


@CASES
@given(settled_years())
def test_every_variance_is_dealt_with_once(case: tuple[Ruleset, Facts]) -> None:
    settlement = settled(*case)
    in_runs = {trigger: Counter[str]() for trigger in Trigger}
    for run in settlement.runs:
        in_runs[run.trigger].update(run.schemes)
    for line in settlement.schemes:
        trigger = Trigger.OVERSPEND if line.variance > 0 else Trigger.UNDERSPEND
        runs = in_runs[trigger][line.scheme]
        assert runs <= 1
        assert in_runs[Trigger.OVERSPEND][line.scheme] + in_runs[Trigger.UNDERSPEND][line.scheme] == runs
        if not runs and line.allocations:
            assert sum(one.pence for one in line.allocations) + line.lent == abs(line.variance)
    used = sum(
        one.pence
        for run in settlement.runs
        for step in run.steps
        for one in step.allocations
        if one.to is To.UNDERSPEND
    )
    assert used == sum(line.lent for line in settlement.schemes)


@CASES
@given(settled_years())
def test_caps_hold_after_rounding_over_the_whole_year(case: tuple[Ruleset, Facts]) -> None:
    rules, facts = case
    settlement = settled(*case)
    for cap, steps in capped_steps(rules, settlement):
        if not lifted(cap, facts):
            assert charged(steps, cap) <= most(cap, rules, facts)


def capped_steps(rules: Ruleset, settlement: Settlement) -> Iterator[tuple[Cap, list[StepResult]]]:
    """Every cap, with what the steps did that it holds over."""
    for waterfall in (waterfall for fund in rules.funds for waterfall in fund.waterfalls):
        steps = [step for run in settlement.runs if run.rule == waterfall.id for step in run.steps]
        yield from ((cap, steps) for cap in waterfall.caps)
        for rule in waterfall.steps:
            for cap in rule.taker.caps if isinstance(rule.taker, ByPartners) else ():
                yield cap, [step for step in steps if step.rule == rule.id]


def charged(steps: list[StepResult], cap: Cap) -> int:
    """What some steps give the partner of a cap, leaving out what it gets back of total spending."""
    partner = [one for step in steps for one in step.allocations if one.to is To.PARTNER and one.name == cap.partner]
    return sum(max(0, one.pence) for one in partner)


def lifted(cap: Cap, facts: Facts) -> bool:
    """Whether a cap is lifted in a year."""
    return any(one.name == cap.unless and one.holds for one in facts.said)


def most(cap: Cap, rules: Ruleset, facts: Facts) -> int:
    """What a cap allows: a sum, or the nearest penny to a part of what its partner pays in."""
    if cap.pence is not None:
        return cap.pence
    agreed = any(one.name == "Agreed" and one.holds for one in facts.said)
    own = 0
    for fund in rules.funds:
        pooled = {scheme.name for scheme in fund.schemes if scheme.pooled}
        for rule in fund.years[0].contributions:
            if rule.partner != cap.partner or rule.in_kind or (rule.condition and not agreed):
                continue
            comes_in = rule.scheme is None or rule.scheme in pooled
            if rule.scheme in cap.schemes if cap.schemes else cap.id.startswith(fund.name) and comes_in:
                own += rule.pence
    return int(Fraction(max(0, own) * cap.numerator, cap.denominator) + Fraction(1, 2))


@CASES
@given(settled_years())
def test_reserves_stay_in_bounds(case: tuple[Ruleset, Facts]) -> None:
    rules = {reserve.name: reserve for fund in case[0].funds for reserve in fund.reserves}
    for result in settled(*case).reserves:
        rule = rules[result.reserve]
        assert result.closing == result.opening - result.drawn + result.added
        assert result.closing >= min(rule.floor, rule.opening)
        assert rule.ceiling is None or result.closing <= max(rule.ceiling, rule.opening)


@CASES
@given(settled_years())
def test_the_same_arguments_give_the_same_bytes(case: tuple[Ruleset, Facts]) -> None:
    rules, facts = case
    assert unsound(rules) == ()
    again = settled(read_ruleset(write_ruleset(rules)), facts)
    assert json.encode(again) == json.encode(settled(rules, facts))


def figures(settlement: Settlement) -> tuple[object, ...]:
    """All figures of a settlement, whatever order its rows come in."""
    return (
        {(result.fund, result.partner): structs.replace(result, rules=()) for result in settlement.partners},
        sorted((one.year, one.payer or "", one.payee or "", one.pence) for one in settlement.closing.dues),
        sorted((one.fund, one.scheme or "", one.pence) for one in settlement.closing.carried),
        {(result.fund, result.reserve): result.closing for result in settlement.reserves},
        {line.scheme: (line.variance, line.lent, line.allocations) for line in settlement.schemes},
        [
            [(step.rule, step.taken, sorted((one.name, one.pence) for one in step.allocations)) for step in run.steps]
            for run in settlement.runs
        ],
        settlement.unbudgeted,
    )


@CASES
@given(settled_years(), st.randoms(use_true_random=False))
def test_the_order_of_partners_schemes_contributions_and_rows_changes_nothing(
    case: tuple[Ruleset, Facts], random: Random
) -> None:
    rules, facts = case
    funds = []
    for fund in rules.funds:
        year = fund.years[0]
        contributions = random.sample(year.contributions, len(year.contributions))
        budgets = random.sample(year.budgets, len(year.budgets))
        funds.append(
            structs.replace(
                fund,
                partners=tuple(random.sample(fund.partners, len(fund.partners))),
                schemes=tuple(random.sample(fund.schemes, len(fund.schemes))),
                years=(structs.replace(year, contributions=tuple(contributions), budgets=tuple(budgets)),),
            )
        )
    shuffled = structs.replace(rules, funds=tuple(funds), partners=rules.partners[::-1])
    rows = structs.replace(facts, spending=tuple(random.sample(facts.spending, len(facts.spending))))
    assert figures(settled(shuffled, rows)) == figures(settled(rules, facts))


@CASES
@given(settled_years(), st.integers(-100, 100))
def test_splitting_a_row_changes_nothing(case: tuple[Ruleset, Facts], part: int) -> None:
    rules, facts = case
    first, *others = facts.spending
    halves = (Spending(first.scheme, part, first.marks), Spending(first.scheme, first.pence - part, first.marks))
    split = structs.replace(facts, spending=(*others, *halves))
    assert figures(settled(rules, split)) == figures(settled(rules, facts))


WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


@given(st.integers(0, 10**15), WEIGHTS, st.data())
def test_the_sign_of_a_sum_changes_only_the_sign_of_its_parts(
    amount: int, weights: list[int], data: st.DataObject
) -> None:
    favour = data.draw(st.permutations(range(len(weights))))
    taker = data.draw(st.sampled_from(range(len(weights))))
    for parts, mirrored in (
        (share_out(amount, weights, favour), share_out(-amount, weights, favour)),
        (share_out_odd_to(amount, weights, taker, favour), share_out_odd_to(-amount, weights, taker, favour)),
    ):
        assert sum(parts) == amount
        assert mirrored == tuple(-part for part in parts)
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(st.integers(0, 10**15), WEIGHTS, st.data())
def test_all_odd_pennies_go_to_the_partner_named(amount: int, weights: list[int], data: st.DataObject) -> None:
    favour = range(len(weights))
    taker = data.draw(st.sampled_from([place for place in favour if weights[place]]))
    parts = share_out_odd_to(amount, weights, taker, favour)
    for place in favour:
        if place != taker:
            assert parts[place] == amount * weights[place] // sum(weights)
