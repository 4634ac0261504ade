"""What the parts of a line are called when something is said of them: never by the grammar's own names."""

import re
from collections.abc import Iterable
from typing import Final

from poolrules.source.text import visible
from poolrules.syntax.grammar import expression_of, word_of

VALUES: Final = {
    "NAME": "a name such as `Council`",
    "STRING": "a text between quotation marks",
    "MONEY": "an amount such as `£1,200`",
    "PERCENT": "a percentage such as `60%`",
    "PERCENT_OF_BUDGET": "a percentage such as `2% of their budget`",
    "PERCENT_A_YEAR": "a rate such as `4% a year`",
    "DAY_OF_YEAR": "a day such as `1 April`",
    "PARTS": "a weight such as `2 parts`",
    "NUMBER": "a whole number such as `98`",
    "PART_OF": "a part such as `50% of what is left`",
    "TOTAL_OF": "a total such as `the total of Baseline`",
    "INSTALMENTS": "instalments such as `4 yearly instalments from next year`",
    "PART_OF_ITS_CONTRIBUTION": "a part such as `10% of its contribution`",
    "DAY": "a date such as `1 April 2026`",
    "YEAR": "a financial year such as `2026/27`",
    "LENGTH": "a length of time such as `20 working days`",
    "DEED_NUMBER": "a number such as `2`",
    "REMOVED": "a thing to remove such as `scheme Homecare`",
    "CHECK": "the code of a check such as `MON005`",
    "PHRASE": "a phrase of the law or of public bodies",
    "COMMA": "a comma",
    "SEMICOLON": "a semicolon",
    "COLON": "a colon",
    "$END": "the end of the line",
}
"""Everything that is not a fixed word or a set phrase."""

SAMPLES: Final = {
    "NAME": "X", "STRING": '"x"', "MONEY": "£1", "PERCENT": "1%",
    "DAY": "1 April 2026", "DAY_OF_YEAR": "1 April", "YEAR": "2026/27", "LENGTH": "1 day", "NUMBER": "1",
    "DEED_NUMBER": "1",
}  # fmt: skip
"""One of each kind of value, for trying whether a line would be whole with it."""

_SET_NOUNS: Final = {
    "HOW_OFTEN": "a way of saying how often",
    "NATION": "a nation",
    "MONTH_ENDS": "a rule for days that a month lacks",
    "NO_INTEREST": "a rate of interest",
    "VARIATION": "a way of varying the agreement",
    "MADE": "a way of making a variation",
    "REGIME": "a VAT regime",
    "VARIED_BY": "a way of varying contributions",
    "WHEN": "a time of payment",
    "PAY_DAY": "a day of payment",
    "COUNTING": "a way of counting contributions",
    "RECURRENCE": "a way of counting contributions",
    "CHARGES": "a way of counting contributions",
    "MOMENT": "a state of the contributions",
    "FORM": "a form of board",
    "LAST_RESORT": "a last resort in a dispute",
    "BALANCE": "a way of dealing with the balance",
    "COUNTED": "a way of counting part of a year",
    "ASSETS": "a way of dealing with assets",
    "STAFF": "a way of dealing with staff",
    "SHARED": "a mode of a scheme",
    "LARGEST_CONTRIBUTOR": "what can host a fund",
    "THE_FUND": "something that the words before can be said of",
}

_OPEN_SETS: Final = {
    "HOW_OFTEN": ("monthly", "quarterly", "half-yearly", "yearly", "every 2 months"),
    "MADE": ("in writing, signed by all partners", "by exchange of letters", "by decision of Board"),
    "VARIED_BY": ("written agreement of all partners", "decision of Board"),
    "PAY_DAY": ("the first working day", "the last working day", "day 15"),
}
"""Set phrases with a number or a name in them, by example."""

_SPACE: Final = re.compile(r"\[ (?:\n|\\n)\]\+| \+")
"""Space between words as the grammar's expressions write it."""

MODES: Final = {
    "shared": ("shared", "an overspend or underspend goes by the terms agreed for it"),
    "own risk": (
        "own risk of Council, over and under",
        "the partner named pays an overspend and keeps an underspend",
    ),
    "fixed share": (
        "fixed share with variance borne by the host",
        "the others have paid a price, the host bears the rest",
    ),
    "ring-fenced": (
        "ring-fenced with overspend borne by Council",
        "an underspend stays in the scheme, a partner that is named pays an overspend",
    ),
    "aligned": ("aligned, led by ICB", "no money is pooled, the partner named answers for its own"),
    "in view only": ("in view only", "reported, never settled"),
}
"""The modes of a scheme: each in full, and who pays and keeps under it."""

_SHOWN: Final = 40
"""How many characters of what was written are shown again."""


def shown(written: str) -> str:
    """What was written, shortened, on one line and with nothing invisible in it.

    >>> shown("the first\\n  working day")
    'the first working day'
    """
    plain = visible(" ".join(written[: 4 * _SHOWN].split()))
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN].rstrip()}…"


def set_phrases(terminals: Iterable[str]) -> list[str]:
    """The set phrases among what is wanted, in the order of the grammar."""
    found: list[str] = []
    for terminal in terminals:
        if terminal in _OPEN_SETS:
            found.extend(_OPEN_SETS[terminal])
        elif terminal not in VALUES and word_of(terminal) is None:
            pattern = re.sub(r"\(.*?\)\?", "", expression_of(terminal).pattern)
            found.extend(_SPACE.sub(" ", phrase) for phrase in pattern.split("|"))
    return found


def set_noun(terminals: Iterable[str]) -> str:
    """What the set phrases among what is wanted are, as `a mode of a scheme`."""
    return next((_SET_NOUNS[terminal] for terminal in terminals if terminal in _SET_NOUNS), "what can be said here")


def fixed_words(terminals: Iterable[str]) -> list[str]:
    """The fixed words among what is wanted."""
    words = (word_of(terminal) for terminal in terminals)
    return [word for word in words if word is not None and word not in ",;:"]


def described(terminals: tuple[str, ...]) -> str:
    """All that is wanted at a place, as a list in words.

    >>> described(("PERCENT", "COMMA"))
    'a percentage such as `60%` or a comma'
    """
    values = [VALUES[terminal] for terminal in terminals if terminal in VALUES]
    words = [f"`{word}`" for word in (*set_phrases(terminals), *fixed_words(terminals))]
    return listed([*values, *words])


def listed(things: list[str], most: int = 12) -> str:
    """Put things in a row with `or` before the last.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    if len(things) > most:
        return f"{', '.join(things[:most])} and others"
    return " or ".join([", ".join(things[:-1]), things[-1]]) if len(things) > 1 else "".join(things)


def modes_listed(*, in_full: bool) -> str:
    """The modes of a scheme, each with what it means: who pays must be chosen, and is never guessed."""
    modes = [f"`{full if in_full else mode}` ({meaning})" for mode, (full, meaning) in MODES.items()]
    return f"say who pays: {listed(modes)}"
