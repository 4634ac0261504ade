"""Filling clause files: what they may do, what they may not, and where the fault lies."""

from collections.abc import Callable

import pytest
from msgspec import Struct

from poolrules.drafting.draft import draft
from poolrules.drafting.number import Numbered
from poolrules.drafting.render import BAD_TEMPLATE, Markup
from poolrules.drafting.tree import Text, plain
from tests.drafting.sample import at, drafted, faults, line_of, told


class Fund(Struct, frozen=True):
    """A record with a field, a property and a method."""

    name: str

    @property
    def title(self) -> str:
        """A property that clause files may print."""
        return self.name.upper()

    def rename(self) -> str:
        """A method that they may not call."""
        return ""


def only_words(source: str, **values: object) -> str:
    """The words of the only numbered paragraph of a clause file."""
    return plain(at(drafted(f"# Heading\n\n1. {source}\n", **values), 0, 0).words)


def test_values_functions_and_properties_are_printed() -> None:
    assert only_words("<< name >> has << count >>, << money(5) >>", name="Fund", count=3, money=lambda p: f"{p}p") == (
        "Fund has 3, 5p"
    )
    assert only_words("<< fund.title >>", fund=Fund("bcf")) == "BCF"


def test_markup_of_ours_stays_markup() -> None:
    numbered = drafted("# A\n\n1. << term() >>\n", term=lambda: Markup("**x**"))
    assert at(numbered, 0, 0).words == (Text("x", bold=True),)


def test_macros_give_markup_and_their_values_stay_values() -> None:
    files = {
        "agreement.md": '<% from "m.md" import term %>\n# A\n\n1. << term(name) >>\n',
        "m.md": "<% macro term(name) %>**<< name >>**<% endmacro %>\n",
    }
    numbered = draft({"name": "*x*"}, files.get)
    assert isinstance(numbered, Numbered)
    assert at(numbered, 0, 0).words == (Text("*x*", bold=True),)


@pytest.mark.parametrize(
    ("values", "words"), [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "*C*"), "A, B and *C*")]
)
def test_lists_are_written_as_words(values: tuple[str, ...], words: str) -> None:
    assert only_words("x << names | listed >>", names=values) == f"x {words}".strip()


def test_a_tag_at_the_end_of_a_sentence_keeps_the_line_end() -> None:
    numbered = drafted("# A\n\nOne<% if yes %> more<% endif %>\n\nTwo\n", yes=True)
    assert [plain(block.words) for block in at(numbered, 0).blocks] == ["One more", "Two"]


def test_every_undefined_name_is_told_with_its_line_and_the_nearest_name() -> None:
    source = "# A\n\n1. << agremeent >>\n<% for x in steps %><% endfor %>\n<% if fund.nam %>b<% endif %>\n"
    found = faults(source, agreement="x", fund=Fund("bcf"))
    assert [(line_of(fault), fault.message, fault.help) for fault in found] == [
        (3, "`agremeent` is not defined", "did you mean `agreement`?"),
        (4, "`steps` is not defined", "the names here are `agreement`, `fund`"),
        (5, "`nam` is not defined", "did you mean `name`?"),
    ]
    assert {fault.code for fault in found} == {BAD_TEMPLATE}


