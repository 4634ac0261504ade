"""What is said of a line that the grammar does not accept, in the words of the trade.

Each way of getting a line wrong has a recogniser, and the recognisers are tried in order: first those
that know other words for what is meant, then those that know what the first word should have been or a
value badly written, then those that try a small mend and see whether the line can be read with it. Where
none knows, a whole line of the kind is shown.
"""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from msgspec import Struct

from poolrules.base.near import almost
from poolrules.source.finding import Finding, Label, Severity
from poolrules.syntax.codes import BAD_WORDS
from poolrules.syntax.grammar import goes_on_with, openings, reach, wanted_after
from poolrules.syntax.lalr import Misreading
from poolrules.syntax.layout import Line
from poolrules.syntax.miswritten import MISWRITTEN
from poolrules.syntax.model_lines import in_own_names, model_line
from poolrules.syntax.other_words import FIRST_WORDS, SET_PHRASES
from poolrules.syntax.phrases import (
    SAMPLES,
    VALUES,
    described,
    fixed_words,
    listed,
    modes_listed,
    set_noun,
    set_phrases,
    shown,
)
from poolrules.syntax.phrasings import PHRASINGS, Phrasing
from poolrules.syntax.shape import BLOCKS
from poolrules.syntax.slip import MARKS, MOST_SHOWN, TITLED, Slip

_NOUNS: Final = {
    "file": "at the margin", "agreement": "in the agreement", "outcome": "in an outcome", "partner": "in a partner",
    "key": "in a key", "fact": "in a fact", "index": "in an index",
    "fund": "in a fund", "scheme": "in a scheme", "contributions": "in contributions",
    "payments": "in payments between partners", "budget": "in a budget",
    "overspend": "in an overspend", "underspend": "in an underspend", "gain": "in a gain", "board": "in a board",
    "disputes": "in the disputes", "exit": "in the exit terms", "example": "in an example", "deed": "in a variation",
}  # fmt: skip

_NO_TAKER: Final = (
    "this step does not say who bears or gets the money",
    "name who does: `ICB 60%, Council 40%` or `from Contingency`",
)

_AROUND: Final = 300
"""How far from a fault other words for it may stand, so that a long line takes no longer than a short one."""

_OTHER_TAKERS: Final = {
    "reserve": ("is a reserve, and not a partner", {"overspend": "from {0}", "underspend": "into {0}"}),
    "board": ("is a board, and not a partner", {"overspend": "decided by {0}", "underspend": "decided by {0}"}),
    "scheme": (
        "is a scheme, and not a partner",
        {"overspend": "underspends of {0}", "underspend": "carried forward for {0}"},
    ),
}
"""What a step says of things that are not partners, by the block that it stands in."""

_UNFINISHED: Final = {
    "remainder": (
        "nobody takes the remainder",
        "name who does: `Council alone`, `ICB 50%, Council 50%` or `decided by Board`",
    ),
    "expect": ("this expects nothing yet", "say what it pays, receives, gives or holds: `expect ICB pays £390,000`"),
    "given": ("nothing is given yet", "say what is spent: `given Equipment spends £9,900,000`"),
    "allow": ("this allows a finding without a reason", 'give the reason: because "…"'),
    "remove": ("this does not say what goes", "name it: `remove scheme Homecare` or `remove contributions 2027/28`"),
    "first": _NO_TAKER,
    "then": _NO_TAKER,
}
"""What is said of lines that stop too soon, by their first word, where more can be said than what is missing."""


class Sentence(Struct, frozen=True):
    """What is said of a slip, of which stretch of the line, and how to mend it."""

    message: str
    help: str
    start: int
    end: int


Recogniser: TypeAlias = Callable[[Slip], Sentence | None]


