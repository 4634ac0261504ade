"""Some partners may leave by notice, and nothing says how another may.

A notice that is said for some partners holds for these alone. The others are either bound to the end of the term or
left to argue that they are not.

Authority: SI 2000/617 reg 7(3)(f) asks for provision for termination; the rest is good practice.

    exit
        notice by Council: 12 months, in writing

Say it for every partner:

    exit
        notice by Council: 12 months, in writing
        notice      6 months, in writing
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label


@check("EXT005", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the notice of each partner."""
    leaving = subject.agreement.exit
    if leaving is None or not leaving.notices or any(not notice.given_by for notice in leaving.notices):
        return
    named = {partner.text for notice in leaving.notices for partner in notice.given_by}
    bound = [partner.name.text for partner in subject.agreement.partners if partner.name.text not in named]
    if bound:
        yield Fault(
            f"nothing says by what notice {', '.join(f'`{name}`' for name in bound)} may leave",
            tuple(Label(notice.span, "these alone") for notice in leaving.notices),
            "add a `notice` line for all the others, or name them in `notice by`",
        )
