"""A partner of a fund says nothing about what it contributes.

Each partner's contribution must be specified. A partner that puts nothing in must say so: silence
is not nil, and nobody can tell it from an oversight.

Authority: SI 2000/617 reg 7(3)(b); in Wales SI 2000/2993 reg 7, where it is a warning.

    partner District "Westshire District Council"
        kind        district council
        function    "Adapting homes", under "Housing Grants, Construction and Regeneration Act 1996 Part I"
        provides    "Two home improvement officers"
        signs       "Chief Executive", authority "Cabinet, 5 March 2026"

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000

Say it, even if it is nothing:

    partner District "Westshire District Council"
        kind        district council
        function    "Adapting homes", under "Housing Grants, Construction and Regeneration Act 1996 Part I"
        provides    "Two home improvement officers"
        signs       "Chief Executive", authority "Cabinet, 5 March 2026"

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000
            District    nothing
"""

from collections.abc import Iterator

from poolrules.checks.bases import NHS_AND_COUNCIL, regulation, rests_on, weight
from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.model.agreement import ContributionYear, Fund
from poolrules.source.finding import Label


@check("DOC003", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each partner in the contributions of each fund."""
    agreement = subject.agreement
    if not rests_on(agreement, *NHS_AND_COUNCIL):
        return
    for fund in agreement.funds:
        for partner in fund.partners:
            silent = [block for block in fund.contributions if partner not in _named(block)]
            if silent or not fund.contributions:
                when = f" for {silent[0].year}" if silent and len(silent) < len(fund.contributions) else ""
                yield Fault(
                    f"`{partner}` does not say what it contributes to `{fund.name}`{when}"
                    f" ({regulation(agreement, '7(3)(b)')})",
                    _places(fund, silent),
                    f"add its contribution, or `{partner} nothing`",
                    weight(agreement),
                )


def _named(block: ContributionYear) -> set[str]:
    """The partners that a block of contributions speaks of."""
    return {partner.text for partner in block.named}


def _places(fund: Fund, silent: list[ContributionYear]) -> tuple[Label, ...]:
    """Point at the blocks that leave a partner out, else at the fund."""
    return tuple(Label(block.span, "not among these") for block in silent) or (Label(fund.span, "no contributions"),)
