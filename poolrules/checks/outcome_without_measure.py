"""An agreed outcome has no measure.

An outcome that nobody can measure can be neither reached nor missed, and the yearly review has
nothing to look at.

Authority: none; good practice.

    agreement "Westshire pooled fund"
        outcome     "People feel better"

Say how it is measured:

    agreement "Westshire pooled fund"
        outcome     "People feel better"
            measured by "carers' quality of life score, yearly survey"
"""

from collections.abc import Iterator

from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.source.finding import Label


@check("DOC012", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the measure of each outcome."""
    for outcome in subject.agreement.outcomes:
        if outcome.measured_by is None:
            yield Fault(
                f"nothing measures the outcome `{outcome.text}`",
                (Label(outcome.text.span, "how is it measured?"),),
                'add below it a line such as: measured by "admissions per 1,000 people"',
            )
