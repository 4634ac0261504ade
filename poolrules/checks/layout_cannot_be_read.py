"""The lines do not stand as they must.

Lines that belong together are indented alike below the line they belong to; the first step of an
overspend says `first`, the others `then`. A line out of place is never taken to mean another
thing: it is reported.

    agreement "Westshire pooled fund"
        term    1 April 2026 to 31 March 2028
          signed  20 March 2026

Line it up with its neighbours:

    agreement "Westshire pooled fund"
        term    1 April 2026 to 31 March 2028
        signed  20 March 2026
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import BAD_LAYOUT

page = found_elsewhere(BAD_LAYOUT, ERROR, __name__)
