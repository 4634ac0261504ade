"""Nothing that an agreement says in quotes is lost: every quoted text stands in its draft, in all three formats."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from poolrules.base.resources import read_resource
from poolrules.drafting.content import values_of
from poolrules.drafting.draft import draft
from poolrules.drafting.number import Numbered
from poolrules.drafting.to_docx import to_docx
from poolrules.drafting.to_html import to_html
from poolrules.drafting.to_markdown import to_markdown
from poolrules.model.from_tree import build
from poolrules.ruleset.from_model import compile_rules
from poolrules.source.text import SourceText, read_text
from poolrules.syntax.from_pool import read_pool

AGREEMENTS = sorted(Path(__file__).parents[2].glob("agreements/*/*.pool"))
FILES = [
    *(Path(__file__).with_name(f"{name}.pool") for name in ("everything", "over-the-years")),
    *(one for one in AGREEMENTS if "-variation-" not in one.name),
]

OF_DEEDS = {"deed__to", "agreed__by", "recorded_in", "remove__called"}
"""What only a deed of variation quotes: its register prints that, and no draft of the agreement."""


def quoted(file: Path) -> list[str]:
    """The quoted texts of a file, without a full stop at their end: the draft puts its own."""
    lines = [line for line in file.read_text().splitlines() if not line.lstrip().startswith("#")]
    return [text.rstrip(".") for line in lines for text in re.findall(r'"([^"]*)"', line)]


def drafted(file: Path) -> Numbered:
    """The draft of a file."""
    source = read_text(file.name, file.read_bytes())
    assert isinstance(source, SourceText)
    agreement, findings = build(read_pool(source)[0])
    assert findings == []
    numbered = draft(values_of(agreement, compile_rules(agreement)))
    assert isinstance(numbered, Numbered), numbered
    return numbered


def words_of(page: bytes) -> str:
    """What a reader of HTML or WordprocessingML sees, blanks and line ends made one."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", page.decode())))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_quoted_text_is_in_the_web_page(file: Path) -> None:
    words = words_of(to_html(drafted(file)))
    assert [text for text in quoted(file) if text not in words] == []


def test_every_quoted_text_is_in_markdown_and_in_the_word_file() -> None:
    numbered, texts = drafted(FILES[0]), quoted(FILES[0])
    markdown = to_markdown(numbered).decode().replace("\\", "")
    assert [text for text in texts if text not in markdown] == []
    with ZipFile(BytesIO(to_docx(numbered))) as package:
        words = words_of(package.read("word/document.xml") + package.read("word/comments.xml"))
    assert [text for text in texts if text not in words] == []


def test_the_agreement_with_everything_quotes_whatever_may_be_quoted() -> None:
    """A new word of the language that takes a quoted text must be added to it, and so to the draft."""
    rules = re.findall(r"(?m)^(\w+):.*\bSTRING\b", read_resource("grammar", "agreement.lark"))
    words = [
        rule.split("__")[-1].replace("_", " ") for rule in rules if rule not in ("texts", "title", "post", *OF_DEEDS)
    ]
    words.remove("not consulted")  # an agreement says either; the next test says the other
    said = FILES[0].read_text()
    assert len(words) > 15
    assert [word for word in words if re.search(rf'\b{word}\b[^"\n]*"', said) is None] == []


def test_why_nobody_was_consulted_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "agreement.pool"
    file.write_text(re.sub("consulted .*", 'not consulted because "The reason."', FILES[0].read_text()))
    assert "for this reason: The reason." in words_of(to_html(drafted(file)))
