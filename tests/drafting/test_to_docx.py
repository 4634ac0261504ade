"""The Word document: real lists, fields that hold what Word would work out, bookmarks, contents, comments."""

import sys
import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element

import pytest

from poolrules.drafting.number import Numbered
from poolrules.drafting.to_docx import DocxMissing, to_docx
from poolrules.drafting.tree import Block, Definitions, Paragraph, Part
from tests.drafting.sample import drafted, sample
from tests.drafting.word import W, counted, fields, part, value


@pytest.fixture(scope="module")
def word() -> bytes:
    """The made-up agreement as a Word document."""
    return to_docx(sample(), fingerprint="made of abc")


def labels(blocks: tuple[Block, ...]) -> list[str]:
    """The labels of all numbered paragraphs and parts, in order."""
    found = []
    for block in blocks:
        match block:
            case Paragraph() | Part():
                found += [block.label, *labels(block.blocks)]
            case Definitions():
                found += [label for entry in block.entries for label in labels(entry.blocks)]
    return found


def test_words_own_counting_gives_our_labels(word: bytes) -> None:
    ours = []
    for section in sample().document.sections:
        ours += [section.label] if section.label else []
        ours += labels(section.blocks)
    assert [line.label.rstrip(".") for line in counted(word) if line.label] == ours


def test_every_field_holds_what_word_would_work_out(word: bytes) -> None:
    lines = counted(word)
    targets = {name: line for line in lines for name in line.bookmarks}
    asked = [field for line in lines for field in fields(line.element) if field[0].startswith("REF ")]
    assert len(asked) > 15
    for instruction, result in asked:
        _, name, form, link = instruction.split()
        assert link == r"\h"
        assert result == (targets[name].full if form == r"\w" else targets[name].label)
    assert {"3.2(c)(i)(A)", "Schedule 1", "(B)(a)"} <= {result for _, result in asked}


def test_bookmarks_are_unique_closed_and_all_links_lead_to_one(word: bytes) -> None:
    body = part(word, "word/document.xml")
    names = [mark.get(f"{W}name", "") for mark in body.iter(f"{W}bookmarkStart")]
    starts = [mark.get(f"{W}id", "") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names) == len(set(starts))
    assert sorted(starts) == sorted(mark.get(f"{W}id", "") for mark in body.iter(f"{W}bookmarkEnd"))
    assert all(len(name) <= 40 for name in names)
    assert {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} <= set(names)


def test_lists_have_levels_tied_to_styles(word: bytes) -> None:
    lists = {
        value(entry, "name"): entry.findall(f"{W}lvl")
        for entry in part(word, "word/numbering.xml").iter(f"{W}abstractNum")
    }
    shown = [(value(level, "pStyle"), value(level, "lvlText")) for level in lists["Clauses"]]
    assert shown == [
        ("Heading1", "%1."),
        ("Clause2", "%1.%2"),
        ("Clause3", "(%3)"),
        ("Clause4", "(%4)"),
        ("Clause5", "(%5)"),
    ]
    styles = {style.get(f"{W}styleId") for style in part(word, "word/styles.xml").iter(f"{W}style")}
    assert {value(level, "pStyle") for levels in lists.values() for level in levels} <= styles
    assert {line.style for line in counted(word)} - {""} <= styles


def test_the_contents_are_a_field_that_is_filled_already(word: bytes) -> None:
    lines = [line for line in counted(word) if line.style.startswith("TOC")]
    assert [line.words for line in lines] == [
        "1.Definitions", "2.Term", "3.Overspends", "Schedule 1: Contributions", "Schedule 2: Worked examples",
        "Part 1: An overspend", "Part 2: Another",
    ]  # fmt: skip
    instruction = next(lines[0].element.iter(f"{W}instrText")).text
    assert instruction == ' TOC \\o "1-2" \\h \\z \\u '
    kinds = [mark.get(f"{W}fldCharType") for line in lines for mark in line.element.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_notes_are_comments_with_no_time(word: bytes) -> None:
    comments = list(part(word, "word/comments.xml"))
    shown = ["|".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment) for comment in comments]
    assert shown == ["Source: a report.|Assumed: the order of clause 3.2(a).", "Assumed: whole pounds."]
    assert all(comment.get(f"{W}date") is None for comment in comments)
    body = part(word, "word/document.xml")
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [mark.get(f"{W}id", "") for mark in body.iter(W + tag)] == ["0", "1"]


def test_tables_repeat_their_head_and_fit_the_page(word: bytes) -> None:
    body = part(word, "word/document.xml")
    tables = list(body.iter(f"{W}tbl"))
    assert [table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables] == [
        True,
        False,
        False,
        *[True] * 3,
    ]
    for table in tables:
        (width,) = (int(found.get(f"{W}w", "")) for found in table.iter(f"{W}tblW"))
        assert sum(int(column.get(f"{W}w", "")) for column in table.iter(f"{W}gridCol")) == width <= 9070


def kept(line: Element) -> bool:
    """Whether a paragraph stays on the page of what follows it."""
    return line.find(f"{W}pPr/{W}keepNext") is not None


def test_words_stay_on_the_page_of_the_list_or_table_they_lead_to(word: bytes) -> None:
    lines = {line.words: line.element for line in counted(word)}
    assert kept(lines["An Overspend is met in this order:"])
    assert not kept(lines["Words in the singular include the plural."])


def test_a_short_table_stays_on_one_page_and_a_long_one_keeps_its_last_rows_together() -> None:
    for count, together in ((3, [True, True, False]), (20, [False] * 18 + [True, False])):
        table = "# Sums\n\n| A |\n|---|\n" + "".join(f"| {row} |\n" for row in range(count))
        rows = part(to_docx(drafted(table)), "word/document.xml").findall(f".//{W}tr")[1:]
        assert [kept(next(row.iter(f"{W}p"))) for row in rows] == together


def test_header_footer_and_properties(word: bytes) -> None:
    with zipfile.ZipFile(BytesIO(word)) as package:
        edges = "".join(
            package.read(name).decode() for name in package.namelist() if "header" in name or "footer" in name
        )
        core = package.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert edges.count("DRAFT") == 2
    assert edges.count("made of abc") == 2
    assert "NUMPAGES" in edges
    assert "python-docx" not in core
    assert "<dc:title>Westshire Better Care Fund</dc:title>" in core


def test_an_agreement_with_no_notes_has_no_comments() -> None:
    data = to_docx(drafted("# A\n\n1. x\n"))
    assert "word/comments.xml" not in zipfile.ZipFile(BytesIO(data)).namelist()


def test_the_library_reads_its_own_file_back(word: bytes) -> None:
    import docx

    document = docx.Document(BytesIO(word))
    assert document.paragraphs[0].text == "Westshire Better Care Fund"
    assert len(document.tables) == 6


def test_a_missing_package_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    numbered: Numbered = drafted("# A\n")
    with pytest.raises(DocxMissing) as missing:
        to_docx(numbered)
    assert "poolrules[docx]" in missing.value.help
