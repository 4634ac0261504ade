"""Numbering: every label, every anchor's number, the words of references, and the faults."""

import pytest

from poolrules.drafting.tree import plain
from tests.drafting.sample import at, drafted, faults, sample, told


@pytest.mark.parametrize(
    ("anchor", "number", "words"),
    [
        ("ICB", "party (1)", "party (1)"),
        ("recital-icb", "recital (B)", "recital (B)"),
        ("recital-icb.how", "recital (B)(a)", "recital (B)(a)"),
        ("overspend", "3", "clause 3"),
        ("BCF.overspend", "3.2", "clause 3.2"),
        ("BCF.overspend.2", "3.2(b)", "clause 3.2(b)"),
        ("deepest", "3.2(c)(i)(A)", "clause 3.2(c)(i)(A)"),
        ("def-fund", "1.1, the definition of Pooled Fund", "the definition of Pooled Fund in clause 1.1"),
        (
            "def-income",
            "1.1, the definition of Overspend, paragraph (a)",
            "paragraph (a) of the definition of Overspend in clause 1.1",
        ),
        ("contributions", "Schedule 1", "Schedule 1"),
        ("BCF.contributions.2026/27.1", "Schedule 1, row 1", "row 1 of Schedule 1"),
        ("second", "Schedule 1, row 2", "row 2 of Schedule 1"),
        ("contributions.next", "Schedule 1, paragraph 2", "paragraph 2 of Schedule 1"),
        ("contributions.term", "Schedule 1, paragraph 2.1", "paragraph 2.1 of Schedule 1"),
        ("part", "Schedule 2, Part 1", "Part 1 of Schedule 2"),
        ("afresh", "Schedule 2, Part 2, paragraph 1", "paragraph 1 of Part 2 of Schedule 2"),
        ("two-tables", "Schedule 2, Part 2, table 2, row 2", "row 2 of table 2 of Part 2 of Schedule 2"),
    ],
)
def test_every_anchor_has_its_number_and_words(anchor: str, number: str, words: str) -> None:
    numbered = sample()
    assert (numbered.numbers[anchor], numbered.words[anchor]) == (number, words)


def test_references_read_as_sentences_and_know_their_own_schedule() -> None:
    numbered = sample()
    assert plain(at(numbered, 8, 1).words) == (
        "The first paragraph, see paragraph 2 of this Schedule and row 2 of this Schedule."
    )
    assert plain(at(numbered, 8, 2, 0).words) == "The term of clause 2."
    assert plain(at(numbered, 9, 0, 0).words) == (
        "As in Part 1 of this Schedule, row 2 of Schedule 1 and recital (B)(a)."
    )


def test_long_lists_count_on_as_word_processors_do() -> None:
    items = "".join(f"    1. x {{#a{place}}}\n" for place in range(1, 29))
    deep = "".join(f"        1. y {{#b{place}}}\n" for place in range(1, 45))
    numbers = drafted(f"# A\n\n1. x\n{items}{deep}").numbers
    assert (numbers["a26"], numbers["a27"], numbers["a28"]) == ("1.1(z)", "1.1(aa)", "1.1(bb)")
    assert (numbers["b4"], numbers["b9"], numbers["b44"]) == ("1.1(bb)(iv)", "1.1(bb)(ix)", "1.1(bb)(xliv)")


def test_the_count_goes_on_across_words_between() -> None:
    assert drafted("# A\n\n1. x\n\nbetween\n\n1. y {#y}\n").numbers["y"] == "1.2"


def test_every_section_gets_an_anchor_that_is_nobody_elses() -> None:
    numbers = drafted("# A {#clause-2}\n\n# B\n\n# C {schedule}\n\n# D {unnumbered}\n\n# E {unnumbered}\n").numbers
    assert numbers == {
        "clause-2": "1",
        "clause-2-": "2",
        "schedule-1": "Schedule 1",
        "unnumbered": "D",
        "unnumbered-": "E",
    }


def test_all_faults_are_told_in_one_run() -> None:
    source = (
        "#\n\n1. a {#x}\n1. b {#x} [](#z)\n\n- **T**: m\n- **t**: n\n\n# B {schedule}\n\n## {part}\n\nsee [](#xx)\n"
    )
    assert told(source) == [
        (1, "a heading is empty"),
        (4, "a reference leads to `z`, which is nowhere in the agreement"),
        (4, "the anchor `x` is used twice"),
        (7, "`t` is defined twice"),
        (11, "a heading is empty"),
        (13, "a reference leads to `xx`, which is nowhere in the agreement"),
    ]


def test_a_fault_points_at_both_places_and_offers_the_nearest_anchor() -> None:
    twice, broken = faults("# A {#over}\n\n# B {#over}\n\n[](#ovr)\n")
    assert [label.span.line for label in twice.labels] == [3, 1]
    assert broken.help == "did you mean `over`?"


def test_a_paragraph_below_the_last_level_is_a_fault() -> None:
    deep = "".join(" " * 4 * depth + "1. x\n" for depth in range(5))
    assert told(f"# A\n\n{deep}") == [(7, "a paragraph is nested too deeply to be numbered")]