def misread(file: str, block: str, line: Line, fault: Misreading, names: dict[str, str]) -> Finding:
    """Say what is wrong with a line, where, and what could stand there instead; `names` are those of the file."""
    slip = Slip(block, line, fault.start, names)
    said = next(said for recognise in _RECOGNISERS if (said := recognise(slip)) is not None)
    label = Label(line.place(file, said.start, max(said.end, said.start + 1)))
    return Finding(BAD_WORDS, Severity.ERROR, said.message, (label,), said.help)


def home_of(block: str, line: Line) -> str | None:
    """The block that a line belongs in by its first word, where that is not the block it stands in."""
    word = _bare(line.text.split(maxsplit=1)[0])
    if word in openings(block):
        return None
    return next((other for other in BLOCKS if word in openings(other)), None)


def block_opened_by(line: Line) -> str | None:
    """The block that a faulty line most likely opens, so that what is below it can be read."""
    if not line.children:
        return None
    word = _bare(line.text.split(maxsplit=1)[0])
    openers = {block: block for block in BLOCKS if block != "file"} | {"variation": "deed"}
    return openers.get(word) or openers.get(almost(word, openers) or "")


def _bare(word: str) -> str:
    """A first word without what people put after it from other notations."""
    return word.rstrip(":=").lower()


def _lines_like(slip: Slip, otherwise: str) -> str:
    """Show a whole line of the kind that was begun, else say something else."""
    line = model_line(slip.block, slip.text, slip.names)
    return f"a whole line reads: `{line}`" if line and len(line) <= MOST_SHOWN else otherwise


def _at_word(slip: Slip, message: str, help: str, stretch: str | None = None) -> Sentence:
    """Say something of the faulty word, or of a longer stretch that begins with it."""
    return Sentence(message, help, slip.at, slip.at + len(slip.word if stretch is None else stretch))


# ---- words of other agreements ----------------------------------------------------------------------


def _other_phrasing(slip: Slip) -> Sentence | None:
    """`up to £40,000` and the like: words that are said otherwise here, for a reason."""
    first, last = max(slip.line.indent, slip.at - _AROUND), slip.at + _AROUND
    for phrasing in PHRASINGS:
        if not phrasing.blocks or slip.kind in phrasing.blocks:
            for found in phrasing.pattern.finditer(slip.text, first, last):
                touches = found.start() <= max(slip.at, slip.reached) and found.end() >= slip.at
                if touches and (help := _mend_of(slip, phrasing, found)) is not None:
                    written = found[0].strip(" ,;")
                    said = {name: shown(part) for name, part in found.groupdict("").items()}
                    start = found.end() - len(found[0].lstrip(" ,;"))
                    return Sentence(phrasing.message.format(shown(written), **said), help, start, start + len(written))
    return None


def _mend_of(slip: Slip, phrasing: Phrasing, found: re.Match[str]) -> str | None:
    """How to mend a phrasing, nothing where that would not let the line be read past it."""
    parts = found.groupdict("")
    why = in_own_names(phrasing.help.format(found[0], **parts), slip.names)
    if not phrasing.write:
        return why
    write = phrasing.write.format(found[0], **parts)
    reached = reach(slip.block, slip.text[: found.start()] + write + slip.text[found.end() :])
    if reached is not None and reached < found.start() + len(write.rstrip()):
        return None
    whole = slip.whole(write, drop=found.end() - found.start(), at=found.start())
    mend = whole or shown(write.strip(" ,;"))
    return f"write `{mend}`: {why}" if why else f"write `{mend}`"


# ---- the first word ---------------------------------------------------------------------------------


def _goes_on_below(slip: Slip) -> Sentence | None:
    """`report quarterly` with `within 20 working days` indented below it, but no comma at its end."""
    below = slip.line.children
    if not (slip.ends_early and below and goes_on_with(slip.block, slip.text, below[0].text)):
        return None
    return Sentence("this line goes on below, and does not end in a comma", "end it with a comma", slip.at, slip.at + 1)


