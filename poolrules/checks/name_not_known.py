"""A name is used that nothing in the agreement bears, or that something else bears.

Every partner, fund, scheme, reserve and board is named once where it is described, and used by that
name. The finding offers the nearest one.

    agreement "Westshire pooled fund"

    partner Council "Westshire County Council"

    fund Pool "Westshire pooled fund"
        host    Counsil

Use the name as it was given:

    agreement "Westshire pooled fund"

    partner Council "Westshire County Council"

    fund Pool "Westshire pooled fund"
        host    Council
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import UNKNOWN_NAME

page = found_elsewhere(UNKNOWN_NAME, ERROR, __name__)
