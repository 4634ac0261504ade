"""The sheets `Memorandum` and `Balances` of a workbook: the reports that go with a year's accounts, as figures."""

from poolrules.reporting.account import Account
from poolrules.reporting.balances import balances_of, bodies_with_books
from poolrules.reporting.memorandum import UNKNOWN, memoranda
from poolrules.reporting.workbook.sheet import Look, Pounds, Sheet, Words


def memorandum_sheet(account: Account) -> Sheet:
    """The memorandum account of each fund; a workbook knows one year, so the year before is not known in it."""
    sheet = Sheet("Memorandum", (90, 20, 20))
    sheet.add((Words("Memorandum accounts", Look.TITLE),))
    for one in memoranda((account,)):
        sheet.gap()
        sheet.add((Words(one.fund.title or one.fund.name, Look.SECTION),))
        head = ("", f"{one.prior_year} £", f"{account.settlement.year} £")
        sheet.add(tuple(Words(word, Look.HEADING) for word in head))
        section = ""
        for line in one.every:
            if line.section != section and not line.total:
                sheet.add((Words(line.section, Look.CHECK),))
            section = line.section
            look = Look.TOTAL if line.total else Look.PLAIN
            words = f"{line.words} ({line.share})" if line.share else line.words
            sheet.add((Words(words, look), Words(UNKNOWN, Look.NOTE), Pounds(line.pence, look)))
        for text in one.note:
            sheet.add((Words(text, Look.PARAGRAPH),))
    return sheet


def balances_sheet(account: Account) -> Sheet:
    """What the books of every partner should hold against each other's."""
    sheet = Sheet("Balances", (18, 18, 16, 18, 12, 90))
    sheet.add((Words("Balances to agree between partners", Look.TITLE),))
    sheet.gap()
    head = ("in the books of", "counterparty", "nature", "£", "period", "made of")
    sheet.header = sheet.add(tuple(Words(word, Look.HEADING) for word in head))
    for body in bodies_with_books(account):
        for one in balances_of(account, body, {}).lines:
            words = (Words(body), Words(one.counterparty), Words(one.nature))
            sheet.add((*words, Pounds(one.pence), Words(one.period), Words(one.explanation)))
    return sheet
