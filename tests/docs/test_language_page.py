"""The language page is true: every example on it reads, and every word of the grammar is on it."""

import re
from pathlib import Path

import pytest

from poolrules.base.resources import read_resource
from poolrules.model.from_tree import build
from poolrules.pipeline.files import Notation
from poolrules.pipeline.load import understand
from poolrules.pipeline.vary import varied
from poolrules.source.finding import Finding
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
EXAMPLES = re.findall(r"```pool in (\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

BASE = """
partner ICB "Westshire Integrated Care Board"
    kind integrated care board
partner Council "Westshire County Council"
    kind county council
board Board "Joint Commissioning Board"
fact TargetMet "The target is met"
fact Consent "Both chief finance officers agreed"
fact Offer "What the ICB offers"
    an amount
key Visits "Visits"
    counted each year
key Baseline "Baseline"
    values from 2026/27: ICB £100,000, Council £50,000
key Population "Population"
    values from 2026/27: ICB 98, Council 92
index CPI "Consumer prices"
    rate 2027/28: 3.2%
fund BCF "Better Care Fund"
    host Council
    scheme Equipment "Equipment" shared
    reserve Contingency "Contingency" opening £1
"""

MEETS = 'board Executive "Joint Executive"\n    meets quarterly\n'

OPENERS = {
    "file": "",
    "agreement": "",
    "partner": 'partner Extra "Extra body"\n',
    "fund": "",
    "overspend": "    overspend of Equipment\n",
    "underspend": "    underspend of Equipment\n",
    "board": 'board Extra "Extra board"\n',
    "disputes": "disputes\n",
    "exit": "exit\n",
    "example": 'example "Extra"\n',
}
DEPTHS = {"file": 0, "fund": 4, "overspend": 8, "underspend": 8}


def read(block: str, lines: str) -> list[Finding]:
    """Read the lines of one example inside their block, beside an agreement whose names they use."""
    if block == "deed":
        return read_deed(lines)
    indented = "\n".join(" " * DEPTHS.get(block, 4) + line for line in lines.splitlines()) + "\n"
    title = "" if lines.startswith("agreement") else 'agreement "Example"\n'
    text = title + indented + BASE if block == "agreement" else BASE + OPENERS[block] + indented + title
    tree, written = read_pool(SourceText("example.pool", text))
    return written + build(tree)[1]


def read_deed(lines: str) -> list[Finding]:
    """Read a deed of variation, laid over an agreement with the title that it names."""
    title = lines.split('"')[1]
    example = 'example "A £900,000 overspend on equipment"\n'
    signed = understand("signed.pool", f'agreement "{title}"\n{BASE}{MEETS}{example}'.encode(), Notation.POOL)
    return list(varied(signed, [understand("deed.pool", lines.encode(), Notation.POOL)]).findings)


@pytest.mark.parametrize(("block", "lines"), EXAMPLES)
def test_every_example_reads(block: str, lines: str) -> None:
    assert read(block, lines) == []


def test_a_faulty_example_would_be_seen() -> None:
    assert read("fund", "host Nobody")
    assert read("overspend", "first from Contingency at most")


def words_of_the_grammar() -> set[str]:
    """The literal words of the grammar and the plain alternatives of its set phrases."""
    grammar = "\n".join(
        line for line in read_resource("grammar", "agreement.lark").splitlines() if not line.startswith("//")
    )
    rules = "\n".join(line for line in grammar.splitlines() if not re.match(r"[A-Z_]+: /", line))
    literals = {word for word in re.findall(r'"([^"]+)"', rules) if word.isascii() and re.match(r"[a-z]", word)}
    phrases = {
        phrase.replace(" +", " ")
        for pattern in re.findall(r"^[A-Z_]+: /(.*)/$", grammar, re.MULTILINE)
        for phrase in pattern.split("|")
        if re.fullmatch(r"[A-Za-z][A-Za-z' +,-]*", phrase)
    }
    return literals | phrases


@pytest.mark.parametrize("word", sorted(words_of_the_grammar()))
def test_every_word_has_an_example(word: str) -> None:
    shown = "\n".join(lines for _, lines in EXAMPLES)
    assert re.search(rf"(?<![a-z-]){re.escape(word)}(?![a-z-])", shown), f"`{word}` stands in no example of {PAGE.name}"
