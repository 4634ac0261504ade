"""Clause markup: what each convention becomes, and how mistakes in it are told."""

import pytest

from poolrules.drafting.tree import (
    Align,
    Break,
    Kind,
    Paragraph,
    Part,
    Passage,
    Piece,
    Reference,
    Subheading,
    Table,
    Text,
    plain,
)
from tests.drafting.sample import at, drafted, sample, told


@pytest.mark.parametrize("kind", Kind)
def test_a_mark_after_the_heading_says_what_a_section_is(kind: Kind) -> None:
    mark = "" if kind is Kind.CLAUSE else f" {{{kind.value}}}"
    section = at(drafted(f"# Heading{mark} {{#a}} {{#b}}\n"), 0)
    assert (section.kind, plain(section.heading), section.anchors) == (kind, "Heading", ("a", "b"))


def test_letters_breaks_and_signs() -> None:
    section = at(drafted("# A\n\n**Bold** and *italic* \\*\\\nnext &nbsp;\n"), 0)
    assert section.blocks[0].words == (
        Text("Bold", bold=True), Text(" and "), Text("italic", italic=True), Text(" *"), Break(), Text("next \xa0"),
    )  # fmt: skip


def test_paragraphs_nest_and_keep_what_is_indented_with_them() -> None:
    order = at(sample(), 6, 1)
    assert [type(block) for block in order.blocks] == [Paragraph, Paragraph, Paragraph, Passage]
    assert [block.label for block in order.blocks[:3]] == ["(a)", "(b)", "(c)"]
    assert order.blocks[2].blocks[0].blocks[0].anchors == ("deepest",)


def test_definitions_are_sorted_and_hold_paragraphs() -> None:
    listed = at(sample(), 4, 0, 0)
    assert type(listed).__name__ == "Definitions"
    assert [entry.term for entry in listed.entries] == ["host", "Overspend", "Pooled Fund"]
    assert [block.label for block in listed.entries[1].blocks] == ["(a)", "(b)"]


def test_a_table_row_owns_the_anchors_of_its_cells() -> None:
    table = at(sample(), 8, 0)
    assert isinstance(table, Table)
    assert table.align == (Align.LEFT, Align.RIGHT)
    assert [row.anchors for row in table.rows] == [
        ("BCF.contributions.2026/27.1",), ("BCF.contributions.2026/27.2", "second"),
    ]  # fmt: skip
    assert plain(table.rows[0].cells[1]) == "£1.00"


def test_a_table_with_an_empty_head_has_none() -> None:
    assert not at(sample(), 7, 0).has_head


def test_notes_belong_to_what_they_stand_with() -> None:
    tail = at(sample(), 6, 1, -1)
    assert [plain(note.words) for note in tail.notes] == ["Source: a report. Assumed: the order of clause 3.2(a)."]
    assert [plain(note.words) for note in at(sample(), 8, 0).notes] == ["Assumed: whole pounds."]


def test_a_note_after_sub_paragraphs_is_about_the_paragraph_it_is_indented_with() -> None:
    section = at(drafted("# A\n\n1. x\n    1. y\n\n    > inner\n\n> outer\n"), 0)
    assert [plain(note.words) for note in section.blocks[0].notes] == ["inner", "outer"]


def test_a_note_below_a_heading_is_about_the_section() -> None:
    section = at(drafted("# A\n\n> note\n\n1. x\n"), 0)
    assert plain(section.notes[0].words) == "note"


def test_parts_take_what_follows_them() -> None:
    parts = at(sample(), 9).blocks
    assert [(type(part), part.label) for part in parts] == [(Part, "Part 1"), (Part, "Part 2")]
    assert [type(block) for block in parts[1].blocks] == [Paragraph, Table, Table]


def test_a_heading_of_the_second_level_groups_and_the_count_goes_on() -> None:
    blocks = at(sample(), 4).blocks
    assert [type(block) for block in blocks] == [Paragraph, Subheading, Paragraph]
    assert blocks[2].label == "1.2"


def test_a_reference_keeps_its_own_words_and_letters() -> None:
    section = at(drafted("# A {#a}\n\n1. **[this](#a)**\n"), 0)
    (word,) = section.blocks[0].words
    assert isinstance(word, Reference)
    assert (word.pieces, word.bold) == ((Piece("this", "a"),), True)


def test_anchors_may_hold_underscores_and_slashes() -> None:
    assert drafted("# A\n\n1. x {#_a_} {#b_c_d/e}\n").numbers.keys() >= {"_a_", "b_c_d/e"}


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("words\n\n# A\n", 1, "there are words before the first heading"),
        ("# A {shedule}\n", 1, "the mark `{shedule}` has no meaning here"),
        ("# A\n\n1. x {schedule}\n", 3, "the mark `{schedule}` has no meaning here"),
        ("# A\n\n## B {part}\n", 3, "only a schedule has parts"),
        ("# A\n\n### B\n", 3, "a heading is too deep"),
        ("# A\n\n1.\n1. x\n", 3, "a numbered paragraph has no words"),
        ("# A\n\n- no term\n", 3, "a definition does not begin with its term in bold"),
        ("# A\n\n| a {#x} |\n|---|\n| b |\n", 3, "the head of a table has an anchor"),
        ("# A\n\n> - x\n", 3, "a note holds more than plain paragraphs"),
        ("# A\n\nx <br> y\n", 3, "there is HTML in the clause file"),
        ("# A\n\n1. x\n1. [x](http://a)\n", 4, "a link leads out of the agreement"),
        ("# A\n\n![x](y)\n", 3, "a link leads out of the agreement"),
    ],
)
def test_mistakes_are_told_at_their_line(source: str, line: int, message: str) -> None:
    assert (line, message) in told(source)
