"""The laws of a settlement, over generated agreements and years."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json, structs

from poolrules.base.pennies import share_out, share_out_odd_to
from poolrules.engine.settlement import Facts, Settlement, Spending, StepResult, To
from poolrules.ruleset.codec import read_ruleset, write_ruleset
from poolrules.ruleset.ruleset import ByPartners, Cap, Ruleset, Trigger
from poolrules.ruleset.soundness import unsound
from tests.engine.build import settled
from tests.engine.generated import settled_years

CASES = settings(max_examples=60)


@CASES
@given(settled_years())
def test_every_step_and_run_hands_out_exactly_what_it_was_given(case: tuple[Ruleset, Facts]) -> None:
    for run in settled(*case).runs:
        left = run.amount
        for step in run.steps:
            assert step.before == left
            assert step.taken == sum(one.pence for one in step.allocations)
            assert 0 <= step.taken <= (left if step.limit is None else min(left, step.limit))
            assert all(one.pence >= 0 and one.turned_away >= 0 for one in (*step.allocations, *step.provisional))
            left -= step.taken
        assert left == 0


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
    rules, _ = case
    settlement = settled(*case)
    cash = {(result.fund, result.partner): result.cash for result in settlement.partners}
    for fund in rules.funds:
        for waterfall in fund.waterfalls:
            steps = [step for run in settlement.runs if run.rule == waterfall.id for step in run.steps]
            for cap in waterfall.caps:
                assert _charged(steps, cap) <= _most(cap, cash[fund.name, cap.partner])
            for rule in waterfall.steps:
                for cap in rule.taker.caps if isinstance(rule.taker, ByPartners) else ():
                    own = [step for step in steps if step.rule == rule.id]
                    assert _charged(own, cap) <= _most(cap, cash[fund.name, cap.partner])


def _charged(steps: list[StepResult], cap: Cap) -> int:
    """What some steps give the partner of a cap."""
    partner = [one for step in steps for one in step.allocations if one.to is To.PARTNER and one.name == cap.partner]
    return sum(one.pence for one in partner)


def _most(cap: Cap, cash: int) -> int:
    """What a cap allows."""
    return cash if cap.pence is None else cap.pence


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
        {(result.fund, result.partner): (result.pays, result.receives) for result in settlement.partners},
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
    halves = (Spending(first.scheme, part, first.cause), Spending(first.scheme, first.pence - part, first.cause))
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
