"""A deed of variation says only what the agreement says already.

A deed may restate what stays, but one that changes nothing at all is not the deed that was meant, or its figures were
never filled in.

Authority: none; what was agreed should be found in the figures.

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        contributions from 2026/27
            ICB     £600,000
            Council £400,000

Say what is to be different:

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners
        consent of ICB, recorded in "letter of 4 September 2026"

    fund Pool
        contributions from 2026/27
            ICB     £650,000
            Council £400,000
        budget from 2026/27
            Equipment £1,050,000
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import VARIES_NOTHING

page = found_elsewhere(VARIES_NOTHING, ERROR, __name__)
