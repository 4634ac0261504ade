"""The file of facts: what happened in a year beside the spending, with the evidence, so that nobody has to type it.

    decisions:
      Board: ICB 70%, Council 30%
      Executive: no decision
    facts:
      Consent:
        value: yes
        evidence: minute 12 of 3 March 2027
      Offer: £3,500,000
    counts:
      Visits:
        ICB: 98
        Council: 92
    marked:
      - scheme: Equipment
        mark: windfall
        amount: £100,000
    paid:
      BCF:
        ICB: £24,512,300
    openings:
      Contingency: £400,000
    debts:
      12.3(c):
        value: put off 1 year
        evidence: minute 9 of 1 June 2028

A value stands alone, or under `value` beside its `evidence`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, ParamSpec, TypeVar

from msgspec import Struct

from poolrules.engine.settlement import Counted, DecisionMade, Eased, FactSaid, Marked
from poolrules.pipeline.facts import PartnersOf, debt_eased, decision_made, fact_said, read_count, read_pounds
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.keyed import Keyed
from poolrules.pipeline.ledger_codes import BAD_FACTS
from poolrules.source.finding import Finding
from poolrules.syntax.tree import Entry, Mapping, Scalar, Sequence

KEYS: Final = ("decisions", "facts", "counts", "marked", "paid", "openings", "debts")
_NO_DECISION: Final = "no decision"
_MARKED_KEYS: Final = ("scheme", "mark", "amount", "evidence")
_WITH_EVIDENCE: Final = ("value", "evidence")
T = TypeVar("T")
P = ParamSpec("P")


class GivenFacts(Struct, frozen=True):
    """Facts of a year beside its spending, from a file, from the command line, or from both."""

    decisions: tuple[DecisionMade, ...] = ()
    openings: tuple[tuple[str, int], ...] = ()
    paid: tuple[tuple[str, str, int], ...] = ()
    said: tuple[FactSaid, ...] = ()
    counts: tuple[Counted, ...] = ()
    marked: tuple[Marked, ...] = ()
    eased: tuple[Eased, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    """What shows a decision (by the body), an opening balance (by the reserve) or a sum paid in (`BCF.ICB`)."""

    def __add__(self, other: "GivenFacts") -> "GivenFacts":
        return GivenFacts(*(getattr(self, name) + getattr(other, name) for name in GivenFacts.__struct_fields__))


class FactsRead(Struct, frozen=True):
    """The facts of a file, what is wrong with it, and its lines."""

    facts: GivenFacts
    findings: tuple[Finding, ...]
    lines: list[str]


def read_facts(file: str, data: bytes, partners_of: PartnersOf) -> FactsRead:
    """Read the bytes of a file of facts, with everything that is wrong with it.

    `partners_of` says between whom a body decides that a sum is shared equally.
    """
    reader = _Reader(partners_of)
    root = reader.root(file, data)
    facts = reader.facts(root) if root is not None else GivenFacts()
    return FactsRead(facts, tuple(reader.findings), reader.lines)


def said_twice(facts: GivenFacts) -> Unusable | None:
    """What is said twice, in a file and beside it or in both, of things of which only one value can be."""
    names = (
        *(f"the fact `{one.name}`" for one in facts.said),
        *(f"`{one.key}` of {one.partner}" for one in facts.counts),
        *(f"how much of {one.scheme} is marked `{one.mark}`" for one in facts.marked),
    )
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    return Unusable(f"{twice} is said twice", "say it once: in the file of facts, or beside it") if twice else None


class _Reader(Keyed):
    """Reads one file of facts."""

    def __init__(self, partners_of: PartnersOf) -> None:
        super().__init__(BAD_FACTS, "a file of facts")
        self.partners_of = partners_of
        self.evidence: list[tuple[str, str]] = []

    def facts(self, root: Mapping) -> GivenFacts:
        """Read all that the keys say."""
        found = self.entries(root, KEYS)
        return GivenFacts(
            tuple(self._decisions(found.get("decisions"))),
            tuple(self._openings(found.get("openings"))),
            tuple(self._paid(found.get("paid"))),
            tuple(self._said(found.get("facts"))),
            tuple(self._counts(found.get("counts"))),
            tuple(self._marked(found.get("marked"))),
            tuple(self._debts(found.get("debts"))),
            tuple(self.evidence),
        )

    def _value(self, entry: Entry) -> tuple[Scalar, str | None] | None:
        """The value of an entry and its evidence; it is written alone, or beside the evidence as `value`."""
        if not isinstance(entry.value, Mapping):
            said = self.text(entry)
            return (said, None) if said else None
        inner = self.entries(entry.value, _WITH_EVIDENCE, entry.key.text)
        if "value" not in inner:
            self.report(f"`{entry.key.text}` has no value", entry.key.span, "write `value: …` below it")
            return None
        said, evidence = self.text(inner["value"]), self.text(inner.get("evidence"))
        return (said, evidence.text if evidence else None) if said else None

    def _read(self, said: Scalar, read: Callable[P, T], *how: P.args, **named: P.kwargs) -> T | None:
        """Read a value, or report why it cannot be."""
        try:
            return read(*how, **named)
        except Unusable as fault:
            self.report(fault.message, said.span, fault.help)
            return None

    def _values(self, entry: Entry | None) -> Iterator[tuple[str, Scalar, str | None]]:
        """The names below an entry, with their values and evidence."""
        for inner in self.mapping(entry) or ():
            found = self._value(inner)
            if found is not None:
                yield inner.key.text, *found

    def _shows(self, what: str, evidence: str | None) -> None:
        """Keep the evidence of something whose record has no place for it."""
        if evidence is not None:
            self.evidence.append((what, evidence))

    def _decisions(self, entry: Entry | None) -> Iterator[DecisionMade]:
        """What bodies decided, and which let their time run out."""
        for body, said, evidence in self._values(entry):
            self._shows(body, evidence)
            if said.text == _NO_DECISION:
                yield DecisionMade(body, None)
                continue
            made = self._read(said, decision_made, body, said.text, self.partners_of)
            if made is not None:
                yield made

    def _openings(self, entry: Entry | None) -> Iterator[tuple[str, int]]:
        """What reserves held when the year began."""
        for reserve, said, evidence in self._values(entry):
            self._shows(reserve, evidence)
            what = f"the opening balance of `{reserve}`"
            pence = self._read(said, read_pounds, said.text, what)
            if pence is not None:
                yield reserve, pence

    def _paid(self, entry: Entry | None) -> Iterator[tuple[str, str, int]]:
        """What partners paid into funds."""
        for fund in self.mapping(entry) or ():
            for partner, said, evidence in self._values(fund):
                name = f"{fund.key.text}.{partner}"
                self._shows(name, evidence)
                pence = self._read(said, read_pounds, said.text, f"what was paid, {name},")
                if pence is not None:
                    yield fund.key.text, partner, pence

    def _said(self, entry: Entry | None) -> Iterator[FactSaid]:
        """What was found of facts."""
        for name, said, evidence in self._values(entry):
            fact = self._read(said, fact_said, name, said.text, evidence)
            if fact is not None:
                yield fact

    def _counts(self, entry: Entry | None) -> Iterator[Counted]:
        """The values of keys, each with its own evidence or with that of the whole key."""
        for key in self.mapping(entry) or ():
            values, whole = key, None
            if isinstance(key.value, Mapping) and {one.key.text for one in key.value} & set(_WITH_EVIDENCE):
                inner = self.entries(key.value, _WITH_EVIDENCE, key.key.text)
                evidence = self.text(inner.get("evidence"))
                whole = evidence.text if evidence else None
                if "value" not in inner:
                    self.report(
                        f"`{key.key.text}` has no value", key.key.span, "write `value:` and the partners below it"
                    )
                    continue
                values = Entry(key.key, inner["value"].value)
            for partner, said, own in self._values(values):
                number = self._read(said, read_count, said.text)
                if number is not None:
                    yield Counted(key.key.text, partner, number, own or whole)

    def _debts(self, entry: Entry | None) -> Iterator[Eased]:
        """What was agreed of debts, by the clause that left them."""
        for rule, said, evidence in self._values(entry):
            eased = self._read(said, debt_eased, rule, said.text, evidence)
            if eased is not None:
                yield eased

    def _marked(self, entry: Entry | None) -> Iterator[Marked]:
        """How much of what schemes spent or saved has a mark."""
        if entry is None:
            return
        if not isinstance(entry.value, Sequence):
            self.report("`marked` needs a list", entry.key.span, "begin each with a dash: `- scheme: Equipment`")
            return
        for item in entry.value.items:
            if not isinstance(item, Mapping):
                self.report(
                    "what is marked has a scheme, a mark and an amount", item.span, "write `- scheme: Equipment`"
                )
                continue
            inner = self.entries(item, _MARKED_KEYS, "marked")
            texts = {key: self.text(inner.get(key)) for key in _MARKED_KEYS}
            for key in ("scheme", "mark", "amount"):
                if key not in inner:
                    self.report(f"what is marked lacks its {key}", item.span, f"add the line `{key}: …`")
            scheme, mark, amount, evidence = texts.values()
            if scheme and mark and amount:
                pence = self._read(amount, read_pounds, amount.text, "what is marked")
                if pence is not None:
                    yield Marked(scheme.text, mark.text, pence, evidence.text if evidence else None)
