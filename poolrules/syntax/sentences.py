"""What is said of a line that the grammar does not accept, in the words of the trade.

Each way of getting a line wrong has a recogniser, and the recognisers are tried in order: first
those that know what the first word should have been, then those that know a value badly written,
then those that try a small mend and see whether the line can be read with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from poolrules.base.near import nearest
from poolrules.source.finding import Finding, Label, Severity
from poolrules.syntax.codes import BAD_WORDS
from poolrules.syntax.grammar import goes_on_with, openings, reach, wanted_after
from poolrules.syntax.lalr import Misreading
from poolrules.syntax.layout import Line
from poolrules.syntax.miswritten import MISWRITTEN
from poolrules.syntax.phrases import SAMPLES, VALUES, described, fixed_words, listed, set_noun, set_phrases, shown
from poolrules.syntax.shape import BLOCKS

_NOUNS: Final = {
    "file": "at the margin", "agreement": "in the agreement", "outcome": "in an outcome", "partner": "in a partner",
    "fund": "in a fund", "scheme": "in a scheme", "contributions": "in contributions", "budget": "in a budget",
    "overspend": "in an overspend", "underspend": "in an underspend", "board": "in a board",
    "disputes": "in the disputes", "exit": "in the exit terms", "example": "in an example",
}  # fmt: skip

_TITLED: Final = ("partner", "fund", "scheme", "reserve", "board")

_MARKS: Final = {",": "comma", ";": "semicolon", ":": "colon"}

_NO_TAKER: Final = (
    "this step does not say who bears or gets the money",
    "name who does: `ICB 60%, Council 40%` or `from Contingency`",
)

_UNFINISHED: Final = {
    "remainder": (
        "nobody takes the remainder",
        "name who does: `Council alone`, `ICB 50%, Council 50%` or `decided by Board`",
    ),
    "expect": ("this expects nothing yet", "say what it pays, receives, gives or holds: `expect ICB pays £390,000`"),
    "given": ("nothing is given yet", "say what is spent: `given Equipment spends £9,900,000`"),
    "allow": ("this allows a finding without a reason", 'give the reason: because "…"'),
    "first": _NO_TAKER,
    "then": _NO_TAKER,
}
"""What is said of lines that stop too soon, by their first word, where more can be said than what is missing."""


@dataclass(frozen=True)
class Slip:
    """A line, and where reading it came to a stand."""

    block: str
    line: Line
    reached: int

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.line.text

    @cached_property
    def at(self) -> int:
        """Where the words begin that the fault is in: `£1.2m` is read as far as its m, `the fun` not at all."""
        if self.reached >= len(self.text):
            return len(self.text)
        at = self.reached if self.text[self.reached] in _MARKS else self._word_start(self.reached)
        while at > self.line.indent and not wanted_after(self.block, self.text[:at]):
            at = self._word_start(len(self.text[:at].rstrip()) - 1)
        return max(at, self.line.indent)

    def _word_start(self, at: int) -> int:
        """Where the word begins that an offset is in."""
        while at > 0 and self._within_word(at - 1):
            at -= 1
        return at

    def _within_word(self, at: int) -> bool:
        """Whether a character belongs to the word after it."""
        sign = self.text[at]
        if sign == ",":
            return self.text[at - 1 : at].isdigit() and self.text[at + 1 : at + 2].isdigit()
        return not sign.isspace() and sign not in ';:"'

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """What could stand where the faulty word begins."""
        return wanted_after(self.block, self.text[: self.at])

    @property
    def ends_early(self) -> bool:
        """Whether the line ends where more is wanted."""
        return self.at >= len(self.text)

    @property
    def first_word(self) -> str:
        """The word that the line begins with."""
        return self.text.split(maxsplit=1)[0]

    @property
    def at_start(self) -> bool:
        """Whether the fault is in the first word."""
        return self.at <= self.line.indent

    @property
    def before(self) -> str:
        """The line up to the faulty word."""
        return self.text[: self.at].rstrip()

    @property
    def last_word(self) -> str:
        """The word before the faulty one."""
        return (self.before.split() or [""])[-1]

    @cached_property
    def word(self) -> str:
        """The faulty word: a text with its quotation marks, else up to a space or mark."""
        rest = self.text[self.at :]
        if rest.startswith('"'):
            return rest[: rest.find('"', 1) + 1]
        word = rest.split(maxsplit=1)[0] if rest.strip() else ""
        return word.rstrip(",;:") or word[:1]

    @cached_property
    def stretch(self) -> str:
        """The faulty words up to the next mark."""
        rest = self.text[self.at :]
        ends = [rest.find(mark) for mark in (*_MARKS, '"') if rest.find(mark) > 0]
        return rest[: min(ends, default=len(rest))].rstrip()

    def mended(self, insert: str, *, drop: int = 0, at: int | None = None) -> int | None:
        """How far the line can be read after a mend, counted in the line as written; nothing where all of it can."""
        at = self.at if at is None else at
        reached = reach(self.block, self.text[:at] + insert + self.text[at + drop :])
        return None if reached is None else reached - len(insert) + drop

    def helps(self, insert: str, *, drop: int = 0, at: int | None = None) -> bool:
        """Whether the line can be read whole, or past the faulty word, after a mend."""
        reached = self.mended(insert, drop=drop, at=at)
        return reached is None or reached > self.at + len(self.word)


@dataclass(frozen=True)
class Sentence:
    """What is said of a slip, of which stretch of the line, and how to mend it."""

    message: str
    help: str
    start: int
    end: int


Recogniser: TypeAlias = Callable[[Slip], Sentence | None]


def misread(file: str, block: str, line: Line, fault: Misreading) -> Finding:
    """Say what is wrong with a line, where, and what could stand there instead."""
    slip = Slip(block, line, fault.start)
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
    openers = [block for block in BLOCKS if block != "file"]
    return word if word in openers else nearest(word, openers)


def _bare(word: str) -> str:
    """A first word without what people put after it from other notations."""
    return word.rstrip(":=").lower()


def _at_word(slip: Slip, message: str, help: str, stretch: str | None = None) -> Sentence:
    """Say something of the faulty word, or of a longer stretch that begins with it."""
    return Sentence(message, help, slip.at, slip.at + len(slip.word if stretch is None else stretch))


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
    if not (slip.at_start and homes) or slip.block in homes:
        return None
    message = f"`{word}` belongs {listed([_NOUNS[home] for home in homes])}, and this line stands {_NOUNS[slip.block]}"
    if homes[0] == "file":
        return _at_word(slip, message, "begin the line at the margin, without indentation")
    return _at_word(
        slip,
        message,
        f"move it, and what slipped with it, below {listed([f'`{home}`' for home in homes])}, deeper than that line",
    )


def _unknown_first(slip: Slip) -> Sentence | None:
    """A line that begins with a word which begins no line here."""
    if not slip.at_start or (slip.wanted and "NAME" in slip.wanted and _names_amount(slip)):
        return None
    known = openings(slip.block)
    near = nearest(_bare(slip.first_word), known)
    words = listed([f"`{words}`" for words in known.values()], most=30)
    names = "a name, or with " if "NAME" in slip.wanted else ""
    help = f"did you mean `{known[near]}`?" if near else f"lines here begin with {names}{words}"
    return _at_word(slip, f"no line {_NOUNS[slip.block]} begins with `{shown(slip.first_word)}`", help)


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
    """`host council`."""
    word = slip.word
    name = word[:1].upper() + word[1:]
    if "NAME" not in slip.wanted or not word[:1].islower() or nearest(word, fixed_words(slip.wanted)):
        return None
    if not slip.helps(name, drop=len(word)):
        return None
    return _at_word(
        slip, f"`{shown(word)}` is written with a small letter", f"names have a capital: did you mean `{shown(name)}`?"
    )


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
    for mark, name in _MARKS.items():
        if slip.word not in _MARKS and slip.helps(mark, at=len(slip.before)):
            return _at_word(
                slip,
                f"a {name} is missing before `{shown(slip.word)}`",
                f"put `{mark}` after `{shown(slip.last_word)}`",
            )
    return None


def _wrong_mark(slip: Slip) -> Sentence | None:
    """A comma where a semicolon belongs, and the like."""
    at = slip.at if slip.word in _MARKS else max(slip.before.rfind(mark) for mark in _MARKS)
    written = slip.text[at : at + 1]
    for mark, name in _MARKS.items():
        if at >= 0 and written in _MARKS and mark != written and slip.helps(mark, drop=1, at=at):
            return Sentence(f"a {name} belongs here, not a {_MARKS[written]}", f"write `{mark}`", at, at + 1)
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
    words = [f"`{word}`" for word in fixed_words(slip.wanted) if slip.mended(f"{word} ") is None]
    if not words:
        return None
    return _at_word(slip, f"{listed(words)} is missing before `{shown(slip.word)}`", f"put {listed(words)} here")


def _wrong_phrase(slip: Slip) -> Sentence | None:
    """A set phrase, of which there are few, that is not one of them."""
    phrases = set_phrases(slip.wanted)
    if not phrases:
        return None
    said = slip.stretch
    longer = (phrase for phrase in phrases if phrase.startswith(f"{said} "))
    near = next(longer, None) or nearest(said, [*phrases, *fixed_words(slip.wanted)])
    help = f"did you mean `{near}`?" if near else f"here can stand {described(slip.wanted)}"
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
    words = fixed_words(slip.wanted)
    near = nearest(slip.word, words)
    if near is None and not (len(words) == 1 and slip.helps(words[0], drop=len(slip.word))):
        return None
    return _at_word(slip, f"`{shown(slip.word)}` is not understood here", f"did you mean `{near or words[0]}`?")


# ---- the end of the line -------------------------------------------------------------------------------------


def _ends_with_mark(slip: Slip) -> Sentence | None:
    """A line that promises more by its last mark, with nothing indented below it to go on."""
    mark = slip.before[-1:]
    if not (slip.ends_early and mark in _MARKS):
        return None
    message = f"the line ends with a {_MARKS[mark]}, and nothing goes on from it"
    help = "leave it out, or go on in the next line, indented deeper than this one"
    return Sentence(message, help, len(slip.before) - 1, len(slip.before))


def _share_without_percentage(slip: Slip) -> Sentence | None:
    """`ICB 60%, Council`."""
    if not (slip.ends_early and "PERCENT" in slip.wanted and slip.last_word[:1].isupper()):
        return None
    start = len(slip.before) - len(slip.last_word)
    help = f"write a percentage such as `{slip.last_word} 40%`, or parts such as `{slip.last_word} 2 parts`"
    return Sentence(f"the share of `{shown(slip.last_word)}` is missing", help, start, len(slip.before))


def _title_missing(slip: Slip) -> Sentence | None:
    """`fund BCF`, without the title that the draft will print."""
    if "STRING" not in slip.wanted or slip.first_word not in _TITLED or slip.before.split()[:-1] != [slip.first_word]:
        return None
    if not slip.ends_early and slip.mended('"x" ') is not None:
        return None
    help = f'write it between quotation marks: {slip.before.strip()} "…"'
    return Sentence(f"the title of `{shown(slip.last_word)}` is missing", help, slip.at, slip.at + len(slip.word))


def _unfinished(slip: Slip) -> Sentence | None:
    """A line that stops too soon."""
    if not slip.ends_early:
        return None
    special = _UNFINISHED.get(slip.first_word)
    if special and (len(fixed_words(slip.wanted)) > 1 or slip.wanted == ("BECAUSE",)):
        return Sentence(*special, slip.at, slip.at + 1)
    message = f"the line stops after `{shown(slip.last_word)}`, too soon"
    help = f"go on with {described(slip.wanted)}"
    if slip.wanted == ("COMMA",):
        help = f"go on with a comma and {described(wanted_after(slip.block, f'{slip.text},'))}"
    return Sentence(message, help, slip.at, slip.at + 1)


def _too_much(slip: Slip) -> Sentence | None:
    """A line that is whole and goes on."""
    if "$END" not in slip.wanted:
        return None
    rest = slip.text[slip.at :].rstrip()
    more = tuple(kind for kind in slip.wanted if kind != "$END")
    help = f"leave it out, or go on with {described(more)}" if more else "leave it out, or put it on a line of its own"
    return _at_word(slip, f"the line is complete before `{shown(rest)}`", help, rest)


def _cannot_stand(slip: Slip) -> Sentence:
    """Whatever has no sentence of its own."""
    help = f"here can stand {described(slip.wanted)}" if slip.wanted else ""
    if len(slip.wanted) == 1:
        return _at_word(slip, f"`{shown(slip.word)}` is not {described(slip.wanted).split(' such as ')[0]}", help)
    return _at_word(slip, f"`{shown(slip.word)}` cannot stand here", help)


_RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    _goes_on_below,
    _dashed,
    _bracket,
    _colon_after_first,
    _capital_first,
    _belongs_elsewhere,
    _lower_case_name,
    _unknown_first,
    _ends_with_mark,
    _share_without_percentage,
    _title_missing,
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
    _too_much,
    _cannot_stand,
)
"""Tried in this order; the last always has something to say."""
