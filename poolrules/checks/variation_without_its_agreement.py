"""A deed of variation is given, and the agreement that it varies is not.

A deed means nothing alone. `poolrules check FOLDER` finds the agreement of each deed in the folder by the title that
the deed names; every other command is given the agreement, and its deeds with `--variation`. Two agreements of one
title in a folder leave open which of them is varied.

Authority: none; a deed is read with its agreement.

    variation 1 to "Eastshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board

Give the agreement too, or name the one that is given:

    variation 1 to "Westshire pooled fund" from 1 October 2026
        agreed  3 September 2026, minute "HWB/26/31"
        made    in writing, signed by all partners

    fund Pool
        report  monthly, within 20 working days, to Board
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import WITHOUT_AGREEMENT

page = found_elsewhere(WITHOUT_AGREEMENT, ERROR, __name__)
