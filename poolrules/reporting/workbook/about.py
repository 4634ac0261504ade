"""The sheet `About`: what a workbook was made from, so that anybody can tell whether it is still true."""

from collections.abc import Iterator

from poolrules.reporting.account import Account
from poolrules.reporting.workbook.sheet import Look, Sheet, Words


def about_sheet(account: Account) -> Sheet:
    """Write what the workbook was made from: fingerprints (SHA-256), files, and everything that was given."""
    sheet = Sheet("About", (24, 90))
    sheet.add((Words("About this workbook", Look.TITLE),))
    sheet.gap()
    for name, value in _lines(account):
        sheet.add((Words(name), Words(value)))
    sheet.gap()
    sheet.add((Words("Shaded cells are inputs. A formula that does not agree with poolrules says so.", Look.NOTE),))
    return sheet


def _lines(account: Account) -> Iterator[tuple[str, str]]:
    """What there is to say, each with its name."""
    made_from, settlement = account.made_from, account.settlement
    yield "agreement", settlement.title
    yield "financial year", settlement.year
    yield "settled up to", settlement.closing.to
    yield "status", "provisional" if account.provisional else "final"
    yield "made by", f"poolrules {made_from.version}"
    yield "rows of spending", f"{settlement.rows_read:,}"
    prints = (
        ("agreement (SHA-256)", made_from.agreement),
        ("rules (SHA-256)", made_from.rules),
        ("outturn (SHA-256)", made_from.outturn),
        ("facts (SHA-256)", made_from.facts),
        ("position (SHA-256)", made_from.position),
    )
    yield from ((name, digits) for name, digits in prints if digits)
    for ledger in account.ledgers:
        yield "ledger", ledger.file
        yield "ledger (SHA-256)", ledger.fingerprint
        yield "its mapping (SHA-256)", ledger.mapping
    for partner in account.rules.partners:
        yield f"partner {partner.name}", partner.title
    for control in account.settlement.controls:
        yield "control total", f"{control.what}: {control.left} pence, twice"