def _dashed(slip: Slip) -> Sentence | None:
    """A line that begins with the dash of a list."""
    if not (slip.at_start and slip.first_word in ("-", "*", "+")):
        return None
    return _at_word(slip, "lines of a list need no dash", "leave the dash out: indentation groups the lines")


def _colon_after_first(slip: Slip) -> Sentence | None:
    """`host: Council` or `host = Council`, as other notations have it."""
    end = slip.line.indent + len(slip.first_word)
    for mark in ":=":
        at = slip.text.find(mark, slip.line.indent, end + 2)
        if 0 <= at <= end + 1 and slip.reached in (at, end) and _bare(slip.first_word) in openings(slip.block):
            return Sentence(f"no `{mark}` stands after `{_bare(slip.first_word)}`", "leave it out", at, at + 1)
    return None


def _capital_first(slip: Slip) -> Sentence | None:
    """`Host Council`."""
    word = slip.first_word
    if not (slip.at_start and word != word.lower() and word.lower() in openings(slip.block)):
        return None
    return _at_word(
        slip, f"`{shown(word)}` is written with a capital", f"write `{word.lower()}`: only names have capitals"
    )


def _belongs_elsewhere(slip: Slip) -> Sentence | None:
    """`host` in a partner, or a line whose indentation has slipped."""
    word = _bare(slip.first_word)
    homes = [other for other in BLOCKS if word in openings(other)]
    if not (slip.at_start and homes) or slip.kind in homes:
        return None
    message = f"`{word}` belongs {listed([_NOUNS[home] for home in homes])}, and this line stands {_NOUNS[slip.kind]}"
    if homes[0] == "file":
        return _at_word(slip, message, "begin the line at the margin, without indentation")
    return _at_word(
        slip,
        message,
        f"move it, and what slipped with it, below {listed([f'`{home}`' for home in homes])}, deeper than that line",
    )


def _removal(slip: Slip) -> Sentence | None:
    """`remove scheme Homecare` in an agreement, which only a deed can vary."""
    if not (slip.at_start and _bare(slip.first_word) == "remove") or "remove" in openings(slip.block):
        return None
    help = "leave out of the agreement what is not in it; what changes later goes into a deed of its own"
    return _at_word(slip, "only a deed of variation removes anything", help)


def _unknown_first(slip: Slip) -> Sentence | None:
    """A line that begins with a word which begins no line here."""
    if not slip.at_start or (slip.wanted and "NAME" in slip.wanted and _names_amount(slip)):
        return None
    known = openings(slip.block)
    near = _first_word_meant(slip)
    words = listed([f"`{words}`" for words in known.values()], most=30)
    names = "a name, or with " if "NAME" in slip.wanted else ""
    help = f"did you mean `{near}`?" if near else f"lines here begin with {names}{words}"
    return _at_word(slip, f"no line {_NOUNS[slip.kind]} begins with `{shown(slip.first_word)}`", help)


def _first_word_meant(slip: Slip) -> str | None:
    """The words that a line most likely ought to begin with."""
    word, known = _bare(slip.first_word), openings(slip.block)
    meant = _words_for(slip).get(word)
    near = almost(word, known)
    return meant or (known[near] if near else None)


def _words_for(slip: Slip) -> dict[str, str]:
    """Other first words that people write in the block; one that a deed varies has those of the block, and its own."""
    return FIRST_WORDS.get(slip.kind, {}) | FIRST_WORDS.get(slip.block, {})


def _other_first_word(slip: Slip) -> Sentence | None:
    """`next ICB alone`: the line would be whole with the word that is meant."""
    word = _bare(slip.first_word)
    meant = _words_for(slip).get(word)
    if meant is None or not slip.at_start:
        return None
    whole = slip.whole(meant, drop=len(slip.first_word), at=slip.line.indent)
    like = model_line(slip.block, slip.text.replace(slip.first_word, meant, 1), slip.names)
    help = f"write `{whole}`" if whole else f"did you mean `{meant}`? a whole line reads: `{like}`"
    return _at_word(slip, f"no line {_NOUNS[slip.kind]} begins with `{shown(slip.first_word)}`", help)


