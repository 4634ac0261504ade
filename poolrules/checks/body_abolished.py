"""A partner is a kind of body that had been abolished when the agreement starts.

Old templates still name primary care trusts and clinical commissioning groups. A body that no
longer exists cannot sign, pay or be sued.

Authority: the Health and Social Care Act 2012 and the Health and Care Act 2022; the days are in
`law/bodies.json`. A warning, since the successor usually stands in law where the old body stood.

    partner ICB "NHS Westshire Clinical Commissioning Group"
        kind        clinical commissioning group

Name the body that took its place:

    partner ICB "NHS Westshire Integrated Care Board"
        kind        integrated care board
"""

from collections.abc import Iterator

from poolrules.base.dates import format_day
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.model.agreement import Agreement, Partner
from poolrules.model.law import BodyKind, body_kinds
from poolrules.source.finding import Label


@check("PTY004", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare the day each kind of body was abolished with the first day of the term."""
    agreement = subject.agreement
    for partner in agreement.partners:
        kind = _abolished(partner)
        if kind is None or kind.abolished is None or _started_before(agreement, kind):
            continue
        place = partner.kind_said if partner.kind is kind and partner.kind_said else partner.title
        yield Fault(
            f"`{partner.name}` is a {kind.kind}, a kind of body abolished on {format_day(kind.abolished)}",
            (Label(place.span, "abolished"),),
            f"name its successor, usually the {kind.successor}" if kind.successor else "name its successor",
        )


def _abolished(partner: Partner) -> BodyKind | None:
    """The abolished kind of body that a partner says it is, or bears in its title."""
    if partner.kind and partner.kind.abolished:
        return partner.kind
    title = partner.title.text.casefold()
    return next((kind for name, kind in body_kinds().items() if kind.abolished and name in title), None)


def _started_before(agreement: Agreement, kind: BodyKind) -> bool:
    """Whether the agreement was made while such bodies existed."""
    first = agreement.term.first.date if agreement.term else None
    return first is None or kind.abolished is None or first < kind.abolished
