"""There is no agreement in the file.

The file is empty, or holds only comments. It is not passed over in silence, because an empty file
is usually one that was not saved.

    # The agreement comes here.

Begin with the agreement:

    agreement "Westshire pooled fund"
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import NO_AGREEMENT

page = found_elsewhere(NO_AGREEMENT, ERROR, __name__)
