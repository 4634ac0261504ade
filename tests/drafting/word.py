"""Reading a Word document the way Word does: it counts the lists itself, with no help from our numbers."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": lambda count: str(count),
    "lowerLetter": lambda count: chr(96 + count),
    "upperLetter": lambda count: chr(64 + count),
    "lowerRoman": lambda count: ("", "i", "ii", "iii", "iv", "v")[count],
}


def part(data: bytes, name: str) -> Element:
    """One part of a document, parsed."""
    return ElementTree.fromstring(zipfile.ZipFile(BytesIO(data)).read(name))  # noqa: S314 - we wrote it


def value(element: Element, path: str, default: str = "") -> str:
    """The `w:val` of an element below another."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return default if found is None else found.get(f"{W}val", default)


class Counted:
    """A paragraph as Word shows it: style, own label, label with all above it, words, bookmarks."""

    def __init__(self, style: str, label: str, full: str, element: Element) -> None:
        self.style, self.label, self.full, self.element = style, label, full, element
        self.bookmarks = [mark.get(f"{W}name", "") for mark in element.iter(f"{W}bookmarkStart")]
        self.words = "".join(text.text or "" for text in element.iter(f"{W}t"))


def counted(data: bytes) -> list[Counted]:
    """Count all lists of a document: a number with an override starts afresh, others share their list's count."""
    numbering, styles = part(data, "word/numbering.xml"), part(data, "word/styles.xml")
    lists = {entry.get(f"{W}abstractNumId", ""): entry for entry in numbering.iter(f"{W}abstractNum")}
    numbers = {entry.get(f"{W}numId", ""): entry for entry in numbering.iter(f"{W}num")}
    by_style = {style.get(f"{W}styleId", ""): style.find(f"{W}pPr/{W}numPr") for style in styles.iter(f"{W}style")}
    counts: dict[str, list[int]] = {}
    found = []
    for paragraph in part(data, "word/document.xml").iter(f"{W}p"):
        style = value(paragraph, "pPr/pStyle")
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        properties = by_style.get(style) if properties is None else properties
        if properties is None:
            found.append(Counted(style, "", "", paragraph))
            continue
        number, level = value(properties, "numId"), int(value(properties, "ilvl", "0"))
        abstract = value(numbers[number], "abstractNumId")
        key = number if numbers[number].find(f"{W}lvlOverride") is not None else f"list {abstract}"
        count = counts.setdefault(key, [0] * 9)
        count[level:] = [count[level] + 1, *[0] * (8 - level)]
        levels = lists[abstract].findall(f"{W}lvl")
        labels = [label(levels, count, each) for each in range(level + 1)]
        found.append(Counted(style, labels[level], full(levels, labels), paragraph))
    return found


def label(levels: list[Element], count: list[int], level: int) -> str:
    """The label of one level: its text with every %n written in that level's format."""
    return re.sub(
        r"%(\d)",
        lambda each: FORMATS[value(levels[int(each[1]) - 1], "numFmt")](count[int(each[1]) - 1]),
        value(levels[level], "lvlText"),
    )


def full(levels: list[Element], labels: list[str]) -> str:
    """A label in full context: those above it before it, unless its own text shows them already."""
    shown = ""
    for level, own in enumerate(labels):
        own = own.rstrip(".")
        shown = own if "%1" in value(levels[level], "lvlText") else shown + own
    return shown


def fields(element: Element) -> list[tuple[str, str]]:
    """The innermost fields below an element: what each asks for, and the result it holds."""
    found: list[tuple[str, str]] = []
    asked, result, state = "", "", ""
    for run in element.iter(f"{W}r"):
        mark = run.find(f"{W}fldChar")
        if mark is not None:
            state = mark.get(f"{W}fldCharType", "")
            if state == "begin":
                asked, result = "", ""
            if state == "end":
                found.append((asked.strip(), result))
            continue
        asked += "".join(text.text or "" for text in run.iter(f"{W}instrText"))
        if state == "separate":
            result += "".join(text.text or "" for text in run.iter(f"{W}t"))
    return found
