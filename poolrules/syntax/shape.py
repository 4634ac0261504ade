"""The shape of the written tree: which words open blocks, which make lists, and which always have parts."""

from typing import Final

BLOCKS: Final = (
    "file", "agreement", "outcome", "partner", "fund", "scheme", "contributions", "budget",
    "overspend", "underspend", "board", "disputes", "exit", "example",
)  # fmt: skip
"""The blocks of the language: each has a rule `in_` + its name in the grammar."""

LISTS: Final = {
    "partner": "partners",
    "fund": "funds",
    "board": "boards",
    "example": "examples",
    "allow": "allowed",
    "assumed": "assumed",
    "source": "sources",
    "outcome": "outcomes",
    "function": "functions",
    "scheme": "schemes",
    "contributions": "contributions",
    "contribution": "amounts",
    "rolled": "rolled",
    "budget": "budgets",
    "reserve": "reserves",
    "overspend": "overspends",
    "underspend": "underspends",
    "first": "steps",
    "then": "steps",
    "level": "levels",
    "given": "given",
    "expect": "expects",
}
"""The words of lines that may stand more than once in a block, and the list that they go into."""

TEXT_LISTS: Final = ("assumed", "source")
"""The listed words whose items are plain texts."""

PARTED: Final = ("disputes", "exit", "remainder", "in proportion to contributions")
"""The words, beside those of lists, that are always mappings, even when nothing more is said."""

AMOUNTS: Final = "amounts"
"""The key under which the lines of a budget, a name and an amount each, are gathered."""
