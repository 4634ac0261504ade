"""What does not fit in keys, facts, limits, caps, treatments and perimeters is told at its place."""

import pytest

from poolrules.model.from_tree import build
from poolrules.source.finding import Finding
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool

AGREEMENT = """
agreement "W"
    term 1 April 2026 to 31 March 2028
partner ICB "ICB"
partner Council "Council"
board Board "Board"
key Population "Population"
    values from 2026/27: ICB 10, Council 20
fact Consent "Consent"
fact Offer "Offer"
    an amount
fund Second "Second"
    host ICB
    scheme Other "Other" shared
    compartment Elsewhere "Elsewhere" of Other
fund Pool "Pool"
    host ICB
    scheme One "One" shared
    scheme Two "Two" own risk of ICB, over only
    reserve Winter "Winter" opening £1
"""


def faults(text: str) -> list[Finding]:
    """What the model finds in an agreement with more lines."""
    tree, misread = read_pool(SourceText("w.pool", AGREEMENT + text))
    assert misread == []
    return build(tree)[1]


STEPS = {
    "at most Consent: ICB alone": "`Consent` is a fact, not an amount",
    "at most Ofer: ICB alone": "there is no amount called `Ofer`",
    "if Offer: ICB alone": "`Offer` is an amount, not a fact",
    "if Consent, unless Consent: ICB alone": "this waits for two facts",
    "at most the total of Population: ICB alone": (
        "the values of `Population` are no sums of money, so that their total is no limit"
    ),
    "at most 50% of what it holds: ICB alone": "this step names no reserve that could hold anything",
    "at most 7/6 of what is left: ICB alone": "`7/6` is more than the whole",
    "at most 1/0 of what is left: ICB alone": "`1/0` divides by nothing",
    "at most 5% of the contributions of ICB, Cuncil: ICB alone": "there is no partner called `Cuncil`",
    "at most 5% of the contributions of ICB, ICB: ICB alone": "`ICB` is named twice",
    "in proportion to Consent": "`Consent` is a fact, not a key",
    "ICB 1 part, the others equally": "parts leave nothing for the others to share",
    "ICB alone; due in 1 instalment after 1 years": "`1 instalment after 1 years` says no time of payment",
    "ICB alone; repayable by Board in 1 instalment from next year": "`Board` is a board, not a partner",
    "ICB alone; repayable by the fund in 101 yearly instalments from next year": (
        "`101 yearly instalments from next year` reaches too far"
    ),
    "decided by Board, Board paying meanwhile": "`Board` is a board, not a partner",
    "equally; ICB at most £5 in this step, excess to the next, unless Offer": "`Offer` is an amount, not a fact",
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_does_not_fit(step: str) -> None:
    found = faults(f"    overspend of One\n        first {step}\n        remainder ICB alone\n")
    assert [finding.message for finding in found] == [STEPS[step]]
    assert found[0].labels[0].span.line == 22


LINES = {
    "    overspend of Two\n        remainder ICB alone\n": "`Two` is not a shared scheme of this fund",
    "    overspend of compartment Winter\n        remainder ICB alone\n": "`Winter` is a reserve, not a compartment",
    "    overspend of One\n        subject to Winter\n": "`Winter` is a reserve, not a set of terms",
    '    gain Growth "Growth"\n        first total spending shared ICB 100%\n': "a gain is not what any scheme spent",
    '    compartment Walled "Walled" of Other\n': "`Other` is a scheme of another fund",
    '    compartment A "A" of One\n    compartment B "B" of One\n': "`One` is in two compartments",
    '    scheme Late "Late" shared, from 1 May 2026 to 1 April 2026\n': "this ends before it begins",
    "    overspend of shared schemes in all funds together\n        remainder ICB alone\n    overspend of One\n"
    "        remainder ICB alone\n": "the overspend of `One` is dealt with twice",
    'key Mixed "Mixed"\n    values 2026/27: ICB 5, Council 50%\n': "the values of this year are of two kinds",
    'key Two-Kinds "Mixed"\n    values 2026/27: ICB 5\n    values 2027/28: ICB £5\n': (
        "the values of `Two-Kinds` are of two kinds"
    ),
    'key Both "Both"\n    counted each year\n    values 2026/27: ICB 5\n': "`Both` is counted each year and has values",
    'key Bare "Bare"\n    in pounds\n    values 2026/27: ICB £5\n': "`Bare` is in pounds and not counted",
    'key Twice "Twice"\n    values 2026/27: ICB 5\n    values 2026/27: ICB 6\n': "2026/27 is said twice",
    'index CPI "CPI"\n    rate 2027/28: 3%\n    rate 2027/28: 4%\n': "2027/28 is said twice",
    'key Visits "Visits"\n    counted each year\nexample "E"\n    given Visits counts ICB £5\n': (
        "this is not what `Visits` counts"
    ),
    'example "E"\n    given Offer holds\n': "`Offer` is an amount, not a fact",
    'example "E"\n    given Consent is £5\n': "`Consent` is a fact, not an amount",
}


@pytest.mark.parametrize("lines", LINES)
def test_a_line_that_does_not_fit(lines: str) -> None:
    assert [finding.message for finding in faults(lines)] == [LINES[lines]]


def test_the_underspend_of_a_scheme_borne_one_way_can_be_dealt_with() -> None:
    assert faults("    underspend of One, Two\n        remainder ICB alone\n") == []


def test_what_fits_is_not_reported() -> None:
    steps = (
        "first if Consent, at most 50% of what it holds: from Winter",
        "then at most Offer: ICB 25%, the others equally; repayable by ICB in 2 yearly instalments after 2 years",
        "remainder decided by Board, Council paying meanwhile, failing which from Winter",
    )
    assert faults("    overspend of One\n" + "".join(f"        {step}\n" for step in steps)) == []
