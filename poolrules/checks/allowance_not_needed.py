"""An `allow` line allows nothing: the check it names finds no fault.

Either the fault has been mended and the line was left behind, or it is said twice. Left in, it
would hide the fault if it ever came back.

    fund Pool "Westshire pooled fund"
        audit       "The Council's external auditor"

    allow no-audit because "An auditor is being appointed."

Take the line out:

    fund Pool "Westshire pooled fund"
        audit       "The Council's external auditor"
"""

from poolrules.checks.registry import WARNING, found_elsewhere

page = found_elsewhere("ALW003", WARNING, __name__)
