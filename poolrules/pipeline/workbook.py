"""The workbook of a settled year: its sheets put together, written and sealed."""

from poolrules.drafting.seal import BLANK, SEAL_PROPERTY, seal_package
from poolrules.pipeline.files import Unusable
from poolrules.reporting.account import Account
from poolrules.reporting.workbook.about import about_sheet
from poolrules.reporting.workbook.calculation import settlement_sheet
from poolrules.reporting.workbook.inputs import InputSheets
from poolrules.reporting.workbook.reports import balances_sheet, memorandum_sheet
from poolrules.reporting.workbook.shares import SharesSheet
from poolrules.reporting.workbook.sheet import Sheet
from poolrules.reporting.workbook.to_xlsx import write_sheets


def workbook_file(account: Account) -> bytes:
    """Write the workbook of a settled year, with a seal by which one edited by hand is known. Raises `Unusable`."""
    made_from = account.made_from
    properties = {
        SEAL_PROPERTY: BLANK,
        "poolrules-version": made_from.version,
        "poolrules-rules": made_from.rules,
        "poolrules-agreement": made_from.agreement,
    }
    title = f"Settlement of {account.settlement.year}: {account.settlement.title}"
    try:
        return seal_package(write_sheets(sheets_of(account), properties, title))
    except ImportError:
        raise Unusable(
            "writing a workbook needs XlsxWriter, which is not installed", "install it: pip install poolrules[xlsx]"
        ) from None


def sheets_of(account: Account) -> tuple[Sheet, ...]:
    """The sheets of the workbook, in their order."""
    inputs, shares = InputSheets(account), SharesSheet()
    settlement = settlement_sheet(account, inputs, shares)
    schemes, contributions, rows = inputs.sheets
    reports = memorandum_sheet(account), balances_sheet(account)
    return settlement, schemes, contributions, *reports, rows, shares.sheet, about_sheet(account)
