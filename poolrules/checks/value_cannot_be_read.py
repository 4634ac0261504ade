"""An amount, percentage, date, year or length of time cannot be read.

Values are written in one way only, so that nobody can read them in two: pounds with a pound sign,
days with the month in words, financial years such as 2026/27.

    agreement "Westshire pooled fund"
        signed  31 February 2026

Write a value that exists:

    agreement "Westshire pooled fund"
        signed  28 February 2026
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import BAD_VALUE

page = found_elsewhere(BAD_VALUE, ERROR, __name__)