def _reads_elsewhere(slip: Slip) -> Sentence | None:
    """`ICB £2,000,000` in a fund, whole lines of another block."""
    homes = [block for block in BLOCKS if slip.at_start and reach(block, slip.text) is None]
    if not homes or slip.first_word[:1].islower():
        return None
    message = f"this line belongs {listed([_NOUNS[home] for home in homes])}, and stands {_NOUNS[slip.kind]}"
    help = f"move it below {listed([f'`{home}`' for home in homes])}, deeper than that line"
    return Sentence(message, help, slip.line.indent, len(slip.text.rstrip()))


def _names_amount(slip: Slip) -> bool:
    """Whether the line looks like a name and its amount: `equipment £9,000,000`."""
    return "£" in slip.text or slip.text.rstrip()[-1:].isdigit()


# ---- values --------------------------------------------------------------------------------------------


def _miswritten(slip: Slip) -> Sentence | None:
    """An amount, a percentage, a date, a year, a length or a name that is not written as it should be."""
    return _as_form(slip.text, slip.at, slip.wanted)


def _as_form(text: str, at: int, wanted: tuple[str, ...]) -> Sentence | None:
    """Say what is wrong with a value, where it is written in one of the known ways."""
    for form in MISWRITTEN:
        if any(kind in wanted for kind in form.wanted) and (found := form.pattern.match(text, at)):
            parts = {name: shown(part or "") for name, part in found.groupdict().items()}
            written = found[0].rstrip()
            help = form.help.format(shown(written), **parts)
            return Sentence(form.message.format(shown(written), **parts), help, at, at + len(written))
    return None


def _value_goes_on(slip: Slip) -> Sentence | None:
    """`£9 000 000` or `£1.2 million`, which can be read as far as the first space."""
    start = len(slip.before) - len(slip.last_word)
    wanted = wanted_after(slip.block, slip.text[:start])
    said = _as_form(slip.text, start, wanted)
    return said if said is not None and said.end > slip.at else None


def _lower_case_name(slip: Slip) -> Sentence | None:
    """`host council`: offered as it is declared, where it is."""
    word = slip.word
    name = next((known for known in slip.names if known.casefold() == word.casefold()), None)
    if "NAME" not in slip.wanted or not word[:1].islower() or (name is None and almost(word, fixed_words(slip.wanted))):
        return None
    if not slip.helps(name or word.capitalize(), drop=len(word)):
        return None
    help = "a name begins with a capital letter, as where it was declared"
    if name is not None:
        help = f"names are written as where they were declared: did you mean `{name}`?"
    elif slip.last_word == slip.first_word and slip.first_word in TITLED:
        ways = dict.fromkeys((f"`{shown(word.capitalize())}`", f"`{shown(word.upper())}`"))
        help = f"a name begins with a capital letter: {listed(list(ways))}"
    return _at_word(slip, f"`{shown(word)}` is written with a small letter", help)


def _name_of_two_words(slip: Slip) -> Sentence | None:
    """`partner County Council "…"`."""
    words = (slip.last_word, slip.word)
    if not all(word[:1].isupper() and word.replace("-", "").isalnum() for word in words) or "NAME" in slip.wanted:
        return None
    if slip.helps(",") or slip.helps(":"):
        return None
    start = len(slip.before) - len(slip.last_word)
    message = f"`{shown(' '.join(words))}` is two words, and a name is one"
    return Sentence(
        message, f"join them: `{shown(''.join(words))}` or `{shown('-'.join(words))}`", start, slip.at + len(slip.word)
    )


