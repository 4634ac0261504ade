"""Debts of earlier years that are put off or written off."""

from msgspec.structs import replace

from poolrules.engine.settle import settle
from poolrules.engine.settlement import Due, Eased, Facts, Position, Settlement, Spending
from poolrules.ruleset.ruleset import ByPartners, Later
from tests.engine.build import cash, fund, over, ruleset, scheme, weights

RULES = ruleset(
    fund(
        {scheme("S"): 100},
        over(["S"], ByPartners(weights(B=1), later=Later(2, pay_now=True))),
        contributions=[cash("A", 60, place=1), cash("B", 60, place=2)],
        partners=("A", "B"),
        host="A",
        years=("2026/27", "2027/28", "2028/29", "2029/30"),
    )
)
RULE = "F.overspend.1"
"""The step that lends."""


def settled(year: str, spent: int, position: Position | None, *eased: Eased) -> Settlement:
    found = settle(RULES, Facts(year, (Spending("S", spent),), position=position, eased=eased))
    assert isinstance(found, Settlement), found
    return found


def rule_of(settlement: Settlement) -> str:
    return settlement.closing.dues[0].rule


def test_what_is_put_off_falls_due_later_and_in_full() -> None:
    first = settled("2026/27", 131, None)
    rule = rule_of(first)
    assert [(due.year, due.pence) for due in first.closing.dues] == [("2027/28", 15), ("2028/29", 16)]
    second = settled("2027/28", 100, first.closing, Eased(rule, years=1))
    assert second.dues == ()
    assert [(due.year, due.pence) for due in second.closing.dues] == [("2028/29", 15), ("2029/30", 16)]


def test_what_is_written_off_is_taken_from_the_last_instalment() -> None:
    first = settled("2026/27", 131, None)
    second = settled("2027/28", 100, first.closing, Eased(rule_of(first), written_off=20))
    assert [due.pence for due in second.dues] == [11]
    assert second.closing.dues == ()


def test_what_several_partners_lent_is_written_off_for_each_in_proportion() -> None:
    lent = Position(
        RULES.title,
        "2026/27",
        "2027-03-31",
        dues=tuple(
            Due("F", None, name, year, pence, RULE, loan=True)
            for name, pence in (("B", 20), ("A", 40))
            for year in ("2027/28", "2028/29")
        ),
    )
    second = settled("2027/28", 100, lent, Eased(RULE, written_off=33))
    assert [(due.payee, due.year, due.pence) for due in (*second.dues, *second.closing.dues)] == [
        ("A", "2027/28", 40),
        ("B", "2027/28", 20),
        ("A", "2028/29", 18),
        ("B", "2028/29", 9),
    ]


def test_more_than_was_lent_and_what_is_not_due_are_refused() -> None:
    first = settled("2026/27", 131, None)
    rule = rule_of(first)
    facts = Facts("2027/28", (Spending("S", 100),), position=first.closing)
    too_much = settle(RULES, replace(facts, eased=(Eased(rule, written_off=32),)))
    assert isinstance(too_much, tuple)
    assert "and £0.31 of it was lent" in too_much[0].message
    misspelt = settle(RULES, replace(facts, eased=(Eased(rule[:-1] + "0", years=1),)))
    assert isinstance(misspelt, tuple)
    assert rule in misspelt[0].help


def test_a_share_that_falls_due_late_cannot_be_written_off() -> None:
    late = Position("Test", "2026/27", "2027-03-31", dues=(Due("F", "B", None, "2027/28", 31, "r"),))
    facts = Facts("2027/28", (Spending("S", 100),), position=replace(late, title=RULES.title))
    found = settle(RULES, replace(facts, eased=(Eased("r", written_off=1),)))
    assert isinstance(found, tuple)
    assert "only what was lent" in found[0].help
