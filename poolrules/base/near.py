"""The name that was meant by a misspelt one."""

import re
from collections.abc import Iterable
from typing import Final

from poolrules.base.limits import MAX_NAMES_COMPARED

_COMPARED: Final = 100
"""How many characters of each name count: comparing takes time that grows with the square of the length."""

_COMMON: Final = frozenset(("a", "act", "and", "by", "for", "in", "of", "on", "or", "section", "the", "to", "with"))
"""Words that two names may share without being alike."""


def nearest(wrong: str, names: Iterable[str]) -> str | None:
    """Find the known name that a misspelt one most likely means, or nothing when none is close.

    For names that somebody made up: those of the language are too alike for it, see `almost`.

    >>> nearest("burough", ["trust", "borough"])
    'borough'
    """
    from difflib import get_close_matches  # only a reader with a misspelling pays for this import

    known = sorted(set(names))[:MAX_NAMES_COMPARED]
    folded = {name[:_COMPARED].casefold(): name for name in reversed(known)}
    found = get_close_matches(wrong[:_COMPARED].casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def almost(wrong: str, names: Iterable[str]) -> str | None:
    """Find the one name from which a word differs by a letter or two, or nothing.

    For words with a meaning in law or money, where a wrong offer that is taken moves both. A digit is
    never a slip of the pen: section 76 is not section 75.

    >>> almost("sharde", ["shared", "fixed share"]), almost("risk share", ["shared", "fixed share"])
    ('shared', None)
    """
    folded = wrong[:_COMPARED].casefold()
    most = 2 if len(folded) > 4 else len(folded) > 2
    known = [name for name in sorted(set(names))[:MAX_NAMES_COMPARED] if abs(len(name) - len(wrong)) <= most]
    apart = {name: _letters_apart(folded, name[:_COMPARED].casefold()) for name in known if _same_digits(wrong, name)}
    least = min(apart.values(), default=most + 1)
    found = [name for name, letters in apart.items() if letters == least]
    return found[0] if least <= most and len(found) == 1 else None


def _same_digits(one: str, other: str) -> bool:
    """Whether two names hold the same digits."""
    return re.findall("[0-9]", one) == re.findall("[0-9]", other)


def _letters_apart(one: str, other: str) -> int:
    """Count the letters to put in, leave out, change or swap with the next to get from one word to another."""
    before, above = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, theirs in enumerate(other, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != theirs))
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], theirs):
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1]


def did_you_mean(wrong: str, names: Iterable[str]) -> str:
    """Offer the nearest name as a mend, else list the names there are (at most a dozen).

    >>> did_you_mean("burough", ["borough", "trust"])
    'did you mean `borough`?'
    """
    known = sorted(set(names))
    near = nearest(wrong, known)
    if near is not None:
        return f"did you mean `{near}`?"
    if not known:
        return ""
    listed = ", ".join(f"`{name}`" for name in known[:12])
    return f"the names here are {listed}{' and others' if len(known) > 12 else ''}"


def which_of(wrong: str, things: Iterable[tuple[str, ...]]) -> str:
    """Offer everything that may be meant, each thing being the name to write and what else it is called.

    What is called so comes first, then what differs by a letter or two, then all that share a telling
    word, those that share most first. Where nothing does, all names are listed.

    >>> which_of("CCG", [("integrated care board", "ICB"), ("clinical commissioning group", "CCG")])
    'did you mean `clinical commissioning group`?'
    """
    known = dict.fromkeys(things)
    called = [names[0] for names in known if _plain(wrong) in map(_plain, names)]
    near = almost(wrong, (names[0] for names in known))
    found = called or ([near] if near else _sharing_words(wrong, [names[0] for names in known]))
    return f"did you mean {_either(found)}?" if found else f"write {_either([names[0] for names in known])}"


def _sharing_words(wrong: str, names: list[str]) -> list[str]:
    """The names that have a telling word in common with a wrong one, those with most first."""
    said = set(_plain(wrong).split()) - _COMMON
    shared = {name: len(said & set(_plain(name).split())) for name in names}
    return sorted((name for name in names if shared[name]), key=lambda name: -shared[name])


def _plain(name: str) -> str:
    """A name for comparing: small letters and digits, and one space between words.

    >>> _plain("S.75 of the NHS  Act")
    's75 of the nhs act'
    """
    return " ".join(re.sub(r"[^a-z0-9\s]", "", name.casefold()).split())


def _either(names: list[str]) -> str:
    """Names in a row, with `or` before the last."""
    quoted = [f"`{name}`" for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
