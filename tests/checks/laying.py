"""Reading the two examples of a page, and laying them over the small complete agreement."""

import re
from pathlib import Path

from poolrules.checks.registry import Subject
from poolrules.checks.run import run_checks
from poolrules.model.from_tree import build
from poolrules.ruleset.from_model import compile_rules
from poolrules.source.finding import Finding
from poolrules.source.text import read_text
from poolrules.syntax.from_pool import read_pool

BASE = (Path(__file__).parent / "base.pool").read_text(encoding="utf-8")

Blocks = dict[str, tuple[str, list[list[str]]]]
"""By what opens it: each block's first line, and its own lines, each with all that is indented below it."""


def examples_of(page: str) -> list[str]:
    """The indented passages of a page."""
    passages = re.findall(r"(?m)(?:^    .*\n(?:[ \t]*\n(?=    ))*)+", page + "\n")
    return [re.sub("(?m)^    ", "", passage) for passage in passages]


def laid_over(example: str, other: str, base: str = BASE) -> str:
    """Lay one example of a page over a base: what either of the two speaks of is left out of the base."""
    own, twin, merged = blocks_of(example), blocks_of(other), blocks_of(base)
    for key in twin:
        if key not in own:
            merged.pop(key, None)
    for key, (first, lines) in own.items():
        said = {word_of(line) for line in lines}
        said |= {word_of(line) for line in twin.get(key, ("", []))[1]}
        kept = [line for line in merged.get(key, ("", []))[1] if word_of(line) not in said]
        merged[key] = (first, kept + lines)
    return "\n".join("\n".join([first, *(text for line in lines for text in line)]) for first, lines in merged.values())


def blocks_of(text: str) -> Blocks:
    """Take a text apart into blocks and lines."""
    blocks: Blocks = {}
    key = ""
    for line in text.split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        if indent == 0:
            key = key_of(line)
            assert key not in blocks, f"{key} stands twice"
            blocks[key] = (line, [])
        elif indent == 4:
            blocks[key][1].append([line])
        else:
            blocks[key][1][-1].append(line)
    return blocks


def key_of(first: str) -> str:
    """What opens a block: `agreement`, `disputes` and `exit` by their word, what has a name by that too."""
    words = first.split()
    return f"{words[0]} {words[1]}" if words[0] in ("partner", "fund", "board", "fact", "key") else words[0]


def word_of(line: list[str]) -> str:
    """The first word of a line."""
    return line[0].split()[0]


def subject_of(text: str) -> Subject:
    """Read an agreement that has no reading problem."""
    source = read_text("page.pool", text.encode())
    assert not isinstance(source, list), source
    tree, misread = read_pool(source)
    agreement, misfits = build(tree)
    assert misread + misfits == [], text
    return Subject(agreement, compile_rules(agreement))


def found_in(text: str) -> list[Finding]:
    """Every finding of an agreement that has no reading problem."""
    return run_checks(subject_of(text))


def found_with(change: str, *, without: str = "") -> list[Finding]:
    """Every finding of the base agreement with some lines changed; `without` names more lines to leave out."""
    return found_in(laid_over(change, without or change))


def codes(findings: list[Finding]) -> list[str]:
    """The codes of some findings, in their order."""
    return [finding.code for finding in findings]
