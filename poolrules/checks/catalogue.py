"""Every check there is, in the order of their codes, and how to find one by its code or its name.

A check is one file named for its fault. Its docstring is the page that `poolrules explain` prints:
the fault in one sentence, why it matters, on whose authority, and two examples, each indented by four
spaces. The first gives exactly this finding, the second none; a test runs both. Pages of reading
problems show whole files. All others show only what matters, laid over a small complete agreement
(`tests/checks/base.pool`) by one rule:

- the examples replace what the agreement says under the same words in the same block;
- a block or a line that only one of them has is left out of the other.
"""

import re
from typing import Final

from poolrules.base.near import did_you_mean
from poolrules.checks import (
    a_pool_of_one,
    allowance_names_no_check,
    allowance_not_needed,
    basis_gives_no_power,
    basis_of_another_nation,
    better_care_fund_outside_section_75,
    better_care_fund_signed_late,
    board_never_used,
    body_abolished,
    budget_differs_from_contributions,
    cap_leaves_money_unallocated,
    capital_mixed_with_revenue,
    charging_without_the_care,
    consultation_not_recorded,
    contribution_not_said,
    contributor_not_a_relevant_partner,
    contributor_not_prescribed,
    council_money_in_an_nhs_pool,
    deciding_body_without_power,
    decision_without_fallback,
    does_not_fit_together,
    error_allowed_without_approval,
    example_incomplete,
    example_no_longer_holds,
    excluded_council_function,
    excluded_nhs_service,
    exit_balance_left_open,
    exit_terms_incomplete,
    facilities_grant_not_capital,
    fence_without_bearer,
    figures_outside_the_term,
    function_without_enactment,
    functions_of_one_side_only,
    host_not_a_partner_of_the_fund,
    icb_bears_the_rest_without_limit,
    improvement_not_recorded,
    in_kind_without_value,
    information_sharing_not_said,
    kind_of_body_not_said,
    layout_cannot_be_read,
    legal_basis_repealed,
    manager_not_an_officer_of_the_host,
    monitoring_not_said,
    name_not_known,
    name_used_twice,
    no_agreement_in_file,
    no_aims_or_outcomes,
    no_annual_return,
    no_audit,
    no_authority_to_sign,
    no_end_to_disputes,
    no_exit_terms,
    no_final_account,
    no_host,
    no_legal_basis,
    no_overspend_terms,
    no_pooled_fund_manager,
    no_review_variation_or_termination,
    no_way_to_vary_contributions,
    nobody_signs,
    notice_longer_than_the_term,
    notice_outside_the_term,
    one_side_contributes_nothing,
    one_side_is_missing,
    outcome_without_measure,
    overspend_beyond_variation_terms,
    overspend_without_warning,
    paid_figures_not_split,
    partner_not_of_the_fund,
    payment_dates_not_said,
    people_not_said,
    phrase_not_known,
    proportion_of_nothing,
    proportion_without_base,
    report_less_often_than_quarterly,
    reserve_never_used,
    reserve_opens_outside_its_bounds,
    resources_not_said,
    return_not_certified,
    said_twice,
    scheme_of_another_fund,
    scheme_without_budget,
    services_not_said,
    shared_scheme_without_overspend_terms,
    shares_do_not_sum,
    silence_on_underspends,
    source_cannot_lend,
    step_never_reached,
    term_not_said,
    terms_for_no_scheme,
    text_cannot_be_read,
    trust_without_consent,
    unknown_or_missing_key,
    value_cannot_be_read,
    vat_not_settled,
    waterfall_without_an_end,
    words_cannot_be_read,
    yaml_cannot_be_read,
    year_without_figures,
    youth_justice_fund_not_held_by_council,
)
from poolrules.checks.registry import Check

