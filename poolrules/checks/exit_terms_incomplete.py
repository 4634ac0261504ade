"""The exit terms are silent on commitments, assets or staff.

Contracts go on after a partner has left, equipment stands in people's homes, and staff have
employers. Each needs a sentence.

Authority: none; good practice. Where staff move, the TUPE Regulations 2006 apply whatever is said.

    exit
        assets      return to the partner that paid

Say all three:

    exit
        commitments leaver bears its share until the first break of each contract, at most 12 months
        assets      return to the partner that paid
        staff       TUPE applies
"""

from collections.abc import Iterator

from poolrules.checks.registry import INFO, Fault, Subject, check
from poolrules.source.finding import Label


@check("EXT004", INFO)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for each of the three."""
    leaving = subject.agreement.exit
    if leaving is None:
        return
    said = {"commitments": leaving.commitments, "assets": leaving.assets, "staff": leaving.staff}
    missing = [word for word, words in said.items() if not words]
    if missing:
        yield Fault(
            f"the exit terms do not speak of {' or '.join(missing)}",
            (Label(leaving.span, "the exit terms"),),
            f"add the line{'s' if len(missing) > 1 else ''} {', '.join(f'`{word}`' for word in missing)}",
        )
