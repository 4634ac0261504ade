"""The engine agrees with the oracle on a sample of the cases that `python -m tests.engine.oracle` compares."""

import ast
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from tests.engine import oracle
from tests.engine.oracle import comparing, pennies, year
from tests.engine.oracle.__main__ import Compared, compare, together
from tests.engine.oracle.agreement import Agreement, Plain
from tests.engine.oracle.comparing import differs, smallest
from tests.engine.oracle.enumerated import RULESETS, enumerated
from tests.engine.oracle.makers import cases

SEEDS = range(600)
AMOUNTS_EACH = 2
INDEPENDENT = ("agreement.py", "given.py", "pennies.py", "shares.py", "steps.py", "year.py")


def agrees(done: Compared) -> None:
    """Show the smallest case of the first difference, if there is any."""
    for name, case in done.differing[:1]:
        pytest.fail(f"{name}: {smallest(case).difference}")


def test_the_engine_agrees_with_the_oracle_on_enumerated_waterfalls() -> None:
    """Every waterfall, each with two of its 41 amounts, and not the same two."""
    done = together(
        compare(f"waterfall {number}", enumerated(number, range(number % 20, 41, 20))) for number in range(RULESETS)
    )
    agrees(done)
    assert done.settled >= AMOUNTS_EACH * RULESETS >= 10_000


def test_the_engine_agrees_with_the_oracle_on_agreements_made_from_seeds() -> None:
    done = together(compare(f"seed {seed}", cases(seed)) for seed in SEEDS)
    agrees(done)
    print(f"the engine and the oracle agree on {done.settled:,} settlements, and refuse {done.refused:,}")
    assert done.settled >= 13_000
    assert done.refused >= 60


def test_the_cases_use_every_part_of_the_language() -> None:
    used = Counter[str]()
    for seed in range(200):
        for case in islice(cases(seed), 11, None):
            count(case, used)
    rare = {part: used[part] for part in PARTS.split() if used[part] < 3}
    assert not rare


def count(made: object, used: Counter[str]) -> None:
    """Count the kinds of records in a case, and which of their values say something."""
    if isinstance(made, tuple):
        for one in made:
            count(one, used)
    elif hasattr(made, "__struct_fields__"):
        used[type(made).__name__] += 1
        for name in made.__struct_fields__:
            value = getattr(made, name)
            if value not in (None, False, (), ""):
                used[name] += 1
            count(value, used)


PARTS = """
    ByContributions ByKey ByPartners CarryForward Condition Counted Decided FromReserve FromUnderspends IntoReserve
    Known Later Marked OfSpending Outside PartOf Silent TotalOf Weights at_most until cause over_term unless
    condition caps interim failing by pay_now over_only gross charges change indicative first_agreed gain separately
    ceiling floor odd_pennies one_off_only where_it_arose until_it_holds first_day last_day payments eased days Retained
"""


def test_the_comparison_finds_a_penny_in_the_wrong_place_and_makes_the_case_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = next(one for one in cases(1) if differs(one) is None)
    monkeypatch.setattr(comparing, "answer", a_penny_out)
    least = smallest(case)
    assert least.difference.figure.startswith("/reserves/")
    assert [len(fund.waterfalls) for fund in least.case.rules.funds] == [0]
    assert len(comparing.shown(least.case)) < len(comparing.shown(case)) / 2


def a_penny_out(agreement: Agreement, facts: Plain) -> year.Answer:
    """An answer with one penny more in every reserve."""
    answered = year.answer(agreement, facts)
    found = {name: (*rest, closing + 1) for name, (*rest, closing) in answered.figures["reserves"].items()}
    return answered._replace(figures=answered.figures | {"reserves": found})


def test_the_oracle_shares_no_code_with_the_engine() -> None:
    folder = Path(oracle.__file__).parent
    for name in INDEPENDENT:
        for node in ast.walk(ast.parse((folder / name).read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [one for one in names if one.startswith("poolrules")], name


def test_the_oracle_counts_pennies() -> None:
    assert pennies.split(100, {"A": 1, "B": 1, "C": 1}) == {"A": 34, "B": 33, "C": 33}
    assert pennies.split(4, {"A": 1, "B": 3, "C": 3}) == {"A": 0, "B": 2, "C": 2}
    assert pennies.split(-100, {"A": 1, "B": 1, "C": 1}, "C") == {"A": -33, "B": -33, "C": -34}
    assert pennies.split(100, {"A": 1, "B": 1, "C": 1}, "C", "B") == {"A": 33, "B": 34, "C": 33}
    assert pennies.most(10**9, lambda pence: 3 * pence <= 10**9) == 333_333_333
    assert [pennies.part(pence, 1, 2) for pence in (1, 2, -1, 3)] == [1, 1, 0, 2]
