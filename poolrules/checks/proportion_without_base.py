"""A sharing in proportion to contributions does not say which contributions.

Of the fund or of a scheme, as first agreed, last varied in writing or paid, with or without what is in kind or
one-off: each answer gives other sums, and this is what partners quarrel about at year end. Until
it is said, whatever reaches this step stays unallocated.

Authority: none; good practice. Published year-end disputes over the base of a share are the reason.

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to contributions

Say of what, and as they stood when:

    fund Pool "Westshire pooled fund"
        overspend of shared schemes together
            notify      partners within 5 working days of a forecast overspend over 2% of their budget
            remainder   in proportion to contributions to the fund, as last varied in writing
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import sharings_of
from poolrules.model.agreement import Proportion
from poolrules.ruleset.from_model import unsaid_of
from poolrules.source.finding import Label


@check("MON010", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Ask each proportion what it leaves unsaid."""
    for fund, sharing in sharings_of(subject.agreement):
        unsaid = unsaid_of(subject.agreement, fund, sharing) if isinstance(sharing, Proportion) else ()
        if unsaid:
            yield Fault(
                f"a share in proportion to contributions does not say {', nor '.join(unsaid)}",
                (Label(sharing.span, "in proportion to which contributions?"),),
                "say it in full: in proportion to contributions to the fund, revenue cash, recurrent and one-off,"
                " as last varied in writing",
            )
