"""The deeds of variation of an agreement do not follow each other.

Each deed is laid over what the one before it made. So they are numbered from 1 in the order in which they take effect,
none is left out and none is given twice: else what is in force on a day cannot be told.

Authority: none; a deed that is missing, or laid in another order, gives other figures.

    variation 2 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board

Number the first deed 1, or give the one before it too:

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import OUT_OF_TURN

page = found_elsewhere(OUT_OF_TURN, ERROR, __name__)
