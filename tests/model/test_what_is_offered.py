"""What is offered for a kind of body or a legal basis in other words: never one wrong one alone."""

import pytest

from poolrules.model.from_tree import build
from poolrules.model.law import bases, body_kinds
from poolrules.source.finding import Finding
from poolrules.source.text import SourceText, read_text
from poolrules.syntax.from_pool import read_pool


def found(text: str) -> Finding:
    """The one finding of the model about an agreement."""
    source = read_text("case.pool", text.encode())
    assert isinstance(source, SourceText)
    tree, faults = read_pool(source)
    assert faults == []
    (finding,) = build(tree)[1]
    return finding


@pytest.mark.parametrize(
    ("kind", "help"),
    [
        ("ICB", "did you mean `integrated care board`?"),
        ("NHSFT", "did you mean `NHS foundation trust`?"),
        ("LHB", "did you mean `local health board`?"),
        ("P.C.C.", "did you mean `police and crime commissioner`?"),
        ("CCG", "did you mean `clinical commissioning group`?"),
        ("unitary authority", "did you mean `unitary council`?"),
        ("intergrated care bord", "did you mean `integrated care board`?"),
        (
            "borough council",
            "did you mean `unitary council`, `metropolitan borough council`, `London borough council`, "
            "`district council` or `county borough council in Wales`?",
        ),
        (
            "ambulance foundation trust",
            "did you mean `NHS foundation trust`, `NHS trust`, `NHS trust in Wales` or `primary care trust`?",
        ),
    ],
)
def test_a_kind_in_other_words(kind: str, help: str) -> None:
    finding = found(f'agreement "W"\npartner P "Partner"\n    kind {kind}\n')
    assert (finding.code, finding.help) == ("LNG011", help)


def test_where_nothing_is_near_every_kind_is_listed() -> None:
    help = found('agreement "W"\npartner P "Partner"\n    kind zoo\n').help
    assert [kind for kind in body_kinds().values() if f"`{kind.kind}`" not in help] == []


@pytest.mark.parametrize("basis", ["s75", "s.75 NHS Act 2006", "Section 75"])
def test_a_basis_in_other_words(basis: str) -> None:
    finding = found(f'agreement "W"\n    basis {basis}\n')
    assert (finding.code, finding.help) == ("LNG011", "did you mean `section 75 of the NHS Act 2006`?")


def test_another_section_is_no_slip_of_the_pen() -> None:
    help = found('agreement "W"\n    basis section 65 of the NHS Act 2006\n').help
    assert help.count("`section") > 2


def test_what_things_are_called_is_never_accepted_for_their_name() -> None:
    assert [
        kind for kind in body_kinds().values() if {name.casefold() for name in kind.also_called} & set(body_kinds())
    ] == []
    assert [basis for basis in bases().values() if {name.casefold() for name in basis.also_called} & set(bases())] == []


def test_both_bounds_of_a_reserve_say_which_they_are() -> None:
    reserve = 'reserve R "Reserve" opening £5, at least £7, at most £6'
    finding = found(f'agreement "W"\nfund F "Fund"\n    {reserve}\n')
    assert (finding.code, [label.text for label in finding.labels]) == (
        "LNG012",
        ["the least it holds", "the most it holds"],
    )