def _missing_value(slip: Slip) -> Sentence | None:
    """`scheme Equipment shared`, where the title was forgotten: the line would be whole with a value here."""
    for kind, sample in SAMPLES.items():
        if kind in slip.wanted and slip.mended(f"{sample} ") is None:
            message = f"{VALUES[kind].split(' such as ')[0]} is missing before `{shown(slip.word)}`"
            return _at_word(slip, message, f"put {VALUES[kind]} here")
    return None


def _text_for_name(slip: Slip) -> Sentence | None:
    """`host "Council"`."""
    if not ("NAME" in slip.wanted and slip.word.startswith('"')):
        return None
    message = f"{shown(slip.word)} is a text, and a name belongs here"
    return _at_word(slip, message, "write the name that it has in this agreement, without quotation marks")


def _bare_text(slip: Slip) -> Sentence | None:
    """`aims Help people stay well`."""
    if "STRING" not in slip.wanted or slip.word.startswith('"') or slip.word in ",;:":
        return None
    message = f"the text `{shown(slip.stretch)}` stands without quotation marks"
    return _at_word(slip, message, f'write "{shown(slip.stretch)}"', slip.stretch)


# ---- marks and words between values -----------------------------------------------------------------------


def _missing_mark(slip: Slip) -> Sentence | None:
    """`manager "Head of Commissioning" officer of Council`."""
    for mark, name in MARKS.items():
        if slip.word not in MARKS and slip.helps(mark, at=len(slip.before)):
            return _at_word(
                slip,
                f"a {name} is missing before `{shown(slip.word)}`",
                f"put `{mark}` after `{shown(slip.last_word)}`",
            )
    return None


def _wrong_mark(slip: Slip) -> Sentence | None:
    """A comma where a semicolon belongs, and the like."""
    at = slip.at if slip.word in MARKS else max(slip.before.rfind(mark) for mark in MARKS)
    written = slip.text[at : at + 1]
    for mark, name in MARKS.items():
        if at >= 0 and written in MARKS and mark != written and slip.helps(mark, drop=1, at=at):
            return Sentence(f"a {name} belongs here, not a {MARKS[written]}", f"write `{mark}`", at, at + 1)
    return None


def _stray_sign(slip: Slip) -> Sentence | None:
    """A sign that means nothing, without which the line can be read."""
    sign = slip.text[slip.reached : slip.reached + 1]
    if not sign or sign.isalnum() or sign in '"£' or slip.mended("", drop=1, at=slip.reached) is not None:
        return None
    return Sentence(f"`{sign}` has no place here", "leave it out", slip.reached, slip.reached + 1)


def _bracket(slip: Slip) -> Sentence | None:
    """Brackets, which some other notations group with."""
    sign = slip.text[slip.reached : slip.reached + 1]
    if not sign or sign not in "[]{}()":
        return None
    return Sentence(
        f"`{sign}` means nothing here", "leave it out: indentation groups the lines", slip.reached, slip.reached + 1
    )


def _missing_word(slip: Slip) -> Sentence | None:
    """`expect ICB £390,000`: one of a few words would make the line whole."""
    found = [word for word in fixed_words(slip.wanted) if slip.mended(f"{word} ") is None and _fits(slip, word)]
    if not found:
        return None
    words = listed([f"`{word}`" for word in found])
    whole = slip.whole(f"{found[0]} ") if len(found) == 1 else None
    help = f"write `{whole}`" if whole else f"put {words} here"
    return _at_word(slip, f"{words} is missing before `{shown(slip.word)}`", help)


def _fits(slip: Slip, word: str) -> bool:
    """Whether a word can be said of the name before it: only the amount of a fact `is` a sum, and it spends none."""
    if word not in ("is", "spends"):
        return True
    return (word == "is") is (slip.names.get(slip.last_word) == "fact")


