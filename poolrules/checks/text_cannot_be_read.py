"""The file is not text that everybody sees alike.

It is not UTF-8, it is too large, or it holds a character that cannot be seen on a page: what a
reader signs must be what the program reads. In the example `<U+200B>` stands for an invisible
space, as it does in the finding.

    agreement "Westshire<U+200B> pooled fund"

Delete the character; save the file as UTF-8:

    agreement "Westshire pooled fund"
"""

from poolrules.checks.registry import ERROR, found_elsewhere
from poolrules.source.text import BAD_TEXT

page = found_elsewhere(BAD_TEXT, ERROR, __name__)
