"""The writers, held against each other: the same numbers everywhere, the same bytes every time, and nothing active."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from poolrules.drafting.seal import is_untouched
from poolrules.drafting.to_docx import to_docx
from poolrules.drafting.to_html import to_html
from poolrules.drafting.to_markdown import to_markdown
from tests.drafting.sample import drafted, sample
from tests.drafting.test_render import HOSTILE
from tests.drafting.word import counted

WRITERS = (to_markdown, to_html, to_docx)


class Page(HTMLParser):
    """Gathers tags, ids, links, and the words of the agreement itself (its notes and contents apart) from a page."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self.targets: list[str] = []
        self.words = ""
        self._within: list[str] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what it leads to."""
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(found)
        self.ids += [str(found["id"])] if "id" in found else []
        self.targets += [str(found["href"])] if tag == "a" else []
        if tag not in ("meta", "br"):
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag; every one has to be closed in its turn."""
        assert self._within.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep words of the agreement."""
        if {"header", "main"} & set(self._within) and "aside" not in self._within:
            self.words += data


def bare(text: str) -> str:
    """A text without any blanks."""
    return "".join(text.split())


@pytest.mark.parametrize("writer", WRITERS)
def test_the_same_agreement_gives_the_same_sealed_bytes(writer: Callable[..., bytes]) -> None:
    data = writer(sample(), fingerprint="made of abc")
    assert data == writer(sample(), fingerprint="made of abc")
    assert data != writer(sample(), fingerprint="made of abd")
    assert is_untouched(data)


@pytest.mark.parametrize("writer", [to_markdown, to_html])
def test_the_draft_mark_and_the_fingerprint_are_shown(writer: Callable[..., bytes]) -> None:
    text = writer(sample(), draft_mark="Draft 3", fingerprint="made of abc").decode()
    assert "draft 3" in text.lower()
    assert "made of abc" in text
    assert "draft 3" not in writer(sample(), draft_mark="").decode().lower()


def test_html_links_lead_somewhere_and_ids_are_unique() -> None:
    numbered = sample()
    page = Page(to_html(numbered))
    assert len(page.ids) == len(set(page.ids))
    assert set(page.ids) >= set(numbered.numbers)
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    assert "#BCF.overspend.1" in page.targets


def test_html_needs_nothing_else_and_does_nothing() -> None:
    text = to_html(sample()).decode()
    page = Page(text.encode())
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.tags)
    assert "src" not in page.attributes
    assert not re.search(r"url\(|@import|https?:", text)
    assert "default-src 'none'" in text


def test_word_shows_the_very_words_and_numbers_of_the_page() -> None:
    numbered = sample()
    paragraphs = [line for line in counted(to_docx(numbered)) if not line.style.startswith(("TOC", "Contents"))]
    assert bare("".join(line.label + line.words for line in paragraphs)) == bare(Page(to_html(numbered)).words)


def test_markdown_is_read_back_as_it_was_meant() -> None:
    text = to_markdown(sample()).decode()
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    headings = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]
    assert '<a id="overspend"></a>3. Overspends' in headings
    assert sum(token.type == "table_open" for token in tokens) == 6
    assert "[clause 3.2(a)](#BCF.overspend.1)" in text


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_words_in_every_format(value: str) -> None:
    source = "# A\n\n1. << x >>\n\n<< x >>\n\n- **<< x >>**: << x >>\n\n| h |\n|---|\n| << x >> |\n\n> << x >>\n"
    numbered, harmless = drafted(source, x=value), drafted(source, x="harmless")
    shown = " ".join(value.split())
    assert Page(to_html(numbered)).tags == Page(to_html(harmless)).tags
    assert kinds_of(to_markdown(numbered)) == kinds_of(to_markdown(harmless))
    assert words_of(to_markdown(numbered)).count(shown) >= 5
    assert to_docx(numbered)


def kinds_of(markdown: bytes) -> list[str]:
    """The kinds of blocks and inline content that a reader of Markdown finds, text apart."""
    kinds = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown.decode()):
        kinds.append(token.type)
        kinds += [child.type for child in token.children or () if child.type != "text"]
    return kinds


def words_of(markdown: bytes) -> str:
    """All words that a reader of Markdown shows."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown.decode())
    return "\n".join(child.content for token in tokens for child in token.children or () if child.type == "text")