def _not_a_mode(slip: Slip) -> Sentence | None:
    """`risk share`: a mode says who pays, so only a slip of the pen is answered with one mode."""
    if "RING_FENCED" not in slip.wanted:
        return None
    near = almost(slip.stretch, set_phrases(slip.wanted))
    help = f"did you mean `{near}`?" if near else in_own_names(modes_listed(in_full=True), slip.names)
    if slip.ends_early:
        return _at_word(slip, "this scheme does not say what becomes of an overspend or underspend", help)
    return _at_word(slip, f"`{shown(slip.stretch)}` is not a mode of a scheme", help, slip.stretch)


def _wrong_phrase(slip: Slip) -> Sentence | None:
    """A set phrase, of which there are few, that is not one of them."""
    phrases = set_phrases(slip.wanted)
    if not phrases:
        return None
    said = slip.stretch
    meant = [phrase for phrase in SET_PHRASES.get(said.casefold(), ()) if slip.helps(phrase, drop=len(said))]
    longer = [phrase for phrase in phrases if phrase.startswith(f"{said} ")]
    near = almost(said, [*phrases, *fixed_words(slip.wanted)])
    found = meant or longer or ([near] if near else [])
    if found:
        help = f"did you mean {listed([f'`{phrase}`' for phrase in found])}?"
    elif "NAME" in slip.wanted or fixed_words(slip.wanted):
        help = _lines_like(slip, f"here can stand {described(slip.wanted)}")
    else:
        help = f"write {listed([f'`{phrase}`' for phrase in phrases])}"
    return _at_word(slip, f"`{shown(said)}` is not {set_noun(slip.wanted)}", help, said)


def _capital_word(slip: Slip) -> Sentence | None:
    """`manager "Head", Officer of Council`."""
    word = slip.word
    if word == word.lower() or word.lower() not in fixed_words(slip.wanted):
        return None
    return _at_word(
        slip, f"`{shown(word)}` is written with a capital", f"write `{word.lower()}`: only names have capitals"
    )


def _misspelt_word(slip: Slip) -> Sentence | None:
    """`officer off Council`."""
    near = almost(slip.word, fixed_words(slip.wanted))
    if near is None:
        return None
    return _at_word(slip, f"`{shown(slip.word)}` is not understood here", f"did you mean `{near}`?")


def _other_word(slip: Slip) -> Sentence | None:
    """`annual return in 3 months`: only one word can stand here, and the line is whole with it."""
    words = fixed_words(slip.wanted)
    whole = slip.whole(words[0], drop=len(slip.word)) if len(slip.wanted) == len(words) == 1 else None
    return _at_word(slip, f"`{shown(slip.word)}` is not understood here", f"write `{whole}`") if whole else None


# ---- the end of the line -------------------------------------------------------------------------------------


def _ends_with_mark(slip: Slip) -> Sentence | None:
    """A line that promises more by its last mark, with nothing indented below it to go on."""
    mark = slip.before[-1:]
    if not (slip.ends_early and mark in MARKS):
        return None
    message = f"the line ends with a {MARKS[mark]}, and nothing goes on from it"
    help = "leave it out, or go on in the next line, indented deeper than this one"
    return Sentence(message, help, len(slip.before) - 1, len(slip.before))


def _share_without_percentage(slip: Slip) -> Sentence | None:
    """`ICB 60%, Council`."""
    if not (slip.ends_early and "PERCENT" in slip.wanted and slip.last_word[:1].isupper()):
        return None
    start = len(slip.before) - len(slip.last_word)
    name = shown(slip.last_word)
    said, instead = _OTHER_TAKERS.get(slip.names.get(slip.last_word, ""), ("", {}))
    if slip.kind in instead:
        help = f"write `{instead[slip.kind].format(name)}`"
        return Sentence(f"`{name}` {said}", help, start, len(slip.before))
    alone = f"write `{name} alone`, " if "ALONE" in slip.wanted else "write "
    help = f"{alone}a percentage such as `{name} 40%`, or parts such as `{name} 2 parts`"
    return Sentence(f"the share of `{name}` is missing", help, start, len(slip.before))


