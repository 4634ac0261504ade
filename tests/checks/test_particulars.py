"""Checks whose answer depends on the basis, the kinds of body or the years: what they find, what they let be."""

import pytest

from tests.checks.laying import codes, found_in, found_with

AGREEMENT = 'agreement "Westshire pooled fund"\n'
FUND = 'fund Pool "Westshire pooled fund"\n'


def test_bases_without_stated_particulars_are_not_asked_for_them() -> None:
    change = f"{AGREEMENT}    basis section 10 of the Children Act 2004\n"
    without = (
        f'{AGREEMENT}    people "x"\n    services "x"\n    aims "x"\n    consulted x\n    improves "x"\n    basis x\n'
    )
    assert found_with(change, without=without) == []


def test_a_body_of_another_nation_is_told_once() -> None:
    change = 'partner Council "Westshire County Council"\n    kind county council in Wales\n'
    assert codes(found_with(change)) == ["BAS004"]


def test_a_repealed_basis_is_left_alone_in_an_agreement_of_its_time() -> None:
    change = f"""{AGREEMENT}    basis section 31 of the Health Act 1999
    term 1 April 2005 to 31 March 2006

{FUND}    contributions from 2005/06
        ICB £600,000
        Council £400,000
    budget from 2005/06
        Equipment £1,000,000
"""
    assert codes(found_with(change)) == []
    later = change.replace("2005 to 31 March 2006", "2026 to 31 March 2027").replace("2005/06", "2026/27")
    assert codes(found_with(later)) == ["BAS002"]


def test_a_body_abolished_later_is_left_alone_and_its_old_name_is_known() -> None:
    commissioner = 'partner ICB "NHS Westshire Clinical Commissioning Group"\n    kind clinical commissioning group\n'
    before = f"""{AGREEMENT}    term 1 April 2015 to 31 March 2016

{FUND}    contributions from 2015/16
        ICB £600,000
        Council £400,000
    budget from 2015/16
        Equipment £1,000,000
"""
    assert found_with(f"{before}\n{commissioner}") == []
    renamed = 'partner ICB "NHS Westshire Clinical Commissioning Group"\n    kind integrated care board\n'
    assert codes(found_with(renamed)) == ["PTY004"]


def test_a_combined_authority_may_stand_for_the_nhs() -> None:
    change = 'partner ICB "Westshire Combined Authority"\n    kind combined authority\n'
    assert found_with(change) == []


def test_a_partner_of_unknown_kind_silences_what_cannot_be_told() -> None:
    change = (
        'partner ICB "NHS Westshire Integrated Care Board"\n    provides no staff, goods, services or accommodation\n'
    )
    without = change + "    kind x\n    function x\n"
    assert codes(found_with(change, without=without)) == ["PTY010"]


def test_the_same_contributor_is_told_once_for_all_years() -> None:
    charity = (
        'partner Charity "Westshire Carers"\n    kind charity\n'
        "    provides no staff, goods, services or accommodation\n"
        '    signs "Chair", authority "Trustees"\n\n'
    )
    lines = "        ICB £600,000\n        Council £300,000\n        Charity £100,000\n"
    change = f"{charity}{FUND}    contributions 2026/27\n{lines}    contributions 2027/28\n{lines}"
    assert codes(found_with(change)) == ["PTY002"]


def test_a_contribution_in_kind_counts_as_a_contribution_of_its_side() -> None:
    change = f'{FUND}    contributions from 2026/27\n        ICB £1,000,000\n        Council £5, in kind "A room"\n'
    assert found_with(change) == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("    contributions 2026/27\n        ICB £600,000\n        Council £400,000\n", "no contributions for 2027/28"),
        ("    budget 2027/28\n        Equipment £1,000,000\n", "no budget for 2026/27"),
    ],
)
def test_the_years_without_figures_are_named(lines: str, said: str) -> None:
    [finding] = found_with(FUND + lines)
    assert finding.code == "MON003"
    assert said in finding.message


def test_contributions_and_budget_missing_for_the_same_years_are_one_fault() -> None:
    lines = "    contributions 2026/27\n        ICB £600,000\n        Council £400,000\n"
    [finding] = found_with(f"{FUND}{lines}    budget 2026/27\n        Equipment £1,000,000\n")
    assert finding.message == "`Pool` has no contributions and no budget for 2027/28"


def test_a_partner_left_out_of_one_year_is_told_with_the_year() -> None:
    both = "        ICB £600,000\n        Council £400,000\n"
    change = f"{FUND}    contributions 2026/27\n{both}    contributions 2027/28\n        ICB £1,000,000\n"
    [finding] = found_with(change)
    assert (finding.code, "for 2027/28" in finding.message) == ("DOC003", True)


@pytest.mark.parametrize(
    ("amount", "said"),
    [("£999,000", "£1,000 less than"), ("£1,000,250.50", "£250.50 more than")],
)
def test_budgets_that_differ_from_cash_are_told_with_the_difference(amount: str, said: str) -> None:
    [finding] = found_with(f"{FUND}    budget from 2026/27\n        Equipment {amount}\n")
    assert finding.code == "MON011"
    assert said in finding.message


def test_pennies_lost_by_raising_line_by_line_are_forgiven() -> None:
    change = f"""{FUND}    contributions 2026/27
        ICB £600,000.33
        Council £400,000.33
    contributions from 2027/28
        ICB, Council last year's lines, uplifted by 5.55%
    budget 2026/27
        Equipment £1,000,000.66
    budget from 2027/28
        all schemes last year's, uplifted by 5.55%
"""
    assert found_with(change) == []


