"""A YAML file is not readable YAML, or uses what agreements may not.

Anchors, aliases, tags, merge keys and second documents can make one text mean many things, so
they are refused; so is a key that stands twice.

    agreement: "Westshire pooled fund
    signed: 20 March 2026

Close the quotation mark:

    agreement: "Westshire pooled fund"
    signed: 20 March 2026
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import BAD_YAML

page = found_elsewhere(BAD_YAML, ERROR, __name__)
