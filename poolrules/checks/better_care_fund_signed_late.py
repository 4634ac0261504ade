"""The agreement was signed after the year's day for Better Care Fund agreements.

Each year's planning requirements name a day by which the section 75 agreement is signed. Signing
later risks an escalation by NHS England.

Authority: the planning requirements of each year; `law/bcf.json` has the days that were verified.

    agreement "Westshire pooled fund"
        term        1 April 2023 to 31 March 2024
        signed      15 January 2024
        consulted   3 March 2023, minute "HWB/23/17"

    fund Pool "Westshire pooled fund"
        contributions 2023/24
            ICB         £600,000, from "NHS minimum contribution"
            Council     £400,000
        budget 2023/24
            Equipment   £1,000,000

Sign in time; where that is past, allow the finding and say why it was late:

    agreement "Westshire pooled fund"
        term        1 April 2023 to 31 March 2024
        signed      20 October 2023
        consulted   3 March 2023, minute "HWB/23/17"

    fund Pool "Westshire pooled fund"
        contributions 2023/24
            ICB         £600,000, from "NHS minimum contribution"
            Council     £400,000
        budget 2023/24
            Equipment   £1,000,000
"""

from collections.abc import Iterator

from poolrules.base.dates import format_day
from poolrules.checks.better_care_fund import better_care_fund, nhs_minimum
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("BCF007", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the day of signing with the day for the first year of the term."""
    agreement = subject.agreement
    if agreement.signed is None or not agreement.years or next(nhs_minimum(agreement), None) is None:
        return
    first = str(agreement.years[0])
    for year in better_care_fund().years:
        if year.year == first and year.signed_by and agreement.signed.date > year.signed_by:
            yield Fault(
                f"the agreement for {first} was to be signed by {format_day(year.signed_by)}",
                (Label(agreement.signed.span, "signed later"),),
                "sign in time, or allow this finding with the reason why it was late",
            )
