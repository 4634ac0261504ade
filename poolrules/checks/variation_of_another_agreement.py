"""A deed of variation names another agreement than the one that it is laid over.

A deed says which agreement it varies by its title. Laid over another, it would move money that nobody agreed to move.

Authority: none; a deed takes effect on the agreement that it names.

    variation 1 to "Westshire polled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board

Name the agreement as it is titled:

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import VARIES_ANOTHER

page = found_elsewhere(VARIES_ANOTHER, ERROR, __name__)
