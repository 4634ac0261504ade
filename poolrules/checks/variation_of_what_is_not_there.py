"""A deed of variation removes, or means to vary, something that the agreement does not have.

What is added needs no more than to be said. What is removed, and a block that is varied without a title of its own,
must be there.

Authority: none; a removal that removes nothing is a slip of the pen, or the deed of another agreement.

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        remove scheme Equipmint
        scheme Equipment "Equipment and adaptations" shared

Name it as the agreement does, or leave the line out:

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        scheme Equipment "Equipment and adaptations" shared
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import VARIES_WHAT_IS_NOT_THERE

page = found_elsewhere(VARIES_WHAT_IS_NOT_THERE, ERROR, __name__)
