"""Two things in one agreement bear the same name, or one year is given twice.

Names are how terms refer to partners, schemes and funds. Were one shared, a term could mean either.

    agreement "Westshire pooled fund"

    partner Council "Westshire County Council"

    partner Council "Westshire District Council"

Give each its own:

    agreement "Westshire pooled fund"

    partner Council "Westshire County Council"

    partner District "Westshire District Council"
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import NAME_TWICE

page = found_elsewhere(NAME_TWICE, ERROR, __name__)
