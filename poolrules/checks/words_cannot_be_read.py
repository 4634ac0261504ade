"""A line cannot be read: its words are not ones that its block knows.

The finding says at which word reading stopped, and what could stand there. The rest of the file is
still read, so that all such lines come in one go.

    agreement "Westshire pooled fund"
        term    from April 2026 until March 2028

Use the words of the language:

    agreement "Westshire pooled fund"
        term    1 April 2026 to 31 March 2028
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.syntax.codes import BAD_WORDS

page = found_elsewhere(BAD_WORDS, ERROR, __name__)