def test_a_fault_names_the_included_file() -> None:
    files = {
        "agreement.md": '# A\n\n<% include "clauses/b.md" %>\n',
        "clauses/b.md": "\n1. << nmae >> {#x}\n\n1. [](#y)\n",
    }
    undefined, broken = draft({"name": "x"}, files.get), draft({"nmae": "x"}, files.get)
    assert isinstance(undefined, list)
    assert isinstance(broken, list)
    assert [str(found.span) for found in undefined] == ["clauses/b.md:2:1"]
    assert [(str(found.span), found.help) for found in broken] == [
        ("clauses/b.md:4:1", "the names here are `clause-1`, `x`")
    ]


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "nothing (`none`)"), (True, "a value of the kind `bool`"), (Fund("x"), "a value of the kind `Fund`")],
)
def test_what_is_no_words_is_not_printed(value: object, kind: str) -> None:
    assert told("# A\n\n1. x << value >>\n", value=value) == [(3, f"{kind} cannot be printed")]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<< 6 * 7 >>", "a clause file has no `mul`"),
        ("<< 9 ** (9 ** 9) >>", "a clause file has no `pow`"),
        ("<< name ~ name >>", "a clause file has no `concat`"),
        ("<< name.upper() >>", "a clause file calls only macros and functions by their names"),
        ("<% set f = name.upper %><< f() >>", "a clause file calls only macros and functions by their names"),
        ("<% set f = fund.rename %><< f() >>", "a clause file calls only macros and functions by their names"),
        ("<< ().__class__ >>", "`__class__` is not for clause files"),
        ("<< name | upper >>", "there is no filter `upper`"),
        ("<< name is divisibleby(2) >>", "there is no test `divisibleby`"),
        ("<< money(*steps) >>", "a clause file names each value it hands over"),
        ("<% for x in steps recursive %><% endfor %>", "a clause file has no recursive loops"),
        ("<% extends '/etc/hostname' %>", "a clause file has no `extends`"),
        ("<% include name %>", "a clause file names the file it includes in quotes"),
        ("<% include '../../../etc/passwd' %>", "there is no clause file `../../../etc/passwd`"),
        ("<% include 'b.md' %>", "there is no clause file `b.md`"),
        ("<< range(9) >>", "`range` is not defined"),
        ("<< name", "the clause file cannot be read: unexpected end of template"),
        ("<% if name %>" * 80 + "<% endif %>" * 80, "tags are nested too deeply"),
        ("\ue0000\ue001", "the clause file holds the character U+E000, which is no letter"),
    ],
)
def test_what_a_clause_file_may_not_do(source: str, message: str) -> None:
    found = told(f"# A\n\n1. x {source}\n", name="x", steps=("y",), fund=Fund("x"))
    assert found[0][0] in {3, 4}
    assert any(sentence.startswith(message) for _, sentence in found)


HOSTILE = (
    "{{ 6*7 }}", "<< 6*7 >>", "<% if x %>", "# 1. Host pays nothing", "<b onmouseover=alert(1)>", "[x](http://a)",
    "1. x", "- x", "> x", "    x", "```x```", "`x`", "a | b", "{#fake}", "{schedule}", "**x**", "_x_", "x\\",
    "&lt;script&gt;", "[](#overspend)", "![x](y)", "\ue0000\ue001", "\ue0020.1\ue003", "***", "=== ", "[x]: http://a",
)  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "place",
    ["# << x >> {#a}", "# A\n\n1. << x >> {#a}", "# A\n\n1. y\n    1. << x >> {#a}", "# A\n\n<< x >> {#a}",
     "# A\n\n1. **<< x >>** {#a}", "# A\n\n- **<< x >>**: << x >> {#a}", "# A\n\n| h |\n|---|\n| << x >> {#a} |",
     "# A\n\n> << x >>\n\n1. y {#a}", "# A\n\n1. [<< x >>](#a) {#a}", "# A {schedule} {#a}\n\n## << x >> {part}"],
)  # fmt: skip
def test_a_hostile_value_is_only_words(value: str, place: str) -> None:
    numbered = drafted(f"{place}\n", x=value)
    harmless = drafted(f"{place}\n", x="harmless")
    shown = " ".join(value.split())
    assert repr(numbered.document) == repr(harmless.document).replace("harmless", repr(shown)[1:-1])
    assert numbered.numbers.keys() == harmless.numbers.keys()


def test_a_value_with_several_lines_and_hidden_letters_stays_on_one_line_and_is_seen() -> None:
    assert only_words("x << name >>", name="a\n\n# b\r\n\tc\u202ed\x00\ud800") == "x a # b c<U+202E>d<U+0000><U+FFFD>"


def test_a_value_in_an_anchor_is_held_to_the_form_of_anchors() -> None:
    assert told("# A {#<< x >>}\n", x="a b}") == [(1, "`a b}` cannot be the name of an anchor")]


def test_the_printed_functions_are_called_while_rendering_only() -> None:
    calls = []

    def tick() -> str:
        calls.append(1)
        return "x"

    read: Callable[[str], str | None] = {"agreement.md": "# A\n\n1. << tick() >>\n"}.get
    draft({"tick": tick}, read)
    assert len(calls) == 1
