"""Nothing is asked of a contribution that nobody counts: one that was varied since, or one that is not due."""

from msgspec.structs import replace

from poolrules.engine.settle import settle
from poolrules.engine.settlement import FactSaid, Settlement
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Change,
    Condition,
    ContributionRule,
    FactRule,
    Moment,
    Ruleset,
)
from tests.engine.build import cash, facts, fund, nets, over, ruleset, scheme, settled

GATED = ContributionRule("contribution.gated", "B", 5, condition=Condition("Consent"))


def agreed_first(moment: Moment) -> Ruleset:
    """A fund whose contributions were varied; B's was to depend on consent."""
    made = fund(
        {scheme("S"): 10},
        over(["S"], ByPartners(ByContributions(("F",), moment))),
        contributions=[cash("A", 10)],
    )
    years = tuple(replace(year, first_agreed=(cash("A", 5), GATED)) for year in made.years)
    return replace(ruleset(replace(made, years=years)), facts=(FactRule("fact.Consent", "Consent", "Consent"),))


def test_a_condition_of_what_was_first_agreed_is_asked_for_only_where_a_run_shares_by_it() -> None:
    assert isinstance(settle(agreed_first(Moment.LAST_VARIED), facts({"S": 14})), Settlement)
    assert isinstance(settle(agreed_first(Moment.FIRST_AGREED), facts({"S": 10})), Settlement)
    asked = settle(agreed_first(Moment.FIRST_AGREED), facts({"S": 14}))
    assert not isinstance(asked, Settlement)
    assert [fault.name for fault in asked] == ["Consent"]
    said = replace(facts({"S": 14}), said=(FactSaid("Consent", True),))
    assert nets(settled(agreed_first(Moment.FIRST_AGREED), said)) == {"A": 2, "B": 2}


def test_what_was_paid_need_not_be_split_for_a_contribution_that_is_not_due() -> None:
    shifted = replace(GATED, change=Change.SHIFT)
    made = fund(
        {scheme("S"): 10},
        over(["S"], ByPartners(ByContributions(("F",), Moment.PAID, capital=True))),
        contributions=[cash("A", 10), shifted],
    )
    rules = replace(ruleset(made), facts=(FactRule("fact.Consent", "Consent", "Consent"),))
    given = facts({"S": 12}, paid=(("F", "A", 10),))
    assert nets(settled(rules, replace(given, said=(FactSaid("Consent", False),)))) == {"A": 2, "B": 0}
    assert not isinstance(settle(rules, replace(given, said=(FactSaid("Consent", True),))), Settlement)
