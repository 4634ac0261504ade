"""An error is allowed, and nobody is named who approved it.

An error means that the law, or the agreement's own arithmetic, is not kept. The partners may decide
to sign all the same, but a named person must have decided it: the record is what an auditor asks
for.

    fund Pool "Westshire pooled fund"
        report      half-yearly, to all partners

    allow report-less-often-than-quarterly because "Spending is on one contract with a fixed price."

Name who approved it:

    fund Pool "Westshire pooled fund"
        report      half-yearly, to all partners

    allow report-less-often-than-quarterly because "Spending is on one contract with a fixed price.",
        approved by "Monitoring Officer, 18 March 2026"
"""

from poolrules.checks.registry import ERROR, found_elsewhere

page = found_elsewhere("ALW002", ERROR, __name__)
