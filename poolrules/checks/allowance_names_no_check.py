"""An `allow` line names no check that can be allowed.

A misspelt allowance allows nothing, and says to its reader that something was accepted. What cannot
be read, and faults of allowances themselves, cannot be allowed at all.

    allow year-without-figure because "The figures for 2027/28 follow the allocations."

    fund Pool "Westshire pooled fund"
        contributions from 2026/27
            ICB         £600,000
            Council     £400,000

Use the code or the name that the finding shows, where there is one:

    allow year-without-figures because "The figures for 2027/28 follow the allocations."

    fund Pool "Westshire pooled fund"
        contributions 2026/27
            ICB         £600,000
            Council     £400,000
"""

from poolrules.checks.registry import ERROR, found_elsewhere

page = found_elsewhere("ALW001", ERROR, __name__)