CATALOGUE: Final[tuple[Check, ...]] = (
    # LNG: reading
    text_cannot_be_read.page,
    layout_cannot_be_read.page,
    words_cannot_be_read.page,
    said_twice.page,
    no_agreement_in_file.page,
    unknown_or_missing_key.page,
    yaml_cannot_be_read.page,
    value_cannot_be_read.page,
    name_not_known.page,
    name_used_twice.page,
    phrase_not_known.page,
    does_not_fit_together.page,
    # BAS: legal basis
    no_legal_basis.find,
    legal_basis_repealed.find,
    basis_gives_no_power.find,
    basis_of_another_nation.find,
    # PTY: parties
    one_side_is_missing.find,
    contributor_not_prescribed.find,
    trust_without_consent.find,
    body_abolished.find,
    no_authority_to_sign.find,
    contributor_not_a_relevant_partner.find,
    youth_justice_fund_not_held_by_council.find,
    kind_of_body_not_said.find,
    a_pool_of_one.find,
    # DOC: written particulars
    nobody_signs.find,
    no_aims_or_outcomes.find,
    contribution_not_said.find,
    no_way_to_vary_contributions.find,
    functions_of_one_side_only.find,
    people_not_said.find,
    services_not_said.find,
    resources_not_said.find,
    term_not_said.find,
    no_review_variation_or_termination.find,
    monitoring_not_said.find,
    outcome_without_measure.find,
    # FUN: functions
    excluded_nhs_service.find,
    excluded_council_function.find,
    charging_without_the_care.find,
    function_without_enactment.find,
    # HST: host and reports
    no_host.find,
    host_not_a_partner_of_the_fund.find,
    no_pooled_fund_manager.find,
    manager_not_an_officer_of_the_host.find,
    report_less_often_than_quarterly.find,
    no_annual_return.find,
    no_audit.find,
    return_not_certified.find,
    # MON: contributions, budgets and shares
    one_side_contributes_nothing.find,
    council_money_in_an_nhs_pool.find,
    year_without_figures.find,
    in_kind_without_value.find,
    shares_do_not_sum.find,
    payment_dates_not_said.find,
    capital_mixed_with_revenue.find,
    vat_not_settled.find,
    proportion_without_base.find,
    budget_differs_from_contributions.find,
    partner_not_of_the_fund.find,
    scheme_without_budget.find,
    proportion_of_nothing.find,
    figures_outside_the_term.find,
    scheme_of_another_fund.find,
    reserve_opens_outside_its_bounds.find,
    reserve_never_used.find,
    paid_figures_not_split.find,
    # RSK: overspends and underspends
    no_overspend_terms.find,
    waterfall_without_an_end.find,
    overspend_beyond_variation_terms.find,
    silence_on_underspends.find,
    icb_bears_the_rest_without_limit.find,
    overspend_without_warning.find,
    cap_leaves_money_unallocated.find,
    step_never_reached.find,
    shared_scheme_without_overspend_terms.find,
    decision_without_fallback.find,
    fence_without_bearer.find,
    source_cannot_lend.find,
    terms_for_no_scheme.find,
    # EXT: notice and exit
    notice_outside_the_term.find,
    no_final_account.find,
    exit_balance_left_open.find,
    exit_terms_incomplete.find,
    # GOV: governance and steps
    consultation_not_recorded.find,
    improvement_not_recorded.find,
    deciding_body_without_power.find,
    information_sharing_not_said.find,
    notice_longer_than_the_term.find,
    no_exit_terms.find,
    board_never_used.find,
    no_end_to_disputes.find,
    # BCF: Better Care Fund
    better_care_fund_outside_section_75.find,
    facilities_grant_not_capital.find,
    better_care_fund_signed_late.find,
    # EXA: worked examples
    example_no_longer_holds.find,
    example_incomplete.find,
    # ALW: allowances
    allowance_names_no_check.page,
    error_allowed_without_approval.page,
    allowance_not_needed.page,
)
"""Every check, by family and code."""

_BY_CODE_OR_NAME: Final = {word: check for check in CATALOGUE for word in (check.code, check.name)}


def look_up(code_or_name: str) -> Check | None:
    """Find a check by its code (in capitals or not) or its name."""
    return _BY_CODE_OR_NAME.get(code_or_name) or _BY_CODE_OR_NAME.get(code_or_name.upper())


def nearest_check(code_or_name: str) -> str:
    """Offer the check that a misspelt code or name most likely means.

    >>> nearest_check("shares-dont-sum")
    'did you mean `shares-do-not-sum`?'
    """
    is_code = re.fullmatch("[A-Za-z]{1,4}[0-9]{1,4}", code_or_name)
    return did_you_mean(code_or_name, [check.code if is_code else check.name for check in CATALOGUE])
