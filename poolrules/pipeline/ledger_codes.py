"""The codes of what can be wrong with ledgers, outturns, their mappings and files of facts, and the pages of each."""

from typing import Final

from poolrules.source.finding import Severity

NOT_OUTTURN: Final = "OUT001"
BAD_ROW: Final = "OUT002"
BAD_AMOUNT: Final = "OUT003"
TOTAL_LINE: Final = "OUT004"
UNFIT: Final = "OUT005"
BAD_DAY: Final = "OUT006"
OUTSIDE: Final = "OUT007"
NOT_MAPPED: Final = "OUT008"
NOT_FOR_THE_POOL: Final = "OUT009"
TWICE: Final = "OUT010"
WRONG_SIGN: Final = "OUT011"
EMPTY_MONTH: Final = "OUT012"
HIDDEN: Final = "OUT013"
SUMS_OTHERS: Final = "OUT014"
BAD_MAPPING: Final = "MAP001"
BAD_FACTS: Final = "FAC001"

PAGES: Final = {
    NOT_OUTTURN: (
        "outturn-not-readable",
        Severity.ERROR,
        """The file is not an outturn or ledger that can be read.

An outturn is a CSV file: values between commas, one row a line. Its first row names the columns
`scheme` and `spent`, and `cause` where a step of the agreement asks what caused the spending:

    scheme,spent
    Equipment,9900000.00
    Homecare,"21,632,300"

Any other column is refused, since a sum in it would be left out without a word. A workbook has to be
saved as CSV first: in Excel choose File, Save As, and the type `CSV UTF-8 (Comma delimited)`.

A ledger is given with --ledger and a mapping file, which says what its columns are called; it may be
CSV or an Excel workbook (.xlsx).
""",
    ),
    BAD_ROW: (
        "outturn-row-not-whole",
        Severity.ERROR,
        """A row of the outturn has a value too many or too few, or a quotation mark that is never closed.

Reading on would lose the row, or those that follow it. An amount with commas stands between
quotation marks:

    Homecare,"21,632,300.50"
""",
    ),
    BAD_AMOUNT: (
        "outturn-amount-not-readable",
        Severity.ERROR,
        """An amount of the outturn cannot be read with certainty.

Write pounds with at most two decimals: `9900000`, `9900000.50`, `£9900000.50` or, between quotation
marks, `"9,900,000.50"`. Income has a minus in front, or stands between brackets: `-1200.00` or
`(1200.00)`. Nothing is rounded, and neither an empty cell nor a dash is taken as nought: write 0
where nothing was spent.

In a workbook a number counts as it is stored, however many decimals are shown. It must lie within half a
thousandth of a penny of a whole penny. A text there counts as an amount only in the forms above. TRUE,
#DIV/0! and a formula whose value is not stored are no amounts: open the workbook, mend it, and save it again.
""",
    ),
    TOTAL_LINE: (
        "outturn-holds-a-total",
        Severity.ERROR,
        """A row of the outturn is a total of other rows.

All rows are added up, so that a total among them would count everything twice. The same holds for balances
brought or carried forward. Delete the row. The mapping of a ledger may say `total lines: set aside` instead.
""",
    ),
    UNFIT: (
        "outturn-does-not-fit",
        Severity.ERROR,
        """The facts of the year do not fit the agreement, or some are missing.

Every scheme with a budget needs a row, every row a scheme of the agreement, every reserve an opening
balance after the first year, and every decision a step that leaves something to that body. A scheme on
which a ledger has no row is named under `nothing spent` in its mapping.
""",
    ),
    BAD_DAY: (
        "ledger-date-not-readable",
        Severity.ERROR,
        """A date or period of a ledger is not written as its mapping says.

The mapping states how dates are written, such as `date format: dd/mm/yyyy`, and every date has to be written
so: 03/04/2026 is the third of April to one program and the fourth of March to another. A period is a number from
1 (April) to 12 (March), or 13 for adjustments at the year's end.
""",
    ),
    OUTSIDE: (
        "ledger-row-outside-the-period",
        Severity.ERROR,
        """A row of a ledger is dated outside the year that is settled.

It may be of another year, or its date may be wrong. Correct it or take it out. If the ledger rightly holds
rows of other years, the mapping may say `outside the period: set aside`: they are then counted and totalled
on the statement, and not used.
""",
    ),
    NOT_MAPPED: (
        "ledger-name-not-known",
        Severity.ERROR,
        """A row of a ledger has a scheme or partner that is neither in the mapping nor in the agreement.

Say in the mapping what is meant. What is no scheme of the agreement is left out by name, with a reason, and the
statement says how much it was:

    schemes:
      E4410: Equipment
    left out:
      E9990: suspense account, cleared every month
""",
    ),
    NOT_FOR_THE_POOL: (
        "ledger-row-not-for-the-pool",
        Severity.ERROR,
        """A row of a ledger is marked as one that the pool may not pay, or as one of a year before.

Correct the mark, or say in the mapping what is to be done with such rows: `prior-year rows: set aside` (or `use`),
`rows not permitted: set aside`. What is set aside is counted and totalled on the statement.
""",
    ),
    TWICE: (
        "ledger-row-twice",
        Severity.WARNING,
        """Two rows of a ledger say the same, so that one sum may be counted twice.

Rows with one reference, scheme and amount are reported, and rows without a reference that have one date,
scheme, amount, partner and description. Both are used. Take one out if it is the same payment. Where no reference
may stand twice at all, whatever the amount, say `references: one row each` in the mapping.
""",
    ),
    WRONG_SIGN: (
        "ledger-sign-unlikely",
        Severity.WARNING,
        """All that a ledger says of a scheme comes to income, or a column of income holds only negative sums.

The mapping may state the wrong `sign`. If a scheme did have more income than spending, nothing is wrong.
""",
    ),
    EMPTY_MONTH: (
        "ledger-month-without-rows",
        Severity.WARNING,
        """No row of any ledger falls in a month of the period that is settled.

A file may be missing. If nothing was booked in that month, nothing is wrong.
""",
    ),
    HIDDEN: (
        "ledger-part-not-read",
        Severity.WARNING,
        """A workbook has a hidden sheet with rows, the sheet read is itself hidden, or a column of amounts is not used.

Only the sheet that the mapping names is read. Make sure that nothing of the year stands in the other one.
""",
    ),
    SUMS_OTHERS: (
        "ledger-last-row-sums-the-others",
        Severity.WARNING,
        """The last row of a ledger is as large as all rows above it together.

It may be a total that is not called one, and everything would be counted twice. If it is, delete it.
""",
    ),
    BAD_MAPPING: (
        "mapping-not-usable",
        Severity.ERROR,
        """The mapping of a ledger cannot be used: a word is misspelt or missing, or two of them do not fit together.

A mapping says how a ledger is to be read, so that nothing has to be guessed. A short one:

    columns:
      scheme: Cost centre
      amount: Net amount
      date: Posting date
    date format: dd/mm/yyyy
    sign: spending is positive
    unit: pounds
    schemes:
      E4410: Equipment

`poolrules schema mapping` prints its JSON Schema, for editors; the reference describes every word.
""",
    ),
    BAD_FACTS: (
        "facts-not-usable",
        Severity.ERROR,
        """A file of facts cannot be used: a word is misspelt, or a value cannot be read.

    decisions:
      Board: ICB 70%, Council 30%
    facts:
      Consent: yes
    openings:
      Contingency:
        value: £400,000
        evidence: statement of 2025/26

`poolrules schema facts` prints its JSON Schema, for editors.
""",
    ),
}
"""The name, weight and page of each code made by readers of ledgers and facts, for `poolrules explain`."""
