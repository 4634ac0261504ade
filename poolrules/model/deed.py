"""What a deed of variation says of itself: which it is, of what, from when, and how the partners agreed it.

What it changes is laid over the written tree of the agreement (`syntax/overlay`), and means what it means there.
"""

from msgspec import Struct

from poolrules.model.agreement import Day, Remarks, Text
from poolrules.model.reader import Reader, part, parts, remarks, said, text
from poolrules.source.finding import Finding
from poolrules.source.span import Span
from poolrules.syntax.tree import Mapping


class Consent(Struct, frozen=True):
    """A partner's consent to what is to its detriment, and the document that records it."""

    of: Text
    recorded_in: Text
    span: Span


class Deed(Struct, frozen=True):
    """A deed of variation: `from_day` is the first day on which it is in force.

    `made` is the form in which it was made, in the words of the agreement's own line on variation.
    """

    number: int
    to: Text
    from_day: Day
    agreed_on: Day | None
    agreed_by: Text | None
    minute: Text | None
    made: Text | None
    because: Text | None
    consents: tuple[Consent, ...]
    remarks: Remarks
    span: Span

    @property
    def name(self) -> str:
        """What it is called in sentences: `variation 2`."""
        return f"variation {self.number}"

    @property
    def document(self) -> str | None:
        """The document that it is recorded in, where one is named."""
        return self.minute.text if self.minute else None

    def consent_of(self, partner: str) -> Consent | None:
        """The consent of a partner, where one is recorded."""
        return next((consent for consent in self.consents if consent.of.text == partner), None)


def build_deed(tree: Mapping) -> tuple[Deed | None, list[Finding]]:
    """Build what a deed says of itself; nothing where it has no day that can be read."""
    reader = Reader()
    node = part(tree, "deed")
    from_day = reader.day(node, "from") if node else None
    if node is None or from_day is None:
        return None, reader.findings
    agreed = part(node, "agreed")
    deed = Deed(
        number=int(said(node, "number").text),
        to=said(node, "to"),
        from_day=from_day,
        agreed_on=reader.day(agreed, "on") if agreed else None,
        agreed_by=text(agreed, "by") if agreed else None,
        minute=text(agreed, "minute") if agreed else None,
        made=text(node, "made"),
        because=text(node, "because"),
        consents=tuple(
            Consent(said(item, "consent of"), said(item, "recorded in"), item.span) for item in parts(node, "consents")
        ),
        remarks=remarks(node),
        span=node.span,
    )
    return deed, reader.findings