def _title_missing(slip: Slip) -> Sentence | None:
    """`fund BCF`, without the title that the draft will print."""
    if "STRING" not in slip.wanted or slip.first_word not in TITLED or slip.before.split()[:-1] != [slip.first_word]:
        return None
    if not slip.ends_early and slip.mended('"x" ') is not None:
        return None
    help = f'write it between quotation marks: {slip.before.strip()} "…"'
    return Sentence(f"the title of `{shown(slip.last_word)}` is missing", help, slip.at, slip.at + len(slip.word))


def _title_without_quotes(slip: Slip) -> Sentence | None:
    """`partner ICB NHS Westshire ICB`."""
    titled = slip.first_word in TITLED and slip.before.split()[:-1] == [slip.first_word]
    if slip.ends_early or '"' in slip.text or "STRING" not in slip.wanted or not titled:
        return None
    written = slip.word if slip.first_word in ("scheme", "reserve") else slip.stretch
    rest = slip.text[slip.at + len(written) :].strip()
    mended = f'{slip.before.strip()} "{shown(written)}" {shown(rest)}'.strip()
    return _at_word(slip, f"the title `{shown(written)}` stands without quotation marks", f"write `{mended}`", written)


def _unfinished(slip: Slip) -> Sentence | None:
    """A line that stops too soon."""
    if not slip.ends_early:
        return None
    special = _UNFINISHED.get(slip.first_word)
    if special and (len(fixed_words(slip.wanted)) > 1 or slip.wanted == ("BECAUSE",)):
        return Sentence(*special, slip.at, slip.at + 1)
    message = f"the line stops after `{shown(slip.last_word)}`, too soon"
    help = f"go on with {described(slip.wanted)}"
    if any(kind not in VALUES for kind in (*slip.wanted, *wanted_after(slip.block, f"{slip.text},"))):
        help = _lines_like(slip, help)
    return Sentence(message, help, slip.at, slip.at + 1)


def _too_much(slip: Slip) -> Sentence | None:
    """A line that is whole and goes on."""
    if "$END" not in slip.wanted:
        return None
    rest = slip.text[slip.at :].rstrip()
    help = "leave it out, or put it on a line of its own"
    if slip.wanted != ("$END",):
        help = f"leave it out; {_lines_like(slip, 'the line is whole without it')}"
    return _at_word(slip, f"the line is complete before `{shown(rest)}`", help, rest)


def _cannot_stand(slip: Slip) -> Sentence:
    """Whatever has no sentence of its own."""
    help = _lines_like(slip, f"here can stand {described(slip.wanted)}" if slip.wanted else "")
    if len(slip.wanted) == 1 and slip.wanted[0] in VALUES:
        return _at_word(slip, f"`{shown(slip.word)}` is not {described(slip.wanted).split(' such as ')[0]}", help)
    return _at_word(slip, f"`{shown(slip.word)}` cannot stand here", help)


_RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    _goes_on_below,
    _dashed,
    _bracket,
    _colon_after_first,
    _capital_first,
    _other_phrasing,
    _other_first_word,
    _belongs_elsewhere,
    _reads_elsewhere,
    _lower_case_name,
    _removal,
    _unknown_first,
    _ends_with_mark,
    _share_without_percentage,
    _title_missing,
    _title_without_quotes,
    _not_a_mode,
    _unfinished,
    _value_goes_on,
    _miswritten,  # before the mends below: `60 %` could be mended in ways that nobody meant
    _missing_value,
    _missing_mark,
    _wrong_mark,
    _stray_sign,
    _name_of_two_words,
    _text_for_name,
    _bare_text,
    _missing_word,
    _capital_word,
    _wrong_phrase,
    _misspelt_word,
    _other_word,
    _too_much,
    _cannot_stand,
)
"""Tried in this order; the last always has something to say."""
