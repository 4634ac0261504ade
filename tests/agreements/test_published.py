"""The published figures, each right to half the unit in which it was printed.

The names of the cases are those of the collection of published figures that the agreements were written from.
"""

import pytest
from msgspec.structs import replace

from poolrules.engine.settlement import To
from poolrules.ruleset.ruleset import FromUnderspends, Ruleset
from tests.agreements.reading import budgets_of, contributions_of, file_of, gives, off_budget, pays, rules_of

MILLION, THOUSAND = 100_000_000, 100_000
"""A million and a thousand pounds, in pence."""

ONGOING = "an ongoing cost"


def right_to(published: int, unit: int, found: int) -> bool:
    """Whether a figure would be printed as published: within half the unit."""
    return 2 * abs(found - published) <= unit


@pytest.mark.parametrize(
    ("name", "agreement", "year", "variances", "cause", "openings", "published", "unit"),
    [
        ("N-A1", "fife-60-40", "2023/24", {"SocialCare": 847_000}, None, {"Uncommitted": 0},
         {"NHS": 500 * THOUSAND, "Council": 300 * THOUSAND}, 100 * THOUSAND),
        ("N-A2", "fife-60-40", "2023/24", {"SocialCare": 4_171_000}, None, {}, {"NHS": 0, "Council": 0}, 1),
        ("N-A5", "scottish-borders-in-fact", "2018/19", {"SocialCare": 3_200_000, "Health": 6_700_000}, None, {},
         {"Council": 3200 * THOUSAND, "NHS": 6700 * THOUSAND}, 100 * THOUSAND),
        ("N-A10, N06", "wirral", "2022/23", {"HealthLines": 8_200_000}, None, {},
         {"ICB": 8200 * THOUSAND, "Council": 0}, 100 * THOUSAND),
        ("N-A16", "worcestershire", "2024/25", {"Core": 21_000}, ONGOING, {},
         {"Bromsgrove": 3 * THOUSAND, "Malvern": 3 * THOUSAND, "Redditch": 4 * THOUSAND,
          "Worcester": 3 * THOUSAND, "Wychavon": 5 * THOUSAND, "WyreForest": 3 * THOUSAND}, THOUSAND),
        ("N-A17", "worcestershire-2018", "2020/21", {"PestControl": 16_000}, None, {},
         {"Redditch": 9 * THOUSAND, "Wychavon": 7 * THOUSAND, "WyreForest": 0}, THOUSAND),
        ("N-A21", "worcestershire-2018", "2019/20", {"Core": 18_000}, None, {},
         {"Bromsgrove": 0, "Malvern": 0, "Redditch": 0, "Worcester": 0, "Wychavon": 0, "WyreForest": 0}, 1),
        ("N-A22", "worcestershire", "2024/25", {"PestControl": 13_000}, None, {},
         {"Redditch": 7 * THOUSAND, "Wychavon": 6 * THOUSAND}, THOUSAND),
        ("N02", "fife", "2019/20", {"SocialCare": 10_120_000, "Health": -3_610_000}, None, {},
         {"Council": 182 * MILLION // 100}, 10 * THOUSAND),
        ("N05", "worcestershire-2018", "2018/19", {"Core": 163_000}, ONGOING, {},
         {"Bromsgrove": 24 * THOUSAND, "Malvern": 21 * THOUSAND, "Redditch": 28 * THOUSAND,
          "Worcester": 27 * THOUSAND, "Wychavon": 38 * THOUSAND, "WyreForest": 25 * THOUSAND}, THOUSAND),
        ("N10, N-A8", "oxfordshire", "2013/14", {"CareHomes": 1_000_000}, None, {},
         {"Council": 510 * THOUSAND, "CCG": 490 * THOUSAND}, 1),
        ("N10, N-A8, to a whole percent", "oxfordshire-computed", "2013/14", {"CareHomes": 1_000_000}, None, {},
         {"Council": 510 * THOUSAND, "CCG": 490 * THOUSAND}, 10 * THOUSAND),
        ("N12", "rotherham", "2015/16", {"IntermediateCare": 800_000, "Reablement": -300_000}, None, {},
         {"CCG": 0, "Council": 0}, 1),
    ],
)  # fmt: skip
def test_partners_pay_what_was_published(
    name: str,
    agreement: str,
    year: str,
    variances: dict[str, int],
    cause: str | None,
    openings: dict[str, int],
    published: dict[str, int],
    unit: int,
) -> None:
    settlement = off_budget(rules_of(file_of(agreement)), year, variances, cause=cause, openings=openings)
    found = {partner: pays(settlement, partner) for partner in published}
    assert [p for p in published if not right_to(published[p], unit, found[p])] == [], (name, found)


def test_six_ways_of_the_pay_award_and_of_the_increase_add_up() -> None:
    for agreement, year, pounds in (("worcestershire", "2024/25", 21_000), ("worcestershire-2018", "2018/19", 163_000)):
        rules = rules_of(file_of(agreement))
        settlement = off_budget(rules, year, {"Core": pounds}, cause=ONGOING)
        assert sum(pays(settlement, partner.name) for partner in rules.partners) == pounds * 100


def test_an_ongoing_cost_is_not_met_from_the_reserve_and_any_other_is() -> None:
    rules = rules_of(file_of("worcestershire"))
    assert gives(off_budget(rules, "2024/25", {"Core": 21_000}, cause=ONGOING), "General") == 0
    assert gives(off_budget(rules, "2024/25", {"Core": 21_000}), "General") == 21 * THOUSAND


def test_fife_the_partners_own_underspend_makes_72_to_28_an_effective_82_to_18() -> None:
    settlement = off_budget(rules_of(file_of("fife")), "2019/20", {"SocialCare": 10_120_000, "Health": -3_610_000})
    lent = next(scheme.lent for scheme in settlement.schemes if scheme.scheme == "Health")
    borne = pays(settlement, "NHS") + lent
    assert right_to(8300 * THOUSAND, 100 * THOUSAND, borne)
    assert round(100 * borne / (10_120_000 * 100)) == 82


def test_fife_without_the_netting_step_the_council_pays_a_million_more() -> None:
    rules = without_first_step(rules_of(file_of("fife")))
    settlement = off_budget(rules, "2019/20", {"SocialCare": 10_120_000, "Health": -3_610_000})
    assert right_to(7290 * THOUSAND, 10 * THOUSAND, pays(settlement, "NHS"))
    assert right_to(2830 * THOUSAND, 10 * THOUSAND, pays(settlement, "Council"))


def without_first_step(rules: Ruleset) -> Ruleset:
    """Take the step that nets underspends out of the overspend terms."""
    (fund,) = rules.funds
    over, *others = fund.waterfalls
    assert isinstance(over.steps[0].taker, FromUnderspends)
    return replace(rules, funds=(replace(fund, waterfalls=(replace(over, steps=over.steps[1:]), *others)),))


def test_fife_january_2025_forecast_at_60_to_40() -> None:
    rules = rules_of(file_of("fife-60-40"))
    settlement = off_budget(rules, "2024/25", {"SocialCare": 34_800_000}, openings={"Uncommitted": 0})
    assert (pays(settlement, "NHS"), pays(settlement, "Council")) == (20_880 * THOUSAND, 13_920 * THOUSAND)


def test_borders_forecast_is_not_the_two_thirds_of_the_press() -> None:
    settlement = off_budget(rules_of(file_of("scottish-borders")), "2018/19", {"Health": 6_000_000})
    assert (pays(settlement, "Council"), pays(settlement, "NHS")) == (163_279_857, 436_720_143)
    assert round(10_000 * pays(settlement, "NHS") / (6 * MILLION)) == 7279


def test_borders_outturn_was_not_shared_as_forecast() -> None:
    settlement = off_budget(
        rules_of(file_of("scottish-borders")), "2018/19", {"Health": 6_700_000, "SocialCare": 3_200_000}
    )
    assert pays(settlement, "Council") == 269_411_765


def test_oxfordshire_rounding_the_percentages_moves_money() -> None:
    stated, computed = (
        off_budget(rules_of(file_of(name)), "2013/14", {"CareHomes": 1_000_000})
        for name in ("oxfordshire", "oxfordshire-computed")
    )
    assert pays(stated, "Council") - pays(computed, "Council") == 230_769


def test_rotherham_two_pools_are_the_published_23_million() -> None:
    rules = rules_of(file_of("rotherham"))
    totals = {fund.name: sum(made.pence for made in fund.years[0].contributions) for fund in rules.funds}
    assert totals == {"CCGPool": 13_245 * THOUSAND, "CouncilPool": 10_071 * THOUSAND}
    assert right_to(23 * MILLION, MILLION, sum(totals.values()))
    assert {fund.name: fund.host for fund in rules.funds} == {"CCGPool": "CCG", "CouncilPool": "Council"}


def test_rotherham_each_half_of_the_risk_pool_gives_the_same() -> None:
    settlement = off_budget(
        rules_of(file_of("rotherham")), "2015/16", {"IntermediateCare": 800_000, "Reablement": -300_000}
    )
    assert gives(settlement, "CCGRisk") == gives(settlement, "CouncilRisk") == 250 * THOUSAND


def test_rotherham_what_the_caps_turn_away_is_for_the_executive_group() -> None:
    settlement = off_budget(rules_of(file_of("rotherham")), "2015/16", {"Equipment": 30_000_000})
    turned_away = [one for run in settlement.runs for step in run.steps for one in step.allocations if one.turned_away]
    left = [one for run in settlement.runs for step in run.steps for one in step.allocations if one.to is To.UNDECIDED]
    assert {one.name for one in turned_away} == {"CCG", "Council"}
    assert [one.name for one in left] == ["Executive"]


@pytest.mark.parametrize(
    ("agreement", "year", "published", "total"),
    [
        ("cambridgeshire", "2023/24", {"Council": 93_700 * THOUSAND, "ICB": 28_300 * THOUSAND}, 122 * MILLION),
        ("oxfordshire", "2013/14", {"Council": 99 * MILLION, "CCG": 96 * MILLION}, 195 * MILLION),
        ("scottish-borders", "2018/19", {"Council": 45_800 * THOUSAND, "NHS": 122_500 * THOUSAND}, 168_300 * THOUSAND),
    ],
)
def test_contributions_are_those_published(agreement: str, year: str, published: dict[str, int], total: int) -> None:
    rules = rules_of(file_of(agreement))
    assert contributions_of(rules, year) == published
    assert sum(budgets_of(rules, year).values()) == total


def test_cambridgeshire_ratio_of_the_contributions() -> None:
    paid = contributions_of(rules_of(file_of("cambridgeshire")), "2023/24")
    assert round(1_000_000 * paid["Council"] / sum(paid.values())) == 768_033


def test_wirral_fund_is_235_million_of_which_one_part_is_shared() -> None:
    rules = rules_of(file_of("wirral"))
    assert sum(budgets_of(rules, "2022/23").values()) == 235 * MILLION
    assert [waterfall.schemes for fund in rules.funds for waterfall in fund.waterfalls] == [("BetterCare",)] * 2


def test_worcestershire_published_budget_is_not_the_published_percentage() -> None:
    rules = rules_of(file_of("worcestershire"))
    core = budgets_of(rules, "2022/23")["Core"]
    bromsgrove = contributions_of(rules, "2022/23")["Bromsgrove"]
    assert (core, bromsgrove) == (3257 * THOUSAND, 475 * THOUSAND)
    assert not right_to(bromsgrove, THOUSAND, core * 1455 // 10_000)
    assert round(10_000 * bromsgrove / core) == 1458


def test_worcestershire_surplus_is_earmarked_in_order_and_the_rest_carried() -> None:
    settlement = off_budget(rules_of(file_of("worcestershire")), "2022/23", {"Core": -182_000})
    kept = [(one.to, one.name, one.pence) for run in settlement.runs for step in run.steps for one in step.allocations]
    assert kept == [
        (To.RESERVE, "PayAward", 120 * THOUSAND),
        (To.RESERVE, "Vehicle", 10 * THOUSAND),
        (To.CARRIED, "Service", 52 * THOUSAND),
    ]
