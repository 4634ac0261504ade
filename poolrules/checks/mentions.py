"""Which names the terms of an agreement use: so that what is declared and never used can be found."""

from collections.abc import Iterator

from msgspec import Struct

from poolrules.model.agreement import Agreement, Text


def mentioned(agreement: Agreement) -> frozenset[str]:
    """Every name and every quoted text in the terms of all funds and of exit; worked examples use nothing."""
    return frozenset(text for terms in (*agreement.funds, agreement.exit) for text in _texts(terms))


def _texts(record: object) -> Iterator[str]:
    """The texts inside a record."""
    if isinstance(record, Text):
        yield record.text
    elif isinstance(record, Struct):
        for name in record.__struct_fields__:
            yield from _texts(getattr(record, name))
    elif isinstance(record, tuple):
        for each in record:
            yield from _texts(each)
