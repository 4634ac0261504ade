"""Findings that the parties accept: what an `allow` line takes out, and what is wrong with such a line."""

from collections.abc import Iterable

from poolrules.base.near import did_you_mean
from poolrules.checks import allowance_names_no_check, allowance_not_needed, error_allowed_without_approval
from poolrules.checks.catalogue import CATALOGUE, look_up
from poolrules.checks.registry import Check
from poolrules.model.agreement import Agreement, Allowance
from poolrules.source.finding import Finding, Label, Severity


def apply_allowances(agreement: Agreement, findings: Iterable[Finding]) -> list[Finding]:
    """Leave out the findings that the agreement allows, and add what is wrong with its allowances."""
    kept = list(findings)
    faults: list[Finding] = []
    for allowance in agreement.allowed:
        check = look_up(allowance.what.text)
        if check is None or check.find is None:
            faults.append(_names_no_check(allowance, check))
            continue
        allowed = [found for found in kept if found.code == check.code]
        kept = [found for found in kept if found.code != check.code]
        if not allowed:
            faults.append(_not_needed(allowance, check))
        elif allowance.approved_by is None and any(found.severity is Severity.ERROR for found in allowed):
            faults.append(_not_approved(allowance, check, allowed))
    return kept + faults


def _names_no_check(allowance: Allowance, check: Check | None) -> Finding:
    """Report a name that no check bears, or that of a fault which cannot be allowed."""
    page, what = allowance_names_no_check.page, allowance.what
    if check is not None:
        message, help = f"`{what}` cannot be allowed", "mend the fault itself, and take this line out"
    else:
        names = [one.name for one in CATALOGUE if one.find] if "-" in what.text else [one.code for one in CATALOGUE]
        message, help = f"there is no check called `{what}`", did_you_mean(what.text, names)
    return Finding(page.code, page.severity, message, (Label(what.span, "allows nothing"),), help)


def _not_approved(allowance: Allowance, check: Check, allowed: list[Finding]) -> Finding:
    """Report an error that is allowed in nobody's name, with the places of the error."""
    page = error_allowed_without_approval.page
    places = tuple(Label(found.span, "the error") for found in allowed if found.span)
    return Finding(
        page.code,
        page.severity,
        f"`{check.name}` is an error, and nobody is named who approved it: {allowed[0].message}",
        (Label(allowance.span, "approved by whom?"), *places),
        'add to the line, such as: approved by "Monitoring Officer, 18 March 2026"',
    )


def _not_needed(allowance: Allowance, check: Check) -> Finding:
    """Report an allowance without a finding."""
    page = allowance_not_needed.page
    message = f"`{check.name}` is allowed, and there is no such fault"
    return Finding(page.code, page.severity, message, (Label(allowance.span, "allows nothing"),), "take the line out")
