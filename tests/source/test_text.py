"""Reading bytes as text: what is accepted, what is refused, and exactly where."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poolrules.base.limits import MAX_FILE_BYTES
from poolrules.source.finding import Finding
from poolrules.source.text import SourceText, forbidden_character, read_text, visible


def faults(data: bytes) -> list[Finding]:
    """The findings of a text that must not be readable."""
    read = read_text("a.pool", data)
    assert isinstance(read, list)
    return read


def text(data: bytes) -> str:
    """The text of bytes that must be readable."""
    read = read_text("a.pool", data)
    assert isinstance(read, SourceText), read
    return read.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", ""),
        (b"\xef\xbb\xbffund\n", "fund\n"),
        (b"\xef\xbb\xbf", ""),
        (b"a\r\nb\nc\r\n", "a\nb\nc\n"),
        (b"a\tb", "a\tb"),
        ("a\u00a0b".encode(), "a\u00a0b"),
        ("Ynys Môn – “café” £5".encode(), "Ynys Môn – “café” £5"),
    ],
)
def test_what_is_accepted(data: bytes, said: str) -> None:
    assert text(data) == said


def test_lines_end_only_at_a_line_feed() -> None:
    assert SourceText("a.pool", "one\ntwo").lines == ["one", "two"]


@pytest.mark.parametrize(
    ("data", "place", "name"),
    [
        (b"a\nbc\rd", "2:3", "U+000D"),
        (b"a\r\r\n", "1:2", "U+000D"),
        (b"a\r\nb\0", "2:2", "U+0000"),
        (b"a\x1b[31m", "1:2", "U+001B"),
        (b"a\x0bb", "1:2", "U+000B"),
        ("a\u0085b".encode(), "1:2", "U+0085"),
        ("a\n\u2028".encode(), "2:1", "U+2028 (line separator)"),
        ("\u202ea".encode(), "1:1", "U+202E (right-to-left override)"),
        ("a\u200bb".encode(), "1:2", "U+200B (zero width space)"),
        ("a\u2060b".encode(), "1:2", "U+2060 (word joiner)"),
        ("a\u00adb".encode(), "1:2", "U+00AD (soft hyphen)"),
        ("a\u3000b".encode(), "1:2", "U+3000 (ideographic space)"),
        ("a\u2009b".encode(), "1:2", "U+2009 (thin space)"),
        ("a\u2800b".encode(), "1:2", "U+2800 (braille pattern blank)"),
        ("££\U000e0041".encode(), "1:3", "U+E0041"),
        ("\ufeff\ufeffa".encode(), "1:1", "U+FEFF"),
    ],
)
def test_what_cannot_be_seen_is_named_at_its_place(data: bytes, place: str, name: str) -> None:
    [fault] = faults(data)
    assert str(fault.span) == f"a.pool:{place}"
    assert f"the text holds {name}" in fault.message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_named(encoding: str) -> None:
    bom = "\ufeff" if encoding.endswith("e") else ""
    for data in ((bom + "agreement £").encode(encoding), "agreement £".encode(encoding)):
        [fault] = faults(data)
        assert (str(fault.span), fault.message) == ("a.pool:1:1", "the file is not UTF-8 text")
        assert "UTF-16 or UTF-32" in fault.help


def test_windows_quotes_are_recognised_at_their_place() -> None:
    [fault] = faults("one\r\n  “two”".encode("cp1252"))
    assert str(fault.span) == "a.pool:2:3"
    assert "cp1252" in fault.help


@pytest.mark.parametrize("data", ["one\n££".encode()[:-1], b"one\n\xc2\xa3\xff"])
def test_a_file_cut_short_is_said_so_at_its_place(data: bytes) -> None:
    [fault] = faults(data)
    assert str(fault.span) == "a.pool:2:2"
    assert "cut short" in fault.help


@pytest.mark.parametrize("data", [b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80"])
def test_what_only_looks_like_utf8_is_refused(data: bytes) -> None:
    [fault] = faults(data)
    assert fault.message == "the file is not UTF-8 text"


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert len(text(b"a" * MAX_FILE_BYTES)) == MAX_FILE_BYTES
    [fault] = faults(b"a" * (MAX_FILE_BYTES + 1))
    assert "too large" in fault.message


def test_a_hundred_thousand_unseen_characters_are_counted_in_a_moment() -> None:
    start = time.process_time()
    found = faults(("\u200b\n" * 100_000).encode())
    assert time.process_time() - start < 1
    assert len(found) == 21
    assert found[-1].message == "the text holds 99,980 more characters that cannot be seen on a page"
    assert [str(fault.span) for fault in found[18:]] == ["a.pool:19:1", "a.pool:20:1", "a.pool:21:1"]


def test_the_twenty_first_is_spoken_of_alone() -> None:
    assert len(faults(b"\x07a" * 20)) == 20
    assert faults(b"\x07a" * 21)[-1].message == "the text holds 1 more character that cannot be seen on a page"


def test_unseen_characters_of_every_kind_come_in_their_order() -> None:
    found = faults("a\u3000b\u200bc\u2009".encode())
    assert [fault.span.column for fault in found if fault.span] == [2, 4, 6]


def test_what_reaches_a_terminal_can_be_seen() -> None:
    assert visible("a\x1b]0;x\x07\u202e\u3000\r\n") == "a<U+001B>]0;x<U+0007><U+202E><U+3000><U+000D>⏎"
    assert visible(b"bad\xffname".decode("utf-8", "surrogateescape")) == "bad<U+DCFF>name"


def test_a_value_with_an_unseen_character_is_named() -> None:
    assert forbidden_character("plain £ text") is None
    assert forbidden_character("a\u202bb") == "U+202B (right-to-left embedding)"
    assert forbidden_character("a\nb") == "U+000A (a control character)"
    assert forbidden_character("a\u205fb") == "U+205F (medium mathematical space)"


@given(st.binary(max_size=200))
def test_bytes_are_text_or_findings_and_never_an_exception(data: bytes) -> None:
    read = read_text("a.pool", data)
    if isinstance(read, SourceText):
        assert forbidden_character(read.text.replace("\n", "").replace("\t", "")) is None
    else:
        assert all(fault.labels and fault.code == "LNG001" for fault in read)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u2800"), max_size=60))
def test_what_can_be_seen_is_kept_as_it_is(said: str) -> None:
    read = read_text("a.pool", said.encode())
    assert not isinstance(read, SourceText) or read.text == said
    assert isinstance(read, SourceText) or forbidden_character(said) is not None
