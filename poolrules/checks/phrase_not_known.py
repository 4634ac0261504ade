"""A legal basis or a kind of body is not one that the language knows.

What the law says of each is kept with its source in `law/`; of a phrase that is not there, nothing
can be checked. The finding offers the nearest one.

    agreement "Westshire pooled fund"

    partner Council "Westshire County Council"
        kind    country council

Use the phrase as it is known:

    agreement "Westshire pooled fund"

    partner Council "Westshire County Council"
        kind    county council
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import UNKNOWN_PHRASE

page = found_elsewhere(UNKNOWN_PHRASE, ERROR, __name__)
