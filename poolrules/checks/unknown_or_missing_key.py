"""A YAML file has a key that its place does not know, lacks one that it needs, or has the wrong shape there.

A misspelt key would otherwise be left out in silence, and with it what it says. The keys are the
words of the `.pool` form; `grammar/agreement.schema.json` lists them.

    agreement: Westshire pooled fund
    bassis: section 75 of the NHS Act 2006

Use the key that the finding offers:

    agreement: Westshire pooled fund
    basis: section 75 of the NHS Act 2006
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import BAD_SHAPE

page = found_elsewhere(BAD_SHAPE, ERROR, __name__)
