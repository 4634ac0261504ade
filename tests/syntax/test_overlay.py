"""Laying deeds over agreements: each kind of line goes where it belongs, and nothing else changes."""

from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from poolrules.source.text import SourceText
from poolrules.syntax.codes import VARIES_NOTHING, VARIES_WHAT_IS_NOT_THERE
from poolrules.syntax.from_pool import read_pool
from poolrules.syntax.grammar import key_of, line_rules
from poolrules.syntax.overlay import Overlaid, known_by, lay_over
from poolrules.syntax.shape import INSTEAD, VARIED_FILE, block_below
from poolrules.syntax.to_pool import write_pool
from poolrules.syntax.tree import Entry, Mapping, Node, Scalar, Sequence
from tests.strategies.trees import NOWHERE, deeds, trees

AGREEMENT = """
agreement "Pool"
    term 1 April 2026 to 31 March 2028
    aims "One", "Two"
    outcome "Fewer falls"
    not consulted because "No need."
    source "Report 1"
partner ICB "NHS ICB"
    kind integrated care board
    function "Beds"
partner Council "County Council"
    provides no staff, goods, services or accommodation
fund BCF "Better Care Fund"
    host Council
    scheme Beds "Beds" shared
    scheme Home "Home care" own risk of Council, over and under
    contributions 2026/27
        ICB £100
        Council £50
    contributions from 2027/28
        ICB, Council last year's lines
    overspend of shared schemes together
        first at most £10: ICB alone
        remainder Council alone
    overspend of each of Beds, Home
        remainder Council alone
board Board "Joint Board"
    meets quarterly
disputes
    level "Managers" within 10 days
    level "Chiefs" within 20 days
    finally mediation
exit
    notice by ICB, Council: 6 months
example "One"
    year 2026/27
key Referrals "Referrals"
    values 2026/27: ICB 3, Council 4
    counted each year
index Inflation "Inflation"
    rate 2026/27: 2%
    rate 2027/28: 3%
"""
KEY = 'key Referrals "Referrals"\n    values 2026/27: ICB 3, Council 4\n    counted each year\n'
HEAD = 'variation 1 to "Pool" from 1 October 2026\n'


def read(text: str, file: str = "pool.pool") -> Mapping:
    tree, findings = read_pool(SourceText(file, text))
    assert findings == [], findings
    return tree


def laid(deed: str, agreement: str = AGREEMENT) -> Overlaid:
    return lay_over(read(agreement), read(HEAD + deed, "deed.pool"))


def done(deed: str) -> list[str]:
    """What a deed does, without a fault."""
    found = laid(deed)
    assert found.findings == ()
    return [f"{'+' if c.after else '-'}{'=' if c.before and c.after else ''} {c.what}" for c in found.changes]


def with_line(old: str, new: str) -> Mapping:
    """The agreement with some of its text written otherwise."""
    assert old in AGREEMENT
    return read(AGREEMENT.replace(old, new))


