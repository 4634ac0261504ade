"""Every way of limiting, sharing and treating a sum has its words, made from the compiled rule."""

import pytest

from poolrules.model.from_tree import build
from poolrules.ruleset.from_model import compile_rules
from poolrules.ruleset.soundness import unsound
from poolrules.ruleset.words import step_words
from poolrules.source.text import SourceText
from poolrules.syntax.from_pool import read_pool

AGREEMENT = """
agreement "Words"
    term 1 April 2026 to 31 March 2028
partner ICB "ICB"
partner Council "Council"
partner Trust "Trust"
board Board "Board"
key Population "Population"
    values from 2026/27: ICB 10, Council 20
key Baseline "Baseline"
    values from 2026/27: ICB £10, Council £20
fact Consent "Consent"
fact Offer "Offer"
    an amount
fund Pool "Pool"
    host ICB
    scheme One "One" shared
    scheme Two "Two" shared
    reserve Winter "Winter" opening £1
"""


def words(block: str, step: str) -> str:
    """What the first step of a block says, after it was compiled."""
    text = f"{AGREEMENT}    {block}\n        first {step}\n        remainder ICB alone\n"
    tree, misread = read_pool(SourceText("words.pool", text))
    agreement, misfits = build(tree)
    assert misread + misfits == []
    rules = compile_rules(agreement)
    assert unsound(rules) == ()
    waterfall = rules.funds[0].waterfalls[0]
    return step_words(waterfall, waterfall.steps[0])


OVER = {
    "if Consent: ICB alone": "if Consent holds, paid by the ICB alone",
    "unless Consent, at most £5: ICB alone": "if Consent does not hold, up to and including £5, paid by the ICB alone",
    "at most Offer: ICB alone": "up to and including the amount of Offer, paid by the ICB alone",
    "at most the total of Baseline: ICB alone": (
        "up to and including the total of Baseline for the Financial Year, paid by the ICB alone"
    ),
    "at most 5/6 of what is left: ICB alone": "up to and including 5/6 of what is then left, paid by the ICB alone",
    "at most 60% of the whole amount: ICB alone": (
        "up to and including 60% of the whole Overspend, paid by the ICB alone"
    ),
    "at most 20% of the step before: ICB alone": (
        "up to and including 20% of what the step before takes, paid by the ICB alone"
    ),
    "at most 2% of their budget: ICB alone": (
        "up to and including 2% of the budget for the Financial Year of One and Two, paid by the ICB alone"
    ),
    "at most 2% of their spending: ICB alone": (
        "up to and including 2% of the spending in the Financial Year on One and Two, paid by the ICB alone"
    ),
    "from Winter, at most 50% of what it holds": (
        "up to and including 50% of what the Winter reserve then holds, out of the Winter reserve"
    ),
    "at most 10% of all contributions: ICB alone": (
        "up to and including 10% of the cash Contributions of all Partners to the Pool for the Financial Year, "
        "paid by the ICB alone"
    ),
    "at most £5 over the term: ICB alone": (
        "up to and including £5 in all Financial Years together, paid by the ICB alone"
    ),
    'from outside "A grant"': "met from outside the Pool: A grant",
    "in proportion to Population, between ICB, Council": (
        "paid by the ICB and the Council in proportion to Population for the Financial Year"
    ),
    "Council 50%, the others equally": "paid by the Council as to 50%, the ICB as to 25% and the Trust as to 25%",
    "ICB alone; repayable by Council in 1 instalment after 2 years": (
        "paid by the ICB alone; each Partner's payment is a loan without interest, repaid to it by the Council "
        "in one instalment in the Financial Year that begins 2 years later"
    ),
    "ICB alone; due in 2 yearly instalments from next year": (
        "paid by the ICB alone; nothing is paid in the Financial Year itself, and the sum falls due in 2 equal yearly "
        "instalments, the first in the next Financial Year, the remaining pennies in the last"
    ),
    "decided by Board, Council paying meanwhile, failing which from Winter": (
        "as the Board decides, and until then the Council pays it, without prejudice to that decision, failing which "
        "out of the Winter reserve"
    ),
    "equally; ICB at most 5% of its contribution in this step, excess to the next, unless Consent": (
        "paid by the ICB, the Council and the Trust in equal shares, except that under this step the ICB pays at most "
        "5% of its own cash Contribution to the Pool for the Financial Year, unless Consent holds, the excess going on "
        "to the next"
    ),
}

UNDER = {
    'marked "planned": carried forward where it arose for one-off spending only': (
        "so far as it is marked “planned”, carried forward to the next Financial Year for the Schemes where it arose, "
        "in proportion to what each leaves, to be spent only on what does not recur"
    ),
    "ICB alone; due in 1 instalment from next year": (
        "returned to the ICB alone; nothing is received in the Financial Year itself, and the sum falls due in one "
        "instalment in the next Financial Year"
    ),
    "decided by all partners, Council holding meanwhile, failing which carried forward": (
        "as all Partners decide, and until then the Council holds it, without prejudice to that decision, failing "
        "which carried forward to the next Financial Year"
    ),
}

GAIN = {
    "at most the total of Baseline: in proportion to Baseline": (
        "up to and including the total of Baseline for the Financial Year, paid to the Partners in proportion to "
        "Baseline for the Financial Year"
    ),
    "at most 10% of the whole amount: into Winter": "up to and including 10% of the whole sum, into the Winter reserve",
    "equally; ICB at most £5 in this step, excess to the next": (
        "paid to the ICB, the Council and the Trust in equal shares, except that under this step the ICB receives at "
        "most £5, the excess going on to the next"
    ),
}


@pytest.mark.parametrize("step", OVER)
def test_a_step_of_an_overspend(step: str) -> None:
    assert words("overspend of shared schemes together", step) == OVER[step]


@pytest.mark.parametrize("step", UNDER)
def test_a_step_of_an_underspend(step: str) -> None:
    assert words("underspend of shared schemes together", step) == UNDER[step]


@pytest.mark.parametrize("step", GAIN)
def test_a_step_of_a_gain(step: str) -> None:
    assert words('gain Growth "Growth"', step) == GAIN[step]
