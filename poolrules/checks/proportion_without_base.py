"""A sharing in proportion to contributions does not say which contributions.

Of the fund or of a scheme, as first agreed, last varied in writing or paid, with or without what is in kind or
one-off, gross or net of what users pay: each answer gives other sums, and this is what partners quarrel about at
year end. Until it is said, whatever reaches this step stays unallocated.

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
from poolrules.checks.sharings import closing_sharing, sharings_of
from poolrules.model.agreement import Proportion
from poolrules.ruleset.sharings import unsaid_of
from poolrules.source.finding import Label


@check("MON010", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Ask each proportion what it leaves unsaid."""
    agreement = subject.agreement
    closing = ((fund, sharing) for sharing in closing_sharing(agreement) for fund in agreement.funds[:1])
    for fund, sharing in (*sharings_of(agreement), *closing):
        unsaid = unsaid_of(agreement, fund, sharing, subject.earlier) if isinstance(sharing, Proportion) else ()
        if unsaid:
            yield Fault(
                f"a share in proportion to contributions does not say {', nor '.join(unsaid)}",
                (Label(sharing.span, "in proportion to which contributions?"),),
                "say it in full: in proportion to contributions to the fund, revenue cash, recurrent and one-off,"
                " as last varied in writing",
            )