def test_money_in_kind_and_aligned_schemes_are_beside_the_cash() -> None:
    change = f"""{FUND}    scheme Equipment "Community equipment" shared
    scheme Nursing "Community nursing" aligned, led by ICB
    contributions from 2026/27
        ICB £600,000
        ICB £50,000, only for Nursing
        ICB £9, in kind "A room"
        Council £400,000
    budget from 2026/27
        Equipment £1,000,000
        Nursing £50,000
"""
    assert found_with(change) == []


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ("ICB 50%, Council 49.5%", "the shares add up to 99.5%: 0.5% is missing"),
        ("ICB 60%, Council 60%", "the shares add up to 120%: 20% too much"),
        ("ICB 0 parts, Council 0 parts", "the shares give nobody any part"),
        ("ICB 60%, Council 1 part", "the shares mix percentages and parts"),
    ],
)
def test_shares_that_are_not_the_whole(shares: str, said: str) -> None:
    [finding] = found_with(f"{FUND}    underspend of shared schemes together\n        remainder returned {shares}\n")
    assert (finding.code, finding.message) == ("MON005", said)


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ("Council 50%", None),
        ("Council 100%", "the shares add up to 100% and leave nothing for the others"),
        ("ICB 50%, Council 40%", "every partner has a share, and there are no others to have the rest"),
    ],
)
def test_others_who_have_the_rest(shares: str, said: str | None) -> None:
    step = f"remainder returned {shares}, the others equally"
    findings = found_with(f"{FUND}    underspend of shared schemes together\n        {step}\n")
    assert [(one.code, one.message) for one in findings] == ([("MON005", said)] if said else [])


def test_parts_need_no_sum() -> None:
    assert (
        found_with(
            f"{FUND}    underspend of shared schemes together\n"
            "        remainder returned ICB 2 parts, Council 5 parts\n"
        )
        == []
    )


def test_shares_of_a_default_are_looked_at_too() -> None:
    step = "remainder decided by Board within 30 days of the statement, failing which ICB 50%, Council 40%"
    assert codes(found_with(f"{FUND}    underspend of shared schemes together\n        {step}\n")) == ["MON005"]


@pytest.mark.parametrize(
    ("how_often", "found"),
    [
        ("monthly", []),
        ("every 13 weeks", []),
        ("every 3 months", []),
        ("every 4 months", ["HST005"]),
        ("yearly", ["HST005"]),
    ],
)
def test_reports_are_needed_every_quarter(how_often: str, found: list[str]) -> None:
    assert codes(found_with(f"{FUND}    report {how_often}, to Board\n")) == found


@pytest.mark.parametrize(
    ("notice", "found"),
    [
        ("24 months, in writing", []),
        ("25 months, in writing", ["GOV011"]),
        ("6 months, in writing, not given before 1 October 2027", []),
        ("6 months, in writing, not given before 2 October 2027", ["EXT001"]),
        ("6 months, in writing, not given before 1 April 2028", ["EXT001"]),
        ("30 months, in writing, not given before 1 April 2026", ["EXT001"]),
    ],
)
def test_notice_must_fit_into_the_term(notice: str, found: list[str]) -> None:
    assert codes(found_with(f"exit\n    notice {notice}\n")) == found


def test_an_extension_makes_room_for_notice() -> None:
    term = f"{AGREEMENT}    term 1 April 2026 to 31 March 2028, extendable once by 12 months by agreement\n"
    assert found_with(f"{term}\nexit\n    notice 30 months, in writing\n") == []


@pytest.mark.parametrize(
    ("lines", "severity", "missing"),
    [
        ("    review yearly\n", "warning", "variation"),
        ("    variation by exchange of letters\n", "warning", "review"),
    ],
)
def test_one_of_review_and_variation_missing_is_a_warning(lines: str, severity: str, missing: str) -> None:
    without = f"{AGREEMENT}    review x\n    variation x\n"
    [finding] = found_with(AGREEMENT + lines, without=without)
    assert (finding.code, finding.severity.value) == ("DOC010", severity)
    assert finding.message.startswith(f"the agreement does not provide for {missing} ")


def test_an_agreement_without_exit_terms_is_told_once() -> None:
    assert codes(found_with(AGREEMENT, without=f"{AGREEMENT}\nexit\n    notice x\n")) == ["GOV012"]


def test_a_decision_by_all_partners_needs_no_board() -> None:
    step = "remainder decided by all partners within 30 days of the statement, failing which ICB 50%, Council 50%"
    change = f"{FUND}    underspend of shared schemes together\n        {step}\n"
    assert found_with(change) == []


def test_a_default_that_never_begins_is_reported() -> None:
    end = "        remainder decided by Board, failing which ICB alone\n"
    change = f"{FUND}    underspend of shared schemes together\n{end}"
    [finding] = found_with(change)
    assert (finding.code, "no time limit" in finding.message) == ("RSK012", True)


def test_what_is_left_to_be_agreed_is_reported() -> None:
    assert codes(found_with(f"{FUND}    underspend of shared schemes together\n        remainder to be agreed\n")) == [
        "RSK012"
    ]


def test_schemes_left_out_of_underspend_terms_are_named() -> None:
    change = f"""{FUND}    scheme Equipment "Community equipment" shared
    scheme Homecare "Home care" shared
    budget from 2026/27
        Equipment £500,000
        Homecare £500,000
    underspend of Equipment
        remainder returned ICB 60%, Council 40%
"""
    [finding] = found_with(change)
    assert (finding.code, finding.message) == ("RSK004", "nothing says what happens to an underspend of `Homecare`")


def test_an_empty_agreement_is_checked_to_its_end() -> None:
    assert set(codes(found_in('agreement "Nothing yet"\n'))) >= {"BAS001", "GOV012", "GOV014"}