@pytest.mark.parametrize(
    ("deed", "old", "new", "did"),
    [
        ('agreement\n    aims "Three"\n', 'aims "One", "Two"', 'aims "Three"', "+= aims"),
        ('agreement "New"\n', 'agreement "Pool"', 'agreement "New"', "+= agreement"),
        ('partner ICB "NHS New"\n', '"NHS ICB"', '"NHS New"', "+= title"),
        ("fund BCF\n    host ICB\n", "host Council", "host ICB", "+= host"),
        (
            'fund BCF\n    certified "Officer"\n',
            "    host Council",
            '    host Council\n    certified "Officer"',
            "+ certified",
        ),
        (
            'fund BCF\n    scheme Beds "Step-down" shared, capital\n',
            '"Beds" shared',
            '"Step-down" shared, capital',
            "+= scheme Beds",
        ),
        (
            "fund BCF\n    contributions 2026/27\n        ICB £70\n",
            "        ICB £100\n        Council £50\n",
            "        ICB £70\n",
            "+= contributions 2026/27",
        ),
        (
            "fund BCF\n    overspend of shared schemes together\n        remainder equally\n",
            "        first at most £10: ICB alone\n        remainder Council alone\n    overspend of each",
            "        remainder equally\n    overspend of each",
            "+= overspend of shared schemes together",
        ),
        ("board Board\n    meets yearly\n", "meets quarterly", "meets yearly", "+= meets"),
        ("disputes\n    finally adjudication\n", "finally mediation", "finally adjudication", "+= finally"),
        (
            'disputes\n    level "Chiefs" within 5 days\n',
            '    level "Managers" within 10 days\n    level "Chiefs" within 20 days\n',
            '    level "Chiefs" within 5 days\n',
            "+= levels",
        ),
        ('example "One"\n    year 2027/28\n', "year 2026/27", "year 2027/28", '+= example "One"'),
        (
            'agreement\n    source "Report 2"\n',
            'source "Report 1"',
            'source "Report 1"\n    source "Report 2"',
            '+ source "Report 2"',
        ),
        (
            'agreement\n    consulted 1 May 2026, minute "M1"\n',
            'not consulted because "No need."',
            'consulted 1 May 2026, minute "M1"',
            "- not consulted; + consulted",
        ),
        (
            'partner Council\n    provides "A room"\n',
            "provides no staff, goods, services or accommodation",
            'provides "A room"',
            "- provides nothing; + provides",
        ),
        (
            "fund BCF\n    remove scheme Home\n",
            '    scheme Home "Home care" own risk of Council, over and under\n',
            "",
            "- scheme Home",
        ),
        (
            "fund BCF\n    remove contributions from 2027/28\n",
            "    contributions from 2027/28\n        ICB, Council last year's lines\n",
            "",
            "- contributions from 2027/28",
        ),
        (
            "fund BCF\n    remove overspend of each of Beds, Home\n",
            "    overspend of each of Beds, Home\n        remainder Council alone\n",
            "",
            "- overspend of each of Beds, Home",
        ),
        ('partner ICB\n    remove function "Beds"\n', '    function "Beds"\n', "", '- function "Beds"'),
        ("disputes\n    remove finally\n", "    finally mediation\n", "", "- finally"),
        ('remove outcome "Fewer falls"\n', '    outcome "Fewer falls"\n', "", '- outcome "Fewer falls"'),
        ("remove board Board\n", 'board Board "Joint Board"\n    meets quarterly\n', "", "- board Board"),
        ('remove example "One"\n', 'example "One"\n    year 2026/27\n', "", '- example "One"'),
        ('remove source "Report 1"\n', '    source "Report 1"\n', "", '- source "Report 1"'),
        (
            "key Referrals\n    values 2026/27: ICB 5, Council 4\n",
            "values 2026/27: ICB 3, Council 4",
            "values 2026/27: ICB 5, Council 4",
            "+= values 2026/27",
        ),
        ("index Inflation\n    rate 2027/28: 4%\n", "rate 2027/28: 3%", "rate 2027/28: 4%", "+= rate 2027/28"),
        ("index Inflation\n    remove rate 2027/28\n", "    rate 2027/28: 3%\n", "", "- rate 2027/28"),
        (
            "key Referrals\n    remove values 2026/27\n",
            "    values 2026/27: ICB 3, Council 4\n",
            "",
            "- values 2026/27",
        ),
        ("exit\n    notice by ICB, Council: 3 months\n", "6 months", "3 months", "+= notice by ICB, Council"),
        ("remove key Referrals\n", KEY, "", "- key Referrals"),
        ("remove term\n", "    term 1 April 2026 to 31 March 2028\n", "", "- term"),
    ],
)
def test_a_deed_makes_what_a_fresh_agreement_would_say(deed: str, old: str, new: str, did: str) -> None:
    assert laid(deed).tree == with_line(old, new)
    assert done(deed) == did.split("; ")


def test_what_is_new_is_added_with_all_that_is_in_it() -> None:
    deed = 'fund New "New fund"\n    host ICB\npartner Trust "X Trust"\n    kind NHS trust\n'
    found = laid(deed)
    assert [str(change.what) for change in found.changes] == ["fund New", "partner Trust"]
    assert found.tree == read(AGREEMENT + deed)


def test_a_line_that_is_removed_and_said_again_is_replaced_and_both_are_told() -> None:
    assert done('fund BCF\n    remove scheme Home\n    scheme Home "Home" shared\n') == [
        "- scheme Home",
        "+ scheme Home",
    ]


def test_a_second_example_of_the_same_year_is_added() -> None:
    assert done('example "Two"\n    year 2026/27\n') == ['+ example "Two"']


def test_every_line_keeps_its_own_place() -> None:
    fund = laid("fund BCF\n    host ICB\n    contributions 2026/27\n        ICB £70\n").tree.get("funds")
    assert isinstance(fund, Sequence)
    assert isinstance(fund.items[0], Mapping)
    files = {entry.key.text: entry.value.span.file for entry in fund.items[0]}
    assert (files["host"], files["contributions"], files["schemes"]) == ("deed.pool", "deed.pool", "pool.pool")


def test_what_is_said_again_in_the_same_words_stays_where_it_was() -> None:
    tree = laid("fund BCF\n    host Council\n    varied by written agreement of all partners\n").tree
    fund = tree.get("funds")
    assert isinstance(fund, Sequence)
    assert isinstance(fund.items[0], Mapping)
    host = fund.items[0].get("host")
    assert host is not None
    assert host.span.file == "pool.pool"


