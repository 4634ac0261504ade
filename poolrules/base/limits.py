"""Every bound on what `poolrules` will read, in one place, so that SECURITY.md can list them.

An agreement is data from anywhere: each bound keeps a hostile file from costing more than
a moment, and is far above what any real agreement needs.
"""

from typing import Final

MAX_FILE_BYTES: Final = 2_000_000
"""A source file larger than this is refused before it is decoded."""

MAX_LEDGER_BYTES: Final = 100_000_000
"""A ledger larger than this is refused before it is read; a year of 200,000 rows is about 20 million bytes."""

MAX_WORKBOOK_BYTES: Final = 300_000_000
"""How large the parts of a workbook may be together, once they are unpacked."""

MAX_WORKBOOK_PARTS: Final = 2_000
"""The most parts of a workbook."""

MAX_SHEET_CELLS: Final = 12_000_000
"""The most cells of a sheet, from its first cell to the last row and column: they are all held at once."""

MAX_DEPTH: Final = 64
"""How deep blocks, lists and mappings may nest."""

MAX_LINE_CHARACTERS: Final = 4_000
"""The longest line of a `.pool` file."""

MAX_JOINED_CHARACTERS: Final = 40_000
"""The longest line of a `.pool` file with the lines that go on from it."""

MAX_LINES: Final = 100_000
"""The most lines of a `.pool` file."""

MAX_YAML_EVENTS: Final = 200_000
"""How many parser events one YAML document may produce."""

MAX_FINDINGS: Final = 200
"""How many findings one file may give before the rest are only counted."""

MAX_POUND_DIGITS: Final = 12
"""The most digits an amount in pounds may have: up to £999,999,999,999.99."""

MAX_PARTNERS: Final = 100
"""The most partners one agreement may have."""

MAX_SCHEMES: Final = 400
"""The most schemes the funds of one agreement may have together."""

MAX_EXAMPLES: Final = 500
"""The most worked examples one agreement may have: each is settled at every check."""

MAX_FIGURES: Final = 100_000
"""The most contributions and budgets that the funds may have over the years of the term."""

MAX_TERM_YEARS: Final = 100
"""The longest term, in financial years, that contributions are worked out for."""

FIRST_YEAR: Final = 1900
"""The earliest calendar year of a date, and the earliest in which a financial year starts."""

LAST_YEAR: Final = 2199
"""The latest calendar year of a date, and the latest in which a financial year starts."""

MAX_NAMES_COMPARED: Final = 1_000
"""How many known names a misspelt one is compared with."""
