"""Running the parse tables that Lark makes from the grammar.

Lark compiles `grammar/agreement.lark` to LALR tables; this runs them. Importing Lark and rebuilding
its parser from stored tables takes longer than reading an agreement does, so a check of a `.pool` file
needs only these few functions. A test holds them against Lark's own parser.
"""

import functools
import re
from typing import Final, TypeAlias

from msgspec import Struct

END: Final = "$END"


class Rule(Struct, frozen=True):
    """One way of a rule: its name and the rules and terminals it is made of.

    The parts of a rule whose name begins with an underscore go straight to its parent.
    """

    name: str
    symbols: tuple[str, ...]

    @property
    def inline(self) -> bool:
        """Whether it leaves no branch of its own in the tree."""
        return self.name.startswith("_")


class Terminal(Struct, frozen=True):
    """A word of the grammar: a literal `text`, or a `pattern`; a silent one leaves nothing in the tree."""

    name: str
    text: str | None
    pattern: str | None
    silent: bool


class Tables(Struct, frozen=True):
    """LALR tables: for each state, what each symbol does there.

    An action of 0 or more shifts to that state; one below 0 reduces by rule `-1 - action`.
    `starts` gives each start rule's first and last state.
    """

    grammar: str
    states: tuple[dict[str, int], ...]
    rules: tuple[Rule, ...]
    terminals: tuple[Terminal, ...]
    starts: dict[str, tuple[int, int]]
    ignored: str


class Word(Struct, frozen=True):
    """A word of the text as the grammar sees it, with where it starts, counted from 0."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.text)


class Branch(Struct, frozen=True):
    """A rule with its parts, and the stretch it covers, silent words included."""

    rule: str
    parts: tuple["Branch | Word", ...]
    start: int
    end: int


Part: TypeAlias = Branch | Word


class Misreading(Exception):
    """The text does not follow the grammar: where, and which terminals could have stood there."""

    def __init__(self, start: int, expected: frozenset[str]) -> None:
        super().__init__(start)
        self.start = start
        self.expected = expected


class Parser:
    """Runs one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.terminals = {terminal.name: terminal for terminal in tables.terminals}
        self._lasts = frozenset(last for _, last in tables.starts.values())
        self._ignored = re.compile(tables.ignored)
        self._words: dict[int, tuple[tuple[Terminal, re.Pattern[str] | None], ...]] = {}

    def parse(self, text: str, start: str) -> Branch:
        """Parse a text by one of the start rules; raises `Misreading` where it does not follow."""
        first, last = self.tables.starts[start]
        states: list[int] = [first]
        values: list[_Value] = []
        at = 0
        while True:
            at = self._skip(text, at)
            word = self._next_word(text, at, states[-1])
            if word is None:
                raise Misreading(at, self._expected(states))
            while (action := self.tables.states[states[-1]].get(word.kind)) is not None and action < 0:
                self._reduce(self.tables.rules[-1 - action], states, values, at)
                if word.kind == END and states[-1] == last:
                    return _branch(values[-1])
            if action is None:
                raise Misreading(at, self._expected(states))
            states.append(action)
            values.append((word, word.start, word.end))
            at = word.end

    def _skip(self, text: str, at: int) -> int:
        """Pass over what the grammar ignores."""
        found = self._ignored.match(text, at)
        return found.end() if found else at

    def _next_word(self, text: str, at: int, state: int) -> Word | None:
        """The longest word that may stand in this state, a literal one before a pattern of the same length."""
        if at == len(text):
            return Word(END, "", at)
        best: Word | None = None
        for terminal, pattern in self._allowed(state):
            found = _match(terminal, pattern, text, at)
            if found and (best is None or len(found) > len(best.text)):
                best = Word(terminal.name, found, at)
        return best

    def _allowed(self, state: int) -> tuple[tuple[Terminal, re.Pattern[str] | None], ...]:
        """The terminals of a state with their patterns, literal ones first."""
        known = self._words.get(state)
        if known is None:
            here = [self.terminals[name] for name in self.tables.states[state] if name in self.terminals]
            here.sort(key=lambda terminal: terminal.text is None)
            known = tuple((terminal, _compiled(terminal.pattern) if terminal.pattern else None) for terminal in here)
            self._words[state] = known
        return known

    def _reduce(self, rule: Rule, states: list[int], values: list["_Value"], at: int) -> None:
        """Replace the symbols of a rule by the rule itself."""
        length = len(rule.symbols)
        taken = values[len(values) - length :]
        del values[len(values) - length :]
        del states[len(states) - length :]
        parts = tuple(part for value, _, _ in taken for part in self._shown(value))
        start, end = (taken[0][1], taken[-1][2]) if taken else (at, at)
        values.append((_Inline(parts) if rule.inline else Branch(rule.name, parts, start, end), start, end))
        states.append(self.tables.states[states[-1]][rule.name])

    def _shown(self, value: "Branch | Word | _Inline") -> tuple[Part, ...]:
        """What of a symbol stays in the tree."""
        if isinstance(value, _Inline):
            return value.parts
        if isinstance(value, Word) and self.terminals[value.kind].silent:
            return ()
        return (value,)

    def _expected(self, states: list[int]) -> frozenset[str]:
        """The terminals that could really stand next: those that some run of reductions lets in."""
        return frozenset(name for name in self.tables.states[states[-1]] if self._accepts(states, name))

    def _accepts(self, states: list[int], name: str) -> bool:
        """Whether a terminal could be shifted, after the reductions it brings about."""
        if name not in self.terminals and name != END:
            return False
        stack = list(states)
        while (action := self.tables.states[stack[-1]].get(name)) is not None and action < 0:
            rule = self.tables.rules[-1 - action]
            del stack[len(stack) - len(rule.symbols) :]
            following = self.tables.states[stack[-1]].get(rule.name)
            if following is None:
                return True
            stack.append(following)
        return action is not None or (name == END and stack[-1] in self._lasts)


class _Inline(Struct, frozen=True):
    """The parts of a rule that goes straight to its parent."""

    parts: tuple[Part, ...]


_Value: TypeAlias = tuple[Branch | Word | _Inline, int, int]


def _branch(value: _Value) -> Branch:
    """The whole of what was parsed."""
    assert isinstance(value[0], Branch)
    return value[0]


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first met."""
    return re.compile(pattern)


def _match(terminal: Terminal, pattern: re.Pattern[str] | None, text: str, at: int) -> str | None:
    """What of a text a terminal matches, never breaking off in the middle of a word."""
    if terminal.text is not None:
        found = terminal.text if text.startswith(terminal.text, at) else None
    elif pattern is not None:
        matched = pattern.match(text, at)
        found = matched[0] if matched else None
    if not found:
        return None
    end = at + len(found)
    broken = end < len(text) and _wordlike(found[-1]) and _wordlike(text[end])
    return None if broken else found


def _wordlike(character: str) -> bool:
    """Whether a character belongs to a word or number."""
    return character.isalnum() or character in "_-"
