"""What a statement says of the ledgers it was made from: rows and sums read, used and set aside, and doubts."""

from collections.abc import Iterator
from typing import Final

from poolrules.base.money import decimal_pounds, format_money_full
from poolrules.reporting.ledger_account import LedgerAccount, Tally
from poolrules.reporting.lines import hanging, rule_off
from poolrules.source.finding import Finding

_FINGERPRINT: Final = 12
_DOUBTS: Final = 20
"""How many doubts are listed; the rest are counted, and JSON has more."""

_IN_JSON: Final = 200


def ledger_lines(ledgers: tuple[LedgerAccount, ...], width: int) -> Iterator[str]:
    """The lines of a statement's head about its ledgers, and all of them together where there are several."""
    for one in ledgers:
        sheet = f", sheet {one.sheet}" if one.sheet else ""
        prints = f"{one.fingerprint[:_FINGERPRINT]}, by mapping {one.mapping[:_FINGERPRINT]}"
        yield from hanging("Ledger     ", f"{one.file}{sheet} ({prints})", width)
        yield from _sums(one.read, one.used, one.aside, width)
        if one.unused:
            yield from hanging(_NEXT, f"columns not used: {', '.join(one.unused)}", width)
    if len(ledgers) > 1:
        read = sum((one.read for one in ledgers), Tally(0, 0))
        used = sum((one.used for one in ledgers), Tally(0, 0))
        yield from hanging("Ledgers    ", f"{len(ledgers)} together", width)
        yield from _sums(read, used, _aside_together(ledgers), width)


_NEXT: Final = "           "


def _sums(read: Tally, used: Tally, aside: tuple[tuple[str, Tally], ...], width: int) -> Iterator[str]:
    """Rows and sums read, used and set aside."""
    yield from hanging(_NEXT, f"read {_tally(read)}; used {_tally(used)}", width)
    if not aside:
        yield from hanging(_NEXT, "none set aside", width)
    for why, tally in aside:
        yield from hanging(_NEXT, f"set aside {_tally(tally)}: {why}", width)


def _tally(tally: Tally) -> str:
    """A number of rows with what they come to."""
    return f"{tally.rows:,} row{'' if tally.rows == 1 else 's'}, {format_money_full(tally.pence)}"


def _aside_together(ledgers: tuple[LedgerAccount, ...]) -> tuple[tuple[str, Tally], ...]:
    """What all ledgers set aside, by reason."""
    found: dict[str, Tally] = {}
    for one in ledgers:
        for why, tally in one.aside:
            found[why] = found.get(why, Tally(0, 0)) + tally
    return tuple(sorted(found.items()))


def doubt_lines(warnings: tuple[Finding, ...], width: int) -> Iterator[str]:
    """The section of doubts about the ledgers, where there are any."""
    if not warnings:
        return
    yield from rule_off("Doubts about the ledgers, whose rows are used all the same", width)
    for found in warnings[:_DOUBTS]:
        yield from hanging("  ", f"{_places(found)}{found.message}; {found.help}", width)
    if len(warnings) > _DOUBTS:
        yield from hanging("  ", f"and {len(warnings) - _DOUBTS:,} more", width)


def _places(found: Finding) -> str:
    """The lines that a doubt is about, the main one first."""
    if found.span is None:
        return ""
    others = (
        str(label.span.line) if label.span.file == found.span.file else f"{label.span.file}:{label.span.line}"
        for label in found.labels[1:]
    )
    return f"{' and '.join((f'{found.span.file}:{found.span.line}', *others))}: "


def ledger_json(one: LedgerAccount) -> dict[str, object]:
    """One ledger for machines."""
    return {
        "file": one.file,
        "sheet": one.sheet or None,
        "fingerprint": one.fingerprint,
        "mapping": one.mapping,
        "read": _tally_json(one.read),
        "used": _tally_json(one.used),
        "set_aside": [{"why": why, **_tally_json(tally)} for why, tally in one.aside],
        "columns_not_used": list(one.unused),
    }


def doubts_json(warnings: tuple[Finding, ...]) -> dict[str, object]:
    """The doubts about the ledgers for machines: how many there are, and the first of them."""
    return {
        "number": len(warnings),
        "first": [
            {
                "code": found.code,
                "message": found.message,
                "places": [str(label.span) for label in found.labels],
                "help": found.help,
            }
            for found in warnings[:_IN_JSON]
        ],
    }


def _tally_json(tally: Tally) -> dict[str, object]:
    """A number of rows and their sum both ways."""
    return {"rows": tally.rows, "pence": tally.pence, "pounds": decimal_pounds(tally.pence)}
