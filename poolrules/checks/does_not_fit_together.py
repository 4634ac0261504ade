"""Things that are each well written do not fit together.

A term ends before it starts, a partner stands twice in one list, a scheme is dealt with in two
overspend blocks. Neither line is wrong alone, so both are shown.

    agreement "Westshire pooled fund"
        term    1 April 2028 to 31 March 2026

Correct the one that is wrong:

    agreement "Westshire pooled fund"
        term    1 April 2026 to 31 March 2028
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import OUT_OF_PLACE

page = found_elsewhere(OUT_OF_PLACE, ERROR, __name__)