@pytest.mark.parametrize(
    ("deed", "message", "help"),
    [
        (
            "fund BFC\n    host ICB\n",
            "there is no fund called `BFC` in the agreement",
            "did you mean `BCF`? a new fund has a title",
        ),
        (
            "fund BCF\n    remove scheme Hom\n",
            "there is no `scheme Hom` in `fund BCF` to remove",
            "did you mean `scheme Home`?",
        ),
        (
            "remove scheme Home\n",
            "there is no `scheme Home` in the agreement to remove",
            "it stands in `fund BCF`: say so there",
        ),
        (
            "remove finally\n",
            "there is no `finally` in the agreement to remove",
            "it stands in `disputes`: say so there",
        ),
        ('fund New "N"\n    remove host\n', "there is nothing to remove in a block that is new", "leave the line out"),
        (
            "fund BCF\n    contributions 2027/28\n        ICB £1\n",
            "the agreement has `contributions from 2027/28`, and this is `contributions 2027/28`",
            "say `contributions from 2027/28` to vary that; "
            "to say this beside later years, remove that and say them anew",
        ),
    ],
)
def test_what_does_not_fit_is_said(deed: str, message: str, help: str) -> None:
    [found] = laid(deed).findings
    assert (found.code, found.message, found.help) == (VARIES_WHAT_IS_NOT_THERE, message, help)
    assert found.labels[0].span.file == "deed.pool"


def test_a_deed_that_changes_nothing_is_found_out() -> None:
    [found] = laid("fund BCF\n    host Council\n").findings
    assert found.code == VARIES_NOTHING


def test_comments_of_both_are_kept() -> None:
    found = lay_over(
        read("# above\n" + AGREEMENT.strip().replace("host Council", "host Council  # why\n    # and so")),
        read(HEAD + '# the grant\nfund BCF  # varied\n    # more\n    certified "Officer"\n'),
    )
    text = write_pool(found.tree)
    assert [line.strip() for line in text.splitlines() if "#" in line] == [
        "# above",
        "# the grant",
        'fund BCF "Better Care Fund"  # varied',
        "host        Council  # why",
        "# and so",
        "# more",
    ]


# ---- laws ------------------------------------------------------------------------------------------


def blocks(block: str, node: Mapping) -> Iterator[tuple[str, Mapping]]:
    """A block that is varied line by line, and those in it."""
    yield block, node
    for key, rules in line_rules(block).items():
        value = node.get(key)
        word = key_of(rules[0])
        for item in value.items if isinstance(value, Sequence) else (value,):
            if isinstance(item, Mapping) and block_below(block, word) != word:
                yield from blocks(block_below(block, word), item)


def names_things_once(tree: Mapping) -> bool:
    """Whether no two lines of a block are known by the same words, as in any agreement that can be understood."""
    for block, node in blocks(VARIED_FILE, tree):
        rules = line_rules("agreement") | line_rules(block) if block == VARIED_FILE else line_rules(block)
        said = {entry.key.text for entry in node}
        for entry in node:
            value = entry.value
            if said & set(INSTEAD.get(entry.key.text, ())):
                return False
            if entry.key.text in rules and isinstance(value, Sequence) and isinstance(value.items[0], Mapping):
                known = [known_by(block, rules[entry.key.text][0], item) for item in value.items]
                years = [year_of(item) for item in value.items]
                if len(set(known)) < len(known) or len(set(years)) < len(years) - years.count(""):
                    return False
    return True


def year_of(item: Node) -> str:
    whole = isinstance(item, Mapping) and item.get("example") is None
    found = [item.get("year"), item.get("from year")] if isinstance(item, Mapping) and whole else []
    return next((one.text for one in found if isinstance(one, Scalar)), "")


def restating(tree: Mapping) -> Mapping:
    """A deed that says all of an agreement again."""
    return Mapping((Entry(Scalar("deed", NOWHERE), Mapping((), NOWHERE)), *tree.entries), NOWHERE)


@settings(max_examples=25)
@given(trees())
def test_a_deed_that_restates_the_agreement_changes_nothing(tree: Mapping) -> None:
    assume(names_things_once(tree))
    found = lay_over(tree, restating(tree))
    assert found.tree == tree
    assert [one.code for one in found.findings] == [VARIES_NOTHING]


@settings(max_examples=25)
@given(trees(), deeds())
def test_the_consolidated_text_reads_as_the_same_tree(tree: Mapping, deed: Mapping) -> None:
    assume(names_things_once(tree))
    whole = lay_over(tree, deed).tree
    assert read(write_pool(whole)) == whole


@settings(max_examples=25)
@given(trees(), deeds(), st.randoms(use_true_random=False))
def test_the_order_of_what_a_deed_says_does_not_matter(tree: Mapping, deed: Mapping, order: object) -> None:
    assume(names_things_once(tree))
    entries = list(deed.entries)
    order.shuffle(entries)  # type: ignore[attr-defined]
    one, other = lay_over(tree, deed), lay_over(tree, replace(deed, entries=tuple(entries)))
    assert one.tree == other.tree
    assert {str(change.what) for change in one.changes} == {str(change.what) for change in other.changes}
    assert len(one.findings) == len(other.findings)
