"""Something that may be said once is said twice.

If the two lines differ, nobody knows which one the partners meant; the program does not choose.

    agreement "Westshire pooled fund"
        signed  20 March 2026
        signed  27 March 2026

Keep the line that is right:

    agreement "Westshire pooled fund"
        signed  27 March 2026
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import SAID_TWICE

page = found_elsewhere(SAID_TWICE, ERROR, __name__)
