"""The shape of the written tree: which words open blocks, which make lists, and which always have parts."""

from typing import Final

BLOCKS: Final = (
    "file", "agreement", "outcome", "partner", "key", "fact", "index", "fund", "scheme", "contributions", "payments",
    "budget", "overspend", "underspend", "gain", "board", "disputes", "exit", "example", "deed",
)  # fmt: skip
"""The blocks of the language: each has a rule `in_` + its name in the grammar."""

VARIED: Final = ("file", "partner", "key", "fact", "index", "fund", "board", "disputes", "exit")
"""The blocks that a deed of variation changes line by line; in it each has a rule `in_varied_` + its name."""

_VARIED: Final = "varied_"

VARIED_FILE: Final = _VARIED + "file"
"""The block that the lines at the margin of a deed of variation stand in."""

PARSED: Final = (*BLOCKS, *(_VARIED + block for block in VARIED))
"""Every block that lines are parsed in, those of deeds among them."""


def block_below(block: str, word: str) -> str:
    """The block that stands below a line, by the block that the line itself stands in.

    >>> block_below("file", "fund"), block_below("varied_file", "fund"), block_below("varied_fund", "scheme")
    ('fund', 'varied_fund', 'scheme')
    """
    return _VARIED + word if block == VARIED_FILE and word in VARIED else word


def kind_of_block(block: str) -> str:
    """What a block is, in a deed or not.

    >>> kind_of_block("varied_fund"), kind_of_block("fund")
    ('fund', 'fund')
    """
    return block.removeprefix(_VARIED)


LISTS: Final = {
    "partner": "partners",
    "fund": "funds",
    "board": "boards",
    "key": "keys",
    "fact": "facts",
    "index": "indices",
    "values": "values",
    "rate": "rates",
    "example": "examples",
    "allow": "allowed",
    "assumed": "assumed",
    "source": "sources",
    "outcome": "outcomes",
    "function": "functions",
    "scheme": "schemes",
    "contributions": "contributions",
    "contribution": "amounts",
    "change": "changes",
    "total": "totals",
    "rolled": "rolled",
    "awaited": "awaited",
    "shift": "shifts",
    "payments": "payments",
    "payment": "amounts",
    "budget": "budgets",
    "reserve": "reserves",
    "overspend": "overspends",
    "underspend": "underspends",
    "gain": "gains",
    "compartment": "compartments",
    "first": "steps",
    "then": "steps",
    "level": "levels",
    "notice by": "notices by class",
    "given": "given",
    "expect": "expects",
    "consent of": "consents",
    "remove": "removes",
}
"""The words of lines that may stand more than once in a block, and the list that they go into."""

TEXT_LISTS: Final = ("assumed", "source")
"""The listed words whose items are plain texts."""

PLAIN_LISTS: Final = ("names", "texts", "days")
"""The rules of the grammar that are lists of plain values."""

PARTED: Final = ("disputes", "exit", "remainder", "in proportion to contributions", "in proportion to")
"""The words, beside those of lists, that are always mappings, even when nothing more is said."""

AMOUNTS: Final = "amounts"
"""The key under which the lines of a budget, a name and an amount each, are gathered."""

IN_ORDER: Final = ("levels",)
"""The lists whose order means something, so that a deed of variation says all of one again."""

NAMED_BY: Final = {"notice by": "given by"}
"""The part that a line is known by which has no name, title or year of its own, where not by all that it says."""

INSTEAD: Final = {
    "consulted": ("not consulted",),
    "not consulted": ("consulted",),
    "provides": ("provides nothing",),
    "provides nothing": ("provides",),
    "balance": ("balance shared",),
    "balance shared": ("balance",),
}
"""The lines of a block that cannot stand beside each other: a deed that says the one takes away the other."""
