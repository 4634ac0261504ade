"""What every part of the builder uses: values out of nodes, names resolved, and faults gathered."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from poolrules.base.dates import FinancialYear, read_day, read_length, read_year
from poolrules.base.money import read_money
from poolrules.base.near import did_you_mean, which_of
from poolrules.base.shares import read_percent
from poolrules.base.unreadable import Unreadable
from poolrules.model.agreement import Amount, Day, Percent, Remarks, Text, Time
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span
from poolrules.syntax.codes import BAD_VALUE, NAME_TWICE, OUT_OF_PLACE, UNKNOWN_NAME, UNKNOWN_PHRASE
from poolrules.syntax.tree import Mapping, Node, Scalar, Sequence

T = TypeVar("T")


class Named(Protocol):
    """Something that set phrases mean."""

    @property
    def names(self) -> tuple[str, ...]:
        """The phrase to write, and what else the thing is called."""


N = TypeVar("N", bound=Named)

WITH_ARTICLE = {
    "partner": "a partner",
    "fund": "a fund",
    "scheme": "a scheme",
    "reserve": "a reserve",
    "board": "a board",
    "key": "a key",
    "fact": "a fact",
    "amount": "an amount",
    "index": "an index",
    "compartment": "a compartment",
    "set of terms": "a set of terms",
    "gain": "a gain",
}


class Reader:
    """Gathers the faults of one agreement and knows the names it declares, each with what it names and where."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.names: dict[str, tuple[str, Span]] = {}
        self.money_keys: set[str] = set()
        """The keys whose values are sums of money."""

    def fault(
        self, code: str, message: str, span: Span, help: str = "", *, here: str = "", also: Iterable[Label] = ()
    ) -> None:
        """Gather one fault; `here` is said at the place itself."""
        self.findings.append(Finding(code, Severity.ERROR, message, (Label(span, here), *also), help))

    def misfit(self, message: str, span: Span, help: str, *, here: str = "", also: Iterable[Label] = ()) -> None:
        """Gather a fault between things that are each well written."""
        self.fault(OUT_OF_PLACE, message, span, help, here=here, also=also)

    # ---- names ----

    def declare(self, what: str, name: Text) -> None:
        """Make a name known; no two things of an agreement bear the same."""
        known = self.names.get(name.text)
        if known is None:
            self.names[name.text] = (what, name.span)
            return
        first = Label(known[1], f"{WITH_ARTICLE[known[0]]} is named here")
        self.fault(
            NAME_TWICE,
            f"`{name.text}` is already the name of {WITH_ARTICLE[known[0]]}",
            name.span,
            "give one of them another name",
            also=(first,),
        )

    def resolve(self, what: str, name: Text) -> bool:
        """Whether a name is that of a partner, scheme, reserve and so on, reporting it where it is not."""
        known = self.names.get(name.text)
        if known is not None and known[0] == what:
            return True
        if known is not None:
            message = f"`{name.text}` is {WITH_ARTICLE[known[0]]}, not {WITH_ARTICLE[what]}"
            self.fault(
                UNKNOWN_NAME,
                message,
                name.span,
                did_you_mean(name.text, self._named(what)),
                also=(Label(known[1], "named here"),),
            )
        else:
            message = f"there is no {what} called `{name.text}`"
            self.fault(UNKNOWN_NAME, message, name.span, did_you_mean(name.text, self._named(what)))
        return False

    def means(self, name: Text, what: str) -> bool:
        """Whether a name is known to be that of a partner, scheme, gain and so on; nothing is reported."""
        known = self.names.get(name.text)
        return known is not None and known[0] == what

    def _named(self, what: str) -> Iterator[str]:
        """The names of all partners, or of all schemes, and so on."""
        return (name for name, (kind, _) in self.names.items() if kind == what)

    def reference(self, node: Mapping, key: str, what: str) -> Text | None:
        """The name under a key, resolved; nothing where it is absent or unknown."""
        name = text(node, key)
        return name if name and self.resolve(what, name) else None

    def references(self, node: Mapping, key: str, what: str) -> tuple[Text, ...]:
        """The names under a key that could be resolved; a name said twice is reported."""
        found: dict[str, Text] = {}
        for name in texts(node, key):
            if name.text in found:
                self.misfit(f"`{name.text}` is named twice", name.span, "name it once")
            elif self.resolve(what, name):
                found[name.text] = name
        return tuple(found.values())

    def phrase(self, said: Text, known: dict[str, N], what: str) -> N | None:
        """The meaning of a set phrase, reporting one that the language does not know."""
        found = known.get(said.text.casefold())
        if found is None:
            message = f"`{said.text}` is not {what} that is known here"
            help = which_of(said.text, (meant.names for meant in known.values()))
            self.fault(UNKNOWN_PHRASE, message, said.span, help)
        return found

    # ---- values ----

    def value(self, node: Node | None, read: Callable[[str], T]) -> tuple[T, Span] | None:
        """Read a value with one of the readers of the lowest layer, reporting what it cannot read; nothing if none."""
        if not isinstance(node, Scalar):
            return None
        try:
            return read(node.text), node.span
        except Unreadable as fault:
            self.fault(BAD_VALUE, fault.message, node.span, fault.help)
            return None

    def amount(self, node: Mapping, key: str) -> Amount | None:
        """The sum under a key."""
        found = self.value(node.get(key), read_money)
        return Amount(*found) if found else None

    def amount_of(self, node: Node) -> Amount | None:
        """The sum that a node is."""
        found = self.value(node, read_money)
        return Amount(*found) if found else None

    def day(self, node: Mapping, key: str) -> Day | None:
        """The day under a key."""
        found = self.value(node.get(key), read_day)
        return Day(*found) if found else None

    def time(self, node: Mapping, key: str) -> Time | None:
        """The length of time under a key."""
        found = self.value(node.get(key), read_length)
        return Time(*found) if found else None

    def percent(self, node: Mapping, key: str) -> Percent | None:
        """The percentage under a key."""
        found = self.value(node.get(key), read_percent)
        return Percent(*found) if found else None

    def year(self, node: Mapping, key: str) -> FinancialYear | None:
        """The financial year under a key."""
        found = self.value(node.get(key), read_year)
        return found[0] if found else None


def text(node: Mapping, key: str) -> Text | None:
    """The words under a key, nothing where there are none."""
    found = node.get(key)
    return Text(found.text, found.span) if isinstance(found, Scalar) else None


def said(node: Mapping, key: str) -> Text:
    """The words under a key that the notation requires; empty where a faulty file left them out."""
    return text(node, key) or Text("", node.span)


def texts(node: Mapping, key: str) -> tuple[Text, ...]:
    """The list of words under a key, empty where there is none."""
    found = node.get(key)
    items = found.items if isinstance(found, Sequence) else ()
    return tuple(Text(item.text, item.span) for item in items if isinstance(item, Scalar))


def part(node: Mapping, key: str) -> Mapping | None:
    """The mapping under a key, nothing where there is none."""
    found = node.get(key)
    return found if isinstance(found, Mapping) else None


def parts(node: Mapping, key: str) -> tuple[Mapping, ...]:
    """The mappings listed under a key, empty where there are none."""
    found = node.get(key)
    items = found.items if isinstance(found, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def flag(node: Mapping, key: str) -> bool:
    """Whether a word that stands alone is there."""
    return node.get(key) is not None


def remarks(node: Mapping) -> Remarks:
    """The sources and assumptions noted in a block."""
    return Remarks(texts(node, "sources"), texts(node, "assumed"))
