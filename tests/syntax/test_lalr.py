"""Our few lines that run Lark's tables read what Lark's own parser reads, and refuse what it refuses."""

import lark
import pytest
from hypothesis import given

from poolrules.base.resources import read_resource
from poolrules.source.text import SourceText
from poolrules.syntax.lalr import Branch, Misreading, Parser, Part
from poolrules.syntax.layout import Line, read_layout
from poolrules.syntax.shape import PARSED
from poolrules.syntax.tables import compile_grammar, load_parser, make_tables
from poolrules.syntax.to_pool import write_pool
from poolrules.syntax.tree import Mapping
from tests.strategies.trees import trees

GRAMMAR = read_resource("grammar", "agreement.lark")
LARK = compile_grammar(GRAMMAR)
OURS = Parser(make_tables(GRAMMAR))


def shown(part: Part) -> object:
    """A part of our tree as nested lists."""
    return [part.rule, *(shown(each) for each in part.parts)] if isinstance(part, Branch) else (part.kind, part.text)


def shown_by_lark(part: lark.Tree[lark.Token] | lark.Token) -> object:
    """A part of Lark's tree as nested lists."""
    if isinstance(part, lark.Token):
        return (part.type, str(part))
    return [str(part.data), *(shown_by_lark(each) for each in part.children)]


def lines_of(block: str, lines: list[Line]) -> list[tuple[str, str]]:
    """Every line of a file with the block it stands in."""
    return [found for line in lines for found in [(block, line.text), *lines_of(line.text.split()[0], line.children)]]


@given(trees())
def test_every_line_of_an_agreement_is_read_as_lark_reads_it(tree: Mapping) -> None:
    layout = read_layout(SourceText("made.pool", write_pool(tree)))
    for block, text in lines_of("file", layout.lines):
        start = f"in_{block}"
        assert shown(OURS.parse(text, start)) == shown_by_lark(LARK.parse(text, start=start))


@pytest.mark.parametrize("block", PARSED)
@pytest.mark.parametrize("text", ["", "host", "nothing like it", "first from", 'source "a" "b"', "£", "assumed 5"])
def test_what_lark_refuses_is_refused(block: str, text: str) -> None:
    with pytest.raises(lark.UnexpectedInput):
        LARK.parse(text, start=f"in_{block}")
    with pytest.raises(Misreading):
        OURS.parse(text, f"in_{block}")


def test_a_fault_says_where_and_what_could_stand_there() -> None:
    with pytest.raises(Misreading) as fault:
        OURS.parse("host", "in_fund")
    assert (fault.value.start, fault.value.expected) == (4, frozenset({"NAME", "LARGEST_CONTRIBUTOR"}))


def test_words_do_not_run_together() -> None:
    with pytest.raises(Misreading) as fault:
        OURS.parse("hostCouncil", "in_fund")
    assert fault.value.start == 0


def test_the_packaged_tables_belong_to_the_grammar() -> None:
    assert load_parser().tables == make_tables(GRAMMAR)
