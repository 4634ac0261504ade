"""Trying the waterfalls of an agreement on amounts that have not happened, to find where its steps end.

What other checks report is first mended here as its authors would: a sharing that does not say
enough, or that divides by nothing, is taken to be decided by somebody. Then what is still
unallocated is the fault of the order and the limits of the steps alone.
"""

from collections.abc import Iterator

from msgspec import structs

from poolrules.checks.registry import Subject
from poolrules.engine.sharing import weights_of
from poolrules.engine.settlement import Facts
from poolrules.engine.working import Working
from poolrules.model import agreement as model
from poolrules.ruleset.places import waterfall_id
from poolrules.ruleset.ruleset import (
    ByPartners,
    Cap,
    Decided,
    FundRules,
    Ruleset,
    Silent,
    Step,
    Taker,
    Waterfall,
    YearFigures,
)
from poolrules.ruleset.soundness import unsound

SOMEBODY = "somebody"
"""Who is taken to decide where the agreement does not say enough to divide a sum."""


class Trial(structs.Struct if False else object):
    """Placeholder."""
