"""Nobody audits the accounts of a fund.

The host arranges for the accounts of the fund to be audited. Each partner's auditor will ask for
the result.

Authority: SI 2000/617 reg 7(6).

    fund Pool "Westshire pooled fund"
        certified   "The Council's chief finance officer certifies the return"

Say who audits:

    fund Pool "Westshire pooled fund"
        audit       "The Council's external auditor"
        certified   "The Council's chief finance officer certifies the return"
"""

from collections.abc import Iterator

from poolrules.checks.bases import SECTION_75, rests_on
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.source.finding import Label


@check("HST007", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the audit of each fund."""
    if not rests_on(subject.agreement, SECTION_75):
        return
    for fund in subject.agreement.funds:
        if fund.audit is None:
            yield Fault(
                f"nobody audits the accounts of `{fund.name}` (reg 7(6))",
                (Label(fund.span, "no `audit` line"),),
                'add a line such as: audit "The Council\'s external auditor"',
            )
